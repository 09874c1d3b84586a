"""The township's own counsel: how they were chosen, and the opinions given on decisions."""
