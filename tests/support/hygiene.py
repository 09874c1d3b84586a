"""What every page of the product must be, whatever it shows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from itertools import pairwise

from .dom import Node

_CONTROLS = ("input", "select", "textarea")
_NO_LABEL = frozenset({"hidden", "submit", "button", "image", "reset"})
_ADDRESS = ("href", "src", "action", "formaction", "poster", "srcset")
_FOREIGN = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:)?//|\s*javascript:", re.I)
_HALF_WIDTH = re.compile(r"[\u4e00-\u9fff]\s?[,;:!?]\s?[\u4e00-\u9fff]|[\u4e00-\u9fff]\.\s*$")
_LEAKS = re.compile(
    r"\{\{|\{%|\}\}|%\(\w+\)s|<bound method|<function |\bobject at 0x|\bUndefined\b"
)
_NOTHING = re.compile(r"(?:^|[\s:：(（])None(?:$|[\s,.，。）)])")
_POINTING = ("for", "aria-describedby", "aria-labelledby", "aria-controls")

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}
#: Photos may be kept by the person's own browser, which asks each time whether it still may.
KEPT_BY_THE_BROWSER = re.compile(r"^/evidence/[0-9]+/(content|thumbnail)$")


def faults(
    tree: Node, markup: list[str], language: str, is_data: Callable[[str], bool]
) -> list[str]:
    """What is wrong with a page. ``is_data`` says whether a text was entered by a person, for
    whose punctuation the page is not to blame."""
    found = list(markup)
    found += _heads(tree, language)
    found += _ids(tree)
    found += _labels(tree)
    found += _forms(tree)
    found += _foreign_matter(tree)
    found += _texts(tree, language, is_data)
    return found


def _heads(tree: Node, language: str) -> list[str]:
    found = []
    headings = tree.all("h1")
    if len(headings) != 1:
        found.append(f"{len(headings)} h1 instead of one")
    title = " ".join(node.whole_text for node in tree.all("title"))
    title = " ".join(title.split())
    if not title or title.startswith("·"):
        found.append(f"the title is empty: {title!r}")
    elif headings and headings[0].text not in title:
        found.append(f"the title {title!r} does not name the page {headings[0].text!r}")
    html = tree.first("html")
    wanted = "en" if language == "en" else "zh-CN"
    if html is None or html.get("lang") != wanted:
        found.append(f"the page's lang is not {wanted}")
    levels = [int(node.tag[1]) for node in tree.walk() if re.fullmatch(r"h[1-6]", node.tag)]
    found += [
        f"a heading h{after} follows h{before}"
        for before, after in pairwise(levels)
        if after > before + 1
    ]
    if not tree.first("main"):
        found.append("there is no <main>")
    return found


def _ids(tree: Node) -> list[str]:
    counted = Counter(node.get("id") for node in tree.walk() if "id" in node.attrs)
    found = [f"id {name!r} stands {times} times" for name, times in counted.items() if times > 1]
    if "" in counted:
        found.append("an id is empty")
    for node in tree.walk():
        for attribute in _POINTING:
            for name in node.get(attribute).split():
                if name not in counted:
                    found.append(f"<{node.tag} {attribute}={name!r}> points to nothing")
    return found


def label_of(tree: Node, control: Node) -> str:
    """What a control is called on the page; empty where it has no name."""
    if control.get("aria-label"):
        return control.get("aria-label")
    for name in control.get("aria-labelledby").split():
        named = tree.first(id=name)
        if named is not None:
            return named.text
    labels = tree.all("label", for_=control.get("id")) if control.get("id") else []
    if labels:
        return labels[0].text
    return next((node.text for node in control.above() if node.tag == "label"), "")


def _labels(tree: Node) -> list[str]:
    found = []
    for control in tree.all(*_CONTROLS):
        if control.tag == "input" and control.get("type", "text") in _NO_LABEL:
            continue
        if not label_of(tree, control):
            found.append(f"<{control.tag} name={control.get('name')!r}> has no label")
    for group in tree.all("fieldset"):
        legend = group.first("legend")
        if legend is None or not legend.text:
            found.append("a fieldset has no legend")
    for node in tree.all("a", "button", "summary", "th"):
        if not node.text and not node.get("aria-label"):
            found.append(f"<{node.tag} {node.get('href')}> says nothing")
    for image in tree.all("img"):
        if "alt" not in image.attrs:
            found.append(f"an image has no alt: {image.get('src')}")
    return found


def _forms(tree: Node) -> list[str]:
    found = []
    for form in tree.all("form"):
        where = form.get("action") or "the page itself"
        if form.is_inside("form"):
            found.append("a form stands inside a form")
        posts = form.get("method").lower() == "post"
        tokens = form.all("input", name="csrf_token", type="hidden")
        if posts and not tokens and _is_a_telephones(tree):
            # The telephone's page has no session to protect, but a token against sending twice.
            tokens = form.all("input", name="once", type="hidden")
        if posts and (len(tokens) != 1 or len(tokens[0].get("value")) < 20):
            found.append(f"the form that posts to {where} carries no token")
        if not posts and tokens:
            found.append(f"the token would show in the address of {where}")
    for button in tree.all("button"):
        if button.get("type") not in ("submit", "button", "reset"):
            found.append(f"the button {button.text!r} has no type")
    return found


def _is_a_telephones(tree: Node) -> bool:
    body = tree.first("body")
    return body is not None and body.get("class") == "phone"


def _foreign_matter(tree: Node) -> list[str]:
    found = []
    for node in tree.walk():
        for name, value in node.attrs.items():
            if name == "style":
                found.append(f"<{node.tag}> carries a style of its own")
            elif name.startswith("on"):
                found.append(f"<{node.tag}> carries {name}=")
            elif name in _ADDRESS and _FOREIGN.match(value):
                found.append(f"<{node.tag} {name}={value!r}> leads elsewhere")
        if node.tag == "style":
            found.append("the page carries a <style>")
        if node.tag == "script" and (not node.get("src") or node.whole_text.strip()):
            found.append("the page carries a script of its own")
        if node.tag in ("iframe", "object", "embed", "base"):
            found.append(f"the page carries <{node.tag}>")
    return found


def _texts(tree: Node, language: str, is_data: Callable[[str], bool]) -> list[str]:
    body = tree.first("body")
    if body is None:
        return ["there is no <body>"]
    found = []
    # What stands in <code> is to be copied as it is, such as the marks of a form.
    for piece in body.texts(leaving_out="code"):
        text = " ".join(piece.split())
        if not text:
            continue
        leak = _LEAKS.search(text) or _NOTHING.search(text)
        if leak and not is_data(leak.group().strip(" :：(（)）,.，。")):
            found.append(f"the program shows through: {text[:80]!r}")
        half = _HALF_WIDTH.search(text)
        if half and not is_data(half.group().strip()):
            found.append(f"half-width punctuation between Han characters: {_around(text, half)!r}")
    return found


def _around(text: str, match: re.Match[str]) -> str:
    return text[max(0, match.start() - 3) : match.end() + 3].strip()
