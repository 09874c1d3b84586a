"""The forms of evidence: files with what they show, and what is said of one of them."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf.file import MultipleFileField
from werkzeug.datastructures import FileStorage

from tracker.kernel.errors import RuleBroken
from tracker.kernel.fields import DayField, LineField, TermField
from tracker.kernel.forms import RecordForm
from tracker.kernel.words import Words

from .drafts import EvidenceDraft
from .models import EvidenceFile
from .terms import EvidenceKind

#: Without `capture`, which would keep iPhones from offering the album.
_ACCEPT = "image/*,.pdf,.docx,.xlsx"
_NOTHING = Words("请选择要添加的照片或文件", "Choose the photos or files to add")


class DetailsForm(RecordForm[EvidenceDraft]):
    """What is said of a file."""

    kind = TermField(_("材料类别"), EvidenceKind)
    caption = LineField(_("文件说明"), 200, description=_("拍的是什么、第几页等，可不填"))
    taken_on = DayField(_("拍摄（形成）日期"), description=_("照片里记有日期的会自动填写"))

    def draft(self) -> EvidenceDraft:
        return EvidenceDraft(self.kind.data, str(self.caption.data or ""), self.taken_on.data)

    @classmethod
    def values_of(cls, file: EvidenceFile) -> dict[str, Any]:
        """A file's present entries for the form."""
        return {
            "kind": file.kind,
            "caption": file.caption,
            "taken_on": file.taken_on,
            "version": str(file.version),
        }


class FilesForm(DetailsForm):
    """Files to be put on a record, all of one kind."""

    files = MultipleFileField(
        _("照片和文件"), render_kw={"accept": _ACCEPT, "multiple": True, "data-photos": ""}
    )

    def sent_files(self) -> list[FileStorage]:
        """The files that were sent; a browser sends an empty one where none was chosen.

        :raises RuleBroken: when there is none.
        """
        found = [each for each in self.files.data or () if isinstance(each, FileStorage)]
        named = [each for each in found if each.filename]
        if not named:
            raise RuleBroken("files", _NOTHING)
        return named
