//! Overdue closures and reports (5.10b, D6): which release should be closed by now, and since when. Nothing is ever
//! closed by a timeout; this only says what is late.

use crate::{
    subjects::release::{Release, parameters::Parameters, stage::Stage},
    time::working_time::WorkingCalendar,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

crate::word_enum! {
    /// What is late about a release after its verdict.
    FlagKind {
        /// It has a verdict and is not closed (5.10b).
        Closure = "closure",
        /// It is closed and its report is not approved (5.11, D6).
        Report = "report",
    }
}

impl FlagKind {
    /// The event when it becomes late.
    #[must_use]
    pub const fn raised_event(self) -> &'static str {
        match self {
            Self::Closure => "release.closure_overdue",
            Self::Report => "release.report_overdue",
        }
    }

    /// The event when it no longer is.
    #[must_use]
    pub const fn cleared_event(self) -> &'static str {
        match self {
            Self::Closure => "release.closure_overdue_cleared",
            Self::Report => "release.report_overdue_cleared",
        }
    }
}

/// Something late about a release.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flag {
    /// What.
    pub kind: FlagKind,
    /// When it was due.
    pub due_at: DateTime<Utc>,
}

/// When a release that has its verdict is to be closed. Imported history was closed elsewhere.
#[must_use]
pub fn closure_due(release: &Release, calendar: &WorkingCalendar, parameters: &Parameters) -> Option<DateTime<Utc>> {
    let verdict = release.verdict.as_ref().filter(|_| release.imported.is_none())?;
    Some(calendar.add_working_days(verdict.mark.at, parameters.closure_grace_working_days))
}

/// When its report is to be approved: counted from the result of the deployment (D6).
#[must_use]
pub fn report_due(release: &Release, calendar: &WorkingCalendar, parameters: &Parameters) -> Option<DateTime<Utc>> {
    let verdict = release.verdict.as_ref().filter(|_| release.imported.is_none())?;
    Some(calendar.add_working_days(verdict.mark.at, parameters.report_due_working_days))
}

/// What is late about a release now. A release that is due this very instant is not late yet.
#[must_use]
pub fn flag(release: &Release, calendar: &WorkingCalendar, parameters: &Parameters, now: DateTime<Utc>) -> Option<Flag> {
    let (kind, due_at) = match release.stage {
        Stage::Completed | Stage::Cancelled => return None,
        Stage::Closed => (FlagKind::Report, report_due(release, calendar, parameters)?),
        _ => (FlagKind::Closure, closure_due(release, calendar, parameters)?),
    };
    (due_at < now).then_some(Flag { kind, due_at })
}
