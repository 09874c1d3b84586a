"""The ledger of sign-in: its columns, declared once."""

from __future__ import annotations

from tracker.kernel.register import Column, Register, known_as
from tracker.kernel.words import Words

from .models import Attendance
from .queries import attendance_of_period
from .terms import EntryKind

#: Other heads by which offices' own sheets call the columns.
HEADS = {
    "name": "姓名 班级 参加人 参加人员 签到人 姓名班级 人员姓名 参加人姓名",
    "number": "签到编号",
    "event": "所属活动编号 普法活动编号",
    "event_title": "活动 普法活动 所属活动",
    "held_on": "日期 签到日期 活动时间",
    "kind": "类别 登记类别",
    "heads": "班级人数 学生人数 到场人数 参加人数",
    "village": "村 村居 所在村 村社区 所属村 来自 单位",
    "phone": "电话 手机 手机号 手机号码 联系方式 电话号码",
}

ATTENDANCE = Register(
    key="attendance",
    label=Words("签到名单", "Attendance"),
    title=Words("普法活动签到名单", "attendance of outreach events"),
    model=Attendance,
    of_period=attendance_of_period,
    path="/outreach/attendance/{id}",
    columns=known_as(
        HEADS,
        Column(
            "name",
            Words("姓名或班级", "Name or class"),
            lambda row: row.name,
            in_list=True,
            width=16,
            required=True,
        ),
        Column("number", Words("编号", "Number"), lambda row: row.number, width=15, in_list=True),
        Column(
            "event",
            Words("活动编号", "Event number"),
            lambda row: row.event.number,
            width=14,
            required=True,
        ),
        Column(
            "event_title",
            Words("活动名称", "Event"),
            lambda row: row.event.title,
            in_list=True,
            width=30,
        ),
        Column(
            "held_on",
            Words("活动日期", "Day of the event"),
            lambda row: row.event.starts_on,
            "date",
            width=14,
        ),
        Column(
            "kind", Words("登记方式", "Kind"), lambda row: row.kind, "term", width=9, term=EntryKind
        ),
        Column(
            "heads",
            Words("人数", "Heads"),
            lambda row: row.heads,
            "number",
            True,
            in_list=True,
            width=8,
        ),
        Column(
            "village",
            Words("村（社区）", "Village"),
            lambda row: row.village.name if row.village else "",
            in_list=True,
            width=16,
        ),
        Column(
            "phone", Words("联系电话", "Telephone"), lambda row: row.phone, width=16, as_text=True
        ),
    ),
)

ALL = (ATTENDANCE,)
