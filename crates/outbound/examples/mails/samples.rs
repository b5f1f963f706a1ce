//! One made-up message of every kind.

use chrono::{DateTime, NaiveDate, Utc};
use fabu_domain::{
    clock::COMPANY_ZONE,
    ids::ReleaseId,
    kpi::{Ratio, SuccessRate},
    notice::{
        Asks, AttachmentSource, Column, Due, DueEvent, Fact, Link, Notice, NoticeGroup, NoticeKind, RateChart, RatePoint, Row,
        Section, Table, Topic, Wanted, times,
    },
    quarter::Quarter,
    refusal::Text,
};
use uuid::Uuid;

/// An instant of 2026 in China time.
pub fn at(month: u32, day: u32, hour: u32, minute: u32) -> Option<DateTime<Utc>> {
    let local = NaiveDate::from_ymd_opt(2026, month, day)?.and_hms_opt(hour, minute, 0)?;
    Some(local.and_local_timezone(COMPANY_ZONE).single()?.with_timezone(&Utc))
}

/// What a kind asks or tells.
fn words(kind: NoticeKind) -> (&'static str, &'static str) {
    use NoticeKind as K;
    match kind {
        K::ApprovalRequested => ("审批上线计划", "decide on the go-live plan"),
        K::ApprovalDecided => {
            ("上线审批已通过：3 人同意，0 人退回。", "The go-live plan is approved: 3 agreed, nobody returned it.")
        }
        K::Returned => ("修改发布方案并重新提交", "revise the release plan and submit it again"),
        K::ApprovalVoid => (
            "上线计划已修改，原审批作废，无需再表决。",
            "The go-live plan has changed: this approval is void, no vote is needed any more.",
        ),
        K::TaskAssigned => ("完成备份并验证恢复", "make the backup and verify its restore"),
        K::TaskReturned => ("补充“备份并验证”的完成证据", "complete the evidence for “backup made and verified”"),
        K::TaskSubmitted => ("核实“备份并验证”的完成证据", "verify the evidence for “backup made and verified”"),
        K::TaskWithdrawn => ("任务“通知监控系统”已撤销。", "The task “tell the monitoring system” is withdrawn."),
        K::RoleAssigned => ("您被指派为此次发布的发布实施人员。", "You are the implementer of this release."),
        K::Reminder => ("审批上线计划，已等待 1 个工作日", "decide on the go-live plan: it has waited for 1 working day"),
        K::Escalation => {
            ("处理：李强 2 个工作日未审批上线计划", "step in: 李强 has not decided on the go-live plan for 2 working days")
        }
        K::CustomerNotice => (
            "核心系统将于 2026-12-01 22:00（周二）至次日 02:00 升级，期间网上营业厅暂停服务。",
            "The core system is upgraded on Tue 2026-12-01 22:00 to 02:00 the next day; the online branch is closed meanwhile.",
        ),
        K::DeploymentStarting => ("做好部署准备：窗口 30 分钟后开始", "get ready to deploy: the window opens in 30 minutes"),
        K::DeploymentFailed => {
            ("决定是否回退：第一阶段“升级应用节点”失败", "decide on rollback: phase 1 “upgrade the application nodes” failed")
        }
        K::RolledBack => {
            ("发布已回退到初始状态，业务已恢复。", "The release is rolled back to its initial state; business has resumed.")
        }
        K::Verdict => ("发布结论：成功，各方已确认。", "The verdict: successful, confirmed by all parties."),
        K::WindowChanged => {
            ("上线时间由 11-28 22:00 改为 12-01 22:00。", "Going live has moved from 11-28 22:00 to 12-01 22:00.")
        }
        K::Suspended => (
            "发布已挂起：等待客户机房停电检修结束。",
            "The release is suspended: the customer's data centre has no power until Monday.",
        ),
        K::Resumed => ("发布已恢复，回到上线审批阶段。", "Work on the release goes on in the stage go-live approval."),
        K::Cancelled => ("发布已取消：变更 CHG-1042 被撤回。", "The release is cancelled: change CHG-1042 was withdrawn."),
        K::StageChanged => ("发布进入“上线准备”阶段。", "The release is now in the stage readiness."),
        K::Closed => {
            ("发布已关闭，发布报告应于 2026-12-08（周二）前完成。", "The release is closed; its report is due on Tue 2026-12-08.")
        }
        K::ConfigurationRequested => ("更新 3 个配置项并确认", "update 3 configuration items and confirm"),
        K::ConfigurationReturned => ("补充配置更新申请：缺少新版本号", "complete the update request: the new version is missing"),
        K::ClosureOverdue => ("关闭发布：结论已给出 5 个工作日", "close the release: its verdict is 5 working days old"),
        K::ReportOverdue => ("提交发布报告，已逾期 2 天", "submit the release report: it is 2 days late"),
        K::ConfigurationOverdue => {
            ("完成配置更新，已逾期 1 个工作日", "finish the configuration update: it is 1 working day late")
        }
        K::FailedReleaseReview => ("组织失败发布回顾", "hold the review of the failed release"),
        K::QuarterlyReportDraft => ("补充季度报告的分析与改进措施", "add analysis and measures to the quarterly report"),
        K::QuarterlyReportApproval => ("批准季度发布管理报告", "approve the quarterly report"),
        K::QuarterlyReport => (
            "2026 年第三季度共发布 54 次，成功 51 次，成功率 51/54 = 94.44 %，目标不低于 90 %，达标。",
            "In Q3 2026, 51 of 54 releases succeeded: 51/54 = 94.44 %, target at least 90 %, met.",
        ),
        K::Restatement => (
            "2026 年第二季度成功率由 40/44 = 90.91 % 更正为 39/44 = 88.64 %：REL-2026-0019 改判为失败。",
            "The success rate of Q2 2026 is restated from 40/44 = 90.91 % to 39/44 = 88.64 %: REL-2026-0019 counts as failed.",
        ),
        K::Improvement => ("提出改进措施：回退演练覆盖率不足", "propose a measure: rollback rehearsals are missing"),
        K::Digest => {
            ("待办 3 项，其中 1 项已逾期；今晚上线 1 项。", "3 items are open, 1 of them late; 1 release goes live tonight.")
        }
        K::ScheduledReport => {
            ("本周发布 4 次，均成功；下周计划 3 次。", "4 releases this week, all successful; 3 are planned for next week.")
        }
        K::CalendarMissing => ("导入 2027 年工作日历", "import the working calendar of 2027"),
        K::DeliveryFailed => ("检查：3 封邮件投递失败", "look into 3 mails that could not be delivered"),
        K::IntegrityAlarm => {
            ("立即核查：日志链在第 1,204 条处不连续", "investigate at once: the chain of the log breaks at entry 1,204")
        }
        K::AccountCreated => (
            "您的账号 wang.fang 已开通，请向管理员领取初始密码。",
            "Your account wang.fang is ready; the administrator has your first password.",
        ),
        K::PasswordChanged => (
            "您的密码已于 2026-12-01 15:58（周二）更改。如非本人操作，请立即联系管理员。",
            "Your password was changed on Tue 2026-12-01 15:58. If it was not you, call the administrator at once.",
        ),
        K::AccountLocked => {
            ("您的账号因连续输错密码已锁定 15 分钟。", "Your account is locked for 15 minutes after several wrong passwords.")
        }
        K::Test => ("这是一封测试邮件，收到即表示邮件通道可用。", "This is a test: if you read it, the mail channel works."),
    }
}

