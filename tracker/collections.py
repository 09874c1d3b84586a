"""What the application is put together from: blueprints, registers, the navigation.

A new domain is one folder and one line in each of these lists.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, request, url_for
from flask_babel import gettext

from tracker.accounts import token_views as _tokens  # noqa: F401  # adds its pages
from tracker.accounts import views as accounts
from tracker.accounts.viewer import Viewer
from tracker.advisers import intake as advisers_intake
from tracker.advisers import register as advisers_register
from tracker.advisers import views as advisers
from tracker.advisers.assessment import intake as assessment_intake
from tracker.advisers.assessment import register as assessment_register
from tracker.advisers.assessment import sheet_views as _score_sheets  # noqa: F401  # adds its pages
from tracker.advisers.assessment import views as _assessments  # noqa: F401  # adds its pages
from tracker.advisers.counsel import views as _counsel  # noqa: F401  # adds its pages
from tracker.advisers.literate import views as _literate  # noqa: F401  # adds its pages
from tracker.advisers.literate import village_views as _literate_villages  # noqa: F401
from tracker.advisers.subsidies import intake as subsidies_intake
from tracker.advisers.subsidies import register as subsidies_register
from tracker.advisers.subsidies import views as _subsidies  # noqa: F401  # adds its pages
from tracker.audit import views as audit
from tracker.certification import intake as certification_intake
from tracker.certification import register as certification_register
from tracker.certification import views as certification
from tracker.evidence import views as evidence
from tracker.inspection import views as inspection
from tracker.kernel import clock
from tracker.kernel.intake import Intake
from tracker.kernel.lists import ListWriter, SheetWriter
from tracker.kernel.register import Register
from tracker.kernel.words import Words
from tracker.offices import intake as offices_intake
from tracker.offices import register as offices_register
from tracker.offices import views as offices
from tracker.onboarding import views as onboarding
from tracker.outreach import campaign_views as _campaigns  # noqa: F401  # adds its pages
from tracker.outreach import intake as outreach_intake
from tracker.outreach import list_views as _outreach_lists  # noqa: F401  # adds its pages
from tracker.outreach import register as outreach_register
from tracker.outreach import views as outreach
from tracker.outreach.calendar import views as _calendar  # noqa: F401  # adds its pages
from tracker.outreach.calendar.days import shipped_days
from tracker.outreach.calendar.models import DayChoice, DayConfirmation
from tracker.outreach.models import OutreachEvent
from tracker.outreach.planning import views as _planning  # noqa: F401  # adds its pages
from tracker.outreach.signin import intake as signin_intake
from tracker.outreach.signin import public_views as phone_sign_in
from tracker.outreach.signin import register as signin_register
from tracker.outreach.signin import row_views as _sign_in_rows  # noqa: F401  # adds its pages
from tracker.outreach.signin import views as signin
from tracker.reports import edition_views as _editions  # noqa: F401  # adds its pages
from tracker.reports import section_views as _sections  # noqa: F401  # adds its pages
from tracker.reports import views as reports
from tracker.reports.checking import views as report_check
from tracker.rulepacks import views as rulepacks
from tracker.rulepacks.models import OfficeRule
from tracker.rulepacks.rules import RULES
from tracker.safekeeping import views as safekeeping
from tracker.workbooks import views as workbooks
from tracker.workbooks.county_forms import views as county_forms
from tracker.workbooks.importing import confirm_views as _confirming  # noqa: F401  # adds its pages
from tracker.workbooks.importing import views as imports
from tracker.worklog import intake as worklog_intake
from tracker.worklog import kind_views as _worklog_kinds  # noqa: F401  # adds its pages
from tracker.worklog import register as worklog_register
from tracker.worklog import views as worklog
from tracker.worklog.kinds import shipped_kinds
from tracker.worklog.models import WorklogEntry
from tracker.yearbook import campaign_views as _campaign_summary  # noqa: F401  # adds its pages
from tracker.yearbook import closing_views as _closing  # noqa: F401  # adds its pages
from tracker.yearbook import due_views as _due  # noqa: F401  # adds its pages
from tracker.yearbook import exception_views as _exceptions  # noqa: F401  # adds its pages
from tracker.yearbook import spread_views as _spread  # noqa: F401  # adds its pages
from tracker.yearbook import views as yearbook

BLUEPRINTS: tuple[Blueprint, ...] = (
    yearbook.bp,
    outreach.bp,
    signin.bp,
    phone_sign_in.bp,
    advisers.bp,
    certification.bp,
    worklog.bp,
    offices.bp,
    rulepacks.bp,
    accounts.bp,
    audit.bp,
    evidence.bp,
    onboarding.bp,
    safekeeping.bp,
    workbooks.bp,
    imports.bp,
    county_forms.bp,
    reports.bp,
    report_check.bp,
    inspection.bp,
)

REGISTERS: tuple[Register, ...] = (
    *outreach_register.ALL,
    *signin_register.ALL,
    *advisers_register.ALL,
    *assessment_register.ALL,
    *subsidies_register.ALL,
    *certification_register.ALL,
    *worklog_register.ALL,
    *offices_register.ALL,
)

#: The registers that ledgers can be taken into, and how.
INTAKES: tuple[Intake, ...] = (
    *outreach_intake.ALL,
    *signin_intake.ALL,
    *advisers_intake.ALL,
    *assessment_intake.ALL,
    *subsidies_intake.ALL,
    *certification_intake.ALL,
    *worklog_intake.ALL,
    *offices_intake.ALL,
)

#: What list pages are taken away with; they know nothing of Excel.
LIST_WRITER: ListWriter = workbooks.list_writer
#: What sheets to hand in are written with.
SHEET_WRITER: SheetWriter = workbooks.sheet_writer


def coded_values() -> dict[tuple[str, str], dict[str, Words]]:
    """The words for codes that stand in a column as plain text, for the change log."""
    kinds = {key: kind.label for key, kind in shipped_kinds().items()}
    days = {key: day.name for key, day in shipped_days().items()}
    return {
        (WorklogEntry.__tablename__, "kind"): kinds,
        (OutreachEvent.__tablename__, "publicity_day"): days,
        (OfficeRule.__tablename__, "key"): {key: rule.label for key, rule in RULES.items()},
        (DayChoice.__tablename__, "day_key"): days,
        (DayConfirmation.__tablename__, "day_key"): days,
    }


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
            (gettext("普法计划"), url_for("outreach.plans")),
            (gettext("宣传日历"), url_for("outreach.calendars")),
            (gettext("签到名单"), url_for("signin.attendances")),
            (gettext("活动分布"), url_for("yearbook.outreach_spread", year=year)),
        ),
        _item(
            gettext("法律顾问"),
            url_for("advisers.advisers"),
            (gettext("顾问名册"), url_for("advisers.advisers")),
            (gettext("聘任"), url_for("advisers.assignments")),
            (gettext("覆盖情况"), url_for("advisers.coverage_now")),
            (gettext("服务记录"), url_for("advisers.visits")),
            (gettext("服务达标"), url_for("advisers.quota_now")),
            (gettext("年度考核"), url_for("advisers.assessments")),
            (gettext("补助发放"), url_for("advisers.subsidies", year=year - 1)),
            (gettext("政府顾问"), url_for("advisers.counsel_now")),
            (gettext("法律意见"), url_for("advisers.opinions")),
            (gettext("执业机构"), url_for("advisers.firms")),
        ),
        _item(
            gettext("法律明白人"),
            url_for("advisers.persons"),
            (gettext("在册人员"), url_for("advisers.persons")),
            (gettext("按村（社区）"), url_for("advisers.literate_villages_now")),
            (gettext("培训"), url_for("advisers.trainings")),
            (gettext("服务"), url_for("advisers.literate_services")),
            (gettext("年度考评"), url_for("advisers.literate_reviews")),
        ),
        _item(
            gettext("执法资格"),
            url_for("certification.officers"),
            (gettext("干部职工"), url_for("certification.officers")),
            (gettext("执法考试"), url_for("certification.sittings")),
            (gettext("从报名到领证"), url_for("certification.cohort", year=year)),
            (gettext("执法证件"), url_for("certification.certificates")),
            (gettext("持证要求"), url_for("certification.matrix", year=year)),
            (gettext("执法人员培训"), url_for("certification.trainings")),
        ),
        _item(gettext("其他台账"), url_for("worklog.index"), prefix="/worklog/"),
        _item(gettext("年度数字"), url_for("yearbook.year", year=year), prefix="/yearbook/"),
        _item(
            gettext("年度报告"),
            url_for("reports.report", year=reports.year_being_written()),
            prefix="/reports/",
        ),
    ]
    settings = [
        (gettext("村（社区）"), url_for("offices.villages")),
        (gettext("上报表格"), url_for("county_forms.county_forms")),
        (gettext("例外登记"), url_for("yearbook.exceptions")),
    ]
    if viewer.may_write:
        settings.append((gettext("导入台账"), url_for("imports.upload")))
    if viewer.is_administrator:
        settings += [
            (gettext("主题与场所"), url_for("outreach.lists")),
            (gettext("签到设置"), url_for("signin.settings")),
            (gettext("规则"), url_for("rulepacks.rules")),
            (gettext("账户管理"), url_for("accounts.users")),
            (gettext("修改记录"), url_for("audit.changes")),
            (gettext("运行情况"), url_for("safekeeping.overview")),
        ]
    items.append(_item(gettext("设置"), settings[0][1], *settings))
    return _marked(items)


def _item(label: str, url: str, *children: tuple[str, str], prefix: str = "") -> NavItem:
    path = request.path
    below = tuple(NavItem(name, address, _leads_to(address, path)) for name, address in children)
    active = path.startswith(prefix) if prefix else path == url
    return NavItem(label, url, active and not children, below)


def _leads_to(address: str, path: str) -> bool:
    """Whether a page is below an entry's; a page of this year's entry is that of other years."""
    return path.startswith(address.rstrip("0123456789"))


def _marked(items: Sequence[NavItem]) -> list[NavItem]:
    """The entries with the page's own marked, and the group it is in.

    /advisers/ is also the beginning of /advisers/visits/: the longest address is the page's own.
    """
    leading = [child.url for item in items for child in item.children if child.active]
    here = max(leading, key=len, default="")
    found = []
    for item in items:
        below = tuple(replace(child, active=child.url == here) for child in item.children)
        active = item.active or any(child.active for child in below)
        found.append(replace(item, active=active, children=below))
    return found
