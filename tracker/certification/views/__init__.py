"""Pages of officers, exams, certificates and trainings."""

from . import candidates as _candidates  # noqa: F401
from . import certificates as _certificates  # noqa: F401  # each module adds its pages
from . import cohort as _cohort  # noqa: F401
from . import ending as _ending  # noqa: F401
from . import expiry as _expiry  # noqa: F401
from . import faces as _faces  # noqa: F401
from . import matrix as _matrix  # noqa: F401
from . import officers as _officers  # noqa: F401
from . import registrations as _registrations  # noqa: F401
from . import sittings as _sittings  # noqa: F401
from . import terms as _terms  # noqa: F401
from . import trainings as _trainings  # noqa: F401
from .shared import bp

__all__ = ["bp"]
