"""Who registered for, sat and passed the year's qualification exams."""

from __future__ import annotations

from sqlalchemy import not_

from tracker.certification import conditions as when
from tracker.kernel.figure import LeftOut, Ratio
from tracker.kernel.words import Words

from .shared import GROUP, persons

_NOT_REGISTERED = LeftOut(
    Words("本年度没有报名资格考试", "Not registered for a qualification exam this year"),
    lambda period: not_(when.registered_in(period)),
)
_NOT_SAT = LeftOut(
    Words("未参加考试（缺考或成绩待登）", "Did not sit (absent, or results not entered)"),
    lambda period: not_(when.sat_in(period)),
)
_NOT_PASSED = LeftOut(
    Words("考试未全部合格", "Not all parts passed"), lambda period: not_(when.passed_in(period))
)

REGISTERED = persons(
    "registered",
    Words("执法资格考试报名人数", "Registered for the qualification exam"),
    Words(
        "报名参加本年度行政执法资格考试的人数，同一人报名多场只计一人；换证考试、已作废的考试和"
        "报名不计。",
        "Persons registered for a qualification exam held in the year. Somebody registered for "
        "several counts once; renewal exams and voided entries do not count.",
    ),
    when.registered_in,
    _NOT_REGISTERED,
)

SAT = persons(
    "sat",
    Words("执法资格考试参考人数", "Sat the qualification exam"),
    Words(
        "本年度报名人员中至少有一科（含补考）结果为合格或不合格的人数，同一人只计一人；全部缺考或"
        "成绩待登的不计。",
        "Among those registered, persons with at least one part passed or failed, retakes "
        "included. Those absent throughout or without results do not count.",
    ),
    when.sat_in,
    _NOT_REGISTERED,
    _NOT_SAT,
)

PASSED = persons(
    "passed",
    Words("执法资格考试合格人数", "Passed the qualification exam"),
    Words(
        "本年度所报资格考试的各科都已合格的人数，同一人只计一人；补考合格、同年另一场考试合格的"
        "科目算合格，按考试日期计入年度。",
        "Persons who passed every part that their qualification exams of the year had. A part "
        "counts as passed at a retake or in another sitting of the year too; the year is that of "
        "the sitting.",
    ),
    when.passed_in,
    _NOT_REGISTERED,
    _NOT_SAT,
    _NOT_PASSED,
)

PASS_RATE = Ratio(
    key="certification.pass_rate",
    label=Words("执法资格考试合格率", "Pass rate of the qualification exam"),
    definition=Words(
        "合格人数占参考人数的比例，按人计算；没有人参考时不作统计。",
        "Persons who passed over persons who sat; empty where nobody sat.",
    ),
    numerator=PASSED,
    denominator=SAT,
    group=GROUP,
)

ALL = (REGISTERED, SAT, PASSED, PASS_RATE)
