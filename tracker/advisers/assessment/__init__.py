"""The yearly assessment of advisers by the office's own score sheet."""
