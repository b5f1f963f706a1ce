//! A made-up message of every kind that neither releases nor reports send.

use chrono::{DateTime, NaiveDate, Utc};
use fabu_domain::{
    clock::COMPANY_ZONE,
    ids::ReleaseId,
    notice::{Asks, Due, DueEvent, Fact, Link, Notice, NoticeGroup, NoticeKind, Topic, Wanted, times},
    refusal::Text,
};
use uuid::Uuid;

/// An instant of 2026 in China time.
pub fn at(month: u32, day: u32, hour: u32, minute: u32) -> Option<DateTime<Utc>> {
    let local = NaiveDate::from_ymd_opt(2026, month, day)?.and_hms_opt(hour, minute, 0)?;
    Some(local.and_local_timezone(COMPANY_ZONE).single()?.with_timezone(&Utc))
}

/// What a kind asks or tells; none of a kind that the code of releases and reports sends.
fn words(kind: NoticeKind) -> Option<(&'static str, &'static str)> {
    use NoticeKind as K;
    Some(match kind {
        K::CustomerNotice => (
            "核心系统将于 2026-12-01 22:00（周二）至次日 02:00 升级，期间网上营业厅暂停服务。",
            "The core system is upgraded on Tue 2026-12-01 22:00 to 02:00 the next day; the online branch is closed meanwhile.",
        ),
        K::DeploymentStarting => ("做好部署准备：窗口 30 分钟后开始", "get ready to deploy: the window opens in 30 minutes"),
        K::WindowChanged => {
            ("上线时间由 11-28 22:00 改为 12-01 22:00。", "Going live has moved from 11-28 22:00 to 12-01 22:00.")
        }
        K::StageChanged => ("发布进入“上线准备”阶段。", "The release is now in the stage readiness."),
        K::ConfigurationOverdue => {
            ("完成配置更新，已逾期 1 个工作日", "finish the configuration update: it is 1 working day late")
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
        _ => return None,
    })
}

/// The message of a kind.
pub fn notice(kind: NoticeKind) -> Option<Notice> {
    let (zh, en) = words(kind)?;
    let rule = kind.rule();
    let what = Text::new(zh, en);
    let wanted = match rule.asks {
        Asks::Nothing => Wanted::Know { what },
        _ => Wanted::Act { who: "王芳".to_owned(), on_behalf_of: None, what, until: Some(at(12, 1, 18, 0)?) },
    };
    let topic = match rule.group {
        NoticeGroup::Administration => Topic::Other { name: Text::new("发布管理系统", "release management") },
        NoticeGroup::Reports => Topic::Day { day: NaiveDate::from_ymd_opt(2026, 12, 1)? },
        _ => Topic::Release {
            id: ReleaseId(Uuid::nil()), number: "REL-2026-0031".to_owned(), title: "核心系统补丁".to_owned()
        },
    };
    let mut notice = Notice::new(kind, topic, wanted);
    if matches!(notice.topic, Topic::Release { .. }) {
        let (start, end) = (at(12, 1, 22, 0)?, at(12, 2, 2, 0)?);
        notice.due = (rule.asks != Asks::Nothing).then_some(Due { event: DueEvent::GoLive, at: start });
        notice.facts = vec![
            Fact::same("客户与系统", "customer and system", "某市商业银行 · 核心业务系统"),
            Fact::new("上线窗口", "window", times::span(start, end)),
            Fact::same("发布负责人", "release owner", "李强"),
        ];
    }
    let (zh, en) = if rule.asks == Asks::Nothing { ("查看", "view") } else { ("去处理", "open") };
    notice.link = Some(Link::new("/", zh, en));
    Some(notice)
}
