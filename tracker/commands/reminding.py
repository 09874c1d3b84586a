"""What is due, on the command line: remind."""

from __future__ import annotations

import click

from tracker.kernel import clock
from tracker.yearbook import due

from . import base


@click.command()
@click.option(
    "--days",
    type=click.IntRange(0, due.MOST_DAYS),
    default=due.REMIND_DAYS,
    show_default=True,
    help="看今后多少天；没有日期的和已过日期的总是列出。",
)
@base.office_option
@base.json_option
@base.with_database
def remind(days: int, office_code: str | None, as_json: bool) -> None:
    """待办事项：要补的、已过期的和将到期的。"""
    session = base.session()
    office, today = base.chosen_office(session, office_code), clock.today()
    items = due.everything(session, base.scope_of(session, office), today, days)
    if as_json:
        base.print_json(
            {
                "office": {"code": office.code, "name": office.name},
                "today": today.isoformat(),
                "days": days,
                "items": [
                    {
                        "due": item.due.isoformat() if item.due else None,
                        "text": item.text.zh,
                        "text_en": item.text.en,
                        "person": item.person,
                        "tone": item.tone,
                        "url": item.url,
                    }
                    for item in items
                ],
            }
        )
        return
    click.echo(f"{office.name}（{office.code}）{today}：{len(items)} 项")
    base.print_table([(str(i.due or "—"), i.person or "—", i.text.zh, i.url) for i in items])


ALL = (remind,)
