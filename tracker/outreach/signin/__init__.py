"""Who was at an event: signed in by telephone or on paper, counted, and forgotten in time."""
