"""The forms of accounts."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import PasswordField

from tracker.kernel.fields import DayField, LineField, Required, TermField
from tracker.kernel.forms import BaseForm
from tracker.kernel.text import half_width

from .terms import Role


class UserNameField(LineField):
    """The name one signs in with. Full-width letters and digits are read as plain ones: a Chinese
    keyboard types them unasked."""

    def __init__(self, *, autocomplete: str = "username", **options: Any) -> None:
        super().__init__(
            _("用户名"), 40, required=True, render_kw={"autocomplete": autocomplete}, **options
        )
        self.filters = [*self.filters, half_width]


class SignInForm(BaseForm):
    """Name and password."""

    name = UserNameField()
    password = PasswordField(
        _("密码"), [Required()], render_kw={"autocomplete": "current-password"}
    )


class ChangePasswordForm(BaseForm):
    """The old password and the new one, typed twice."""

    old = PasswordField(_("原密码"), [Required()], render_kw={"autocomplete": "current-password"})
    password = PasswordField(
        _("新密码"),
        [Required()],
        description=_("至少 8 个字符，勿含用户名"),
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        _("再输一次新密码"),
        [Required(_("请再输一次新密码"))],
        render_kw={"autocomplete": "new-password"},
    )


class NewUserForm(BaseForm):
    """A new account."""

    name = UserNameField(
        autocomplete="off", description=_("登录时输入，字母、数字或汉字，不含空格")
    )
    display_name = LineField(_("姓名"), 40, required=True)
    role = TermField(_("角色"), Role)
    password = PasswordField(
        _("初始密码"),
        [Required()],
        description=_("至少 8 个字符，勿含用户名"),
        render_kw={"autocomplete": "new-password"},
    )


class UserForm(BaseForm):
    """An account's name and role."""

    display_name = LineField(_("姓名"), 40, required=True)
    role = TermField(_("角色"), Role)


class ResetPasswordForm(BaseForm):
    """A new password that an administrator gives a person."""

    password = PasswordField(
        _("新密码"),
        [Required()],
        description=_("至少 8 个字符，勿含用户名；设好后请当面告知本人"),
        render_kw={"autocomplete": "new-password"},
    )


class AccessTokenForm(BaseForm):
    """A new access token."""

    name = LineField(
        _("用途"), 40, required=True, description=_("写明给谁用，例如 县局汇总；撤销时凭它辨认")
    )
    ends_on = DayField(
        _("有效期至"), required=True, description=_("最长一年；到期后自动失效，可以随时撤销")
    )
