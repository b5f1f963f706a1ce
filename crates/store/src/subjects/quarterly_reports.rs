//! Reports of quarters: a first report exists once (unique period and revision), however many processes draft it.

use crate::{
    Reader, StoreError, Writer,
    conn::Conn,
    dialect::InsertExt,
    row::Place,
    schema::{events, reports, seals},
    subjects::subject,
    types::{Id, Instant},
};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use fabu_domain::{
    ids::{EventId, ReportId, UserId},
    subject::{CompanyRecord, log::LogEntry},
    subjects::{
        quarterly_report::{QuarterlyFigures, QuarterlyReport, ReportState, earlier::Earlier},
        release::{Stamp, parameters::Parameters},
    },
    time::quarter::Quarter,
};

/// The only kind so far; other periods get kinds of their own.
const KIND: &str = "quarterly";

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = reports, treat_none_as_null = true)]
struct ReportRow {
    id: Id<ReportId>,
    kind: String,
    period: String,
    revision: i32,
    number: String,
    state: String,
    created_at: Instant,
    sha256: Option<String>,
    version: i64,
    body: String,
}

impl ReportRow {
    fn new(report: &QuarterlyReport, version: i64) -> Result<Self, StoreError> {
        let stored = QuarterlyReport { version, ..report.clone() };
        let place = Place { table: "reports", key: report.id };
        Ok(Self {
            id: Id(report.id),
            kind: KIND.to_owned(),
            period: report.quarter.to_string(),
            revision: i32::try_from(report.revision).unwrap_or(i32::MAX),
            number: report.number.clone(),
            state: report.state().as_str().to_owned(),
            created_at: Instant(report.created_at),
            sha256: report.sha256.clone(),
            version,
            body: serde_json::to_string(&stored).map_err(|error| place.bad("body", error))?,
        })
    }
}

impl ReportRow {
    /// The report with its approvals and tasks.
    fn load(self, conn: &mut Conn) -> Result<QuarterlyReport, StoreError> {
        let row = self;
        let place = Place { table: "reports", key: row.id.0 };
        let mut report: QuarterlyReport = serde_json::from_str(&row.body).map_err(|error| place.bad("body", error))?;
        report.document.number.clone_from(&report.number);
        subject::load_parts(conn, &mut report)?;
        let same = report.version == row.version
            && report.quarter.to_string() == row.period
            && i32::try_from(report.revision) == Ok(row.revision)
            && report.sha256 == row.sha256;
        if same { Ok(report) } else { Err(place.bad("body", "the columns say otherwise")) }
    }
}

impl Reader<'_> {
    /// A revision of a report.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when a row cannot be read.
    pub fn quarterly_report(&mut self, id: ReportId) -> Result<Option<QuarterlyReport>, StoreError> {
        let row: Option<ReportRow> = reports::table.find(Id(id)).select(ReportRow::as_select()).first(self.conn).optional()?;
        row.map(|row| row.load(self.conn)).transpose()
    }

    /// All revisions of the report of a quarter, the first one first.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when a row cannot be read.
    pub fn quarterly_reports_of(&mut self, quarter: Quarter) -> Result<Vec<QuarterlyReport>, StoreError> {
        let of_quarter = reports::table.filter(reports::kind.eq(KIND)).filter(reports::period.eq(quarter.to_string()));
        let rows: Vec<ReportRow> = of_quarter.order(reports::revision).select(ReportRow::as_select()).load(self.conn)?;
        rows.into_iter().map(|row| row.load(self.conn)).collect()
    }

    /// Every revision of every report, newest quarter first, then newest revision.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when a row cannot be read.
    pub fn quarterly_reports(&mut self) -> Result<Vec<QuarterlyReport>, StoreError> {
        let all = reports::table.filter(reports::kind.eq(KIND)).order((reports::period.desc(), reports::revision.desc()));
        let rows: Vec<ReportRow> = all.select(ReportRow::as_select()).load(self.conn)?;
        rows.into_iter().map(|row| row.load(self.conn)).collect()
    }

    /// The figures of a quarter as they were signed last; none when no report of it is approved.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when a row cannot be read.
    pub fn signed_figures(&mut self, quarter: Quarter) -> Result<Option<QuarterlyFigures>, StoreError> {
        let signed = reports::table
            .filter(reports::kind.eq(KIND))
            .filter(reports::period.eq(quarter.to_string()))
            .filter(reports::state.eq(ReportState::Approved.as_str()))
            .order(reports::revision.desc())
            .select((reports::id, reports::body));
        let row: Option<(Id<ReportId>, String)> = signed.first(self.conn).optional()?;
        let Some((id, body)) = row else { return Ok(None) };
        let report: Result<QuarterlyReport, _> = serde_json::from_str(&body);
        report.map(|report| Some(report.figures)).map_err(|error| Place { table: "reports", key: id.0 }.bad("body", error))
    }

    /// Every approved revision, the oldest quarter first.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when a row cannot be read.
    pub fn approved_reports(&mut self) -> Result<Vec<(Quarter, u32)>, StoreError> {
        let approved = reports::table.filter(reports::kind.eq(KIND)).filter(reports::state.eq(ReportState::Approved.as_str()));
        let rows: Vec<(String, i32)> =
            approved.order((reports::period, reports::revision)).select((reports::period, reports::revision)).load(self.conn)?;
        let place = Place { table: "reports", key: "period" };
        let revision = |revision: i32| u32::try_from(revision).map_err(|error| place.bad("revision", error));
        rows.into_iter().map(|(period, number)| Ok((place.word("period", &period)?, revision(number)?))).collect()
    }

    /// The quarters that have a report.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when a row cannot be read.
    pub fn reported_quarters(&mut self) -> Result<Vec<Quarter>, StoreError> {
        let first = reports::table.filter(reports::kind.eq(KIND)).filter(reports::revision.eq(1)).order(reports::period);
        let rows: Vec<String> = first.select(reports::period).load(self.conn)?;
        let place = Place { table: "reports", key: "period" };
        rows.iter().map(|period| place.word("period", period)).collect()
    }

    /// When the first thing was written into the log: the beginning of the instance.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn first_event_at(&mut self) -> Result<Option<DateTime<Utc>>, StoreError> {
        let first: Option<Id<EventId>> = seals::table.order(seals::seq).select(seals::event_id).first(self.conn).optional()?;
        let at: Option<Instant> = match first {
            Some(id) => events::table.find(id).select(events::recorded_at).first(self.conn).optional()?,
            None => events::table.select(events::recorded_at).order(events::recorded_at).first(self.conn).optional()?,
        };
        Ok(at.map(|at| at.0))
    }
}

