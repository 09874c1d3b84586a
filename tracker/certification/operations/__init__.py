"""Every write of certification, by what is written."""
