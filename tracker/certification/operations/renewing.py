"""换发 of many certificates at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import Session

from tracker.certification.drafts import TermDraft
from tracker.certification.models import Certificate
from tracker.kernel import records
from tracker.kernel.errors import RecordMissing, RuleBroken, StaleEdit
from tracker.kernel.scope import Scope
from tracker.kernel.words import Words

from .certificates import add_term, require_days

_NOBODY = Words("请至少选择一本证件", "Choose at least one certificate")
_EACH = Words("{name}（{number}）：{message}", "{name} ({number}): {message}")
_VOIDED = Words("证件已作废", "the certificate is voided")
_GONE = Words("有证件找不到了，请重新选择", "A certificate was not found; choose again")


class RefusedTogether(RuleBroken):
    """Some of several certificates are refused; ``refusals`` says of each why, by its name."""

    def __init__(self, refusals: Mapping[int, Words]) -> None:
        said = refusals.values()
        message = Words("；".join(each.zh for each in said), "; ".join(each.en for each in said))
        super().__init__("certificate_ids", message)
        self.refusals = refusals


def renew_together(
    session: Session, scope: Scope, versions: Mapping[int, int], draft: TermDraft, today: date
) -> list[Certificate]:
    """Give several certificates the same further term; ``versions`` are those the writer saw.

    All are looked at, so that each refused one is named; whoever catches the refusal takes the
    transaction back, so that nothing is half done.

    :raises StaleEdit: when somebody changed one of them meanwhile.
    :raises RefusedTogether: when one of them cannot have the term (see `add_term`).
    :raises RuleBroken: when none is chosen, one is not there, or the days are unsound.
    """
    if not versions:
        raise RuleBroken("certificate_ids", _NOBODY)
    require_days(draft, today)
    renewed: list[Certificate] = []
    refusals: dict[int, Words] = {}
    stale: StaleEdit | None = None
    for certificate_id, version in versions.items():
        try:
            found = records.find_to_write(session, Certificate, certificate_id, scope, None)
        except RecordMissing:
            raise RuleBroken("certificate_ids", _GONE) from None
        called = {"name": found.officer.name, "number": found.certificate_number}
        if found.version != version:
            stale = StaleEdit(found.version)
            continue
        try:
            if found.is_voided:
                raise RuleBroken("", _VOIDED)
            renewed.append(add_term(session, scope, certificate_id, draft, version, today))
        except RuleBroken as error:
            refusals[certificate_id] = _EACH.fill(**called, message=error.message)
    if stale is not None:
        raise stale
    if refusals:
        raise RefusedTogether(refusals)
    return renewed
