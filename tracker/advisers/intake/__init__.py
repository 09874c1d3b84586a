"""How ledgers of the advisers' domain are taken in."""

from tracker.advisers.counsel.intake import OPINIONS
from tracker.advisers.literate.intake import REVIEWS, SERVICES

from .advisers import ADVISER, ADVISERS, FIRM, FIRMS
from .persons import PERSONS, TRAININGS
from .service import ASSIGNMENTS, VISITS

ALL = (ADVISERS, ASSIGNMENTS, VISITS, PERSONS, TRAININGS, SERVICES, REVIEWS, OPINIONS, FIRMS)

__all__ = [
    "ADVISER",
    "ADVISERS",
    "ALL",
    "ASSIGNMENTS",
    "FIRM",
    "FIRMS",
    "OPINIONS",
    "PERSONS",
    "REVIEWS",
    "SERVICES",
    "TRAININGS",
    "VISITS",
]
