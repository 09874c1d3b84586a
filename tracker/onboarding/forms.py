"""The form of the first visit."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import PasswordField

from tracker.kernel.fields import LineField, Required, TermField
from tracker.kernel.forms import BaseForm
from tracker.offices.terms import OfficeLevel


class SetUpForm(BaseForm):
    """The office and its first administrator."""

    office_name = LineField(_("单位名称"), 60, required=True, description=_("例如：架桥镇人民政府"))
    office_code = LineField(
        _("单位代码"),
        20,
        required=True,
        description=_("行政区划代码，例如 430725115；没有的自编一个，2 到 20 位字母或数字"),
    )
    level = TermField(_("单位级别"), OfficeLevel)
    display_name = LineField(_("管理员姓名"), 40, required=True)
    name = LineField(_("用户名"), 40, required=True, render_kw={"autocomplete": "username"})
    password = PasswordField(
        _("密码"),
        [Required()],
        description=_("至少 8 个字符，勿含用户名"),
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        _("再输一次密码"), [Required()], render_kw={"autocomplete": "new-password"}
    )
