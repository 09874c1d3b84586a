"""Other heads that offices' own lists of assessments give the columns, by column key."""

from __future__ import annotations

ASSESSMENTS = {
    "adviser": "姓名 顾问 顾问姓名 法律顾问姓名 律师 律师姓名 被考核人 考核对象",
    "number": "考核编号",
    "year": "年度 年份",
    "village": "村 村名 村居 行政村 所在村 服务村 服务村居 联系村 村社区名称",
    "total": "得分 考核得分 考核分 考核总分 分数 合计 合计得分 总得分",
    "grade": "考核等次 等级 考核等级 考核结果 结果 评定等次",
    "assessed_on": "考核时间 日期 时间 评定日期 评分日期",
    "assessor": "评分人 考核小组 考核人员 考评人",
    "village_view": "村意见 村居意见 村社区评价 村委会意见 村级意见",
    "note": "说明 其他 备注说明",
}