/// The message of a kind.
pub fn notice(kind: NoticeKind) -> Option<Notice> {
    let (zh, en) = words(kind);
    let rule = kind.rule();
    let what = Text::new(zh, en);
    let wanted = match rule.asks {
        Asks::Nothing => Wanted::Know { what },
        _ => Wanted::Act { who: "王芳".to_owned(), on_behalf_of: None, what, until: Some(at(12, 1, 18, 0)?) },
    };
    let mut notice = Notice::new(kind, topic(kind)?, wanted);
    match notice.topic {
        Topic::Release { .. } => about_release(&mut notice)?,
        Topic::Quarter { .. } => about_quarter(&mut notice)?,
        Topic::Day { .. } => notice.sections = vec![open_items()?],
        Topic::Other { .. } => {}
    }
    let (zh, en) = if rule.asks == Asks::Nothing { ("查看", "view") } else { ("去处理", "open") };
    notice.link = Some(Link::new("/approvals/0198c0de", zh, en));
    Some(notice)
}

fn topic(kind: NoticeKind) -> Option<Topic> {
    use NoticeKind as K;
    Some(match kind {
        K::QuarterlyReportDraft | K::QuarterlyReportApproval | K::QuarterlyReport | K::Restatement | K::Improvement => {
            Topic::Quarter { quarter: Quarter::new(2026, 3)? }
        }
        K::Digest | K::ScheduledReport => Topic::Day { day: NaiveDate::from_ymd_opt(2026, 12, 1)? },
        _ if kind.rule().group == NoticeGroup::Administration => {
            Topic::Other { name: Text::new("发布管理系统", "release management") }
        }
        _ => Topic::Release {
            id: ReleaseId(Uuid::nil()), number: "REL-2026-0031".to_owned(), title: "核心系统补丁".to_owned()
        },
    })
}

