"""Chinese numerals: read and written. 一千六百 is 1600, 两万 is 20000, 二〇二四 is 2024."""

from __future__ import annotations

from decimal import Decimal

_DIGITS = {
    **{sign: value for value, sign in enumerate("零一二三四五六七八九")},
    **{sign: value for value, sign in enumerate("〇壹贰叁肆伍陆柒捌玖")},
    "两": 2,
    "俩": 2,
}
_STEPS = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
_SCALES = {"万": 10**4, "亿": 10**8}
#: Every sign that a Chinese numeral may be made of.
SIGNS = "".join((*_DIGITS, *_STEPS, *_SCALES)).replace("俩", "")
#: What may follow an Arabic number to multiply it: 1.2万, 3千.
MULTIPLIERS = {**_STEPS, **_SCALES}
#: Longer ones are no number anybody writes.
_LONGEST = 24


def read(text: str) -> int | None:
    """The value of a Chinese numeral, or None where the signs make none.

    Digits in a row are read one by one (二〇二四); a bare step counts once (十二, 百, 千余).
    A digit after a step of its own counts the next step (一万二 is 12000, 三百五 is 350).
    """
    if not text or len(text) > _LONGEST:
        return None
    if all(sign in _DIGITS for sign in text):
        return int("".join(str(_DIGITS[sign]) for sign in text))
    total = section = 0
    digit: int | None = None
    last_step, last_scale = 0, 10**12
    for place, sign in enumerate(text):
        if sign in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[sign]
            if (
                digit
                and place == len(text) - 1
                and last_step > 10
                and text[place - 1] not in "零〇"
            ):
                return total + section + digit * (last_step // 10)
            continue
        if sign in _STEPS:
            step = _STEPS[sign]
            if digit == 0 and step != 10:
                return None
            section += (digit or 1) * step
            digit, last_step = None, step
        else:
            scale = _SCALES[sign]
            if scale > last_scale:
                return None
            total += (section + (digit or 0) or 1) * scale
            section, digit, last_step, last_scale = 0, None, scale, scale
    return total + section + (digit or 0)


def read_decimal(text: str) -> Decimal | None:
    """A numeral that may have places after 点: 九十八点五."""
    whole, point, places = text.partition("点")
    value = read(whole)
    if value is None:
        return None
    if not point:
        return Decimal(value)
    if not places or len(places) > _LONGEST or any(sign not in _DIGITS for sign in places):
        return None
    return Decimal(f"{value}." + "".join(str(_DIGITS[sign]) for sign in places))


def written(value: int) -> str:
    """A number below ten million millions in Chinese numerals: 1600 is 一千六百."""
    if value == 0:
        return "零"
    parts: list[str] = []
    for scale, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        section, value = divmod(value, scale)
        if section:
            if parts and section < 1000:
                parts.append("零")
            parts.append((written(section) if section > 9999 else _section(section)) + name)
    text = "".join(parts)
    return text[1:] if text.startswith("一十") else text


def _section(value: int) -> str:
    signs, gap = "", False
    for step, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, step)
        if digit:
            signs += ("零" if gap and signs else "") + "零一二三四五六七八九"[digit] + name
            gap = False
        else:
            gap = True
    return signs
