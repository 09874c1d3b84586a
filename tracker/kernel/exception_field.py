"""The field in which an administrator gives the reason for an exception."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms.validators import ValidationError

from .errors import RuleBroken
from .exceptions import LABEL, LONGEST_REASON, ExceptionNeeded
from .fields import LineField, words
from .scope import Scope


class ExceptionReasonField(LineField):
    """The reason for an exception: an administrator's to give, everybody's to read.

    It stands on the page once there is a reason, or once the entry was refused by a rule that
    knows exceptions (`asks_after`) and the person may make one.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(
            words(LABEL),
            LONGEST_REASON,
            description=_("写明为什么不按规则登记，会列入「例外登记」；不需要例外的请留空"),
            **options,
        )
        self._may_give = False
        self._asked = False

    def open_to(self, scope: Scope) -> None:
        """Let the person give a reason, where they may."""
        self._may_give = scope.may_except
        if not self._may_give:
            self.render_kw = {"readonly": True}

    def asks_after(self, error: RuleBroken) -> None:
        """Show the field once a rule asks for a reason."""
        self._asked = self._asked or isinstance(error, ExceptionNeeded)

    @property
    def is_shown(self) -> bool:
        return bool(self.data or self.errors) or (self._asked and self._may_give)

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        """What stands in the record stays; a new reason is an administrator's."""
        if not self._may_give and (self.data or "") != (self.object_data or ""):
            raise ValidationError(gettext("例外理由由管理员填写；请删去，或请管理员登记"))
