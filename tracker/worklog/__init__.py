"""其他台账: dated entries and inventories of the work the three main domains do not cover."""
