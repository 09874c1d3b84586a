"""Visits and lectures against the rules: against a simulation, and on the pages."""

from __future__ import annotations

from calendar import monthrange
from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from tests.advisers.support import a_visit, an_adviser, an_assignment
from tests.advisers.test_coverage import undone
from tests.support.page import Page, Visitor
from tests.support.world import World
from tracker.advisers import queries
from tracker.advisers.queries import VillageQuota
from tracker.advisers.terms import QuotaState, VisitKind
from tracker.kernel import clock, records
from tracker.kernel.errors import RuleBroken
from tracker.kernel.period import Period
from tracker.offices.models import Village
from tracker.rulepacks import operations as rules_operations
from tracker.rulepacks.drafts import RuleDraft
from tracker.rulepacks.queries import rules_by_office
from tracker.rulepacks.rules import Rules, VisitQuota
from tracker.rulepacks.terms import VisitMeasure

YEAR = 2024
#: In the middle of the year, so that months are over, running and to come.
MIDDLE = date(2024, 8, 14)


def rule(world: World, key: str, value: str) -> None:
    with world.writing() as session:
        rules_operations.set_rule(session, world.office_id, key, RuleDraft(value, "县里定的"))


def found(world: World, year: int = YEAR, today: date | None = None) -> dict[str, VillageQuota]:
    today = today or clock.today()
    with world.reading() as session:
        rules = rules_by_office(session, world.scope().office_ids)
        period = Period.of_year(year, today)
        all_ = queries.visits_against_quota(session, world.scope(), period, today, rules)
        return {each.village.name: each for each in all_}


def states(each: VillageQuota) -> list[QuotaState]:
    return [due.state for due in each.months]


# ------------------------------------------------------------------ against a simulation


@given(data=st.data())
def test_every_month_agrees_with_a_look_at_each_of_its_days(
    world: World, data: st.DataObject
) -> None:
    with undone(world) as session:
        villages = [world.a_village("甲村"), world.a_village("乙村")]
        advisers = [an_adviser(world, "张三"), an_adviser(world, "李四")]
        day = st.integers(-60, 400).map(lambda n: date(YEAR, 1, 1) + timedelta(days=n))
        served, visits = [], []
        for _ in range(data.draw(st.integers(0, 5))):
            village, first = data.draw(st.sampled_from(villages)), data.draw(day)
            last = first + timedelta(days=data.draw(st.integers(0, 200)))
            with suppress(RuleBroken):
                an_assignment(world, data.draw(st.sampled_from(advisers)), village, first, last)
                served.append((village.id, first, last))
        for _ in range(data.draw(st.integers(0, 12))):
            village, held = data.draw(st.sampled_from(villages)), data.draw(day)
            hours = data.draw(st.none() | st.integers(1, 40).map(lambda n: Decimal(n) / 10))
            kind = data.draw(st.sampled_from([VisitKind.LECTURE, VisitKind.DUTY]))
            with suppress(RuleBroken):  # a day to come
                made = a_visit(
                    world,
                    data.draw(st.sampled_from(advisers)),
                    village,
                    held,
                    hours=hours,
                    kind=kind,
                )
                if data.draw(st.sampled_from([True, True, False])):
                    visits.append((village.id, held, hours, kind))
                else:
                    records.void(session, made, "重复登记")
        villages[1].closed_on = data.draw(st.none() | day)
        session.flush()
        measure = data.draw(st.sampled_from(VisitMeasure))
        quota = VisitQuota(Decimal(data.draw(st.integers(1, 3))), measure)
        rules = Rules(visit_quota=quota, lecture_quota=1)
        today = data.draw(st.sampled_from([MIDDLE, date(2025, 1, 20)]))
        result = queries.visits_against_quota(
            session, world.scope(), Period.of_year(YEAR, today), today, {world.office_id: rules}
        )
        for each in result:
            own = [v for v in visits if v[0] == each.village.id and v[1].year == YEAR]
            spans = [s for s in served if s[0] == each.village.id]
            for month, due in enumerate(each.months, start=1):
                here = [v for v in own if v[1].month == month]
                amount = _amount(here, measure)
                assert due.work.amount(measure) == amount
                unknown = measure is VisitMeasure.HOURS and any(v[2] is None for v in here)
                expected = _expected(
                    each.village, spans, (month, month), today, amount >= quota.amount, unknown
                )
                assert due.state is expected, (each.village.name, month)
            for number, due in enumerate(each.quarters):
                months = (3 * number + 1, 3 * number + 3)
                here = [
                    v
                    for v in own
                    if months[0] <= v[1].month <= months[1] and v[3] is VisitKind.LECTURE
                ]
                assert due.work.lectures == len(here)
                expected = _expected(each.village, spans, months, today, bool(here), False)
                assert due.state is expected, (each.village.name, f"Q{number + 1}")


