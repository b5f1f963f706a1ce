//! The subject: what is wanted, about what, and the time left.
//!
//! `[发布·待审批] REL-2026-0031 核心系统补丁（12-01 22:00 上线，剩 6 小时）`

use super::{Due, DueEvent, Notice, Topic, times};
use crate::subject::refusal::Text;
use chrono::{DateTime, Utc};

/// Titles are cut here in a subject, so that the time left stays in sight. In characters.
const TITLE_LENGTH: usize = 40;

/// The subject of `notice` at the moment `now`.
pub fn subject(notice: &Notice, now: DateTime<Utc>) -> Text {
    let kind = notice.kind;
    let topic = match &notice.topic {
        Topic::Release { number, title, .. } => Text::same(format!("{number} {}", cut(title))),
        topic => topic.name(),
    };
    let due = notice.due.map_or_else(Text::default, |due| countdown(due, now));
    let headline = if notice.headline.is_empty() {
        Text::default()
    } else {
        Text::new(format!("：{}", notice.headline.zh), format!(": {}", notice.headline.en))
    };
    Text::new(
        format!("[发布·{}] {}{}{}", kind.zh(), topic.zh, headline.zh, due.zh),
        format!("[Release · {}] {}{}{}", kind.en(), topic.en, headline.en, due.en),
    )
}

fn cut(title: &str) -> String {
    let title = title.trim();
    if title.chars().count() <= TITLE_LENGTH {
        return title.to_owned();
    }
    title.chars().take(TITLE_LENGTH - 1).chain(['…']).collect()
}

/// `（12-01 22:00 上线，剩 6 小时）`.
fn countdown(due: Due, now: DateTime<Utc>) -> Text {
    let at = times::short(due.at, now);
    let Text { zh, en } = due.event.text();
    let left = if now < due.at {
        let left = times::length(due.at - now);
        Text::new(format!("剩 {}", left.zh), format!("{} left", left.en))
    } else {
        let past = times::length(now - due.at);
        match due.event {
            DueEvent::Deadline => Text::new(format!("逾期 {}", past.zh), format!("{} overdue", past.en)),
            _ => Text::new(format!("已过 {}", past.zh), format!("{} ago", past.en)),
        }
    };
    Text::new(format!("（{at} {zh}，{}）", left.zh), format!(" ({en} {at}, {})", left.en))
}
