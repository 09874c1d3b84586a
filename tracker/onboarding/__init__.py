"""Starting out: the first office and administrator, further offices, example data."""
