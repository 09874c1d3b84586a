"""Reads a finished report back: every number in it, and what the records say of it."""
