"""Pages of an office's rules, for its administrators."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, redirect, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from tracker.accounts import gate
from tracker.accounts.record_pages import form_page
from tracker.accounts.viewer import viewer
from tracker.kernel.db import db, write_tx
from tracker.kernel.forms import PlainForm
from tracker.kernel.i18n import say
from tracker.kernel.web import done, page
from tracker.kernel.words import Words

from . import operations, queries
from .forms import PackForm, form_of
from .rules import HUNAN_CODES, Provision, packs
from .terms import Pack

bp = Blueprint("rulepacks", __name__, url_prefix="/settings/rules")


@bp.get("/")
@gate.administrators_only
def rules() -> Any:
    """Every rule in force, with what it rests on and what moves with it."""
    pack, provisions = queries.provisions_of(db.session(), viewer().office_id)
    return page(
        "rulepacks/rules.html",
        pack=pack,
        rows=[_row(each, packs()[pack][each.key]) for each in provisions.values()],
        suggest_hunan=pack is Pack.NATIONAL and viewer().office_code.startswith(HUNAN_CODES),
    )


def _row(provision: Provision, shipped: Provision) -> dict[str, Any]:
    return {
        "key": provision.key,
        "label": provision.rule.label,
        "value": provision.said,
        "is_own": provision.is_own,
        "shipped": shipped.said,
        "basis": provision.basis,
        "document_date": provision.document_date,
        "certainty": provision.certainty,
        "moves": [say(each) for each in provision.rule.moves],
    }


@bp.route("/pack", methods=["GET", "POST"])
@gate.administrators_only
def choose_pack() -> Any:
    """Start from another pack; what differs stands beside."""
    office_id = viewer().office_id
    pack, provisions = queries.provisions_of(db.session(), office_id)
    return form_page(
        PackForm(data={"pack": pack}),
        lambda session, chosen: operations.choose_pack(session, office_id, chosen),
        lambda _done: url_for(".rules"),
        title=gettext("更换规则包"),
        back=url_for(".rules"),
        template="rulepacks/pack.html",
        packs=list(Pack),
        rows=[
            {
                "label": each.rule.label,
                "values": [packs()[one][each.key].said for one in Pack],
                "own": each.said if each.is_own else None,
            }
            for each in provisions.values()
        ],
    )


@bp.route("/<key>", methods=["GET", "POST"])
@gate.administrators_only
def rule(key: str) -> Any:
    """One rule: the office's own value, with what it rests on."""
    office_id = viewer().office_id
    pack, provisions = queries.provisions_of(db.session(), office_id)
    found = provisions.get(key)
    if found is None:
        abort(404)
    return form_page(
        form_of(found),
        lambda session, draft: operations.set_rule(session, office_id, key, draft),
        lambda _done: url_for(".rules"),
        title=say(found.rule.label),
        back=url_for(".rules"),
        template="rulepacks/rule.html",
        row=_row(found, packs()[pack][key]),
        shipped=packs()[pack][key],
        pack=pack,
    )


@bp.post("/<key>/reset")
@gate.administrators_only
def reset_rule(key: str) -> Response:
    """Let the pack's value be in force again."""
    if key not in packs()[Pack.BLANK]:
        abort(404)
    if not PlainForm().is_sent_well():
        return redirect(url_for(".rules"), code=303)
    with write_tx(viewer().actor) as session:
        operations.drop_own_rule(session, viewer().office_id, key)
    return done(
        url_for(".rules"),
        Words("已恢复为规则包的值。", "The pack's value is in force again."),
    )
