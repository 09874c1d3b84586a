"""A year's figures as they were published: frozen sets, and what changed since, by record."""
