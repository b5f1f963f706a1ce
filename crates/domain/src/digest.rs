//! The daily digest (ECOSYSTEM 3.1): what is open with a person, what is late of theirs, once a day.

use crate::{
    directory::Directory,
    ids::UserId,
    notice::{Column, Link, Notice, NoticeKind, Row, Section, Table, Topic, Wanted, times},
    overdue::FlagKind,
    refusal::Text,
    reminder::Reminder,
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

/// What a digest is made of.
#[derive(Debug, Clone, Copy)]
pub struct DigestFacts<'a> {
    /// The day.
    pub day: NaiveDate,
    /// Reminders that no digest has told yet, of everybody.
    pub reminders: &'a [Reminder],
    /// Late releases, of everybody.
    pub late: &'a [LateRelease],
    /// The year whose holidays are missing: told to those who enter them.
    pub missing_year: Option<i32>,
    /// People.
    pub directory: &'a Directory,
}

/// The digest of a person; none when there is nothing to tell.
#[must_use]
pub fn digest(facts: &DigestFacts<'_>, reader: UserId) -> Option<Notice> {
    let reminders: Vec<&Reminder> = facts.reminders.iter().filter(|r| r.to == reader).collect();
    let late: Vec<&LateRelease> = facts.late.iter().filter(|l| l.people.contains(&reader)).collect();
    let enters = |role| facts.directory.holds(reader, role);
    let keeper = enters(crate::role::Role::SystemAdministrator) || enters(crate::role::Role::ProcessOwner);
    let missing = facts.missing_year.filter(|_| keeper);
    let mut sections = Vec::new();
    sections.extend((!reminders.is_empty()).then(|| reminder_section(facts, &reminders)));
    sections.extend((!late.is_empty()).then(|| late_section(&late)));
    sections.extend(missing.map(|year| Section {
        heading: Text::new("工作日历", "working calendar"),
        lines: vec![Text::new(
            format!("{year} 年节假日安排尚未录入；在录入之前按周一至周五计算工作日。"),
            format!("The holidays of {year} are not entered; until they are, Monday to Friday count as working days."),
        )],
        table: None,
    }));
    if sections.is_empty() {
        return None;
    }
    let what = Text::new(
        format!("催办 {} 项，逾期发布 {} 个。", reminders.len(), late.len()),
        format!("{} reminders, {} late releases.", reminders.len(), late.len()),
    );
    let mut notice = Notice::new(NoticeKind::Digest, Topic::Day { day: facts.day }, Wanted::Know { what });
    notice.headline = Text::new(
        format!("催办 {}，逾期 {}", reminders.len(), late.len()),
        format!("{} reminders, {} late", reminders.len(), late.len()),
    );
    notice.sections = sections;
    notice.link = Some(Link::new("/", "打开工作台", "open the workbench"));
    Some(notice)
}

fn column(zh: &str, en: &str) -> Column {
    Column { name: Text::new(zh, en), number: false }
}

fn reminder_section(facts: &DigestFacts<'_>, reminders: &[&Reminder]) -> Section {
    let row = |r: &&Reminder| Row {
        cells: vec![r.text(&facts.directory.name(r.by)), Text::same(r.release.clone()), times::long(r.due_at)],
        path: Some(format!("/{}", r.place)),
    };
    Section {
        heading: Text::new("催办", "reminders"),
        lines: Vec::new(),
        table: Some(Table {
            columns: vec![column("事项", "what"), column("发布", "release"), column("期限", "due")],
            rows: reminders.iter().map(row).collect(),
        }),
    }
}

fn late_section(late: &[&LateRelease]) -> Section {
    let what = |kind| match kind {
        FlagKind::Closure => Text::new("逾期未关闭", "not closed in time"),
        FlagKind::Report => Text::new("发布报告逾期", "release report late"),
    };
    let row = |l: &&LateRelease| Row {
        cells: vec![Text::same(format!("{} {}", l.number, l.title)), what(l.kind), times::long(l.due_at)],
        path: Some(format!("/releases/{}", l.number)),
    };
    Section {
        heading: Text::new("逾期发布", "late releases"),
        lines: Vec::new(),
        table: Some(Table {
            columns: vec![column("发布", "release"), column("情况", "what"), column("应完成", "due")],
            rows: late.iter().map(row).collect(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reminder::{Owed, ReminderStep};
    use uuid::Uuid;

    const READER: UserId = UserId(Uuid::from_u128(1));
    const OTHER: UserId = UserId(Uuid::from_u128(2));

    fn facts<'a>(reminders: &'a [Reminder], late: &'a [LateRelease], directory: &'a Directory) -> DigestFacts<'a> {
        let day = NaiveDate::from_ymd_opt(2026, 11, 26).unwrap_or_default();
        DigestFacts { day, reminders, late, missing_year: Some(2027), directory }
    }

    fn reminder(to: UserId) -> Reminder {
        Reminder {
            key: "tasks/1".to_owned(),
            to,
            step: ReminderStep::Owner,
            owed: Owed::Task,
            by: OTHER,
            title: "备份并验证".to_owned(),
            release: "REL-2026-0007".to_owned(),
            due_at: DateTime::UNIX_EPOCH,
            since: DateTime::UNIX_EPOCH,
            place: "tasks/1".to_owned(),
        }
    }

    #[test]
    fn tells_a_person_what_is_theirs_and_nothing_of_others() {
        let directory = Directory::default();
        let late = |people| LateRelease {
            number: "REL-2026-0003".to_owned(),
            title: "补丁".to_owned(),
            kind: FlagKind::Closure,
            due_at: DateTime::UNIX_EPOCH,
            people,
        };
        let (reminders, late) = ([reminder(READER), reminder(OTHER)], [late(vec![READER]), late(vec![OTHER])]);
        let told = digest(&facts(&reminders, &late, &directory), READER).unwrap();
        let rows: Vec<usize> = told.sections.iter().filter_map(|s| s.table.as_ref()).map(|t| t.rows.len()).collect();
        assert_eq!(rows, [1, 1]);
        assert_eq!(told.headline.zh, "催办 1，逾期 1");
        assert_eq!(told.sections[0].table.as_ref().unwrap().rows[0].path.as_deref(), Some("/tasks/1"));
    }

    #[test]
    fn is_not_made_when_there_is_nothing_to_tell() {
        let directory = Directory::default();
        assert_eq!(digest(&facts(&[reminder(OTHER)], &[], &directory), READER), None);
    }
}
