"""A person at the browser, without the browser: asks for pages, fills forms, reads answers.

Every answer is checked by ``hygiene``; a test that walks through pages therefore checks them all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from flask import Flask, url_for
from sqlalchemy import String, func, or_, select
from werkzeug.test import TestResponse

from tracker.kernel import i18n, rows
from tracker.kernel.db import db
from tracker.kernel.model import Model

from . import hygiene
from .application import PASSWORD
from .dom import Node, parse

Value = str | int | Sequence[str | int] | None
HTML = "text/html"


class Form:
    """A form on a page, with what its fields hold now."""

    def __init__(self, page: Page, node: Node) -> None:
        self.page = page
        self.node = node
        self.method = node.get("method", "get").lower()
        self.action = node.get("action") or page.url
        self.controls = [
            each
            for each in node.all("input", "select", "textarea")
            if each.get("name") and "disabled" not in each.attrs
        ]

    @property
    def names(self) -> list[str]:
        """The names of the fields, in their order, each once."""
        return list(dict.fromkeys(each.get("name") for each in self.controls))

    @property
    def visible_names(self) -> list[str]:
        """The names of the fields a person can fill."""
        shown = (c for c in self.controls if c.get("type") not in ("hidden", "submit", "button"))
        return list(dict.fromkeys(each.get("name") for each in shown))

    @property
    def buttons(self) -> list[Node]:
        return [b for b in self.node.all("button") if b.get("type") == "submit"]

    def values(self) -> dict[str, list[str]]:
        """What the browser would send if nothing were changed."""
        found: dict[str, list[str]] = {}
        for control in self.controls:
            sent = _sent(control)
            if sent:
                found.setdefault(control.get("name"), []).extend(sent)
        return found

    def control(self, name: str) -> Node:
        """The first control of this name."""
        found = next((c for c in self.controls if c.get("name") == name), None)
        assert found is not None, f"no field {name!r}; there are {self.names}"
        return found

    def named(self, label_or_name: str) -> str:
        """A field's name, from its name or its label on the page."""
        if label_or_name in self.names:
            return label_or_name
        for control in self.controls:
            label = hygiene.label_of(self.page.tree, control)
            group = next((n for n in control.above() if n.tag == "fieldset"), None)
            legend = group.first("legend") if group is not None else None
            said = {_plain(label)}
            if legend is not None and control.get("type") in ("checkbox", "radio"):
                said.add(_plain(legend.text))
            if label_or_name in said:
                return control.get("name")
        raise AssertionError(f"no field {label_or_name!r} on {self.page.url}; {self.names}")

    def choices(self, name: str) -> dict[str, str]:
        """What a field offers: the value of each choice by its label."""
        name = self.named(name)
        found: dict[str, str] = {}
        for control in self.controls:
            if control.get("name") != name:
                continue
            if control.tag == "select":
                for option in control.all("option"):
                    label = " ".join(option.whole_text.split())
                    found[label] = option.get("value") if "value" in option.attrs else label
            elif control.get("type") in ("checkbox", "radio"):
                found[hygiene.label_of(self.page.tree, control)] = control.get("value", "on")
        return found

    def filled(self, entries: Mapping[str, Value]) -> dict[str, list[str]]:
        """The values to send once a person has typed and chosen these."""
        sent = self.values()
        for label, value in entries.items():
            name = self.named(label)
            given = [] if value is None else value
            texts = [str(v) for v in ([given] if isinstance(given, str | int) else given)]
            choices = self.choices(name)
            sent[name] = [choices.get(text, text) for text in texts]
        return sent


def _plain(label: str) -> str:
    return re.sub(r"\s*(选填|optional)$", "", label)


def _sent(control: Node) -> list[str]:
    if control.tag == "textarea":
        # A browser drops the first line break after the tag.
        return [re.sub(r"^\r?\n", "", control.whole_text)]
    if control.tag == "select":
        options = control.all("option")
        chosen = [o for o in options if "selected" in o.attrs]
        if not chosen and "multiple" not in control.attrs:
            chosen = options[:1]
        return [o.get("value") if "value" in o.attrs else o.whole_text.strip() for o in chosen]
    kind = control.get("type", "text")
    if kind in ("checkbox", "radio"):
        return [control.get("value", "on")] if "checked" in control.attrs else []
    if kind in ("submit", "button", "image", "reset", "file"):
        return []
    return [control.get("value")]


