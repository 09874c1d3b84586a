"""Everything Excel. Only this package knows openpyxl, and loads it no earlier than it is used."""
