"""Forms the county asks for: an office's own .xlsx, filled from its figures and registers."""
