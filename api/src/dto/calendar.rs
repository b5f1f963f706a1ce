//! The working calendar.

use chrono::{DateTime, NaiveDate, Utc};
use fabu_app::subjects::registers::calendar::{CalendarFile, CalendarImport, CalendarOverview, CalendarYearFields};
use fabu_domain::{
    language::Language,
    subject::refusal::capital,
    text::Line,
    time::{
        ics::{DayDecision, LeftOut, WhyLeftOut},
        working_time::{CalendarYear, PublishedDay, WorkingSpan},
    },
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A day that differs from Monday to Friday, as it is published.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CalendarDay {
    /// The holiday it belongs to.
    pub name: Line,
    /// The day.
    pub date: NaiveDate,
    /// True: off (休). False: a make-up working day (班).
    #[serde(rename = "isOffDay")]
    pub is_off_day: bool,
}

/// The announced days of a year: the public JSON shape, as it is.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "year": 2026, "source": "国务院办公厅通知", "days": [
    { "name": "元旦", "date": "2026-01-01", "isOffDay": true }, { "name": "元旦", "date": "2026-01-04", "isOffDay": false }] }))]
pub struct CalendarYearRequest {
    /// Accepted and ignored: where the published file is described.
    #[serde(rename = "$schema", default)]
    pub schema: Option<String>,
    /// Accepted and ignored: the address of the published file.
    #[serde(rename = "$id", default)]
    pub id: Option<String>,
    /// The year that the file is for; when given it must be that of the path.
    #[serde(default)]
    pub year: Option<i32>,
    /// Addresses of the announcements.
    #[serde(default)]
    pub papers: Vec<Line>,
    /// Where the days were announced; the papers when left out.
    #[serde(default)]
    pub source: Option<Line>,
    /// The days.
    pub days: Vec<CalendarDay>,
}

impl CalendarYearRequest {
    /// The command.
    #[must_use]
    pub fn fields(&self) -> CalendarYearFields {
        let papers = || self.papers.iter().map(Line::as_str).collect::<Vec<_>>().join(" ");
        let day = |d: &CalendarDay| PublishedDay { name: d.name.to_string(), date: d.date, is_off_day: d.is_off_day };
        CalendarYearFields {
            stated_year: self.year,
            days: self.days.iter().map(day).collect(),
            source: self.source.as_ref().map_or_else(papers, ToString::to_string),
        }
    }
}

/// An iCalendar file to take a year from.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "ics": "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20270101\r\nSUMMARY:元旦（休）\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
    "source": "国务院办公厅通知", "dry_run": true
}))]
pub struct CalendarImportRequest {
    /// The file as text. An event sets days off or worked by a mark: of its title (`（休）`, `（班）`, 放假, 补班) or by
    /// `X-APPLE-SPECIAL-DAY`.
    #[schema(max_length = 1_000_000)]
    pub ics: String,
    /// Where it comes from.
    #[serde(default)]
    pub source: Option<Line>,
    /// What the days of events are whose marks do not say it.
    #[serde(default)]
    pub decisions: Vec<CalendarDecision>,
    /// True: show what would change; nothing is changed.
    #[serde(default)]
    pub dry_run: bool,
}

impl CalendarImportRequest {
    /// The command.
    #[must_use]
    pub fn file(&self) -> CalendarFile {
        let source = self.source.as_ref().map_or_else(String::new, ToString::to_string);
        let decisions = self.decisions.iter().map(|decision| (decision.line, decision.kind)).collect();
        CalendarFile { ics: self.ics.clone(), source, decisions, dry_run: self.dry_run }
    }
}

/// What a person decides of the days of an event.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CalendarDecision {
    /// The line on which the event begins, as the preview names it.
    #[schema(minimum = 1)]
    pub line: usize,
    /// What its days are.
    pub kind: DayDecision,
}

/// A day of a file that belongs to another year.
#[derive(Debug, Serialize, ToSchema)]
pub struct SkippedDayView {
    /// The line on which its event begins.
    pub line: usize,
    /// The day.
    #[serde(flatten)]
    pub day: DayView,
}

/// An event of a file that sets no day.
#[derive(Debug, Serialize, ToSchema)]
pub struct LeftOutEventView {
    /// The line on which it begins.
    pub line: usize,
    /// Its title.
    pub name: String,
    /// Its days, in order; empty when they cannot be told.
    pub dates: Vec<NaiveDate>,
    /// Why it sets none.
    pub reason: WhyLeftOut,
}

