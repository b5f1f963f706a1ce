//! Reports that draft themselves: on the first working day after a quarter, once, and later for what was missed.

use super::{gather, steps};
use crate::{App, AppError, Caller};
use chrono::{DateTime, Utc};
use fabu_domain::{
    subjects::quarterly_report::{ReportState, report::reclassified},
    time::{clock::company_day, quarter::Quarter},
};
use fabu_store::Reader;
use std::collections::BTreeSet;

/// The reason that a restatement by the system states.
const CHANGED: &str = "批准后发布结论或统计范围发生变化";

/// The quarters whose report is due and not there: from the one in which the instance began to the last one whose first
/// working day afterwards has come. Earlier ones (imported history) are drafted on demand.
fn due(tx: &mut Reader<'_>, now: DateTime<Utc>) -> Result<Vec<Quarter>, AppError> {
    let Some(begin) = tx.first_event_at()? else { return Ok(Vec::new()) };
    let directory = tx.directory()?;
    let present: BTreeSet<Quarter> = tx.reported_quarters()?.into_iter().collect();
    let (today, mut quarter, mut due) = (company_day(now), Quarter::of(begin), Vec::new());
    while directory.calendar.first_working_day_after(quarter) <= today {
        if !present.contains(&quarter) {
            due.push(quarter);
        }
        quarter = quarter.next();
    }
    Ok(due)
}

impl App {
    /// Drafts every report that is due; those drafted by this call. Any number of processes may do so at once, also late:
    /// each quarter gets one first report.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub async fn draft_due_reports(&self) -> Result<Vec<Quarter>, AppError> {
        let now = self.clock.now();
        let due = self.store.read(move |tx| due(tx, now)).await?;
        let mut drafted = Vec::new();
        for quarter in due {
            let caller = Caller::system("draft_quarterly_report");
            let report = self.write(&caller, move |cx| steps::draft(cx, quarter)).await.map_err(|failure| failure.error)?;
            drafted.extend(report.map(|report| report.quarter));
        }
        Ok(drafted)
    }

    /// Opens the next revision of every approved report whose releases count differently by now; the quarters concerned.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub async fn restate_changed_reports(&self) -> Result<Vec<Quarter>, AppError> {
        let now = self.clock.now();
        let changed = self
            .store
            .read(move |tx| {
                let directory = tx.directory()?;
                let mut changed = Vec::new();
                for quarter in tx.reported_quarters()? {
                    let report = gather::latest(tx, quarter)?;
                    if report.state() == ReportState::Approved {
                        let figures = gather::figures(tx, &directory, quarter, now)?;
                        changed.extend((!reclassified(&report.figures, &figures).is_empty()).then_some(quarter));
                    }
                }
                Ok::<_, AppError>(changed)
            })
            .await?;
        let mut restated = Vec::new();
        for quarter in changed {
            let caller = Caller::system("restate_quarterly_report");
            let next = self.write(&caller, move |cx| {
                let report = gather::lock(cx.tx, quarter)?;
                if report.state() == ReportState::Approved { steps::restate(cx, &report, CHANGED) } else { Ok(None) }
            });
            restated.extend(next.await.map_err(|failure| failure.error)?.map(|report| report.quarter));
        }
        Ok(restated)
    }
}
