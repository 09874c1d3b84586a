"""Other heads that offices' own ledgers of certification give the columns, by column key.

Each belongs to one column of its register only.
"""

from __future__ import annotations

_NOTE = "说明 其他 备注说明 情况说明 其他情况 其它"
_STATION = "站所 所属站所 单位 单位名称 所在单位 所属单位 工作单位 部门 所在部门 科室"

OFFICERS = {
    "name": "人员姓名 干部姓名 执法人员 执法人员姓名",
    "number": "人员编号",
    "station": f"{_STATION} 执法机构",
    "post": "岗位 现任职务 职务职级 职级 岗位职务 职务名称",
    "establishment": "编制 编制性质 编制类型 编制情况 身份 人员身份 人员性质 人员类别",
    "enforcement_post": (
        "执法岗 在执法岗位 是否执法岗 是否执法岗位 是否在执法岗位 是否执法人员 是否在执法岗"
    ),
    "post_from": "到岗时间 到任日期 到任时间 任职日期 任职时间 上岗日期 上岗时间 入职日期 入职时间",
    "post_until": "离岗时间 离任日期 离任时间 离职日期 离职时间 调出日期 退休日期",
    "leave_reason": "离任原因 离职原因 调出原因",
    "phone": "电话 联系方式 电话号码 手机 手机号 手机号码 移动电话",
    "law_qualified": (
        "法律职业资格 法律职业资格证 法律职业资格证书 是否取得法律职业资格 "
        "取得国家统一法律职业资格 法考 司法考试"
    ),
    "note": _NOTE,
}

SITTINGS = {
    "title": "名称 考试 考试项目",
    "number": "考试编号",
    "held_on": "日期 时间 考试时间 开考时间",
    "purpose": "性质 类别 类型 考试类别 考试类型",
    "organiser": "主办单位 组织部门 组织机构 考试组织单位",
    "general_mark": (
        "公共合格线 公共及格线 公共科目合格线 公共法律知识及格线 公共法律知识合格分数 "
        "综合法律知识合格线 通用法律知识合格线"
    ),
    "special_mark": (
        "专业合格线 专业及格线 专业科目合格线 专业法律知识及格线 专业法律知识合格分数 "
        "专门法律知识合格线"
    ),
    "list_handed_in_on": "名单上报时间 报名名单上报日期 上报日期 上报时间 报名表上报日期",
    "note": _NOTE,
}

# 考试结果 and 成绩 alone name no part; whoever takes the ledger in has to say which one is meant.
RESULTS = {
    "officer": "人员姓名 考生 考生姓名 参考人员 报考人员 报名人员 执法人员",
    "station": _STATION,
    "number": "报名编号",
    "sitting": "考试 考试场次 考试批次 考试项目",
    "held_on": "考试时间 开考时间 日期 时间",
    "purpose": "考试类别 考试类型",
    "registered_on": "报名时间",
    "general_score": (
        "公共法律知识 公共法律知识分数 公共法律知识得分 公共成绩 公共分数 公共科目 公共科目成绩 "
        "综合法律知识 综合法律知识成绩 通用法律知识 通用法律知识成绩"
    ),
    "general_result": "公共结果 公共科目结果 公共法律知识是否合格 公共是否合格",
    "special_score": (
        "专业法律知识 专业法律知识分数 专业法律知识得分 专业成绩 专业分数 专业科目 专业科目成绩 "
        "专门法律知识 专门法律知识成绩"
    ),
    "special_result": "专业结果 专业科目结果 专业法律知识是否合格 专业是否合格",
    "retake": "是否补考 考试次序 考次 首考补考 首考或补考 补考情况 考试次数",
    "eligibility_note": "资格审查 资格审核情况 资格审查情况 审核情况 报名资格",
}

# 有效期 alone may be its last day or both of its days.
CERTIFICATES = {
    "officer": "姓名 人员姓名 持证人姓名 持证人员 执法人员 执法人员姓名",
    "certificate_number": (
        "证号 证件编号 证件号码 证书编号 证书号 执法证号 执法证号码 执法证编号 执法证件号 "
        "执法证件编号 行政执法证号 行政执法证编号"
    ),
    "number": "登记编号",
    "category": "类别 种类 证件种类 证件类型 执法证类别 执法证类型",
    "issuer": "发证单位 发证部门 颁证机关 颁证单位",
    "area": "执法范围 执法区域范围 执法地域 管辖区域",
    "issued_on": "发证时间 领证日期 领证时间 颁发日期 颁证日期 发放日期 签发日期",
    "valid_from": "有效期自 有效期开始 有效期起始 有效起始日期 生效日期 生效时间",
    "valid_to": (
        "有效期至 有效期截止 有效期结束 有效截止日期 有效日期至 到期日期 到期时间 截止日期 失效日期"
    ),
    "status": "状态变动 证件变动 变动情况",
    "since": "变动时间 状态变动日期",
    "reason": "变动事由 状态变动原因",
    "note": _NOTE,
}

TRAININGS = {
    "title": "名称 培训 培训主题 培训内容 培训项目 培训班 培训班名称",
    "number": "培训编号",
    "held_on": "日期 时间 培训时间 开展日期 开展时间 举办日期 举办时间",
    "kind": "类别 类型 培训类型 培训种类",
    "organiser": "主办单位 主办 举办单位 承办单位 培训单位",
    "hours": "学时数 课时 课时数 培训学时 培训课时 时长 培训时长",
    "attendances": "参训人数 培训人数 培训人次 参加人数 人数 人次",
    "officers": "参训人 参训人员名单 参训人员姓名 参训干部 参加人员 培训人员 培训对象 人员名单",
    "note": _NOTE,
}
