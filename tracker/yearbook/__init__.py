"""Pages and JSON of figures: home, the year, one figure with its records."""
