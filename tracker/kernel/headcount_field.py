"""The field of a count of people, in which 约200 is an estimate."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext

from .counts import parse_count
from .fields import WholeNumberField
from .headcount import CountBasis


class HeadcountField(WholeNumberField):
    """A count of people as it is spoken: 120, 约200, 200余人, 1.2千."""

    #: Whether what was typed says that nobody counted.
    rough = False

    def parse(self, text: str) -> int:
        try:
            count = parse_count(text)
        except ValueError:
            raise ValueError(
                gettext("%(thing)s请填整数，例如 120；没有清点的写「约200」", thing=self.label.text)
            ) from None
        self.rough = count.rough
        return self.bounded(count.number)

    def basis(self, chosen: Any) -> Any:
        """The basis of the count: an estimate where the number was written as one."""
        return CountBasis.ESTIMATED if self.rough else chosen
