"""The ledgers of certification: their columns, declared once."""

from .candidates import CANDIDATES
from .certificates import CERTIFICATES
from .exams import RESULTS, SITTINGS
from .officers import OFFICERS
from .trainings import TRAININGS

ALL = (OFFICERS, SITTINGS, RESULTS, CERTIFICATES, TRAININGS)

__all__ = ["ALL", "CANDIDATES", "CERTIFICATES", "OFFICERS", "RESULTS", "SITTINGS", "TRAININGS"]
