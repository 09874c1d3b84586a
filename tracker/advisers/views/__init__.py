"""Pages of advisers, assignments, visits, firms, legal-literate persons and their trainings."""

from . import advisers as _advisers  # noqa: F401  # each module adds its pages
from . import assignments as _assignments  # noqa: F401
from . import chains as _chains  # noqa: F401
from . import coverage as _coverage  # noqa: F401
from . import persons as _persons  # noqa: F401
from . import quota as _quota  # noqa: F401
from . import visits as _visits  # noqa: F401
from .shared import bp

__all__ = ["bp"]
