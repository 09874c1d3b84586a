"""The filter «缺佐证» of lists: the records that lack evidence they should have."""

from __future__ import annotations

from typing import Any

from flask import request
from flask_babel import gettext

from tracker.kernel.i18n import say
from tracker.kernel.web import FilterField

from .rules import rules_of
from .terms import EvidenceKind

#: Any kind at all.
ANY = "any"


def lacking_arg() -> EvidenceKind | bool:
    """What the address asks for: a kind, anything (True), or nothing of it (False)."""
    asked = request.args.get("lacks", "")
    if asked in EvidenceKind.codes():
        return EvidenceKind(asked)
    return asked == ANY


def lacking_field(model: type[Any]) -> FilterField:
    """The choice of what is lacking, among the kinds that the model's records should have."""
    kinds = dict.fromkeys(rule.kind for rule in rules_of(model.__tablename__))
    choices = [("", gettext("全部")), (ANY, gettext("缺佐证"))]
    choices += [
        (str(kind.value), gettext("缺%(kind)s", kind=say(kind.label).lower())) for kind in kinds
    ]
    asked = lacking_arg()
    chosen = str(asked.value) if isinstance(asked, EvidenceKind) else ANY if asked else ""
    return FilterField("lacks", gettext("佐证"), "select", chosen, choices)
