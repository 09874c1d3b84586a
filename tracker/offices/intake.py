"""How lists of villages are taken in, and how a ledger's unknown village is entered."""

from __future__ import annotations

from collections.abc import Hashable

from sqlalchemy.orm import Session

from tracker.kernel.intake import Intake, Reference, undated
from tracker.kernel.records import live
from tracker.kernel.words import Words

from . import operations, register
from .drafts import VillageDraft
from .forms import VillageForm
from .models import Village
from .terms import VillageKind

#: Endings of a community's name; any other village is an administrative one.
_COMMUNITY = ("社区", "居委会", "居民委员会")


def _kind_of(name: str) -> VillageKind:
    return VillageKind.COMMUNITY if name.endswith(_COMMUNITY) else VillageKind.VILLAGE


def _new_village(session: Session, office_id: int, name: str) -> int:
    draft = VillageDraft(name=name, kind=_kind_of(name))
    return operations.create_village(session, office_id, draft).id


#: Villages named in the cells of any ledger.
VILLAGE = Reference(
    Words("村（社区）", "village"),
    _new_village,
    everywhere=("各村", "各村（社区）", "各村(社区)", "各村居", "各村、社区", "全镇各村", "所有村"),
    nowhere=("全镇", "全乡", "全街道", "全镇范围", "镇域内", "镇区"),
)


def _village_key(village: VillageDraft | Village) -> Hashable:
    return village.name


VILLAGES = Intake(
    register=register.VILLAGES,
    form_of=lambda _cells: VillageForm,
    fields={"number": ""},
    defaults={"kind": VillageKind.VILLAGE},
    values_of=VillageForm.values_of,
    create=undated(operations.create_village),
    update=undated(operations.update_village),
    # Merged ones included: an old ledger names them.
    existing=lambda scope: live(Village, scope),
    key=_village_key,
    key_of=_village_key,
    # A day here would say that the village is no more.
    example={"name": "架桥村", "population": "1860", "households": "520", "closed_on": ""},
)

ALL = (VILLAGES,)
