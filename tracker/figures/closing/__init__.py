"""Closing a year: what is missing or odd, who submitted, returned and approved, and freezing."""
