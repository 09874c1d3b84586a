"""How lists of villages are taken in, and how a ledger's unknown village is entered."""

from __future__ import annotations

from collections.abc import Hashable

from sqlalchemy.orm import Session

from tracker.kernel.intake import Intake, Reference, undated
from tracker.kernel.records import live
from tracker.kernel.words import Words

from . import operations, register
from .drafts import VillageDraft
from .forms import VillageRowForm
from .models import Village
from .terms import VillageKind


def _new_village(session: Session, office_id: int, name: str) -> int:
    draft = VillageDraft(name=name, kind=VillageKind.of_name(name))
    return operations.create_village(session, office_id, draft).id


#: Endings of places in a village, or of none: no village is made of them.
_OTHER_PLACES = (
    *("政府", "机关", "学校", "小学", "中学", "幼儿园", "大学", "公司", "企业", "工厂", "医院"),
    *("广场", "集市", "市场", "公园", "会议室", "活动室", "服务中心", "村部", "敬老院", "合作社"),
    *("司法所", "派出所", "站所", "村两委", "线上", "镇上"),
)

#: Villages named in the cells of any ledger.
VILLAGE = Reference(
    Words("村（社区）", "village"),
    _new_village,
    everywhere=("各村", "各村（社区）", "各村(社区)", "各村居", "各村、社区", "全镇各村", "所有村"),
    nowhere=(
        *("全镇", "全乡", "全街道", "全镇范围", "镇域内", "镇区"),
        *("镇政府", "乡政府", "镇本级", "乡镇本级", "镇机关", "乡镇（街道）本级"),
    ),
    other_places=_OTHER_PLACES,
)


def _village_key(village: VillageDraft | Village) -> Hashable:
    return village.name


VILLAGES = Intake(
    register=register.VILLAGES,
    form_of=lambda _cells: VillageRowForm,
    fields={"number": ""},
    values_of=VillageRowForm.values_of,
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
