"""Making the text final: apart from the figures, only once they are frozen, and for good."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError

from tests.reports.support import annex, opened, texts
from tests.reports.test_command import example_line  # noqa: F401  # a fixture
from tests.reports.test_pages import begin, edit, named
from tests.support.application import TODAY
from tests.support.command_line import Line
from tests.support.page import Page, Visitor
from tests.support.world import World
from tracker.figures.closing import operations as closing
from tracker.outreach.models import OutreachEvent
from tracker.reports.models import Report, ReportEdition

FINAL_WORDS = ("普法宣传活动8次", "参加群众1600多人", "3人通过执法资格考试")


def freeze(world: World, year: int = 2024, note: str = "") -> str:
    """Freeze a year; returns the number of the set."""
    with world.writing() as session:
        frozen = closing.freeze_at_once(session, world.scope(), year, TODAY, (), note)
        return frozen.number


def make_final(person: Visitor, world: World, status: int = 200) -> Page:
    """Press the button that makes the text final."""
    with world.reading() as session:
        version = session.scalars(select(Report.version).where(Report.year == 2024)).one()
    return person.post("/reports/2024/editions/new", {"version": version}, status=status)


def edition(world: World) -> ReportEdition:
    """The newest edition."""
    with world.reading() as session:
        found = session.scalars(select(ReportEdition).order_by(ReportEdition.id.desc())).first()
    assert found is not None
    return found


def void_one_event(world: World) -> None:
    with world.reading() as session:
        event = session.scalars(
            select(OutreachEvent).where(
                OutreachEvent.office_id == world.office_id,
                OutreachEvent.starts_on >= TODAY.replace(year=2024, month=1, day=1),
                OutreachEvent.headcount.is_not(None),
            )
        ).first()
    assert event is not None
    world.void(event)


def headers(document: Any) -> set[str]:
    (section,) = document.sections
    return {p.text for h in (section.header, section.even_page_header) for p in h.paragraphs}


def test_a_text_is_not_final_before_its_figures_are(example: World, writer: Visitor) -> None:
    page = begin(writer)
    assert not [form for form in page.forms if any(b.text == "文本定稿" for b in form.buttons)]
    page = make_final(writer, example)
    assert "2024 年的数字还没有定稿，不能生成定稿" in page.message


def test_a_draft_of_a_frozen_year_is_still_a_draft(example: World, writer: Visitor) -> None:
    number = freeze(example)
    begin(writer)
    assert f"数字已定稿：{number}" in writer.get("/reports/2024/").text
    document = opened(writer.client.get("/reports/2024/draft.docx").data)
    assert headers(document) == {"草稿"}
    found = texts(document)
    assert f"数据编号：{number}" in found
    assert any(f"全部取自定稿数据{number}，由测试员于" in text for text in found)


def test_a_final_text_prints_the_frozen_figures_without_a_draft_mark(
    example: World, writer: Visitor
) -> None:
    number = freeze(example)
    begin(writer)
    page = make_final(writer, example)
    assert "文本已定稿" in page.message
    made = edition(example)
    assert made.number == "NBW-2024-001"
    assert made.frozen_number == number
    document = opened(writer.client.get(f"/reports/2024/editions/{made.id}.docx").data)
    assert headers(document) == {""}
    whole = "".join(texts(document))
    for words in FINAL_WORDS:
        assert words in whole
    assert annex(document)["普法宣传参加人次"]["准确数值"] == "1643人次"
    shown = writer.get(f"/reports/2024/editions/{made.id}")
    assert "现场参加群众 1600多人" in shown.text
    assert shown.facts["定稿数据"] == number


def test_what_was_final_stays_whatever_comes_later(example: World, writer: Visitor) -> None:
    freeze(example)
    begin(writer)
    make_final(writer, example)
    address = f"/reports/2024/editions/{edition(example).id}.docx"
    before = writer.client.get(address).data
    writer.fill(edit(example, "普法宣传"), {"正文": "改写了。"})
    void_one_event(example)
    freeze(example, note="更正")
    assert writer.client.get(address).data == before
    document = opened(writer.client.get("/reports/2024/draft.docx").data)
    assert "改写了。" in texts(document)


def test_later_changes_make_a_further_edition(example: World, writer: Visitor) -> None:
    freeze(example)
    begin(writer)
    make_final(writer, example)
    page = make_final(writer, example)
    assert "文本和数字与 NBW-2024-001 相同，不必再定稿" in page.message
    writer.fill(edit(example, "不足"), {"正文": "新的一段。"})
    make_final(writer, example)
    assert edition(example).number == "NBW-2024-002"
    void_one_event(example)
    assert "相同" in make_final(writer, example).message, "the figures are still the frozen ones"
    number = freeze(example, note="更正")
    make_final(writer, example)
    assert edition(example).number == "NBW-2024-003"
    assert edition(example).frozen_number == number


def test_the_text_of_a_frozen_year_does_not_move_with_its_records(
    example: World, writer: Visitor
) -> None:
    freeze(example)
    begin(writer)
    void_one_event(example)
    text = writer.get("/reports/2024/").text
    assert "普法宣传活动 8次" in text
    assert "1600多人" in text


@pytest.mark.parametrize(
    "statement", [update(ReportEdition).values(made_by="别人"), delete(ReportEdition)]
)
def test_the_database_refuses_to_change_an_edition(
    example: World, writer: Visitor, statement: Any
) -> None:
    freeze(example)
    begin(writer)
    make_final(writer, example)
    with pytest.raises(DBAPIError, match="written once"), example.writing() as session:
        session.execute(statement)
    assert edition(example).number == "NBW-2024-001"


def test_paragraphs_of_last_year_must_be_confirmed_first(example: World, writer: Visitor) -> None:
    begin(writer, 2023)
    freeze(example)
    begin(writer, 2024)
    page = make_final(writer, example)
    assert "段沿用上年、没有核对的文字，请逐段核对后再定稿" in page.message


def test_a_report_changed_meanwhile_is_not_made_final_unseen(
    example: World, writer: Visitor
) -> None:
    freeze(example)
    begin(writer)
    with example.reading() as session:
        version = session.scalars(select(Report.version)).one()
    writer.fill("/reports/2024/edit", {"署名": "示例镇人民政府"})
    page = writer.post("/reports/2024/editions/new", {"version": version})
    assert "已被修改" in page.message


def test_the_command_makes_the_text_final(
    example: World,
    example_line: Line,  # noqa: F811
    tmp_path: Path,
) -> None:
    number = freeze(example)
    target = tmp_path / "定稿.docx"
    done = example_line("draft", "2024", "-o", str(target), "--final")
    assert done.exit_code == 0, done.output
    assert f"定稿文本 NBW-2024-001，数字取自 {number}" in done.output
    document = opened(target.read_bytes())
    assert headers(document) == {""}
    assert all(words in "".join(texts(document)) for words in FINAL_WORDS)
    before = target.read_bytes()
    again = example_line("draft", "2024", "-o", str(target), "--final")
    assert "NBW-2024-001" in again.output
    assert target.read_bytes() == before


def test_other_offices_editions_are_not_found(example: World, writer: Visitor) -> None:
    freeze(example)
    begin(writer)
    make_final(writer, example)
    other = example.an_office("邻镇", "NEIGHBOUR")
    example.a_user(name="linzhen", office=other)
    neighbour = Visitor(example.app)
    neighbour.sign_in("linzhen")
    address = f"/reports/2024/editions/{edition(example).id}"
    for each in (address, f"{address}.docx"):
        assert neighbour.client.get(each).status_code == 404
    assert writer.client.get(address.replace("2024", "2023")).status_code == 404
    assert named(example, "普法宣传").office_id == example.office_id
