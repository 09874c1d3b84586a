"""The year's outreach plan: the responsibility list, and how far each of its items has come."""
