"""Rules that differ from place to place, as data: packs an office chooses from and departs from."""
