"""Other heads that offices' own ledgers of other work give the columns, by column key.

Each belongs to one column of the register only.
"""

from __future__ import annotations

WORKLOG = {
    "kind": "类别 类型 工作类别 工作类型 工作分类 台账类别 台账分类 台账类型",
    "title": (
        "名称 主题 内容 事项 事项名称 工作事项 工作内容 工作名称 活动名称 活动内容 会议名称 "
        "会议主题 会议内容"
    ),
    "number": "记录编号",
    "held_on": (
        "时间 开始日期 开始时间 开展日期 开展时间 活动日期 活动时间 会议日期 会议时间 办理日期 "
        "办理时间 设立日期 设立时间"
    ),
    "ended_on": "结束时间 截止日期 终止日期",
    "village": "村 村名 村居 村社 村社区 村居名称 所在村 所在村居 涉及村 涉及村居 行政村",
    "times": "次 场次 场数",
    "people": "人数 参加人数 参加人次 参与人数 参与人次 参会人数 参会人次 受益人次 受益人数",
    "items": "件数 份数 个数 数目",
    "due": "应做 应办数 应完成数",
    "succeeded": "成功数 完成数 已完成数 办结数 已办结数",
    "venue": "活动地点 会议地点 开展地点 举办地点 具体地点",
    "organiser": "主办单位 承办单位 责任单位 牵头单位 组织部门",
    "participants": "参会人员 参与人员 出席人员 参加人 参加对象 人员",
    "note": "说明 其他 备注说明 情况说明 其他情况 其它",
}
