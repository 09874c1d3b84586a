"""Other heads that offices' own responsibility lists give the columns, by column key."""

from __future__ import annotations

PLAN_ITEMS = {
    "content": (
        "普法内容 内容 内容清单 学习宣传内容 宣传内容 普法重点内容 普法责任内容 工作内容 任务内容 "
        "重点内容 普法任务 工作任务 任务 项目"
    ),
    "number": "计划编号",
    "year": "计划年度 年份",
    "position": "顺序 排序",
    "laws": "宣传法律法规 法律法规名称 重点法律法规 普法法律法规 涉及法律法规 法律名称",
    "leader": "分管领导 牵头领导 负责领导 领导",
    "responsible_person": "负责人 经办人 联系人 具体责任人",
    "responsible_office": (
        "责任单位 责任部门 责任科室 责任站所 牵头单位 牵头部门 主管部门 普法责任单位 承办单位 "
        "普法主体 责任主体"
    ),
    "audience": "对象 宣传对象 普法对象清单 受众 学习对象 重点对象",
    "carrier": "载体 普法载体 宣传载体 载体清单 学习载体 宣传平台 载体平台",
    "measure": "方式 措施 普法方式 普法措施 方式方法 工作措施 主要措施 普法形式 具体措施 普法举措",
    "standard": "标准清单 工作标准 完成标准 目标要求 工作要求 普法标准 普法目标",
    "due_on": "时限 完成时间 时间 普法时间 时间安排 完成期限 时间节点 开展时间 截止日期 日期",
    "target_events": "活动次数 目标场次 计划场次 计划次数 场次 次数 目标次数",
    "target_person_times": "覆盖人次 计划人次 人次 目标人数 计划人数",
    "note": "说明",
}
