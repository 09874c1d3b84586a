"""Who was issued, holds and is about to lose a certificate."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, not_

from tracker.certification import conditions as when
from tracker.certification.models import Officer
from tracker.kernel.figure import Basis, LeftOut, Ratio
from tracker.kernel.period import Period
from tracker.kernel.words import Words

from .shared import GROUP, persons

_NOT_IN_ENFORCEMENT = LeftOut(
    Words("不在执法岗位", "Not in an enforcement post"), lambda _: not_(Officer.enforcement_post)
)
_NOT_YET_IN_POST = LeftOut(
    Words("期末尚未到岗", "Not yet in post on the last day"),
    lambda period: Officer.post_from > period.as_at,
)
_LEFT = LeftOut(
    Words("期末已离岗", "Left by the last day"),
    lambda period: Officer.post_until <= period.as_at,
)
_NO_CERTIFICATE = LeftOut(
    Words("期末没有有效证件", "No valid certificate on the last day"),
    lambda period: not_(when.holds_valid_on(period.as_at)),
)

ISSUED = persons(
    "certificates_issued",
    Words("本年度领取执法证人数", "Certificates issued in the year"),
    Words(
        "发证日期在本年度的执法证件（首次领证和换发都算）的持证人数，同一人多本或多次只计一人；"
        "已作废的证件不计。",
        "Distinct officers to whom a certificate was issued in the year, first issues and "
        "renewals alike; voided entries do not count.",
    ),
    lambda period: when.issued_between(period.first, period.last),
    LeftOut(
        Words("本年度没有领取或换发证件", "No certificate issued this year"),
        lambda period: not_(when.issued_between(period.first, period.last)),
    ),
)

NEW = persons(
    "certificates_new",
    Words("新增持证执法人员", "New certificate holders"),
    Words(
        "首次领取执法证件的日期在本年度的人数，以前年度领过证的（换发、补发）不计。",
        "Officers whose first certificate ever was issued in the year; renewals do not count.",
    ),
    lambda period: and_(
        when.issued_between(period.first, period.last), not_(when.issued_before(period.first))
    ),
    LeftOut(
        Words("本年度没有领取证件", "No certificate issued this year"),
        lambda period: not_(when.issued_between(period.first, period.last)),
    ),
    LeftOut(
        Words("以前年度已领过证", "Held a certificate before"),
        lambda period: when.issued_before(period.first),
    ),
)

VALID = persons(
    "certificates_valid",
    Words("期末持有效证件人数", "Holders of a valid certificate"),
    Words(
        "期末持有至少一本有效执法证件的人数，不论是否在执法岗位；有效指当天在有效期内，且没有处于"
        "暂扣、收回、注销、吊销、遗失状态。",
        "Officers with at least one certificate valid on the last day, in an enforcement post or "
        "not. Valid means within a term and not held, returned, cancelled, revoked or lost.",
    ),
    lambda period: when.holds_valid_on(period.as_at),
    _NO_CERTIFICATE,
    basis=Basis.AS_AT,
)

EXPIRING = persons(
    "certificates_expiring",
    Words("十二个月内证件到期人数", "Certificates ending within twelve months"),
    Words(
        "期末持有效证件、其证件在期末后十二个月内全部到期的人数；期末前已换发或另有证件使用到更晚"
        "的不计，期末以后才换发的仍计入。",
        "Officers with a valid certificate on the last day all of whose certificates end within "
        "the twelve months after it. Those renewed by that day, or with another certificate that "
        "runs longer, do not count; a renewal after it changes nothing.",
    ),
    lambda period: when.ends_within(period.as_at, period.twelve_months_on),
    _NO_CERTIFICATE,
    LeftOut(
        Words("证件在十二个月后仍有效", "Runs beyond the twelve months"),
        lambda period: when.covered_beyond(period.as_at, period.twelve_months_on),
    ),
    LeftOut(
        Words("证件于期末当天到期", "Ended on the last day itself"),
        lambda period: not_(when.covered_beyond(period.as_at, period.as_at)),
    ),
    basis=Basis.AS_AT,
)

IN_ENFORCEMENT_POSTS = persons(
    "officers",
    Words("执法岗位人数", "Officers in enforcement posts"),
    Words(
        "期末在执法岗位的人数，已到岗且尚未离岗；离岗日期当天起不计。",
        "Officers in an enforcement post on the last day: come and not yet left; the day of "
        "leaving no longer counts.",
    ),
    lambda period: when.in_enforcement_post_on(period.as_at),
    _NOT_IN_ENFORCEMENT,
    _NOT_YET_IN_POST,
    _LEFT,
    basis=Basis.AS_AT,
)


def _hold(period: Period) -> ColumnElement[bool]:
    return and_(when.in_enforcement_post_on(period.as_at), when.holds_valid_on(period.as_at))


HOLDERS = persons(
    "holders",
    Words("持证执法人员", "Certified officers in enforcement posts"),
    Words(
        "期末在执法岗位且持有有效执法证件的人数。",
        "Officers in an enforcement post on the last day who hold a valid certificate.",
    ),
    _hold,
    _NOT_IN_ENFORCEMENT,
    _NOT_YET_IN_POST,
    _LEFT,
    _NO_CERTIFICATE,
    basis=Basis.AS_AT,
)

HOLDING_RATE = Ratio(
    key="certification.holding_rate",
    label=Words("执法人员持证率", "Card-holding rate"),
    definition=Words(
        "持证执法人员占执法岗位人数的比例；没有执法岗位人员时不作统计。",
        "Certified officers over all officers in enforcement posts on the last day; empty where "
        "there are none.",
    ),
    numerator=HOLDERS,
    denominator=IN_ENFORCEMENT_POSTS,
    group=GROUP,
)

ALL = (ISSUED, NEW, VALID, EXPIRING, IN_ENFORCEMENT_POSTS, HOLDERS, HOLDING_RATE)
