"""Following every link and button of the pages a person sees."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect, Rule

from .addresses import routes
from .page import Page, Visitor


def rule_of(app: Flask, address: str, method: str = "GET") -> Rule | None:
    """Which rule of the URL map an address belongs to."""
    try:
        rule, _ = app.url_map.bind("localhost").match(
            urlsplit(address).path, method=method, return_rule=True
        )
    except (HTTPException, RequestRedirect):
        return None
    return rule


class Crawl:
    """What was found: addresses by their rule, those that answer and those that are posted to."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.pages: dict[str, list[str]] = defaultdict(list)
        self.posts: dict[str, list[str]] = defaultdict(list)
        self.broken: list[str] = []

    def unreached(self) -> list[str]:
        """Rules no link and no button leads to."""
        return [
            route.rule.rule
            for route in routes(self.app)
            if route.rule.rule not in self.pages and route.rule.rule not in self.posts
        ]


def crawl(
    visitor: Visitor, *, start: str = "/", of_each: int = 3, queries_of_each: int = 4
) -> Crawl:
    """Go through all pages reachable from the start: at most ``of_each`` per rule, and as many
    different filters of one page as said."""
    found = Crawl(visitor.app)
    waiting, seen = [start], {start}
    asked: Mapping[str, set[str]] = defaultdict(set)
    while waiting:
        address = waiting.pop(0)
        rule = rule_of(visitor.app, address)
        if rule is None:
            found.broken.append(address)
            continue
        path = urlsplit(address).path
        if path not in found.pages[rule.rule]:
            if len(found.pages[rule.rule]) >= of_each:
                continue
            found.pages[rule.rule].append(path)
        elif len(asked[path]) >= queries_of_each:
            continue
        asked[path].add(address)
        answer = visitor.client.get(address, follow_redirects=True)
        if answer.status_code != 200:
            found.broken.append(f"{address}: {answer.status_code}")
            continue
        page = visitor.read(answer)
        for link in _leading_on(page):
            if link not in seen:
                seen.add(link)
                waiting.append(link)
        for form in page.tree.all("form"):
            if form.get("method").lower() == "post":
                action = urlsplit(form.get("action") or address).path
                target = rule_of(visitor.app, action, "POST")
                if target is None:
                    found.broken.append(f"POST {action} on {address}")
                elif action not in found.posts[target.rule]:
                    found.posts[target.rule].append(action)
        answer.close()
    return found


def _leading_on(page: Page) -> list[str]:
    """The addresses of this site that the page links to or shows pictures from, files apart."""
    base = urlsplit(page.answer.request.url).path
    links = []
    named = [each.get("href") for each in page.tree.all("a")]
    for address in [*named, *(each.get("src") for each in page.tree.all("img"))]:
        if address.startswith("#") or not address:
            continue
        if address.startswith("?"):
            address = base + address
        if address.startswith("/") and not address.startswith("/static/"):
            links.append(address.partition("#")[0])
    return links
