//! The last moment at which a rollback still ends inside the window (5.2.1, 5.5.7): calculated from the plan in force, beside
//! what somebody typed.

use crate::{
    blocks::document::{DocumentContent, DocumentKind},
    subjects::release::{
        Dossier,
        documents::{GoLivePlan, ReleasePlan},
    },
};
use chrono::{DateTime, TimeDelta, Utc};

/// Both values.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SafeStart {
    /// The end of the window less the durations of the rollback steps; none while no duration or window is stated.
    pub calculated: Option<DateTime<Utc>>,
    /// What the release plan states.
    pub stated: Option<DateTime<Utc>>,
}

impl SafeStart {
    /// Of the plans in force.
    #[must_use]
    pub fn of(dossier: &Dossier) -> Self {
        let content = |kind| dossier.latest(kind).map(|revision| revision.content.as_ref());
        let go_live = match content(DocumentKind::GoLivePlan) {
            Some(DocumentContent::GoLivePlan(plan)) if !dossier.is_emergency() => Some(plan.as_ref()),
            _ => None,
        };
        Self::with(dossier, go_live)
    }

    /// Of a go-live plan that is being written, looked at or approved.
    #[must_use]
    pub fn with(dossier: &Dossier, go_live: Option<&GoLivePlan>) -> Self {
        let plan = match dossier.latest(DocumentKind::ReleasePlan).map(|revision| revision.content.as_ref()) {
            Some(DocumentContent::ReleasePlan(plan)) => Some(plan.as_ref()),
            _ => None,
        };
        let calculated = match go_live {
            Some(plan) if plan.rollback_minutes() > 0 => plan.latest_safe_start(),
            _ => plan.and_then(calculated),
        };
        Self { calculated, stated: plan.and_then(|plan| plan.rollback.latest_safe_start) }
    }
}

fn calculated(plan: &ReleasePlan) -> Option<DateTime<Utc>> {
    let rollback = &plan.rollback;
    let items = rollback.data_objects.rows.iter().chain(&rollback.configuration_data.rows).map(|row| row.duration_minutes);
    let minutes: i64 = items.chain(rollback.applications.rows.iter().map(|row| row.duration_minutes)).map(i64::from).sum();
    (minutes > 0).then_some(plan.window.end?.checked_sub_signed(TimeDelta::try_minutes(minutes)?)?)
}
