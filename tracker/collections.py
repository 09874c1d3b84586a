"""What the application is put together from: blueprints, registers, the navigation.

A new domain is one folder and one line in each of these lists.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, request, url_for
from flask_babel import gettext

from tracker.accounts import views as accounts
from tracker.accounts.viewer import Viewer
from tracker.audit import views as audit
from tracker.kernel import clock
from tracker.kernel.register import Register
from tracker.offices import register as offices_register
from tracker.offices import views as offices
from tracker.onboarding import views as onboarding
from tracker.outreach import list_views as _outreach_lists  # noqa: F401  # adds its pages
from tracker.outreach import register as outreach_register
from tracker.outreach import views as outreach
from tracker.yearbook import views as yearbook

BLUEPRINTS: tuple[Blueprint, ...] = (
    yearbook.bp,
    outreach.bp,
    offices.bp,
    accounts.bp,
    audit.bp,
    onboarding.bp,
)

REGISTERS: tuple[Register, ...] = (
    *outreach_register.ALL,
    *offices_register.ALL,
)


@dataclass(frozen=True)
class NavItem:
    """One entry of the navigation."""

    label: str
    url: str
    active: bool
    children: tuple[Any, ...] = ()


def navigation(viewer: Viewer | None) -> list[NavItem]:
    """The navigation of a signed-in person; nobody else has one."""
    if viewer is None:
        return []
    year = clock.today().year
    items = [
        _item(gettext("首页"), url_for("yearbook.home")),
        _item(
            gettext("普法宣传"),
            url_for("outreach.events"),
            (gettext("普法活动"), url_for("outreach.events")),
            (gettext("专项活动"), url_for("outreach.campaigns")),
        ),
        _item(gettext("年度数字"), url_for("yearbook.year", year=year), prefix="/yearbook/"),
    ]
    settings = [(gettext("村（社区）"), url_for("offices.villages"))]
    if viewer.is_administrator:
        settings += [
            (gettext("主题与场所"), url_for("outreach.lists")),
            (gettext("账户管理"), url_for("accounts.users")),
            (gettext("修改记录"), url_for("audit.changes")),
        ]
    items.append(_item(gettext("设置"), settings[0][1], *settings))
    return items


def _item(label: str, url: str, *children: tuple[str, str], prefix: str = "") -> NavItem:
    path = request.path
    below = tuple(
        NavItem(name, address, path.startswith(address)) for name, address in children
    )
    if children:
        active = any(child.active for child in below)
    elif prefix:
        active = path.startswith(prefix)
    else:
        active = path == url
    return NavItem(label, url, active, below)