class Page:
    """An answer, read as a person reads it."""

    def __init__(self, answer: TestResponse, url: str, tree: Node) -> None:
        self.answer = answer
        self.url = url
        self.tree = tree
        self.status = answer.status_code

    @property
    def html(self) -> str:
        return self.answer.text

    @property
    def main(self) -> Node:
        return self.tree.first("main") or self.tree

    @property
    def text(self) -> str:
        """Everything in the page's own part, as one line."""
        return self.main.text

    @property
    def title(self) -> str:
        return self.tree.the("title").whole_text.strip()

    @property
    def h1(self) -> str:
        return self.tree.the("h1").text

    @property
    def errors(self) -> list[str]:
        """The messages of the error summary."""
        summary = self.tree.first(id="error-summary")
        return [item.text for item in summary.all("li")] if summary is not None else []

    def error_beside(self, field: str) -> str:
        """The message that stands beside a field."""
        found = self.tree.first(id=f"{self.form().named(field)}-error")
        return re.sub(r"^(错误：|Error:)\s*", "", found.text) if found is not None else ""

    @property
    def message(self) -> str:
        """What the page says was done."""
        return " ".join(n.text for n in self.tree.all("div") if n.has_class("flashes"))

    @property
    def forms(self) -> list[Form]:
        return [Form(self, node) for node in self.main.all("form")]

    def form(self, button: str = "") -> Form:
        """The form with this button; without one, the form with the most fields."""
        found = self.forms
        if button:
            found = [f for f in found if any(b.text == button for b in f.buttons)]
            assert found, f"no button {button!r} on {self.url}"
        else:
            found = [f for f in found if f.method == "post"]
            assert found, f"no form on {self.url}"
        return max(found, key=lambda form: len(form.controls))

    def value(self, field: str) -> str:
        """What a field shows."""
        form = self.form()
        return "".join(form.values().get(form.named(field), [])[:1])

    @property
    def links(self) -> dict[str, str]:
        """Where the links of the page's own part lead, by what they say."""
        return {a.text: a.get("href") for a in self.main.all("a") if a.get("href")}

    @property
    def rows(self) -> list[list[str]]:
        """The rows of all tables, as texts of their cells."""
        return [
            [cell.text for cell in row.children if isinstance(cell, Node)]
            for body in self.main.all("tbody")
            for row in body.all("tr")
        ]

    @property
    def facts(self) -> dict[str, str]:
        """What a record's page states."""
        pairs = {}
        for group in self.main.all("dl"):
            for term, value in zip(group.all("dt"), group.all("dd"), strict=True):
                pairs[term.text] = value.text
        return pairs

    @property
    def json(self) -> Any:
        return self.answer.json


