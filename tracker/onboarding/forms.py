"""The form of the first visit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import PasswordField, ValidationError

from tracker.accounts import passwords
from tracker.accounts.forms import UserNameField
from tracker.accounts.operations import require_sound_name
from tracker.kernel.errors import RuleBroken
from tracker.kernel.fields import LineField, Required, TermField
from tracker.kernel.forms import BaseForm
from tracker.kernel.i18n import say
from tracker.kernel.text import half_width
from tracker.offices.operations import require_sound_code
from tracker.offices.terms import OfficeLevel


class SetUpForm(BaseForm):
    """The office and its first administrator.

    What the operations would refuse is said here, all at once: somebody who sets up a tracker
    types the passwords again each time the page comes back.
    """

    office_name = LineField(_("单位名称"), 60, required=True, description=_("例如：架桥镇人民政府"))
    office_code = LineField(
        _("单位代码"),
        20,
        required=True,
        description=_("行政区划代码，例如 430725115；没有的自编一个，2 到 20 位字母或数字"),
    )
    level = TermField(_("单位级别"), OfficeLevel)
    display_name = LineField(_("管理员姓名"), 40, required=True)
    name = UserNameField(description=_("登录时输入，字母、数字或汉字，不含空格"))
    password = PasswordField(
        _("密码"),
        [Required()],
        description=_("至少 8 个字符，勿含用户名"),
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        _("再输一次密码"),
        [Required(_("请再输一次密码"))],
        render_kw={"autocomplete": "new-password"},
    )

    def validate_office_code(self, field: Any) -> None:
        """Full-width digits are read as plain ones, as everywhere."""
        field.data = half_width(field.data or "")
        _ask(lambda: require_sound_code(field.data))

    def validate_name(self, field: Any) -> None:
        """As `accounts.operations.create_user` will have it."""
        _ask(lambda: require_sound_name(field.data or ""))

    def validate_password(self, field: Any) -> None:
        """Not too easily guessed."""
        _ask(lambda: passwords.require_fit(field.data or "", self.name.data or ""))

    def validate_again(self, field: Any) -> None:
        """The same twice, since nobody can read it back."""
        if field.data != self.password.data:
            raise ValidationError(gettext("两次输入的密码不一致"))


def _ask(check: Callable[[], None]) -> None:
    """Put an operation's refusal beside the field.

    :raises ValidationError: with the refusal's words.
    """
    try:
        check()
    except RuleBroken as error:
        raise ValidationError(say(error.message)) from error
