//! The daily digest (ECOSYSTEM 3.1): everything that was held for a person, and what is late of theirs, in one mail a day.

use crate::{
    ids::UserId,
    notifications::notice::{Asks, Column, Link, Notice, NoticeKind, Row, Section, Table, Topic, Wanted, times},
    people::{directory::Directory, role::Role},
    subject::refusal::Text,
    subjects::release::overdue::FlagKind,
};
use chrono::{DateTime, NaiveDate, Utc};

/// A late release that somebody answers for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LateRelease {
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// What is late.
    pub kind: FlagKind,
    /// When it was due.
    pub due_at: DateTime<Utc>,
    /// The release owner and the implementer, who hear of it every day (5.10b).
    pub people: Vec<UserId>,
}

/// What a digest tells besides the messages that were held.
#[derive(Debug, Clone, Copy)]
pub struct DigestFacts<'a> {
    /// The day.
    pub day: NaiveDate,
    /// Late releases, of everybody.
    pub late: &'a [LateRelease],
    /// The year whose holidays are missing: told to those who enter them.
    pub missing_year: Option<i32>,
    /// People.
    pub directory: &'a Directory,
}

/// The digest of a person, with the messages that were held for it; none when there is nothing to tell.
#[must_use]
pub fn digest(facts: &DigestFacts<'_>, reader: UserId, held: &[Notice]) -> Option<Notice> {
    let is_reminder = |notice: &&Notice| matches!(notice.kind, NoticeKind::Reminder | NoticeKind::Escalation);
    let asks = |notice: &&Notice| notice.kind.rule().asks != Asks::Nothing;
    let (reminders, others): (Vec<&Notice>, Vec<&Notice>) = held.iter().partition(is_reminder);
    let (work, news): (Vec<&Notice>, Vec<&Notice>) = others.into_iter().partition(asks);
    let late: Vec<&LateRelease> = facts.late.iter().filter(|l| l.people.contains(&reader)).collect();
    let enters = |role| facts.directory.holds(reader, role);
    let missing = facts.missing_year.filter(|_| enters(Role::SystemAdministrator) || enters(Role::ProcessOwner));
    let parts: Vec<(Text, Section)> = [
        part(reminders.len(), ("催办", "项"), ("reminder", "reminders"), || asked("催办", "reminders", reminders)),
        part(work.len(), ("待处理", "项"), ("thing to do", "things to do"), || asked("待处理", "to do", work)),
        part(late.len(), ("逾期发布", "个"), ("late release", "late releases"), || late_section(&late)),
        part(news.len(), ("消息", "条"), ("message", "messages"), || news_section(&news)),
        missing
            .map(|year| (Text::new(format!("缺 {year} 年工作日历"), format!("no calendar of {year}")), calendar_section(year))),
    ]
    .into_iter()
    .flatten()
    .collect();
    if parts.is_empty() {
        return None;
    }
    let counts: Vec<Text> = parts.iter().map(|(count, _)| count.clone()).collect();
    let all = Text { zh: Text::list(&counts).zh.replace('、', "，"), en: Text::list(&counts).en };
    let what = Text::new(format!("今日摘要：{}。", all.zh), format!("Today: {}.", all.en));
    let mut notice = Notice::new(NoticeKind::Digest, Topic::Day { day: facts.day }, Wanted::Know { what });
    notice.headline = all;
    notice.sections = parts.into_iter().map(|(_, section)| section).collect();
    notice.link = Some(Link::new("/", "打开工作台", "open the workbench"));
    Some(notice)
}

/// A section with its count in words: `催办 2 项`, `2 reminders`; none when there is nothing in it.
fn part(count: usize, zh: (&str, &str), en: (&str, &str), section: impl FnOnce() -> Section) -> Option<(Text, Section)> {
    let en = if count == 1 { en.0 } else { en.1 };
    (count > 0).then(|| (Text::new(format!("{} {count} {}", zh.0, zh.1), format!("{count} {en}")), section()))
}

fn column(zh: &str, en: &str) -> Column {
    Column { name: Text::new(zh, en), number: false }
}

fn section(zh: &str, en: &str, columns: Vec<Column>, rows: Vec<Row>) -> Section {
    Section { heading: Text::new(zh, en), lines: Vec::new(), table: Some(Table { columns, rows }) }
}

fn path(notice: &Notice) -> Option<String> {
    notice.link.as_ref().map(|link| link.path.clone())
}

/// What is to be done, the most urgent first.
fn asked(zh: &str, en: &str, mut notices: Vec<&Notice>) -> Section {
    let due = |notice: &Notice| notice.due.map(|due| due.at);
    notices.sort_by_key(|notice| due(notice).unwrap_or(DateTime::<Utc>::MAX_UTC));
    let row = |notice: &&Notice| Row {
        cells: vec![action(notice), notice.topic.name(), due(notice).map_or_else(|| Text::same("—"), times::long)],
        path: path(notice),
    };
    let columns = vec![column("事项", "what"), column("关于", "about"), column("期限", "due")];
    section(zh, en, columns, notices.iter().map(row).collect())
}