class Visitor:
    """Somebody at a browser; at first nobody is signed in."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client = app.test_client()
        #: Turned off only by tests that look at what a page shows rather than how it is made.
        self.strict = True
        self.at: Page | None = None
        #: What this person typed last, which a page may show again as it is.
        self.typed: list[str] = []

    # -------------------------------------------------------------------- signing in

    def sign_in(self, name: str, password: str = PASSWORD) -> Page:
        """Fill the sign-in form."""
        return self.fill("/sign-in", {"用户名": name, "密码": password}, press="登录")

    def sign_out(self) -> Page:
        """Press the button in the account's menu."""
        return self.post("/sign-out")

    def read_in(self, language: str) -> None:
        """Change the language of the pages."""
        self.client.set_cookie(i18n.COOKIE, language)

    @property
    def language(self) -> str:
        cookie = self.client.get_cookie(i18n.COOKIE)
        return cookie.value if cookie is not None else "zh"

    # -------------------------------------------------------------------- asking

    def address(self, target: str, **values: Any) -> str:
        """An address, or that of an endpoint such as ``outreach.events``."""
        if target.startswith("/"):
            return target
        with self.app.test_request_context():
            return url_for(target, **values)

    def get(self, target: str, *, status: int = 200, **values: Any) -> Page:
        """Ask for a page and follow where it leads."""
        return self._follow(self.client.get(self.address(target, **values)), status)

    def post(
        self,
        target: str,
        data: Mapping[str, Any] | None = None,
        *,
        status: int = 200,
        **values: Any,
    ) -> Page:
        """Send a form that no page showed, with a good token, and follow where it leads."""
        return self._follow(self.send(target, data, **values), status)

    def send(self, target: str, data: Mapping[str, Any] | None = None, **values: Any) -> Any:
        """`post` without looking at the answer."""
        self.typed = [str(value) for value in (data or {}).values()]
        return self.client.post(
            self.address(target, **values), data={"csrf_token": self.token, **(data or {})}
        )

    def fill(
        self,
        page: str | Page,
        entries: Mapping[str, Value],
        *,
        press: str = "保存",
        status: int = 200,
    ) -> Page:
        """Fill the form with this button, by labels or names, and press it."""
        if isinstance(page, str):
            page = self.get(page)
        form = page.form(press)
        data: dict[str, Any] = form.filled(entries)
        pressed = next(b for b in form.buttons if b.text == press)
        if pressed.get("name"):
            data[pressed.get("name")] = [pressed.get("value")]
        self.typed = [text for texts in data.values() for text in texts]
        if form.method == "get":
            return self._follow(self.client.get(form.action, query_string=data), status)
        return self._follow(self.client.post(form.action, data=data), status)

    def press(self, page: Page, button: str, *, status: int = 200) -> Page:
        """Press a button that needs no entry, such as 撤销."""
        return self.fill(page, {}, press=button, status=status)

    def click(self, page: Page, link: str, *, status: int = 200) -> Page:
        """Follow a link by what it says."""
        assert link in page.links, f"no link {link!r}; there are {sorted(page.links)}"
        return self.get(page.links[link], status=status)

    @property
    def token(self) -> str:
        """The form token of this browser, taken from a page."""
        answer = self.client.get("/sign-in", follow_redirects=True)
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', answer.text)
        assert found is not None, answer.text[:300]
        return found[1]

    # -------------------------------------------------------------------- reading answers

    def _follow(self, answer: TestResponse, status: int) -> Page:
        for _ in range(5):
            if answer.status_code not in (301, 302, 303, 307, 308):
                break
            self.check_headers(answer)
            location = answer.location or ""
            assert location.startswith("/"), f"led elsewhere: {location}"
            answer = self.client.get(location)
        page = self.read(answer)
        said = (
            f"{answer.request.path} answered {answer.status_code}: {page.errors or page.text[:300]}"
        )
        assert answer.status_code == status, said
        return page

    def read(self, answer: TestResponse) -> Page:
        """Check an answer and read it."""
        path = answer.request.path
        query = answer.request.query_string.decode("utf-8", "replace")
        self.check_headers(answer)
        if answer.mimetype != "text/html":
            return Page(answer, path, Node("document"))
        tree, markup = parse(answer.text)
        if self.strict:
            language = self._language_of(answer)
            found = hygiene.faults(tree, markup, language, lambda text: self.is_data(answer, text))
            assert not found, f"{path}: " + "\n  ".join(found)
        self.at = Page(answer, f"{path}?{query}" if query else path, tree)
        return self.at

    def _language_of(self, answer: TestResponse) -> str:
        if self.client.get_cookie(i18n.COOKIE) is not None:
            return self.language
        return "en" if 'lang="en"' in answer.text[:200] else "zh"

    @staticmethod
    def check_headers(answer: TestResponse) -> None:
        """The headers that every answer carries."""
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert "unsafe" not in answer.headers["Content-Security-Policy"]
        if not answer.request.path.startswith("/static/"):
            headers = dict(hygiene.HEADERS)
            if hygiene.KEPT_BY_THE_BROWSER.search(answer.request.path) and answer.mimetype != HTML:
                headers["Cache-Control"] = "private, no-cache"
            for name, value in headers.items():
                assert answer.headers.get(name) == value, f"{answer.request.path}: {name}"

    def is_data(self, answer: TestResponse, text: str) -> bool:
        """Whether somebody entered this text: in this request or in a record."""
        sent = [*answer.request.args.values(), *self.typed]
        if any(text in " ".join(value.split()) for value in sent):
            return True
        with self.app.app_context(), rows.seeing_everything():
            for table in Model.metadata.sorted_tables:
                columns = [c for c in table.columns if isinstance(c.type, String)]
                if not columns:
                    continue
                found = or_(*(func.instr(column, text) > 0 for column in columns))
                if db.session.scalar(select(func.count()).select_from(table).where(found)):
                    return True
        return False
