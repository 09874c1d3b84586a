"""What nobody should type and somebody will."""

from __future__ import annotations

#: Marks of what would be markup if a page forgot to escape it; no page of the product has such.
ELEMENT = "nasty"

MARKUP = (
    "<script>nasty()</script>",
    "<nasty>",
    '"><nasty>',
    "'><nasty>",
    "</title></textarea></select></script><nasty>",
    "<img src=x onerror=nasty()>",
    '" onmouseover="nasty()',
    "javascript:nasty()",
    "<!--<nasty>",
    "{{ 7*7 }}{% nasty %}",
    "&lt;nasty&gt;&quot;",
    "<svg/onload=nasty()>",
)

TEXTS = (
    "",
    "   ",
    "a\x00b",
    "\x01\x02\x1b[2J",
    "x" * 301,
    "x" * 5000,
    "长" * 201,
    "e\u0301" * 300,
    "👨\u200d👩\u200d👧" * 40,
    "\u202egnp.exe",
    "\u200b",
    "\ufeff",
    "\ufffd",
    "\uffff",
    "\U0010ffff",
    "第一行\r\n第二行\n\n\n\n第三行",
    "%",
    "_%_",
    "\\",
    "' OR 1=1 --",
    '"; DROP TABLE office; --',
    "%s%n%(x)s{0}",
    "../../etc/passwd",
    "=1+1",
    "@SUM(A1)",
    "+86",
    "None",
    "null",
    "[]",
    "{}",
    "on",
)

NUMBERS = (
    "-1",
    "0",
    "00",
    "1.5",
    "1,234",
    "1，２３４",
    "１２３",
    "²",
    "٣",
    "一百",
    "1e9",
    "1e999",
    "NaN",
    "inf",
    "0x10",
    "9999999999",
    "9" * 30,
    "9" * 5000,
    str(2**31 - 1),
    str(2**31),
    str(2**63),
    str(-(2**63)),
    "1_000",
    "--1",
)

DAYS = (
    "2024.6.26",
    "２０２４年６月２６日",
    "2024-02-30",
    "2023-02-29",
    "0000-00-00",
    "0001-01-01",
    "9999-12-31",
    "99999-01-01",
    "1989-12-31",
    "2101-01-01",
    "昨天",
    "2024-13-45T99:99",
    "20240626",
)

#: What is no UTF-8 at all.
BYTES = (b"\xed\xa0\x80", b"\xff\xfe\x00", b"\xc0\xaf", b"\x80" * 50)

ALL: tuple[str | bytes, ...] = (*MARKUP, *TEXTS, *NUMBERS, *DAYS, *BYTES)

IDS = (
    "0",
    "-1",
    "1.0",
    "1e5",
    "abc",
    "１",
    "%00",
    "%E2%80%8B1",
    "2147483647",
    "2147483648",
    "99999999999999999999",
    "%2e%2e%2f1",
    "1%0d%0aX-Evil:1",
    "1;2",
    "new'",
)
