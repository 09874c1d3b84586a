"""The change log: who changed what, before and after, each entry chained to the one before."""
