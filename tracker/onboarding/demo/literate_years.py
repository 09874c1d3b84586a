"""What the invented township's legal-literate persons did, how they were reviewed, and the opinions
its counsel gave."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import Session

from tracker.advisers.counsel import operations as counsel
from tracker.advisers.counsel.drafts import OpinionDraft
from tracker.advisers.counsel.terms import Adoption, DecisionKind
from tracker.advisers.literate import operations as literate
from tracker.advisers.literate.drafts import ReviewDraft, ServiceDraft
from tracker.advisers.literate.terms import LiterateServiceKind, ReviewResult

#: Who is named among those who took part, by the day of the training.
NAMED: Mapping[date, tuple[str, ...]] = {
    date(2024, 9, 26): ("李秀英", "王春梅", "张晓燕", "刘建军", "陈国平", "赵丽华"),
}

#: name, day, kind, matter, person-times, households
SERVICES = (
    ("李秀英", date(2024, 3, 8), LiterateServiceKind.PUBLICITY, "妇女节普法入户", 12, 6),
    ("李秀英", date(2024, 6, 3), LiterateServiceKind.MEDIATION, "调解邻里排水纠纷", 4, 2),
    ("刘建军", date(2024, 7, 16), LiterateServiceKind.CLUE, "排查宅基地相邻纠纷", None, 3),
    (
        "陈国平",
        date(2024, 9, 12),
        LiterateServiceKind.REFERRAL,
        "引导务工人员申请援助",
        1,
        None,
    ),
    ("赵丽华", date(2024, 12, 4), LiterateServiceKind.PUBLICITY, "宪法宣传周院落宣讲", 35, None),
)

#: name, year, result, star, day
REVIEWS = (
    ("李秀英", 2024, ReviewResult.EXCELLENT, 4, date(2024, 12, 20)),
    ("王春梅", 2024, ReviewResult.UNQUALIFIED, 1, date(2024, 12, 20)),
)

#: asked, given, matter, kind, by the counsel, summary, adopted, decision
OPINIONS = (
    (
        date(2024, 4, 28),
        date(2024, 5, 8),
        "集镇停车管理规定（草案）",
        DecisionKind.NORMATIVE_DOCUMENT,
        True,
        "建议删去没有上位法依据的罚款条款",
        Adoption.ADOPTED,
        "示政发〔2024〕3号",
    ),
    (
        date(2024, 8, 12),
        date(2024, 8, 16),
        "农贸市场改造工程施工合同",
        DecisionKind.CONTRACT,
        True,
        "建议补充工期违约责任和质量保证金条款",
        Adoption.PARTLY,
        "示合〔2024〕11号",
    ),
    (
        None,
        date(2024, 11, 6),
        "违法占用耕地建房处罚案",
        DecisionKind.ENFORCEMENT_CASE,
        False,
        "事实清楚，建议补充送达回证",
        Adoption.UNDECIDED,
        "",
    ),
)


def write_literate(
    session: Session, office_id: int, persons: Mapping[str, int], today: date
) -> None:
    """Services and reviews of those who are there; a smaller township has fewer people."""
    for name, day, kind, matter, people, households in SERVICES:
        if name in persons and day <= today:
            service = ServiceDraft(persons[name], day, matter, kind, people, households)
            literate.create_service(session, office_id, service, today)
    for name, year, result, star, day in REVIEWS:
        if name in persons and day <= today:
            review = ReviewDraft(persons[name], year, day, result, star)
            literate.create_review(session, office_id, review, today)


def write_opinions(session: Session, office_id: int, counsel_id: int, today: date) -> None:
    """The opinions of 2024, of the counsel and of the office itself."""
    for asked_on, day, matter, kind, by_counsel, summary, adopted, reference in OPINIONS:
        if day > today:
            continue
        draft = OpinionDraft(
            matter=matter,
            given_on=day,
            kind=kind,
            adviser_id=counsel_id if by_counsel else None,
            asked_on=asked_on,
            summary=summary,
            adopted=adopted,
            decision_reference=reference,
        )
        counsel.create_opinion(session, office_id, draft, today)