def _amount(visits: list[tuple[int, date, Decimal | None, VisitKind]], m: VisitMeasure) -> Decimal:
    if m is VisitMeasure.HOURS:
        return sum((v[2] for v in visits if v[2] is not None), Decimal(0))
    return Decimal(len({v[1] for v in visits}) if m is VisitMeasure.DAYS else len(visits))


def _expected(
    village: Village,
    served: list[tuple[int, date, date]],
    months: tuple[int, int],
    today: date,
    enough: bool,
    unknown: bool,
) -> QuotaState:
    first = date(YEAR, months[0], 1)
    last = date(YEAR, months[1], monthrange(YEAR, months[1])[1])
    all_days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    closed = village.closed_on
    there = [d for d in all_days if closed is None or d < closed]
    covered = [d for d in there if any(s[1] <= d <= s[2] for s in served)]
    if not there:
        return QuotaState.NOT_THERE
    if enough:
        return QuotaState.MET
    if first > today:
        return QuotaState.COMING
    if not covered:
        return QuotaState.NO_ADVISER
    if last >= today:
        return QuotaState.RUNNING
    if unknown:
        return QuotaState.UNKNOWN
    return QuotaState.MISSED if covered == all_days else QuotaState.PART


# ------------------------------------------------------------------ which months count


@pytest.fixture
def year(world: World) -> Village:
    """石桥村 has an adviser all year and was visited in January, and twice on one day in March."""
    village = world.a_village("石桥村")
    adviser = an_adviser(world, "唐志强")
    an_assignment(world, adviser, village, "2023-06-01")
    a_visit(world, adviser, village, "2024-01-10", "解答土地纠纷", hours=Decimal("2"))
    a_visit(world, adviser, village, "2024-03-05", "讲民法典", kind=VisitKind.LECTURE)
    a_visit(world, adviser, village, "2024-03-05", "审村规", hours=Decimal("1.5"))
    return village


def test_a_month_without_a_visit_was_missed_once_it_is_over(world: World, year: Village) -> None:
    shown = states(found(world, today=MIDDLE)["石桥村"])
    assert shown[:3] == [QuotaState.MET, QuotaState.MISSED, QuotaState.MET]
    assert shown[6:9] == [QuotaState.MISSED, QuotaState.RUNNING, QuotaState.COMING]


def test_on_its_last_day_a_month_still_runs(world: World, year: Village) -> None:
    february = states(found(world, today=date(2024, 2, 29))["石桥村"])[1]
    assert february is QuotaState.RUNNING
    assert states(found(world, today=date(2024, 3, 1))["石桥村"])[1] is QuotaState.MISSED


def test_two_visits_on_one_day_are_one_day(world: World, year: Village) -> None:
    rule(world, "visit_quota", "2 visits")
    assert states(found(world)["石桥村"])[2] is QuotaState.MET
    rule(world, "visit_quota", "2 days")
    assert states(found(world)["石桥村"])[2] is QuotaState.MISSED


def test_a_visit_without_its_hours_is_not_no_hours(world: World, year: Village) -> None:
    """March has 1.5 hours and a lecture whose hours nobody noted."""
    rule(world, "visit_quota", "2 hours")
    shown = found(world)["石桥村"]
    assert states(shown)[:3] == [QuotaState.MET, QuotaState.MISSED, QuotaState.UNKNOWN]
    assert shown.months[2].work.hours == Decimal("1.5")
    assert shown.months[2].work.without_hours == 1