/// The action, with the name of somebody whose part the reader takes.
fn action(notice: &Notice) -> Text {
    match &notice.wanted {
        Wanted::Act { on_behalf_of: Some(name), what, .. } => {
            Text::new(format!("（代{name}）{}", what.zh), format!("(for {name}) {}", what.en))
        }
        wanted => wanted.what().clone().capital(),
    }
}

fn news_section(notices: &[&Notice]) -> Section {
    let row = |notice: &&Notice| Row { cells: vec![action(notice), notice.topic.name()], path: path(notice) };
    let columns = vec![column("消息", "message"), column("关于", "about")];
    section("消息", "messages", columns, notices.iter().map(row).collect())
}

fn late_section(late: &[&LateRelease]) -> Section {
    let what = |kind| match kind {
        FlagKind::Closure => Text::new("逾期未关闭", "not closed in time"),
        FlagKind::Report => Text::new("发布报告逾期", "release report late"),
    };
    let row = |l: &&LateRelease| Row {
        cells: vec![Text::same(format!("{} {}", l.number, l.title)), what(l.kind), times::long(l.due_at)],
        path: Some(crate::address::release(&l.number)),
    };
    let columns = vec![column("发布", "release"), column("情况", "what"), column("应完成", "due")];
    section("逾期发布", "late releases", columns, late.iter().map(row).collect())
}

fn calendar_section(year: i32) -> Section {
    Section {
        heading: Text::new("工作日历", "working calendar"),
        lines: vec![Text::new(
            format!("{year} 年节假日安排尚未录入；在录入之前按周一至周五计算工作日。"),
            format!("The holidays of {year} are not entered; until they are, Monday to Friday count as working days."),
        )],
        table: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notifications::notice::{Due, DueEvent};
    use uuid::Uuid;

    const READER: UserId = UserId(Uuid::from_u128(1));
    const OTHER: UserId = UserId(Uuid::from_u128(2));

    fn facts<'a>(late: &'a [LateRelease], directory: &'a Directory) -> DigestFacts<'a> {
        let day = NaiveDate::from_ymd_opt(2026, 11, 26).unwrap_or_default();
        DigestFacts { day, late, missing_year: Some(2027), directory }
    }

    fn late(people: Vec<UserId>) -> LateRelease {
        LateRelease {
            number: "REL-2026-0003".to_owned(),
            title: "补丁".to_owned(),
            kind: FlagKind::Closure,
            due_at: DateTime::UNIX_EPOCH,
            people,
        }
    }

    fn held(kind: NoticeKind, action: &str, due: Option<i64>) -> Notice {
        let what = Text::same(action);
        let wanted = match kind.rule().asks {
            Asks::Nothing => Wanted::Know { what },
            _ => Wanted::Act { who: "王芳".to_owned(), on_behalf_of: None, what, until: None },
        };
        let mut notice = Notice::new(kind, Topic::Other { name: Text::same("REL-2026-0007") }, wanted);
        notice.due = due.and_then(|at| DateTime::from_timestamp(at, 0)).map(|at| Due { event: DueEvent::Deadline, at });
        notice.link = Some(Link::new(format!("/{action}"), "", ""));
        notice
    }

    #[test]
    fn tells_what_was_held_the_most_urgent_first_and_what_is_late() {
        let (directory, late) = (Directory::default(), [late(vec![READER]), late(vec![OTHER])]);
        let held = [
            held(NoticeKind::Closed, "news", None),
            held(NoticeKind::Reminder, "later", Some(2)),
            held(NoticeKind::TaskAssigned, "work", None),
            held(NoticeKind::Escalation, "sooner", Some(1)),
        ];
        let told = digest(&facts(&late, &directory), READER, &held).unwrap();
        assert_eq!(told.headline.zh, "催办 2 项，待处理 1 项，逾期发布 1 个，消息 1 条");
        assert_eq!(told.headline.en, "2 reminders, 1 thing to do, 1 late release, 1 message");
        let paths: Vec<Vec<&str>> = told
            .sections
            .iter()
            .filter_map(|s| s.table.as_ref())
            .map(|t| t.rows.iter().filter_map(|row| row.path.as_deref()).collect())
            .collect();
        assert_eq!(paths, [vec!["/sooner", "/later"], vec!["/work"], vec!["/releases/REL-2026-0003"], vec!["/news"]]);
    }

    #[test]
    fn is_not_made_when_there_is_nothing_to_tell() {
        let (directory, late) = (Directory::default(), [late(vec![OTHER])]);
        assert_eq!(digest(&facts(&late, &directory), READER, &[]), None);
    }
}
