"""How ledgers of the advisers' domain are taken in."""

from .advisers import ADVISER, ADVISERS, FIRM, FIRMS
from .persons import PERSONS, TRAININGS
from .service import ASSIGNMENTS, VISITS

ALL = (ADVISERS, ASSIGNMENTS, VISITS, PERSONS, TRAININGS, FIRMS)

__all__ = [
    "ADVISER",
    "ADVISERS",
    "ALL",
    "ASSIGNMENTS",
    "FIRM",
    "FIRMS",
    "PERSONS",
    "TRAININGS",
    "VISITS",
]
