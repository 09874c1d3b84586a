"""Other heads that offices' own lists of villages give the columns, by column key.

Each belongs to one column of its register only.
"""

from __future__ import annotations

VILLAGES = {
    "name": "村 村名 名称 村居 村居名 村居名称 村社 村社区 村社区名称 行政村 行政村名称 村民委员会",
    "number": "村居编号",
    "kind": "类型 性质 村居类别 村居类型 村类型",
    "population": "人口数 总人口 人口总数 总人口数 人数 常住人口 户籍人口",
    "households": "总户数 农户数 住户数",
    "closed_on": "撤并时间 撤销日期 撤销时间 合并日期 合并时间",
    "note": "说明 其他 备注说明 情况说明 其他情况 其它",
}
