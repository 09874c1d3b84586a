"""Every write of the advisers' domain."""

from .advisers import (
    create_adviser,
    create_firm,
    restore_adviser,
    restore_firm,
    update_adviser,
    update_firm,
)
from .assignments import (
    create_assignment,
    restore_assignment,
    update_assignment,
)
from .handover import VOIDED, hand_over
from .lectures import ALSO_EVENT, log_lecture_and_event, make_event
from .persons import (
    create_person,
    create_training,
    restore_person,
    update_person,
    update_training,
)
from .visits import (
    create_visit,
    restore_visit,
    update_visit,
)

__all__ = [
    "ALSO_EVENT",
    "VOIDED",
    "create_adviser",
    "create_assignment",
    "create_firm",
    "create_person",
    "create_training",
    "create_visit",
    "hand_over",
    "log_lecture_and_event",
    "make_event",
    "restore_adviser",
    "restore_assignment",
    "restore_firm",
    "restore_person",
    "restore_visit",
    "update_adviser",
    "update_assignment",
    "update_firm",
    "update_person",
    "update_training",
    "update_visit",
]
