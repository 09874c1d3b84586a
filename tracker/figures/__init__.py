"""The heart: the catalogue of all figures, and reading them."""
