"""Signing in and out, one's own password and language, and the administrators' list of users."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from tracker.kernel import clock, i18n
from tracker.kernel.db import Actor, db, write_tx
from tracker.kernel.errors import RuleBroken
from tracker.kernel.forms import BaseForm, PlainForm
from tracker.kernel.web import done, local_address, page
from tracker.kernel.words import Words

from . import gate, operations, passwords, queries
from .forms import ChangePasswordForm, NewUserForm, ResetPasswordForm, SignInForm, UserForm
from .models import User
from .terms import Role
from .viewer import signed_in, viewer

bp = Blueprint("accounts", __name__)

WRONG = Words("用户名或密码不对，请重试", "The user name or password is wrong; please try again")
LOCKED = Words(
    "连续输错次数过多，请 15 分钟后再试，或请管理员重设密码",
    "Too many wrong tries; wait 15 minutes or ask an administrator for a new password",
)


@bp.route("/sign-in", methods=["GET", "POST"])
@gate.public
def sign_in() -> Any:
    """Sign in. Unknown name, wrong password and closed account are answered alike."""
    target = local_address(request.args.get("next"), url_for("yearbook.home"))
    if request.method == "GET" and signed_in() is not None:
        return redirect(target)
    form = SignInForm()
    if form.is_sent_well():
        try:
            return _let_in(form, target)
        except RuleBroken as error:
            form.add_error(error)
    return page("accounts/sign_in.html", form)


def _let_in(form: SignInForm, target: str) -> Response:
    name, address = form.name.data or "", request.remote_addr or ""
    session = db.session()
    if queries.is_locked(session, name, address, clock.now()):
        raise RuleBroken("", LOCKED)
    user = queries.user_by_name(session, name)
    working = user is not None and user.disabled_at is None
    right = passwords.matches(
        user.password_hash if user is not None and working else None, form.password.data or ""
    )
    with write_tx(Actor(name[:40] or "—")) as tx:
        operations.note_attempt(tx, name, address, succeeded=right)
        found = queries.user_by_name(tx, name) if right else None
        secret = operations.start_session(tx, found) if found is not None else ""
    if not secret:
        raise RuleBroken("", WRONG)
    response = redirect(target, code=303)
    gate.set_cookie(response, secret)
    return response


@bp.post("/sign-out")
@gate.own_account
def sign_out() -> Response:
    """End this browser's session."""
    with write_tx(viewer().actor) as session:
        operations.end_session(session, request.cookies.get(gate.COOKIE, ""))
    response = redirect(url_for("accounts.sign_in"), code=303)
    response.delete_cookie(gate.COOKIE, path="/")
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@bp.post("/language")
@gate.public
def switch_language() -> Response:
    """Change the language of the pages, remembered by the browser and for the person."""
    language = "en" if request.form.get("lang") == "en" else "zh"
    person = signed_in()
    if person is not None:
        with write_tx(person.actor) as session:
            user = operations.find_user(session, person.office_id, person.user_id)
            operations.set_language(session, user, language)
    response = redirect(local_address(request.form.get("next"), "/"), code=303)
    response.set_cookie(
        i18n.COOKIE,
        language,
        max_age=365 * 86400,
        samesite="Lax",
        httponly=True,
        secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
    )
    return response


@bp.route("/account/password", methods=["GET", "POST"])
@gate.own_account
def change_password() -> Any:
    """Change one's own password; every other session of the account ends."""
    form = ChangePasswordForm()
    if form.is_sent_well():
        try:
            return _changed(form)
        except RuleBroken as error:
            form.add_error(error)
    return page("accounts/password.html", form)


def _changed(form: ChangePasswordForm) -> Response:
    person = viewer()
    user = db.session().get(User, person.user_id)
    if user is None or not passwords.matches(user.password_hash, form.old.data or ""):
        raise RuleBroken("old", Words("原密码不对，请重新输入", "The old password is wrong"))
    if form.password.data != form.again.data:
        raise RuleBroken("again", Words("两次输入的新密码不一致", "The new passwords do not match"))
    passwords.require_fit(form.password.data or "", user.name)
    hashed = passwords.hash_password(form.password.data or "")
    with write_tx(person.actor) as session:
        found = operations.find_user(session, person.office_id, person.user_id)
        operations.set_password(session, found, hashed)
        secret = operations.start_session(session, found)
    response = done(url_for("yearbook.home"), Words("密码已修改。", "The password was changed."))
    gate.set_cookie(response, secret)
    return response


