"""Every write of sign-in."""
