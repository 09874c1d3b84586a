"""Other heads that offices' own ledgers give the columns, by column key."""

from __future__ import annotations

OPINIONS = {
    "matter": "事项 事项名称 名称 事由 案由 项目名称 审查事项 咨询事项 内容 主要内容",
    "number": "意见编号",
    "adviser": "法律顾问 顾问 顾问姓名 法律顾问姓名 律师 律师姓名 出具律师 承办律师",
    "asked_on": "征求日期 征求时间 征求意见时间 送审日期 送审时间 委托日期 收文日期 提交日期",
    "given_on": "日期 时间 出具时间 意见日期 意见时间 出具意见日期 出具意见时间 回复日期",
    "kind": "类别 类型 事项类型 决策类别 文件类别",
    "summary": "意见 意见内容 法律意见 主要意见 审查意见 意见建议 提出意见",
    "adopted": "采纳 是否采纳 采纳与否 采纳结果 采纳意见情况",
    "decision_reference": "文号 文件编号 对应文件 合同编号 决定文号",
    "visit": "服务记录 服务编号 服务记录编号",
    "note": "说明 其他 备注说明 情况说明 其他情况 其它",
}
