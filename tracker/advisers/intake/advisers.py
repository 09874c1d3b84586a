"""How lists of advisers and firms are taken in, and how a ledger's unknown ones are entered."""

from __future__ import annotations

from collections.abc import Hashable

from sqlalchemy.orm import Session, joinedload

from tracker.advisers import operations, register, said
from tracker.advisers.drafts import AdviserDraft, FirmDraft
from tracker.advisers.forms import AdviserForm, FirmForm
from tracker.advisers.models import Adviser, LawFirm
from tracker.advisers.terms import AdviserIdentity, FirmKind
from tracker.kernel.fields import TermField, words
from tracker.kernel.intake import Intake, Reference, undated
from tracker.kernel.records import live
from tracker.kernel.words import Words

_ENTERED_BY_NAME = "导入台账时按姓名新建，请核对身份和执业机构"


def _kind_of(name: str) -> FirmKind:
    if "律师" in name or name.endswith("律所"):
        return FirmKind.LAW_FIRM
    return FirmKind.LEGAL_SERVICE if "法律服务" in name else FirmKind.OTHER


def _new_firm(session: Session, office_id: int, name: str) -> int:
    return operations.create_firm(session, office_id, FirmDraft(name, _kind_of(name))).id


def _new_adviser(session: Session, office_id: int, name: str) -> int:
    """An adviser of whom only the name is known.

    «Other», not lawyer: the lawyers' share must never rest on a guess.
    """
    draft = AdviserDraft(name, AdviserIdentity.OTHER, note=_ENTERED_BY_NAME)
    return operations.create_adviser(session, office_id, draft).id


FIRM = Reference(Words("执业机构", "firm"), _new_firm)
ADVISER = Reference(Words("法律顾问", "adviser"), _new_adviser)


class FirmRowForm(FirmForm):
    """One firm; where its kind is not said, its name says it."""

    kind = TermField(words(register.FIRMS.column("kind").label), FirmKind, required=False)

    def draft(self) -> FirmDraft:
        """The firm as entered."""
        if self.kind.data is None:
            self.kind.data = _kind_of(self.name.data or "")
        return super().draft()


def _firm_key(firm: FirmDraft | LawFirm) -> Hashable:
    return firm.name


FIRMS = Intake(
    register=register.FIRMS,
    form_of=lambda _cells: FirmRowForm,
    fields={"number": ""},
    said={"kind": said.FIRM_KINDS},
    values_of=FirmForm.values_of,
    create=undated(operations.create_firm),
    update=undated(operations.update_firm),
    existing=lambda scope: live(LawFirm, scope),
    key=_firm_key,
    key_of=_firm_key,
    example={
        "name": "桥城律师事务所",
        "phone": "0736-6650000",
        "address": "县城解放路 1 号",
    },
)


def _adviser_key(adviser: AdviserDraft | Adviser) -> Hashable:
    return (adviser.name, adviser.firm_id)


def _adviser_alike(adviser: AdviserDraft | Adviser) -> Hashable:
    """Of the same name: somebody who changed the firm, most likely."""
    return adviser.name


ADVISERS = Intake(
    register=register.ADVISERS,
    form_of=lambda _cells: AdviserForm,
    fields={"number": "", "firm": "firm_id"},
    references={"firm": FIRM},
    said={"identity": said.IDENTITIES},
    values_of=AdviserForm.values_of,
    create=undated(operations.create_adviser),
    update=undated(operations.update_adviser),
    existing=lambda scope: live(Adviser, scope).options(joinedload(Adviser.firm)),
    key=_adviser_key,
    key_of=_adviser_key,
    alike=_adviser_alike,
    alike_of=_adviser_alike,
    example={
        "name": "张律师",
        "licence_number": "14307202010000000",
        "phone": "13800000000",
    },
)
