"""What offices call the choices in their own ledgers of outreach, besides their labels."""

from __future__ import annotations

from tracker.kernel.headcount import CountBasis
from tracker.kernel.terms import called

from .terms import Audience, DeliveryForm, EventState

STATES = called(
    {
        EventState.PLANNED: "计划 拟开展 待开展 未开展 筹备中",
        EventState.HELD: "已开展 已完成 完成 已结束 已办",
        EventState.CANCELLED: "取消",
    }
)

DELIVERY = called(
    {
        DeliveryForm.STAND: "咨询台 设咨询点 现场咨询 摆摊宣传 赶集宣传 发放资料 广场宣传",
        DeliveryForm.LECTURE: "讲课 授课 法治课 宣讲会 专题宣讲",
        DeliveryForm.COURTYARD: "坝坝会 院落会 屋场会 围坐宣讲 板凳会",
        DeliveryForm.HOUSEHOLD: "入户 上门宣传 走访宣传 入户走访 走村入户 进村入户",
        DeliveryForm.SCHOOL: "法治进校园 法治副校长讲课 送法进学校",
        DeliveryForm.CASE_TALK: "以案说法 以案普法",
        DeliveryForm.MOOT_COURT: "旁听庭审 模拟法庭 巡回审判",
        DeliveryForm.SHOW: "文艺演出 文艺汇演 戏曲演出 文艺活动",
        DeliveryForm.QUIZ: "有奖问答 知识竞赛 有奖竞答 知识问答",
        DeliveryForm.BROADCAST: "大喇叭 小喇叭 流动喇叭 村村响广播",
        DeliveryForm.DISPLAY: "展板展示 悬挂横幅 横幅 展板 LED屏 宣传栏",
        DeliveryForm.NEW_MEDIA: "公众号 微信 微信公众号 微信群 短视频 抖音 网络宣传 线上宣传",
    }
)

AUDIENCES = called(
    {
        Audience.VILLAGERS: "群众 村民 居民 老百姓 广大群众 村民群众 辖区居民 村居民 社区居民",
        Audience.STUDENTS: "学生 师生 青少年 中小学生 在校学生 未成年人 学生及家长 全校师生",
        Audience.CADRES: "干部 机关干部 镇干部 村干部 村组干部 干部职工",
        Audience.WOMEN: "妇女群众 妇女同志",
        Audience.ELDERLY: "老人 老年群众",
        Audience.MIGRANTS: "务工人员 外出务工人员 返乡农民工",
        Audience.BUSINESSES: "企业 商户 企业职工 企业员工 个体户 个体工商户 经营户",
        Audience.PARTY_MEMBERS: "党员同志",
        Audience.CORRECTIONS: "矫正对象 社矫对象 矫正人员",
        Audience.MEDIATORS: "网格员 调解员 人民调解员",
    }
)

BASES = called(
    {
        CountBasis.SIGNED_IN: "签到表 签到册 签名",
        CountBasis.COUNTED: "点数 现场清点 实数",
        CountBasis.ESTIMATED: "估算 约数 预估 大约",
        CountBasis.NOT_RECORDED: "未统计 没有统计",
    }
)
