"""Forms of the import: the file with what to do about it, and what the columns mean."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import HiddenField, SelectField
from wtforms.fields.choices import Choice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import ValidationError

from tracker.kernel.errors import RuleBroken
from tracker.kernel.fields import BooleanField, TermField, WholeNumberField
from tracker.kernel.forms import BaseForm, whole_or_none
from tracker.kernel.i18n import say
from tracker.kernel.intake import Intake
from tracker.kernel.text import clean_line
from tracker.kernel.words import Words
from tracker.workbooks.grid import MOST_BYTES

from .heads_found import HeadSeen
from .importer import Options
from .outcome import OnExisting

_TWICE = Words(
    "「{column}」已经对应「{other}」，一栏只能对应一列，请把其中一列选为「不导入」",
    "“{column}” is already “{other}”; only one column can be it, so leave the other out",
)
_SAME_NAME = Words(
    "有 {count} 列都叫「{head}」，分不清用哪一列。请选「不导入」，或在表格里改名后重新上传",
    "{count} columns are called “{head}”: leave them out, or rename them and upload again",
)
_MISSING = Words(
    "还缺少「{missing}」：请在下面选出是哪一列；表里没有的，请在表格里加上这一列后重新上传",
    "“{missing}” is still missing: say which column it is, or add it and upload again",
)


class KeyField(SelectField):
    """One of some keys that the page offers."""

    def __init__(self, label: Any, **options: Any) -> None:
        super().__init__(label, choices=[], validate_choice=False, **options)
        self.offered: list[tuple[str, str]] = []

    def iter_choices(self) -> Any:
        for key, label in self.offered:
            yield Choice(key, label, key == self.data, {})

    def has_groups(self) -> bool:
        return False

    def pre_validate(self, form: Any) -> None:
        if self.data not in {key for key, _label in self.offered}:
            raise ValidationError(gettext("请从列表中选择%(thing)s", thing=self.label.text))


class OptionsForm(BaseForm):
    """What to do with records that are there, unknown names, and days without a year."""

    on_existing = TermField(_("重复的记录"), OnExisting, required=True)
    year = WholeNumberField(
        _("没写年份的日期属于哪一年"),
        1990,
        2100,
        description=_("表里只写「3月15日」、标题里也没有年份时才用得上"),
    )
    create_missing = BooleanField(
        _("自动新建不认识的村、主题等"),
        description=_("不勾选时，对不上的名称会作为错误列出，便于发现错别字"),
    )

    def options(self) -> Options:
        """What was chosen. Only called when every field is right."""
        return Options(bool(self.create_missing.data), self.on_existing.data, self.year.data)


class UploadForm(OptionsForm):
    """A ledger to take in."""

    register = KeyField(_("台账"))
    file = FileField(_("台账文件"), render_kw={"accept": ".xlsx,.xls,.ods"})
    #: The waiting ledger that this one takes the place of.
    again = HiddenField()

    def offer(self, intakes: Iterable[Intake]) -> None:
        """The registers to choose from."""
        known = [(each.register.key, say(each.register.label)) for each in intakes]
        self.register.offered = [("", gettext("自动识别")), *known]

    def validate_file(self, field: FileField) -> None:
        if not field.data:
            raise ValidationError(gettext("请选择台账文件"))

    @property
    def content(self) -> bytes:
        """The file; of one that is too large, enough to tell."""
        return bytes(self.file.data.stream.read(MOST_BYTES + 1))

    @property
    def file_name(self) -> str:
        """The file's own name, without the folders that some browsers send along."""
        name = str(self.file.data.filename or "").replace("\\", "/")
        return clean_line(PurePath(name[-500:]).name)[-200:] or "—"

    @property
    def replaced(self) -> int | None:
        """The id of the waiting ledger whose place this one takes."""
        return whole_or_none(clean_line(str(self.again.data or "")[:20]))


class ColumnsForm(BaseForm):
    """Which column of the register each head of a ledger means. Made by `columns_form`."""

    row = HiddenField()

    #: The heads by the names of their fields.
    heads: dict[str, HeadSeen]
    intake: Intake

    @property
    def head_row(self) -> int | None:
        """The row that was pointed at as the head, from 0."""
        number = whole_or_none(clean_line(str(self.row.data or "")[:20]))
        return number - 1 if number and number <= 20_000 else None

    @property
    def choosers(self) -> list[tuple[KeyField, HeadSeen]]:
        """The fields with their heads."""
        return [(self._fields[name], head) for name, head in self.heads.items()]

    def changed(self) -> dict[str, str]:
        """The heads that mean something else than was known. Only called when all is right."""
        return {
            head.text: str(field.data)
            for field, head in self.choosers
            if field.data != (head.key or "")
        }

    def validate(self, extra_validators: Any = None) -> bool:
        well = bool(super().validate(extra_validators))
        taken: dict[str, str] = {}
        for field, head in self.choosers:
            key = str(field.data)
            if not key or field.errors:
                continue
            if len(head.places) > 1:
                words = _SAME_NAME.fill(count=len(head.places), head=head.text)
                self.add_error(RuleBroken(field.name, words))
            elif key in taken:
                label = self.intake.register.column(key).label
                words = _TWICE.fill(column=label, other=taken[key])
                self.add_error(RuleBroken(field.name, words))
            taken.setdefault(key, head.text)
        missing = [c.label for c in self.intake.key_columns if c.key not in taken]
        if missing and well:
            zh, en = ("、".join(each.say(lang) for each in missing) for lang in ("zh", "en"))
            self.add_error(RuleBroken("", _MISSING.fill(missing=Words(zh, en))))
        return well and not self.errors


def columns_form(seen: Sequence[HeadSeen], intake: Intake, head_row: int | None) -> ColumnsForm:
    """The form for these heads."""
    heads = {f"head_{place}": head for place, head in enumerate(seen)}
    fields = {name: KeyField(head.text, default=head.key or "") for name, head in heads.items()}
    form: ColumnsForm = type("HeadsForm", (ColumnsForm,), fields)(
        data={"row": "" if head_row is None else head_row + 1}
    )
    form.heads, form.intake = heads, intake
    columns = [(c.key, say(c.label)) for c in intake.register.columns if intake.field_of(c)]
    for field, _head in form.choosers:
        field.offered = [("", gettext("不导入")), *columns]
    return form
