//! Who is sent which report when.

use crate::dto::releases::people::{Names, PersonView};
use chrono::{DateTime, Utc};
use fabu_app::subjects::reports::{Prepared, Sending};
use fabu_domain::{
    ids::ScheduleId,
    notifications::notice::NoticeKind,
    people::role::Role,
    subject::refusal::{Text, capital},
    subjects::registers::report_schedule::{ReportSchedule, ScheduledReport},
};
use serde::Serialize;
use std::collections::BTreeSet;
use utoipa::ToSchema;

/// An arrangement.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReportScheduleView<'a> {
    /// Identity.
    pub id: ScheduleId,
    /// What people call it.
    pub name: &'a str,
    /// What is sent.
    pub report: ScheduledReport,
    /// To everybody who holds one of these roles in the company.
    pub roles: &'a BTreeSet<Role>,
    /// And to these people.
    pub users: Vec<PersonView<'a>>,
    /// Who that is today.
    pub recipients: Vec<PersonView<'a>>,
    /// Not before this minute of the day, company time.
    pub minute: u32,
    /// A quarterly report goes not before this working day after the quarter.
    pub working_day: u32,
    /// False: it rests.
    pub active: bool,
    /// Rises with every change; the ETag is `"v<version>"`.
    pub version: i64,
}

impl<'a> ReportScheduleView<'a> {
    /// The arrangement for a reader.
    #[must_use]
    pub fn new(names: &Names<'a>, schedule: &'a ReportSchedule) -> Self {
        Self {
            id: schedule.id,
            name: schedule.name.as_str(),
            report: schedule.report,
            roles: &schedule.roles,
            users: schedule.users.iter().map(|id| names.person(*id)).collect(),
            recipients: schedule.recipients(names.directory).into_iter().map(|id| names.person(id)).collect(),
            minute: schedule.minute,
            working_day: schedule.working_day,
            active: schedule.active,
            version: schedule.version,
        }
    }
}

/// A part of a message.
#[derive(Debug, Serialize, ToSchema)]
pub struct SectionPreview {
    /// Its heading.
    pub heading: String,
    /// Its paragraphs.
    pub lines: Vec<String>,
    /// The rows of its table, cell by cell.
    pub rows: Vec<Vec<String>>,
}

/// A message that would be sent now.
#[derive(Debug, Serialize, ToSchema)]
pub struct MessagePreview<'a> {
    /// Who gets it.
    pub reader: PersonView<'a>,
    /// What kind of message it is.
    pub kind: NoticeKind,
    /// Its subject, in the language of the caller.
    pub subject: String,
    /// Its first line.
    pub first_line: String,
    /// What stands below.
    pub sections: Vec<SectionPreview>,
    /// What the picture says, when there is one.
    #[schema(required)]
    pub chart: Option<String>,
    /// How many files go with it.
    pub attachments: usize,
}

impl<'a> MessagePreview<'a> {
    /// The message as the caller reads it.
    #[must_use]
    pub fn new(names: &Names<'a>, prepared: &Prepared, now: DateTime<Utc>) -> Self {
        let notice = &prepared.notice;
        let text = |text: &Text| text.in_language(names.language).to_owned();
        let section = |s: &fabu_domain::notifications::notice::Section| SectionPreview {
            heading: capital(&text(&s.heading)),
            lines: s.lines.iter().map(text).collect(),
            rows: s.table.iter().flat_map(|t| &t.rows).map(|row| row.cells.iter().map(text).collect()).collect(),
        };
        Self {
            reader: names.person(prepared.reader),
            kind: notice.kind,
            subject: text(&notice.subject(now)),
            first_line: text(&notice.wanted.sentence()),
            sections: notice.sections.iter().map(section).collect(),
            chart: notice.chart.as_ref().map(|chart| text(&chart.alt())),
            attachments: notice.attachments.len(),
        }
    }
}

/// What was sent for one slot.
#[derive(Debug, Serialize, ToSchema)]
pub struct SendingView<'a> {
    /// The slot: a day, or a quarter and a revision; behind it the instant when it was sent by hand.
    pub slot: &'a str,
    /// When.
    pub sent_at: DateTime<Utc>,
    /// To whom.
    pub recipients: Vec<PersonView<'a>>,
}

impl<'a> SendingView<'a> {
    /// The sending for a reader.
    #[must_use]
    pub fn new(names: &Names<'a>, sending: &'a Sending) -> Self {
        let recipients = sending.recipients.iter().map(|id| names.person(*id)).collect();
        Self { slot: &sending.slot, sent_at: sending.sent_at, recipients }
    }
}
