//! What the report of a quarter looks at: every release judged in it.

use super::set_aside::{SetAside, set_aside};
use crate::{
    blocks::task::{TaskKind, TaskState},
    ids::{CustomerId, ReleaseId},
    people::role::Role,
    subjects::release::{
        Dossier,
        archive::{self, Presence},
        overdue,
        parameters::Parameters,
        records::ConfigurationState,
        stage::{ReleaseKind, Verdict},
    },
    time::working_time::WorkingCalendar,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

crate::word_enum! {
    /// Whether a release without success has its review (3.5).
    Review {
        /// The release succeeded.
        NotNeeded = "not_needed" "无须" "not needed",
        /// It is history, taken over from another ledger: it was reviewed there or not at all.
        History = "history" "历史记录" "history",
        /// It is outstanding.
        Outstanding = "owed" "未完成" "owed",
        /// It is done.
        Done = "done" "已完成" "done",
    }
}

/// One release of a quarter.
#[derive(Debug, Clone, PartialEq)]
pub struct JudgedRelease {
    /// Identity.
    pub id: ReleaseId,
    /// Number.
    pub number: String,
    /// Title.
    pub title: String,
    /// Release type.
    pub kind: ReleaseKind,
    /// How it ended.
    pub verdict: Verdict,
    /// When that was said.
    pub judged_at: DateTime<Utc>,
    /// For whom; none for history of a customer that is not in the register.
    pub customer_id: Option<CustomerId>,
    /// The customer's name.
    pub customer: String,
    /// The systems that it changed, by name.
    pub systems: Vec<String>,
    /// What is known beyond that of a release that was managed here; none for imported history.
    pub managed: Option<Managed>,
}

/// A share of something: so many of so many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Share {
    /// The part.
    pub part: u32,
    /// The whole.
    pub whole: u32,
}

impl Share {
    /// One of one, or none of one.
    #[must_use]
    pub fn one(holds: bool) -> Self {
        Self { part: u32::from(holds), whole: 1 }
    }

    /// Counts: true for each that belongs to the part.
    #[must_use]
    pub fn of(items: impl IntoIterator<Item = bool>) -> Self {
        items.into_iter().fold(Self::default(), |share, holds| share.and(Self::one(holds)))
    }

    /// The sum.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self { part: self.part.saturating_add(other.part), whole: self.whole.saturating_add(other.whole) }
    }
}

/// A step that an emergency release skipped and still owes (D11).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct OutstandingStep {
    /// What.
    pub title: String,
    /// By when.
    pub due_at: DateTime<Utc>,
}

/// What is known of a release that went through the procedure here.
#[derive(Debug, Clone, PartialEq)]
pub struct Managed {
    /// When it was to be closed.
    pub closure_due_at: DateTime<Utc>,
    /// When it was closed.
    pub closed_at: Option<DateTime<Utc>>,
    /// When its report was to be approved.
    pub report_due_at: DateTime<Utc>,
    /// When the report was approved.
    pub completed_at: Option<DateTime<Utc>>,
    /// Whether it has its review.
    pub review: Review,
    /// Who owes the review.
    pub owner: Option<crate::ids::UserId>,
    /// Steps of an emergency that are still outstanding.
    pub owes: Vec<OutstandingStep>,
    /// Rules that were set aside for it (R0, RO1c).
    pub set_aside: Vec<SetAside>,
    /// Judged inside its window.
    pub on_time: Share,
    /// Tested in one round.
    pub first_round: Share,
    /// Configuration items updated by their due date.
    pub configuration_on_time: Share,
    /// Trainings, briefings and duties confirmed.
    pub training: Share,
    /// Archive records present or excused.
    pub evidence: Share,
}

impl Managed {
    /// What the report wants to know of a release that has its verdict; none for imported history.
    #[must_use]
    pub fn of(dossier: &Dossier, calendar: &WorkingCalendar, parameters: &Parameters) -> Option<Self> {
        let release = &dossier.release;
        let verdict = release.verdict.as_ref()?;
        let training =
            |kind| matches!(kind, TaskKind::DutyAcknowledgement | TaskKind::SupportTraining | TaskKind::CustomerContactBriefing);
        let open_steps = dossier.tasks.iter().filter(|t| t.kind == TaskKind::EmergencyMakeUp && t.is_open());
        let in_force = dossier.tasks.iter().filter(|t| training(t.kind) && t.state != TaskState::Cancelled);
        let updated = |c: &crate::subjects::release::records::ConfigurationChange| {
            let confirmed = c.decided_by.filter(|_| c.state == ConfigurationState::Confirmed).map(|(_, at)| at);
            confirmed.zip(c.due_at).is_some_and(|(at, due)| at <= due)
        };
        Some(Self {
            closure_due_at: overdue::closure_due(release, calendar, parameters)?,
            closed_at: release.closed.as_ref().map(|mark| mark.at),
            report_due_at: overdue::report_due(release, calendar, parameters)?,
            completed_at: release.completed_at,
            review: review(dossier, verdict.verdict),
            owner: dossier.holder(Role::ReleaseOwner),
            owes: open_steps.map(|t| OutstandingStep { title: t.title.clone(), due_at: t.due_at }).collect(),
            set_aside: set_aside(dossier),
            on_time: release.window.map_or_else(Share::default, |window| Share::one(window.contains(verdict.mark.at))),
            first_round: Share::one(release.test_round <= 1),
            configuration_on_time: Share::of(dossier.configuration.iter().filter(|c| c.due_at.is_some()).map(updated)),
            training: Share::of(in_force.map(|t| t.state == TaskState::Done)),
            evidence: Share::of(archive::records(dossier).into_iter().map(|(_, presence)| presence != Presence::Missing)),
        })
    }

    /// When it was late to close: the moment it was due, if it was still open then (or is now).
    #[must_use]
    pub fn closure_late(&self, now: DateTime<Utc>) -> bool {
        self.closed_at.unwrap_or(now) > self.closure_due_at
    }

    /// True when the report came late or is late now.
    #[must_use]
    pub fn report_late(&self, now: DateTime<Utc>) -> bool {
        self.completed_at.unwrap_or(now) > self.report_due_at
    }
}

fn review(dossier: &Dossier, verdict: Verdict) -> Review {
    if verdict == Verdict::Successful {
        return Review::NotNeeded;
    }
    let mut of_review =
        dossier.tasks.iter().filter(|t| t.kind == TaskKind::FailedReleaseReview && t.state != TaskState::Cancelled);
    match of_review.next_back() {
        Some(task) if task.state == TaskState::Done => Review::Done,
        _ => Review::Outstanding,
    }
}