impl Writer<'_> {
    /// All revisions of the report of a quarter, the first one first, which nobody else changes until the end of this
    /// transaction: two who do different things about it take turns.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when a row cannot be read.
    pub fn lock_quarterly_reports_of(&mut self, quarter: Quarter) -> Result<Vec<QuarterlyReport>, StoreError> {
        let of_quarter = reports::table.filter(reports::kind.eq(KIND)).filter(reports::period.eq(quarter.to_string()));
        diesel::update(of_quarter).set(reports::version.eq(reports::version)).execute(self.conn)?;
        self.quarterly_reports_of(quarter)
    }

    /// Adds a revision of a report; false (and nothing is logged) when it exists already.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn insert_quarterly_report(&mut self, report: &QuarterlyReport, entry: &LogEntry) -> Result<bool, StoreError> {
        let row = ReportRow::new(report, report.version)?;
        let inserted =
            diesel::insert_into(reports::table).values(row).or("(kind, period, revision) DO NOTHING").execute(self.conn)?;
        if inserted == 1 {
            subject::save_parts(self.conn, None, report)?;
            self.append(std::slice::from_ref(entry))?;
        }
        Ok(inserted == 1)
    }

    /// Replaces the record of a report, with the approvals and tasks that differ; its new version.
    ///
    /// # Errors
    /// [`StoreError::Stale`].
    pub fn update_quarterly_report(
        &mut self,
        old: &QuarterlyReport,
        new: &QuarterlyReport,
        entries: &[LogEntry],
    ) -> Result<i64, StoreError> {
        let expected = old.version;
        crate::registers::update_versioned!(self, reports, new.id, expected, ReportRow::new(new, expected + 1)?);
        subject::save_parts(self.conn, Some(old), new)?;
        self.append(entries)?;
        Ok(expected + 1)
    }
}

/// Who wrote in the report of a quarter last, and when, as the log says.
fn last_saved(tx: &mut Writer<'_>, report: &QuarterlyReport) -> Result<Option<Stamp>, StoreError> {
    let assessed = events::table
        .filter(events::subject.eq(report.subject().address))
        .filter(events::kind.eq("quarterly_report.assessed"))
        .order(events::recorded_at.desc());
    let found: Option<(Option<Id<UserId>>, Instant)> =
        assessed.select((events::actor, events::recorded_at)).first(tx.conn).optional()?;
    Ok(found.and_then(|(by, at)| Some(Stamp { by: by?.0, at: at.0, reason: String::new() })))
}

/// Gives the reports of a program before version 0018 of the schema their approvals and tasks; their number. Part of the
/// migration, so that the log carries what it changes.
pub(crate) fn carry_over(tx: &mut Writer<'_>) -> Result<usize, StoreError> {
    let directory = tx.directory()?;
    let rows: Vec<ReportRow> = reports::table.order(reports::id).select(ReportRow::as_select()).load(tx.conn)?;
    let mut carried = 0;
    for row in rows {
        let place = Place { table: "reports", key: row.id.0 };
        let Ok(earlier) = serde_json::from_str::<Earlier>(&row.body) else { continue };
        let report: QuarterlyReport = serde_json::from_str(&row.body).map_err(|error| place.bad("body", error))?;
        let (before, saved) = (report.clone(), last_saved(tx, &report)?);
        let report = earlier.carry_into(report, saved, &directory, &Parameters::default());
        diesel::update(reports::table.find(Id(report.id))).set(ReportRow::new(&report, report.version)?).execute(tx.conn)?;
        subject::save_parts(tx.conn, Some(&before), &report)?;
        carried += 1;
    }
    Ok(carried)
}
