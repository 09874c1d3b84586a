"""The publicity calendar: days on which the law is publicised, and what was held for them."""
