"""Offices (county over township) and the villages they serve."""
