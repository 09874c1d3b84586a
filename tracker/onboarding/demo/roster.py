"""Who signed in at one event of the example: invented names that say so."""

from __future__ import annotations

from datetime import date

#: The event with a roster; its headcount is by sign-in.
DAY, TITLE = date(2024, 10, 22), "农民工权益保障进企业"

_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章"

#: As many as signed; the others were there without signing.
NAMES: tuple[str, ...] = tuple(f"{surname}某（示例）" for surname in _SURNAMES)
