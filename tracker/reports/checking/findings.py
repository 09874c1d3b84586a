"""What is found of a report's numbers, and what is said of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from tracker.kernel.terms import Term
from tracker.kernel.wording import Number
from tracker.kernel.words import Words

from .expected import Expected
from .printed import LeftAlone, Printed

TOO_LONG = Words(
    "文字太长（{n} 字），最多 {most} 字。请只上传报告正文。",
    "The text is too long ({n} signs; at most {most}). Upload the report alone.",
)
TOO_MANY = Words(
    "文中的数字太多（超过 {most} 个），不像一份报告。请只上传报告正文。",
    "There are too many numbers (over {most}) for a report. Upload the report alone.",
)
NO_FIGURE = Words(
    "看不出说的是哪个指标。可以在页面上指定，以后遇到同样的说法就认得。",
    "It cannot be told which figure this is. Choose one on the page; it will be remembered.",
)
VAGUE = Words(
    "「{text}」是概数，无法核对。宜写「{allowed}」。",
    "“{text}” is too vague to be checked. Better: “{allowed}”.",
)
PART_OF = Words(
    "这是其中一部分，全年是 {right}；没有超过全年，未逐项核对。",
    "A part of the year's figure, {right}; not above it, and not checked further.",
)
NO_YEAR_BEFORE = Words("上一年没有可核对的数。", "There is no value of the year before.")
OTHER_SPAN = Words(
    "说的不是一个年度的数（几年累计、频次或增减），没有核对。",
    "Not a number of one year (several years, how often, or a change); not checked.",
)
WRONG_YEAR = Words(
    "标题写的是 {printed} 年，报告年度是 {year} 年：可能是沿用了上年的文字。",
    "The heading says {printed}, the report is of {year}: last year's text may have been kept.",
)


class Verdict(Term):
    """What the records say of a printed number."""

    AGREES = "agrees", "一致", "Agrees"
    DISAGREES = "disagrees", "不一致", "Disagrees"
    UNKNOWN = "unknown", "未核对", "Not checked"


@dataclass(frozen=True)
class Finding:
    """One number of the text and what was found of it."""

    number: Printed
    sentence: str
    #: The clause with its numbers taken out: by it a binding is remembered.
    cue: str
    verdict: Verdict
    figure: Expected | None = None
    expected: Number | None = None
    allowed: tuple[str, ...] = ()
    message: Words | None = None
    remark: Words | None = None
    #: Whether a person said which figure it is.
    bound_by_hand: bool = False
    #: Other figures it may be, likeliest first.
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class CheckedReport:
    """All numbers of a report with their verdicts."""

    text: str
    year: int
    findings: list[Finding]
    left_alone: list[LeftAlone]

    @property
    def counts(self) -> dict[Verdict, int]:
        """How many numbers have each verdict."""
        counted = Counter(each.verdict for each in self.findings)
        return {verdict: counted[verdict] for verdict in Verdict}

    @property
    def disagrees(self) -> bool:
        """Whether any number does."""
        return self.counts[Verdict.DISAGREES] > 0
