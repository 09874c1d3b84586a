"""The invented township: its villages. Names, numbers and people are made up."""

from __future__ import annotations

from tracker.offices.drafts import VillageDraft
from tracker.offices.terms import VillageKind

#: name, community or not, population, households
_VILLAGES: tuple[tuple[str, bool, int, int], ...] = (
    ("清溪社区", True, 3820, 1210),
    ("石桥村", False, 2146, 612),
    ("竹园村", False, 1873, 540),
    ("双河村", False, 2290, 655),
    ("枫林村", False, 1654, 471),
    ("白云村", False, 1432, 418),
    ("柳塘村", False, 1988, 566),
    ("高岭村", False, 1207, 352),
    ("金鸡村", False, 1761, 502),
    ("长坡村", False, 1519, 447),
    ("新田村", False, 2034, 583),
    ("大湾村", False, 1345, 391),
)

VILLAGES: tuple[VillageDraft, ...] = tuple(
    VillageDraft(
        name=name,
        kind=VillageKind.COMMUNITY if community else VillageKind.VILLAGE,
        population=population,
        households=households,
    )
    for name, community, population, households in _VILLAGES
)
