"""What can go wrong in a way a person can mend."""

from __future__ import annotations

from .words import Words


class TrackerError(Exception):
    """A refusal with a message for the person; nothing was written."""

    def __init__(self, message: Words) -> None:
        super().__init__(message.zh)
        self.message = message


class RuleBroken(TrackerError):
    """An operation refused a value. ``field`` names the form field it stands beside."""

    def __init__(self, field: str, message: Words) -> None:
        super().__init__(message)
        self.field = field


class StaleEdit(TrackerError):
    """Somebody else saved the record after this person opened it."""

    def __init__(self, current_version: int) -> None:
        super().__init__(
            Words(
                "在您填写期间，这条记录已被修改。请核对后再保存。",
                "This record was changed while you were editing. Please compare and save again.",
            )
        )
        self.current_version = current_version


class RecordMissing(TrackerError):
    """No such record among those the person may see. Another office's record is missing too."""

    def __init__(self) -> None:
        super().__init__(Words("没有找到这条记录。", "This record was not found."))
