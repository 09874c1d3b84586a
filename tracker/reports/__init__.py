"""Everything Word: the year's report, its draft, and what reads a finished one back."""