def test_without_a_rule_nothing_was_missed(world: World, year: Village) -> None:
    rule(world, "visit_quota", "")
    rule(world, "lecture_quota", "")
    shown = found(world)["石桥村"]
    assert {*states(shown), *(due.state for due in shown.quarters)} == {QuotaState.NO_RULE}
    assert shown.work.visits == 3


def test_the_visits_of_the_page_are_those_of_the_figures(world: World, year: Village) -> None:
    """A voided one, one of another year and one for the township are in neither."""
    adviser = an_adviser(world, "何静")
    world.void(a_visit(world, adviser, year, "2024-05-06"))
    a_visit(world, adviser, year, "2023-12-31")
    a_visit(world, adviser, None, "2024-05-06")
    assert found(world)["石桥村"].work.visits == world.value("advisers.village_visits") == 3
    assert found(world)["石桥村"].work.lectures == world.value("advisers.lectures") == 1


def test_the_page_takes_as_many_statements_for_many_villages(
    session: Session, world: World
) -> None:
    from sqlalchemy import event

    def statements() -> int:
        seen: list[str] = []
        session.flush()
        engine = session.get_bind()

        def note(*arguments: object) -> None:
            seen.append(str(arguments[2]))

        event.listen(engine, "before_cursor_execute", note)
        try:
            found(world)
        finally:
            event.remove(engine, "before_cursor_execute", note)
        return len(seen)

    world.a_village("石桥村")
    few = statements()
    for n in range(12):
        an_assignment(world, an_adviser(world, f"顾问{n}"), world.a_village(f"{n}号村"))
    assert statements() == few


# ------------------------------------------------------------------ the page


def table_of(page: Page, caption: str) -> dict[str, list[str]]:
    """The rows of one table by their first cell."""
    for table in page.tree.all("table"):
        if caption in table.the("caption").text:
            return {
                (cells := [c.text for c in row.all("th", "td")])[0]: cells
                for row in table.the("tbody").all("tr")
            }
    raise AssertionError(f"no table {caption}")


def test_months_and_quarters_that_were_missed_are_named(page: Visitor, year: Village) -> None:
    shown = page.get("/advisers/quota/2024")
    row = table_of(shown, "未达到的月份和季度")["石桥村"]
    assert row[1] == "2月、4月、5月、6月、7月、8月、9月、10月、11月、12月"
    assert row[2] == "第2季度、第3季度、第4季度"
    assert "应达到的 12 个村月中，达到 2 个，未达到 10 个" in shown.text
    assert "要求服务：每月 1 次；要求讲座：每季度 1 场" in shown.text


def test_each_number_opens_into_the_visits_behind_it(page: Visitor, year: Village) -> None:
    shown = page.get("/advisers/quota/2024")
    links = [
        a.get("href")
        for a in shown.main.all("a")
        if (a.get("href") or "").startswith("/advisers/visits/?")
    ]
    assert len(links) == 5  # January, March, the year; the first quarter's lecture, the year's
    for link in links:
        assert link is not None
        wanted = parse_qs(urlsplit(link).query)
        expected = {"1": 1, "3": 2, "q1": 1}.get(wanted.get("month", [""])[0], 3)
        if wanted.get("kind"):
            expected = 1
        assert len(page.get(link).rows) == expected, link


def test_a_merged_village_still_opens_into_its_visits(
    page: Visitor, world: World, year: Village
) -> None:
    page.fill(f"/villages/{year.id}/edit", {"closed_on": "2024-05-01"})
    shown = page.get("/advisers/quota/2024")
    others = table_of(shown, "未达到的月份和季度")["石桥村"][3]
    assert "5月、6月、7月、8月、9月、10月、11月、12月：已撤并" in others
    listed = page.get(f"/advisers/visits/?year=2024&month=3&village={year.id}")
    assert len(listed.rows) == 2
    assert "石桥村" in listed.text


