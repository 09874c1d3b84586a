"""What a template says: its instructions, messages, prompts and example rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from tracker.kernel.words import Words

from .cells import Content
from .entry_rules import EntryRule
from .examples import NAMED
from .grid import MOST_BYTES, MOST_ROWS

_WHERE = Words(
    "请在工作表「{label}」里填写，每行一条。表头请勿改动；用不到的列可以留空或删去。",
    "Fill in the sheet “{label}”, one record a row. Do not change the heads; columns that you "
    "do not need may stay empty or be deleted.",
)
_REQUIRED = Words(
    "橙色表头的列必填：{columns}。其余各列有就填，没有留空。",
    "Columns with orange heads must be filled in: {columns}. The others may stay empty.",
)
_DAYS = Words(
    "日期写成 2024-06-26 或 2024/6/26。从原有台账粘贴来的 2024.6.26、2024年6月26日 也能识别。",
    "Write dates like 2024-06-26 or 2024/6/26. 2024.6.26 and 2024年6月26日, pasted from an "
    "older ledger, are understood too.",
)
_NUMBERS = Words(
    "数字只填数字，不写单位；不知道的留空，不要填 0。",
    "Write numbers in digits alone, without units; leave empty what is not known, never 0.",
)
_ROUGHLY = Words(
    "{columns}没有清点的，可写「约200人」「200余人」：按 200 录入，并记为估计数。",
    " Where nobody counted, {columns} may say 约200人 or 200余人: taken as 200, as an estimate.",
)
_CHOICES = Words("有下拉列表的列请从列表中选。", "Choose from the list where a column has one.")
_SEVERAL = Words(
    "{columns}一格可填几项，用顿号隔开。",
    " {columns} may hold several, with 、 between them.",
)
_OPEN = Words(
    "{columns}可写列表以外的新名称，导入时会先问是否新建。",
    " New names may be written under {columns}; the import asks before it creates them.",
)
_KNOWN = Words(
    "「{column}」由系统给出：新记录请留空；填了已有记录的编号，就是修改那一条。",
    "“{column}” is given by the system: leave it empty for new records; with the number of a "
    "record that is already there, the row changes that record.",
)
_TEXTS = Words(
    "电话、证件号等已设为文本，照原样填写即可，不会丢失数字，也不会变成公式。",
    "Telephone, certificate and other text columns are set to text: what is typed stays as it is.",
)
_LIMIT = Words(
    "一个文件最多 {rows} 行、{size} MB，超过的请分成几个文件。标题、合计行和空行不会导入。",
    "A file has at most {rows} rows and {size} MB; divide what is more. Titles, totals and "
    "empty rows are not taken in.",
)
_EXAMPLES = Words(
    "下面标「示例」的两行只是举例，请勿复制到要填的工作表里：导入时遇到「示例」行会要求删去。",
    "The two rows below marked “Example” only show how; do not copy them: the import asks to "
    "delete rows that are so marked.",
)

_PROMPTS = {
    "known": Words(
        "新记录请留空；修改已有记录时填它的编号。",
        "Empty for new records; the number of a record that is there changes that record.",
    ),
    "several": Words("可填几项，用顿号隔开。", "Several names have 、 between them."),
    "rough": Words(
        "填整数；没有清点的可写「约200人」，记为估计数。",
        "A whole number; where nobody counted, 约200人 is an estimate.",
    ),
}
_NOT_IN_LIST = Words("不在列表中", "Not in the list")
_CHOOSE = Words("请从列表中选择{label}。", "Choose {label} from the list.")
_OR_NEW = Words(
    "列表中没有这个{label}。请核对名称；确是新的，请点「是」保留，导入时再新建。",
    "This is not in the list of {label}. Check the name; if it is new, keep it with Yes.",
)
_NO_NUMBER = Words("请填数字", "A number is needed")
_WHOLE = Words(
    "{label}请填 {low} 到 {high} 之间的整数，不写单位。",
    "{label}: a whole number from {low} to {high}, without a unit.",
)
_DECIMAL = Words(
    "{label}请填 {low} 到 {high} 之间的数字，最多一位小数，不写单位。",
    "{label}: a number from {low} to {high} with at most one decimal, without a unit.",
)
_KEEP_ROUGH = Words(
    "没有清点、要写「约200人」的，请点「是」保留。", " Keep an estimate such as 约200人 with Yes."
)
_ESTIMATE = "约200人"
_NO_DAY = Words("请填日期", "A date is needed")
_DAY = Words(
    "{label}请写成 2024-06-26 的样子，年份在 {first} 到 {last} 之间。",
    "{label}: write it like 2024-06-26, with a year from {first} to {last}.",
)


def instructions(rules: Sequence[EntryRule], label: Words, language: str) -> list[str]:
    """The numbered lines above the example rows; only those that the register needs."""

    def named(wanted: Sequence[EntryRule]) -> Words:
        labels = [rule.column.label for rule in wanted]
        return Words(
            "、".join(each.zh for each in labels) or "—", ", ".join(e.en for e in labels) or "—"
        )

    required = [rule for rule in rules if rule.required]
    several = [rule for rule in rules if rule.shape == "several"]
    rough = [rule for rule in rules if rule.rough]
    new = [rule for rule in rules if rule.open]
    told = [[_WHERE.fill(label=label)], [_REQUIRED.fill(columns=named(required))]]
    if any(rule.shape == "day" for rule in rules):
        told.append([_DAYS])
    if any(rule.shape in ("whole", "decimal") for rule in rules):
        told.append([_NUMBERS, *([_ROUGHLY.fill(columns=named(rough))] if rough else [])])
    if any(rule.choices for rule in rules):
        told.append([_CHOICES])
        told[-1] += [_SEVERAL.fill(columns=named(several))] if several else []
        told[-1] += [_OPEN.fill(columns=named(new))] if new else []
    told += [[_KNOWN.fill(column=r.column.label)] for r in rules if r.shape == "known"]
    if any(rule.column.as_text for rule in rules):
        told.append([_TEXTS])
    told.append([_LIMIT.fill(rows=f"{MOST_ROWS:,}", size=MOST_BYTES // 1024**2)])
    told.append([_EXAMPLES])
    lines = ("".join(words.say(language) for words in line) for line in told)
    return [f"{number}. {line}" for number, line in enumerate(lines, 1)]


def message(rule: EntryRule) -> tuple[Words, Words]:
    """What Excel says of an entry that a column does not take: title and text."""
    label = rule.column.label
    if rule.shape in ("one", "several", "flag"):
        return _NOT_IN_LIST, (_OR_NEW if rule.open else _CHOOSE).fill(label=label)
    if rule.shape == "day":
        return _NO_DAY, _DAY.fill(label=label, first=rule.first.year, last=rule.last.year)
    text = (_WHOLE if rule.shape == "whole" else _DECIMAL).fill(
        label=label, low=rule.low, high=f"{rule.high:,}"
    )
    if rule.rough:
        text = Words(text.zh + _KEEP_ROUGH.zh, text.en + _KEEP_ROUGH.en)
    return _NO_NUMBER, text


def prompt(rule: EntryRule) -> Words | None:
    """What Excel shows beside a cell of the column, where its head does not say it all."""
    return _PROMPTS.get("rough" if rule.rough else rule.shape)


def example_row(
    rules: Sequence[EntryRule],
    example: Mapping[str, str],
    today: date,
    language: str,
    *,
    whole: bool,
) -> list[Content]:
    """The cells of an example row. A ``whole`` one shows every kind of entry; the other only what
    must be filled in, and an estimate.

    Texts are those of ``example``, else something of the column's kind. The first column that
    takes a name carries the mark of an example.
    """
    named = _named(rules)
    row: list[Content] = []
    for rule in rules:
        if rule is named:
            name = example.get(rule.column.key) or rule.column.label.say(language)
            row.append(NAMED.say(language) + name)
        elif rule.required or (whole and rule.shape != "known"):
            given = example.get(rule.column.key)
            row.append(_made(rule, today, language) if given is None else _typed(rule, given))
        else:
            row.append(_ESTIMATE if rule.rough and not whole else None)
    return row


def _named(rules: Sequence[EntryRule]) -> EntryRule | None:
    """The column that says of whom or what the row is: the first text that must be filled in."""
    wanted = [rule for rule in rules if rule.required and rule.column.term is None]
    texts = [rule for rule in wanted if rule.shape == "text"]
    choices = [rule for rule in wanted if rule.shape == "one"]
    return next(iter([*texts, *choices]), None)


def _made(rule: EntryRule, today: date, language: str) -> Content:
    """Something of the column's kind; nothing where a row is as good without it."""
    if rule.default:
        return rule.default
    if rule.shape == "several" or (rule.open and rule.choices):
        # Two show how several are joined.
        return "、".join(rule.choices[: 2 if rule.shape == "several" else 1]) or None
    if not rule.required:
        return None
    if rule.shape == "day":
        return date(today.year - 1, 6, 26)
    if rule.shape in ("whole", "decimal"):
        return rule.low or min(20, rule.high)
    return rule.choices[0] if rule.choices else rule.column.label.say(language)


def _typed(rule: EntryRule, given: str) -> Content:
    if not given:
        return None
    if rule.shape == "day":
        return date.fromisoformat(given)
    if rule.shape == "whole":
        return int(given)
    return Decimal(given) if rule.shape == "decimal" else given