@bp.get("/users/")
@gate.administrators_only
def users() -> Any:
    """The office's accounts."""
    found = queries.users_of(db.session(), viewer().office_id)
    return page("accounts/users.html", users=found)


@bp.route("/users/new", methods=["GET", "POST"])
@gate.administrators_only
def new_user() -> Any:
    """Open an account."""
    form = NewUserForm(data={"role": Role.CLERK})
    if form.is_sent_well():
        try:
            passwords.require_fit(form.password.data or "", form.name.data or "")
            hashed = passwords.hash_password(form.password.data or "")
            with write_tx(viewer().actor) as session:
                operations.create_user(
                    session,
                    viewer().office_id,
                    name=form.name.data or "",
                    display_name=form.display_name.data or "",
                    role=form.role.data,
                    password_hash=hashed,
                )
            return done(url_for(".users"), Words("账户已建立。", "The account was opened."))
        except RuleBroken as error:
            form.add_error(error)
    return page("records/form.html", form, title=gettext("新建账户"), back=url_for(".users"))


@bp.route("/users/<int(max=2147483647):user_id>", methods=["GET", "POST"])
@gate.administrators_only
def edit_user(user_id: int) -> Any:
    """Rename an account, change its role."""
    user = operations.find_user(db.session(), viewer().office_id, user_id)
    form = UserForm(data={"display_name": user.display_name, "role": user.role})
    if form.is_sent_well():

        def change(found: User) -> None:
            operations.change_user(
                db.session(),
                found,
                display_name=form.display_name.data or "",
                role=form.role.data,
            )

        answer = _write_user(form, user_id, change, Words("账户已修改。", "Account changed."))
        if answer:
            return answer
    return page("accounts/user.html", form, user=user, back=url_for(".users"))


@bp.route("/users/<int(max=2147483647):user_id>/password", methods=["GET", "POST"])
@gate.administrators_only
def reset_password(user_id: int) -> Any:
    """Give a person a new password; their sessions end."""
    user = operations.find_user(db.session(), viewer().office_id, user_id)
    form = ResetPasswordForm()
    if form.is_sent_well():
        try:
            passwords.require_fit(form.password.data or "", user.name)
        except RuleBroken as error:
            form.add_error(error)
        else:
            hashed = passwords.hash_password(form.password.data or "")
            answer = _write_user(
                form,
                user_id,
                lambda found: operations.set_password(db.session(), found, hashed),
                Words("密码已重设。", "The password was set."),
            )
            if answer:
                return answer
    title = gettext("重设 %(name)s 的密码", name=user.display_name)
    return page("records/form.html", form, title=title, back=url_for(".edit_user", user_id=user_id))


@bp.post("/users/<int(max=2147483647):user_id>/disable")
@gate.administrators_only
def disable_user(user_id: int) -> Any:
    """Close an account at once."""
    form = PlainForm()
    answer = _write_user(
        form,
        user_id,
        lambda found: operations.disable_user(db.session(), found),
        Words("账户已停用。", "The account was closed."),
    )
    if answer:
        return answer
    user = operations.find_user(db.session(), viewer().office_id, user_id)
    shown = UserForm(formdata=None, data={"display_name": user.display_name, "role": user.role})
    shown.form_errors.extend(form.form_errors)
    shown.status = 422
    return page("accounts/user.html", shown, user=user, back=url_for(".users"))


@bp.post("/users/<int(max=2147483647):user_id>/enable")
@gate.administrators_only
def enable_user(user_id: int) -> Any:
    """Open a closed account again."""
    answer = _write_user(
        PlainForm(),
        user_id,
        lambda found: operations.enable_user(db.session(), found),
        Words("账户已启用。", "The account was opened again."),
    )
    return answer or redirect(url_for(".users"), code=303)


def _write_user(form: BaseForm, user_id: int, write: Any, message: Words) -> Response | None:
    person = viewer()
    try:
        with write_tx(person.actor) as session:
            write(operations.find_user(session, person.office_id, user_id))
    except RuleBroken as error:
        form.add_error(error)
        return None
    return done(url_for(".users"), message)