def test_a_month_without_an_adviser_is_said_and_not_missed(page: Visitor, world: World) -> None:
    """The adviser left in July; the next came in the middle of September."""
    village = world.a_village("新田村")
    an_assignment(world, an_adviser(world, "甲"), village, "2024-01-01", "2024-07-31")
    an_assignment(world, an_adviser(world, "乙"), village, "2024-09-16")
    row = table_of(page.get("/advisers/quota/2024"), "未达到的月份和季度")["新田村"]
    assert "8月：没有法律顾问" in row[3]
    assert "9月：只有部分日子有法律顾问" in row[3]
    assert "8月" not in row[1]
    assert "9月" not in row[1]
    assert "第3季度" not in row[2]


def test_days_and_hours_say_how_many_records_are_behind(
    page: Visitor, world: World, year: Village
) -> None:
    rule(world, "visit_quota", "2 hours")
    march = table_of(page.get("/advisers/quota/2024"), "每月的服务")["石桥村"][3]
    assert march.startswith("1.5")
    assert "2 条记录，1 条没填时长" in march
    assert "待核" in march


def test_an_office_without_villages_is_told_what_to_do(page: Visitor) -> None:
    assert "先录入村（社区）" in page.get("/advisers/quota/2024").text


def test_years_of_no_calendar_are_not_found(page: Visitor, year: Village) -> None:
    for address in ("/advisers/quota/1989", "/advisers/quota/2100", "/advisers/quota/9999"):
        page.get(address, status=404)
    page.get(f"/advisers/visits/log/9999/{year.id}", status=404)


def test_a_month_of_the_address_that_is_none_narrows_nothing(page: Visitor, year: Village) -> None:
    for typed in ("13", "0", "q5", "三月", "1e1", ""):
        assert len(page.get(f"/advisers/visits/?month={typed}").rows) == 3, typed


# ------------------------------------------------------------------ the log to sign


def test_the_log_has_one_line_for_each_visit_and_each_matter(page: Visitor, year: Village) -> None:
    shown = page.get(f"/advisers/visits/log/2024/{year.id}")
    lines = [row for row in shown.rows if row[0].isdigit()]
    assert [row[4] for row in lines] == ["解答土地纠纷", "讲民法典", "审村规"]
    assert "共 3 条，记录时长 3.5 小时。" in shown.text
    assert "其中 1 条没有填时长。" in shown.text
    assert "法律顾问（唐志强）签名" in shown.text
    assert "石桥村负责人签名（盖章）" in shown.text


def test_the_log_leaves_out_other_villages_other_years_and_voided_ones(
    page: Visitor, world: World, year: Village
) -> None:
    adviser = an_adviser(world, "何静")
    a_visit(world, adviser, world.a_village("邻村"), "2024-04-01", "邻村的事")
    a_visit(world, adviser, year, "2023-12-31", "去年的事")
    world.void(a_visit(world, adviser, year, "2024-04-01", "登错的事"))
    text = page.get(f"/advisers/visits/log/2024/{year.id}").text
    for matter in ("邻村的事", "去年的事", "登错的事"):
        assert matter not in text


def test_every_adviser_who_served_signs(page: Visitor, world: World, year: Village) -> None:
    a_visit(world, an_adviser(world, "何静"), year, "2024-09-01")
    text = page.get(f"/advisers/visits/log/2024/{year.id}").text
    assert "法律顾问（唐志强）签名" in text
    assert "法律顾问（何静）签名" in text


def test_a_year_without_visits_has_lines_to_sign_all_the_same(page: Visitor, year: Village) -> None:
    text = page.get(f"/advisers/visits/log/2022/{year.id}").text
    assert "没有为这个村（社区）服务的记录" in text
    assert "法律顾问签名" in text


def test_another_offices_village_is_not_found(page: Visitor, world: World) -> None:
    other = world.a_village("外村", office=world.an_office("邻镇"))
    page.get(f"/advisers/visits/log/2024/{other.id}", status=404)
