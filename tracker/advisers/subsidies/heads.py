"""Other heads that offices' own lists of subsidies give the columns, by column key."""

from __future__ import annotations

SUBSIDIES = {
    "adviser": "姓名 顾问 顾问姓名 法律顾问姓名 律师 律师姓名 领款人",
    "number": "补助编号",
    "year": "年度 年份 发放年度",
    "village": "村 村名 村居 行政村 所在村 服务村 服务村居 联系村 村社区名称",
    "amount_decided": "金额 补助金额 发放金额 实发金额 补贴 补贴金额 补助 核定金额",
    "reason": "原因 差异原因 调整原因 扣减原因",
    "paid_on": "发放时间 支付日期 支付时间 付款日期 日期",
    "note": "说明 其他 备注说明",
}
