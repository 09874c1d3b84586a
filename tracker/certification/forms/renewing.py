"""The form of renewing many certificates at once."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import HiddenField

from tracker.certification.drafts import TermDraft
from tracker.certification.models import Certificate
from tracker.kernel.fields import RecordsField
from tracker.kernel.forms import RecordForm

from .certificates import TermFields

_PAIR = re.compile(r"([0-9]{1,9}):([0-9]{1,9})")


def certificate_title(certificate: Certificate) -> str:
    """李四 18070010001: what a certificate is called among others."""
    return f"{certificate.officer.full_name} {certificate.certificate_number}"


class RenewalForm(TermFields[TermDraft]):
    """One further term for the chosen certificates. It is shown what it does before it is saved."""

    certificate_ids = RecordsField(_("换发哪些证件"), required=True)
    #: The versions the person saw: ``12:3,13:1``.
    versions = HiddenField()
    #: What was shown in the preview; saving asks for the same.
    shown = HiddenField()

    def offer(self, certificates: Iterable[Certificate]) -> None:
        """The certificates to choose from."""
        those = list(certificates)
        self.certificate_ids.offer(
            [(each.id, certificate_title(each)) for each in those],
            {each.id: each.officer.pinyin for each in those},
        )

    @staticmethod
    def versions_of(certificates: Iterable[Certificate]) -> str:
        """The versions as the form carries them."""
        return ",".join(f"{each.id}:{each.version}" for each in certificates)

    @property
    def seen_versions(self) -> dict[int, int]:
        """The version seen of each chosen certificate; 0, which none has, where none was sent."""
        text = str(self.versions.data or "")[:20_000]
        seen = {int(key): int(version) for key, version in _PAIR.findall(text)}
        return {key: seen.get(key, 0) for key in self.certificate_ids.data or ()}

    def draft(self) -> TermDraft:
        return self.term()

    def fingerprint(self, term: TermDraft) -> str:
        """What a preview was of."""
        ids = ",".join(str(key) for key in sorted(self.certificate_ids.data or ()))
        return f"{term.issued_on}/{term.valid_from}/{term.valid_to}/{ids}"

    def show_conflict(self, current: RecordForm[TermDraft], version: int) -> None:
        """Name the certificates that somebody changed meanwhile; the preview starts again."""
        sent = str(current._fields["versions"].data or "")
        now = dict(_PAIR.findall(sent))
        names = dict(self.certificate_ids.offered)
        changed = [
            names[str(key)]
            for key, seen in self.seen_versions.items()
            if now.get(str(key)) != str(seen) and str(key) in names
        ]
        self.form_errors.append(
            gettext("刚才有人改过这些证件，请核对后重新预览：%(names)s", names="、".join(changed))
        )
        self.status = 409
        self.versions.data, self.shown.data = sent, ""
        self.once.data = secrets.token_urlsafe(24)

    @staticmethod
    def starting(certificates: Iterable[Certificate], **days: Any) -> dict[str, Any]:
        """The form's values for the certificates that end together: all are chosen."""
        those = list(certificates)
        return {
            "certificate_ids": [each.id for each in those],
            "versions": RenewalForm.versions_of(those),
            **days,
        }