fn about_release(notice: &mut Notice) -> Option<()> {
    let (start, end) = (at(12, 1, 22, 0)?, at(12, 2, 2, 0)?);
    let late = notice.kind.rule().group == NoticeGroup::Overdue;
    notice.due = match notice.kind.rule().asks {
        Asks::Nothing => None,
        _ if late => Some(Due { event: DueEvent::Deadline, at: at(11, 29, 18, 0)? }),
        _ if notice.kind == NoticeKind::DeploymentFailed => Some(Due { event: DueEvent::LastSafeMoment, at: at(12, 1, 16, 40)? }),
        _ => Some(Due { event: DueEvent::GoLive, at: start }),
    };
    notice.facts = vec![
        Fact::new("类型", "Kind", Text::new("重大 · 全量", "major · full")),
        Fact::same("客户与系统", "Customer and system", "某市商业银行 · 核心业务系统"),
        Fact::new("上线窗口", "Window", times::span(start, end)),
        Fact::new("回退", "Rollback", Text::new("已演练，需 45 分钟", "rehearsed, takes 45 minutes")),
        Fact::same("发布负责人", "Release owner", "李强"),
    ];
    if notice.kind.rule().asks == Asks::Decision {
        let column = |zh: &str, en: &str, number| Column { name: Text::new(zh, en), number };
        let row = |number: &str, what: &str, hours: &str| Row {
            cells: [number, what, hours].map(Text::same).to_vec(),
            path: Some(format!("/changes/{number}")),
        };
        notice.sections = vec![
            Section {
                heading: Text::new("变更", "Changes"),
                lines: Vec::new(),
                table: Some(Table {
                    columns: vec![
                        column("编号", "Number", false),
                        column("内容", "Content", false),
                        column("工时", "Hours", true),
                    ],
                    rows: vec![
                        row("CHG-1042", "修复跨行转账在日切时重复入账的缺陷，涉及记账、清算和对账三个模块", "36"),
                        row("CHG-1043", "升级 TLS 组件 openssl-3.0.13 → 3.0.15", "4"),
                    ],
                }),
            },
            Section {
                heading: Text::new("风险与影响", "Risk and impact"),
                lines: vec![
                    Text::same("窗口内网上营业厅与手机银行暂停服务。\n柜面业务不受影响。"),
                    Text::same("最晚回退时刻 12-02 01:15，由李强决定。"),
                ],
                table: None,
            },
        ];
    }
    Some(())
}

fn about_quarter(notice: &mut Notice) -> Option<()> {
    let point = |(year, number, successes, total)| {
        Some(RatePoint {
            quarter: Quarter::new(year, number)?,
            rate: SuccessRate::new(successes, total)?,
            target: Ratio::percent(90),
        })
    };
    let quarters = [(2025, 3, 31, 36), (2025, 4, 45, 47), (2026, 1, 0, 0), (2026, 2, 39, 44), (2026, 3, 51, 54)];
    let chart = RateChart { points: quarters.into_iter().map(point).collect::<Option<_>>()? };
    notice.headline = Text::new("成功率 94.44 %，达标", "success rate 94.44 %, target met");
    notice.facts = vec![
        Fact::new("成功率", "Success rate", chart.points.last()?.words()),
        Fact::new("发布数", "Releases", Text::new("54（重大 8、一般 43、紧急 3）", "54 (8 major, 43 minor, 3 emergency)")),
        Fact::new(
            "未成功",
            "Without success",
            Text::new("回退 2、失败 1，回顾均已完成", "2 rolled back, 1 failed, all reviewed"),
        ),
        Fact::new("逾期关闭", "Closure overdue", Text::new("1 项", "1")),
        Fact::new("紧急发布", "Emergencies", Text::new("3 次，补办均已完成", "3, all steps made up")),
    ];
    notice.chart = Some(chart);
    let quarter = Quarter::new(2026, 3)?;
    notice.attachments = vec![AttachmentSource::QuarterlyWorkbook { quarter, revision: 1 }];
    notice.sections = vec![Section {
        heading: Text::new("改进措施", "Measures"),
        lines: vec![Text::same("回退演练纳入上线审批前置条件，负责人赵敏，2026-12-31 前完成。")],
        table: None,
    }];
    Some(())
}

fn open_items() -> Option<Section> {
    let column = |zh: &str, en: &str| Column { name: Text::new(zh, en), number: false };
    let row = |title: &str, what: Text, due: DateTime<Utc>, path: &str| Row {
        cells: vec![Text::same(title), what, times::long(due)],
        path: Some(path.to_owned()),
    };
    Some(Section {
        heading: Text::new("待我处理", "Waiting for me"),
        lines: Vec::new(),
        table: Some(Table {
            columns: vec![column("发布", "Release"), column("事项", "Item"), column("截止", "Due")],
            rows: vec![
                row(
                    "REL-2026-0031 核心系统补丁",
                    Text::new("审批上线计划", "decide on the go-live plan"),
                    at(12, 1, 18, 0)?,
                    "/approvals/1",
                ),
                row(
                    "REL-2026-0029 短信网关迁移",
                    Text::new("提交发布报告（逾期）", "release report (overdue)"),
                    at(11, 27, 18, 0)?,
                    "/tasks/2",
                ),
                row("REL-2026-0030 报表平台升级", Text::new("核实备份证据", "verify the backup"), at(12, 2, 12, 0)?, "/tasks/3"),
            ],
        }),
    })
}
