//! What no story tells: the mail that somebody sends to try the way.

use chrono::{DateTime, NaiveDate, Utc};
use fabu_domain::{
    notifications::notice::{Notice, NoticeKind, Topic, Wanted},
    subject::refusal::Text,
    time::clock::COMPANY_ZONE,
};

/// An instant of 2026 in China time.
pub fn at(month: u32, day: u32, hour: u32, minute: u32) -> Option<DateTime<Utc>> {
    let local = NaiveDate::from_ymd_opt(2026, month, day)?.and_hms_opt(hour, minute, 0)?;
    Some(local.and_local_timezone(COMPANY_ZONE).single()?.with_timezone(&Utc))
}

/// The mail that tries the way.
pub fn test() -> Notice {
    let sentence = Text::new("收到此邮件说明邮件设置正确。", "This mail shows that the settings of mail are right.");
    let topic = Topic::Other { name: Text::new("邮件设置", "settings of mail") };
    Notice::new(NoticeKind::Test, topic, Wanted::Know { what: sentence })
}
