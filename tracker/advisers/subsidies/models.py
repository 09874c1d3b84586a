"""The table of subsidies."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, Index
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, relationship

from tracker.advisers.models import Adviser
from tracker.kernel.model import Model, Recorded, recorded, refers, text, whole
from tracker.kernel.period import FIRST_YEAR, LAST_YEAR
from tracker.offices.models import Village

#: No fee a form takes comes to more in a year.
MOST_YUAN = 9_999_999

_LIVE_VILLAGE = sql("voided_at IS NULL AND village_id IS NOT NULL")
_LIVE_TOWNSHIP = sql("voided_at IS NULL AND village_id IS NULL")


class AdviserSubsidy(Recorded, Model):
    """补助: what one adviser is paid for serving one village (or the township) in one year.

    One live one for adviser, village and year. ``amount_proposed`` is what the contract and the
    days of service came to when the amount was decided (None: a contract without a fee), so that
    the reason beside it can be read later; the list shows what they come to now.
    """

    __tablename__ = "adviser_subsidy"
    __table_args__ = recorded(
        refers("adviser_id", "adviser"),
        refers("village_id", "village"),
        Index(None, "office_id", "year", "id"),
        Index(None, "office_id", "adviser_id", "year"),
        Index(
            "uq_adviser_subsidy_office_id_live_village",
            "office_id",
            "year",
            "adviser_id",
            "village_id",
            unique=True,
            sqlite_where=_LIVE_VILLAGE,
            postgresql_where=_LIVE_VILLAGE,
        ),
        Index(
            "uq_adviser_subsidy_office_id_live_township",
            "office_id",
            "year",
            "adviser_id",
            unique=True,
            sqlite_where=_LIVE_TOWNSHIP,
            postgresql_where=_LIVE_TOWNSHIP,
        ),
        CheckConstraint(
            "amount_proposed IS NULL OR amount_decided = amount_proposed OR reason <> ''",
            name="difference_has_reason",
        ),
    )
    number_prefix = "BZ"

    year: Mapped[int] = whole(FIRST_YEAR, LAST_YEAR)
    adviser_id: Mapped[int]
    #: None: as counsel of the township government.
    village_id: Mapped[int | None]
    #: Whole yuan, like the fee of a contract.
    amount_proposed: Mapped[int | None] = whole(0, MOST_YUAN)
    amount_decided: Mapped[int] = whole(0, MOST_YUAN)
    reason: Mapped[str] = text(200, may_be_empty=True)
    paid_on: Mapped[date | None]
    note: Mapped[str] = text(2000, may_be_empty=True)

    adviser: Mapped[Adviser] = relationship(viewonly=True)
    village: Mapped[Village | None] = relationship(viewonly=True)
