"""Field names of the change log in the words of the ledgers.

Domains hand in their registers; whatever has no column there is shown by its own name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import DateTime, Enum

from tracker.kernel.model import Model
from tracker.kernel.records import moment_of
from tracker.kernel.register import Register
from tracker.kernel.terms import Term
from tracker.kernel.words import Words

_COMMON = {
    "number": Words("编号", "Number"),
    "name": Words("名称", "Name"),
    "note": Words("备注", "Note"),
    "voided_at": Words("作废时间", "Voided at"),
    "voided_by": Words("作废人", "Voided by"),
    "void_reason": Words("作废原因", "Reason for voiding"),
    "display_name": Words("姓名", "Name"),
    "role": Words("角色", "Role"),
    "password_hash": Words("密码", "Password"),
    "disabled_at": Words("停用时间", "Closed at"),
    "secret_hash": Words("令牌（只存校验值）", "Token (only its hash is kept)"),
    "user_id": Words("账户", "Account"),
    "used_at": Words("最近使用", "Last used"),
    "ends_on": Words("有效期至", "Good until"),
    "language": Words("语言", "Language"),
    "materials": Words("发放资料", "Materials"),
    "laws": Words("法律法规", "Laws"),
    "in_use": Words("使用中", "In use"),
    "position": Words("顺序", "Position"),
    "code": Words("代码", "Code"),
    "level": Words("级别", "Level"),
    "parent_id": Words("上级单位", "Office above"),
    "is_example": Words("示例数据", "Example data"),
    "attendees": Words("参训人员", "Attendees"),
    "results": Words("各科成绩", "Results"),
    "has_general": Words("含公共法律知识", "Has the general part"),
    "has_special": Words("含专业法律知识", "Has the special part"),
    "terms": Words("有效期", "Terms of validity"),
    "status_changes": Words("状态变动", "Changes of status"),
    "key": Words("代码", "Key"),
    "label_zh": Words("分类名称", "Name of the kind"),
    "label_en": Words("英文名称", "English name"),
    "area": Words("归入", "Area"),
    "basis": Words("计算方式", "Way of counting"),
    "definition": Words("口径", "Definition"),
    "counts_times": Words("统计次数", "Counts times"),
    "counts_people": Words("统计人次", "Counts people"),
    "counts_items": Words("统计数量", "Counts items"),
    "items_label": Words("数量的名称", "Name of the items"),
    "items_unit": Words("数量的单位", "Unit of the items"),
    "file_name": Words("文件名", "File name"),
    "size": Words("文件大小（字节）", "Size in bytes"),
    "sha256": Words("校验值", "Checksum"),
    "content": Words("文件内容", "Content of the file"),
    "survey": Words("文件里的标记", "Marks of the file"),
    "uploaded_at": Words("上传时间", "Uploaded at"),
    "uploaded_by": Words("上传人", "Uploaded by"),
    "register": Words("台账", "Register"),
    "file": Words("文件内容", "Content of the file"),
    "state": Words("状态", "State"),
    "on_existing": Words("重复的记录", "Records already there"),
    "create_missing": Words("自动新建", "Creates what is unknown"),
    "year": Words("年份", "Year"),
    "head_row": Words("表头所在行", "Row of the head"),
    "new_rows": Words("新增行数", "New rows"),
    "updated_rows": Words("更新行数", "Updated rows"),
    "unchanged_rows": Words("无变化行数", "Unchanged rows"),
    "skipped_rows": Words("跳过行数", "Skipped rows"),
    "other_rows": Words("非数据行数", "Rows that are no records"),
    "done_at": Words("导入时间", "Taken in at"),
    "undone_at": Words("撤销时间", "Taken back at"),
    "undone_by": Words("撤销人", "Taken back by"),
    "title": Words("标题", "Title"),
    "addressee": Words("主送机关", "Addressee"),
    "signed_by": Words("署名", "Signed by"),
    "signed_on": Words("成文日期", "Date of the report"),
    "fonts": Words("字体", "Fonts"),
    "styles_name": Words("样式文件", "Style document"),
    "styles": Words("样式", "Styles"),
    "report_id": Words("年度报告", "Report of the year"),
    "heading": Words("标题", "Heading"),
    "body": Words("正文", "Text"),
    "shipped_key": Words("范本的哪一节", "Shipped section"),
    "carried": Words("沿用上年、待核对的段落", "Paragraphs of last year to be confirmed"),
    "as_at": Words("状态截至", "States as at"),
    "frozen_at": Words("定稿时间", "Frozen at"),
    "frozen_by": Words("定稿人", "Frozen by"),
    "findings": Words("核对事项", "Findings"),
    "open_findings": Words("未处理的核对事项", "Open findings"),
    "digest": Words("校验值", "Checksum"),
    "approved_digest": Words("批准时数字的校验值", "Checksum of the approved figures"),
    "act": Words("步骤", "Step"),
    "at": Words("时间", "At"),
    "by": Words("经办人", "By"),
    "subject": Words("对象", "Subject"),
    "reason": Words("原因", "Reason"),
    "accepted_at": Words("接受时间", "Accepted at"),
    "accepted_by": Words("接受人", "Accepted by"),
    "set_id": Words("定稿", "Frozen set"),
    "remark": Words("备注", "Note"),
    "sequence": Words("第几次", "Sequence"),
    "frozen_number": Words("定稿数据", "Frozen set"),
    "made_at": Words("定稿时间", "Made final at"),
    "made_by": Words("定稿人", "Made final by"),
    "contents": Words("定稿内容", "Contents"),
    "cue": Words("说法", "Phrase"),
    "unit": Words("单位", "Unit"),
    "figure_key": Words("指标", "Figure"),
    "bound_at": Words("指定时间", "Bound at"),
    "bound_by": Words("指定人", "Bound by"),
    "removed_at": Words("取消时间", "Removed at"),
    "removed_by": Words("取消人", "Removed by"),
    "event_id": Words("活动", "Event"),
    "is_open": Words("手机签到开放", "Open for phones"),
    "closes_on": Words("签到开放到", "Closes after"),
    "with_phone": Words("收集联系电话", "Asks for telephones"),
    "walk_ins": Words("未签到到场人数", "There without signing"),
    "noted": Words("名单人数", "Heads on the roster"),
    "forgotten_on": Words("姓名删除日期", "Names deleted on"),
    "forgotten": Words("已删除姓名数", "Names deleted"),
    "keep_months": Words("姓名保存月数", "Months names are kept"),
    "record_type": Words("所属记录的类别", "Kind of its record"),
    "record_id": Words("所属记录", "Its record"),
    "kind": Words("类别", "Kind"),
    "source_sha256": Words("原文件校验值", "Checksum of the file as sent"),
    "thumbnail_sha256": Words("缩略图校验值", "Checksum of the small picture"),
    "media_type": Words("文件格式", "Format"),
    "width": Words("宽（像素）", "Width in pixels"),
    "height": Words("高（像素）", "Height in pixels"),
    "caption": Words("说明", "Caption"),
    "taken_on": Words("拍摄（形成）日期", "Taken on"),
    "swept_at": Words("内容清理时间", "Content swept at"),
    "copied_from_id": Words("沿用自", "Copied from"),
    "day_key": Words("宣传日", "Publicity day"),
    "kept": Words("本单位开展", "Kept by the office"),
    "first_on": Words("开始日期", "First day"),
    "last_on": Words("结束日期", "Last day"),
    "notice": Words("依据的通知", "Notice it rests on"),
    "confirmed_at": Words("确认时间", "Confirmed at"),
    "confirmed_by": Words("确认人", "Confirmed by"),
    "month": Words("开始的月份", "First month"),
    "day": Words("开始的日子", "First day of the month"),
    "end_month": Words("结束的月份", "Last month"),
    "end_day": Words("结束的日子", "Last day of the month"),
    "value": Words("值", "Value"),
    "by_notice": Words("日期以通知为准", "Dates are set by notice"),
    "from_year": Words("从哪一年起使用", "From which year"),
    "excellent_from": Words("优秀分数线", "Excellent from"),
    "good_from": Words("良好分数线", "Good from"),
    "passed_from": Words("合格分数线", "Passed from"),
    "items": Words("评分项目", "Items"),
    "scores": Words("逐项得分", "Points item by item"),
    "sheet_id": Words("评分表", "Score sheet"),
}


class FieldLabels:
    """Looks up what a table's column is called on screen."""

    def __init__(
        self,
        registers: Iterable[Register],
        coded: Mapping[tuple[str, str], Mapping[str, Words]] | None = None,
    ) -> None:
        """``coded``: the words for the codes of a column that no enumeration of it holds."""
        self._coded = coded or {}
        self._labels: dict[tuple[str, str], Words] = {}
        self._subjects: dict[str, Words] = {
            "user": Words("账户", "Account"),
            "access_token": Words("访问令牌", "Access token"),
            "office": Words("单位", "Office"),
            "theme": Words("主题", "Theme"),
            "place_kind": Words("场所类别", "Kind of place"),
            "own_kind": Words("自设分类", "Own kind of work"),
            "county_form": Words("上报表格", "County form"),
            "import_batch": Words("导入", "Import"),
            "event_roster": Words("活动签到", "Sign-in of an event"),
            "office_rule": Words("规则", "Rule"),
            "retention_rule": Words("姓名保存期限", "How long names are kept"),
            "frozen_set": Words("定稿", "Frozen set"),
            "year_closing": Words("年度定稿", "Closing of a year"),
            "closing_step": Words("定稿步骤", "Step of closing a year"),
            "finding_acceptance": Words("按现状接受", "Accepted finding"),
            "correction_note": Words("更正说明", "Correction note"),
            "report": Words("年度报告", "Report of the year"),
            "report_section": Words("报告的一节", "Section of a report"),
            "report_edition": Words("定稿文本", "Edition of a report"),
            "local_day": Words("本地宣传日", "Local publicity day"),
            "day_choice": Words("宣传日的取舍", "Publicity day kept or not"),
            "day_confirmation": Words("宣传日的日期", "Confirmed dates of a publicity day"),
            "report_binding": Words("记住的说法", "Remembered phrase"),
            "score_sheet": Words("考核评分表", "Score sheet"),
            "evidence_file": Words("佐证材料", "Evidence"),
        }
        self._labels["office_rule", "key"] = Words("规则", "Rule")
        self._labels["office_rule", "basis"] = Words("依据", "Rests on")
        for register in registers:
            table = register.model.__tablename__
            self._subjects[table] = register.label
            for column in register.columns:
                for key in (column.key, f"{column.key}_id"):
                    self._labels[table, key] = column.label

    def field(self, table: str, key: str) -> Words:
        """The words for one field of a table."""
        found = self._labels.get((table, key)) or _COMMON.get(key)
        return found or Words.same(key)

    def value(self, table: str, key: str, value: object) -> Words | str | None:
        """A logged value as people read it: a code in words, a moment in China's time."""
        known = Model.metadata.tables.get(table)
        column = known.columns.get(key) if known is not None else None
        if column is None or not isinstance(value, str) or not value:
            return None
        if value in self._coded.get((table, key), {}):
            return self._coded[table, key][value]
        if isinstance(column.type, Enum) and value in column.type.enums:
            kind = column.type.enum_class
            return kind(value).label if kind is not None and issubclass(kind, Term) else None
        if isinstance(column.type, DateTime):
            return moment_of(datetime.fromisoformat(value))
        return None

    def subject(self, table: str) -> Words:
        """The words for a kind of record."""
        return self._subjects.get(table) or Words.same(table)
