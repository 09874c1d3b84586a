"""Keeping the office's data safe: backup, restore, and the doctor who looks whether all is well."""
