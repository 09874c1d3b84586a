"""The style page: every component with Chinese, English and ugly content. Debug and tests only.

It shows what the templates in ``templates/components`` make of hard cases, so that a change of
look is seen in one place. Its words are samples, not interface text, and are not translated.
"""

from __future__ import annotations

from flask import Blueprint, flash, render_template
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    FieldList,
    FileField,
    Form,
    FormField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # not in the stubs
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from .stylesamples import LONG_TITLE, SCRIPT, VILLAGES, pick, samples

bp = Blueprint("style", __name__, url_prefix="/_style")


class _CheckboxesField(SelectMultipleField):
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class _DateTextField(StringField):
    """Stands for the tracker's own date field: text in, day out."""


class _MaterialForm(Form):
    kind = SelectField(
        "种类 Kind",
        choices=[SelectChoice("leaflet", "宣传单 Leaflet"), SelectChoice("book", "手册 Book")],
    )
    copies = IntegerField("份数 Copies", [Optional(), NumberRange(min=0, message="份数不能小于 0")])


class DemoForm(FlaskForm):  # type: ignore[misc]
    """One field of every kind, with a hint, optional or required."""

    title = StringField(
        "活动名称 Title",
        [InputRequired("请填写活动名称"), Length(max=30, message="活动名称最多 30 个字")],
        description="写清主题和地点，如「国家宪法日进社区」。",
    )
    held_on = _DateTextField("活动日期 Date", [InputRequired("请填写活动日期")])
    headcount = IntegerField(
        "参加人数 Headcount",
        [Optional(), NumberRange(min=0, max=999999, message="参加人数应在 0 到 999999 之间")],
    )
    basis = SelectField(
        "人数依据 Basis",
        choices=[
            SelectChoice("", "请选择"),
            SelectChoice("signed", "签到 Signed in"),
            SelectChoice("counted", "清点 Counted"),
        ],
    )
    village = SelectField(
        "村（社区） Village",
        choices=[
            SelectChoice("", "请选择"),
            *(SelectChoice(name, name, {"data-search": spell}) for name, spell in VILLAGES),
        ],
    )
    form = RadioField(
        "活动形式 Form",
        [InputRequired("请选择活动形式")],
        choices=[
            SelectChoice("lecture", "讲座 Lecture"),
            SelectChoice("stall", "摆摊 Stall"),
            SelectChoice("visit", "入户 Visits"),
        ],
    )
    themes = _CheckboxesField(
        "主题 Themes",
        choices=[
            SelectChoice("constitution", "宪法"),
            SelectChoice("civil", "民法典"),
            SelectChoice("drugs", "禁毒"),
            SelectChoice("safety", "反诈"),
        ],
    )
    villages = _CheckboxesField(
        "到过的村 Villages reached",
        [InputRequired("请至少选择一个村（社区）")],
        description="可多选。",
        choices=[SelectChoice(name, name, {"data-search": spell}) for name, spell in VILLAGES],
    )
    laws = SelectMultipleField(
        "涉及法律 Laws",
        choices=[
            SelectChoice("1", "宪法"),
            SelectChoice("2", "民法典"),
            SelectChoice("3", "反电信网络诈骗法"),
        ],
    )
    estimated = BooleanField("人数是估计的 Estimated", description="没有签到也没有清点时打钩。")
    note = TextAreaField("备注 Note", [Length(max=500, message="备注最多 500 个字")])
    secret = PasswordField("密码 Password", [Optional()])
    photo = FileField("照片 Photo", [Optional()])
    locked = StringField("编号 Number", render_kw={"readonly": True}, default="PF-2024-008")
    materials = FieldList(
        FormField(_MaterialForm, label="资料"), "发放资料 Materials", min_entries=2
    )


def _bad_form() -> DemoForm:
    form = DemoForm(
        formdata=MultiDict(
            {
                "title": LONG_TITLE[:60],
                "held_on": "",
                "headcount": "-5",
                "village": "沙坪村",
                "basis": "signed",
                "note": SCRIPT,
                "materials-0-kind": "book",
                "materials-0-copies": "-1",
            }
        )
    )
    form.validate()
    form.form_errors.append("结束日期不能早于开始日期")
    return form


@bp.get("/")
def index() -> str:
    """All components at their calmest and at their ugliest."""
    flash(pick("已保存「国家宪法日集中宣传」。", "Saved “Constitution Day outreach”."), "success")
    undo = {"text": pick("已作废 PF-2024-007。", "PF-2024-007 voided."), "url": "/_style/"}
    undo["label"] = pick("撤销", "Undo")
    flash(undo, "warning")  # type: ignore[arg-type]  # the page's macro takes both
    demo_form = DemoForm(formdata=None, data={"held_on": "2024-12-04", "themes": ["civil"]})
    return render_template("style/index.html", demo_form=demo_form, samples=samples())


@bp.get("/errors")
def errors() -> str:
    """The demo form as it comes back with errors."""
    return render_template("style/form.html", demo_form=_bad_form())


@bp.get("/sign-in")
def sign_in() -> str:
    """A page of the signed-out layout."""
    return render_template("style/sign_in.html", demo_form=DemoForm(formdata=None))


@bp.get("/error-page")
def error_page() -> str:
    """The error page with a reference number."""
    return render_template(
        "errors/error.html",
        code=500,
        title=pick("出了点问题", "Something went wrong"),
        text=pick("刚才的操作没有完成，已有的记录没有改动。", "Nothing was changed. Try again."),
        next_url="/_style/",
        next_label=pick("回到首页", "Go to the home page"),
        reference="20241204-7F3A",
    )
