"""Other heads that offices' own ledgers give the columns, by column key.

Each belongs to one column of its register only.
"""

from __future__ import annotations

_PERSON = "姓名 法律明白人姓名 明白人 明白人姓名 人员姓名"
_VILLAGE = "村 村名 村居 村社 村社区 村居名称 所在村 所在村居 所属村 所属村居 行政村"
_NOTE = "说明 其他 备注说明 情况说明 其他情况 其它"

SERVICES = {
    "matter": "事项 事项名称 事由 内容 主要内容 具体内容 服务内容 服务情况",
    "number": "服务编号 记录编号",
    "person": f"{_PERSON} 服务人员 服务人",
    "village": _VILLAGE,
    "held_on": "日期 时间 服务时间 开展日期 开展时间",
    "kind": "类别 类型 服务类型 服务项目 工作类别",
    "people": "人次 人数 服务人数 受益人次 受益人数 服务群众",
    "households": "户数 户 涉及户数 走访户数",
    "note": _NOTE,
}

REVIEWS = {
    "person": f"{_PERSON} 被考评人",
    "number": "考评编号",
    "village": _VILLAGE,
    "year": "年度 年份 考核年度",
    "result": "考核结果 结果 等次 考评等次 考核等次 年度考评结果",
    "star": "星级 星级评定 评星 星级等级",
    "reviewed_on": "考核日期 考评时间 考核时间 评定日期 评定时间",
    "note": f"{_NOTE} 考评意见 评语",
}