impl From<LeftOut> for LeftOutEventView {
    fn from(event: LeftOut) -> Self {
        Self { line: event.line, name: event.name, dates: event.dates, reason: event.reason }
    }
}

/// What an import gives, or would give.
#[derive(Debug, Serialize, ToSchema)]
pub struct CalendarImportView {
    /// True: nothing was changed.
    pub dry_run: bool,
    /// The year as it is now, or would be.
    pub year: CalendarYearView,
    /// Days that the year did not have, or had otherwise.
    pub added: Vec<DayView>,
    /// Days that the year has no more, or has otherwise.
    pub removed: Vec<DayView>,
    /// Days of other years: import them there.
    pub skipped: Vec<SkippedDayView>,
    /// Events of the year that set no day; decide on those that should.
    pub left_out: Vec<LeftOutEventView>,
}

impl CalendarImportView {
    /// The view.
    #[must_use]
    pub fn new(imported: CalendarImport, dry_run: bool) -> Self {
        let days = |days: Vec<PublishedDay>| days.into_iter().map(DayView::from).collect();
        let skipped = imported.skipped.into_iter().map(|(line, day)| SkippedDayView { line, day: day.into() });
        Self {
            dry_run,
            year: imported.year.into(),
            added: days(imported.added),
            removed: days(imported.removed),
            skipped: skipped.collect(),
            left_out: imported.left_out.into_iter().map(LeftOutEventView::from).collect(),
        }
    }
}

/// The arrangement of a year.
#[derive(Debug, Serialize, ToSchema)]
pub struct CalendarYearView {
    /// The year.
    pub year: i32,
    /// False while nothing is entered: Monday to Friday count.
    pub entered: bool,
    /// The days, in order.
    pub days: Vec<DayView>,
    /// Where they were announced.
    pub source: String,
    /// When they were entered.
    #[schema(required)]
    pub updated_at: Option<DateTime<Utc>>,
    /// Rises with every change, 0 while nothing is entered; the ETag is `"v<version>"`.
    pub version: i64,
}

/// A day of the calendar.
#[derive(Debug, Serialize, ToSchema)]
pub struct DayView {
    /// The holiday it belongs to.
    pub name: String,
    /// The day.
    pub date: NaiveDate,
    /// True: off (休). False: a make-up working day (班).
    #[serde(rename = "isOffDay")]
    pub is_off_day: bool,
}

impl From<PublishedDay> for DayView {
    fn from(day: PublishedDay) -> Self {
        Self { name: day.name, date: day.date, is_off_day: day.is_off_day }
    }
}

impl From<CalendarYear> for CalendarYearView {
    fn from(year: CalendarYear) -> Self {
        let entered = year.version > 0;
        Self {
            year: year.published.year,
            entered,
            days: year.published.days.into_iter().map(DayView::from).collect(),
            source: year.source,
            updated_at: entered.then_some(year.updated_at),
            version: year.version,
        }
    }
}

/// A year in the overview.
#[derive(Debug, Serialize, ToSchema)]
pub struct CalendarYearSummary {
    /// The year.
    pub year: i32,
    /// How many days differ from Monday to Friday.
    pub days: usize,
    /// The arrangement.
    #[schema(example = "/api/v1/calendar/years/2026")]
    pub href: String,
}

/// A year whose arrangement should be here and is not.
#[derive(Debug, Serialize, ToSchema)]
pub struct CalendarWarningView {
    /// The year.
    pub year: i32,
    /// What it means, in the reader's language.
    pub text: String,
}

/// The calendar as a whole.
#[derive(Debug, Serialize, ToSchema)]
pub struct CalendarView {
    /// The spans of a working day, in minutes after midnight, company time.
    pub hours: Vec<WorkingSpan>,
    /// The years that are entered.
    pub years: Vec<CalendarYearSummary>,
    /// Set from 1 November while the next year is missing, and while the present one is.
    #[schema(required)]
    pub warning: Option<CalendarWarningView>,
}

impl CalendarView {
    /// The calendar for a reader.
    #[must_use]
    pub fn new(overview: &CalendarOverview, hours: &[WorkingSpan], language: Language) -> Self {
        let summary = |year: &CalendarYear| CalendarYearSummary {
            year: year.published.year,
            days: year.published.days.len(),
            href: format!("/api/v1/calendar/years/{}", year.published.year),
        };
        let warning = overview.missing_year.zip(overview.warning());
        Self {
            hours: hours.to_vec(),
            years: overview.years.iter().map(summary).collect(),
            warning: warning.map(|(year, text)| CalendarWarningView { year, text: capital(text.in_language(language)) }),
        }
    }
}
