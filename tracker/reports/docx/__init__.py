"""The report as a Word file after GB/T 9704-2012."""
