//! What change management sees of the releases that carry its changes out (9.1c–9.1e).

use super::changes::ChangeView;
use chrono::{DateTime, Utc};
use fabu_app::{
    AppError, Rx,
    subjects::changes::{ChangeProgress, ChangeQuarter, EnvironmentResult, WithdrawalPreview, numbers_of_releases},
};
use fabu_domain::{
    blocks::approval::ApprovalKind,
    subjects::{
        change::Change,
        change_standing::ChangeStanding,
        registers::configuration_item::ItemEnvironment,
        release::{
            Window,
            records::ConfigurationState,
            stage::{Stage, Verdict},
        },
    },
    time::quarter::Quarter,
};
use serde::Serialize;
use utoipa::ToSchema;

/// The release that carries a change out.
#[derive(Debug, Serialize, ToSchema)]
pub struct CarryingReleaseView {
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// Where it stands.
    pub stage: Stage,
    /// When it goes live: the schedule that release management gives to change management (9.1d).
    #[schema(required)]
    pub window_start: Option<DateTime<Utc>>,
    /// Until when.
    #[schema(required)]
    pub window_end: Option<DateTime<Utc>>,
    /// How it ended.
    #[schema(required)]
    pub verdict: Option<Verdict>,
    /// When that was said.
    #[schema(required)]
    pub verdict_at: Option<DateTime<Utc>>,
    /// How many changes it carries (9.1a).
    pub changes: usize,
}

/// How a release went in one environment.
#[derive(Debug, Serialize, ToSchema)]
pub struct EnvironmentResultView {
    /// The environment; null for items that are not registered.
    #[schema(required)]
    pub environment: Option<ItemEnvironment>,
    /// The verdict of the release, once there is one.
    #[schema(required)]
    pub verdict: Option<Verdict>,
    /// Items that the release changes there.
    pub items: usize,
    /// Those that are confirmed as planned.
    pub updated: usize,
    /// Those that are confirmed otherwise.
    pub otherwise: usize,
    /// Those that were sent back.
    pub returned: usize,
}

/// The result of one configuration item.
#[derive(Debug, Serialize, ToSchema)]
pub struct ItemResultView {
    /// Its number.
    pub item: String,
    /// Where it is used; null when it is not registered.
    #[schema(required)]
    pub environment: Option<ItemEnvironment>,
    /// Where the update stands.
    pub state: ConfigurationState,
    /// The version that it was to have.
    pub planned_version: String,
    /// The version that it has.
    #[schema(required)]
    pub actual_version: Option<String>,
    /// Why it was sent back.
    #[schema(required)]
    pub return_reason: Option<String>,
}

/// A change on its way into production.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangeProgressView {
    /// Where it stands.
    pub standing: ChangeStanding,
    /// The release that carries it out.
    #[schema(required)]
    pub release: Option<CarryingReleaseView>,
    /// How that went, environment by environment.
    pub environments: Vec<EnvironmentResultView>,
    /// The configuration results.
    pub items: Vec<ItemResultView>,
}

impl From<ChangeProgress> for ChangeProgressView {
    fn from(progress: ChangeProgress) -> Self {
        let release = progress.dossier.as_ref().map(|dossier| &dossier.release);
        let verdict = release.and_then(|release| release.verdict.as_ref());
        let environment = |result: EnvironmentResult| {
            let EnvironmentResult { environment, items, updated, otherwise, returned } = result;
            EnvironmentResultView { environment, verdict: verdict.map(|v| v.verdict), items, updated, otherwise, returned }
        };
        Self {
            standing: progress.standing,
            release: progress.dossier.as_ref().map(|dossier| CarryingReleaseView {
                number: dossier.release.number.clone(),
                title: dossier.release.title.clone(),
                stage: dossier.release.stage,
                window_start: dossier.release.window.map(|window| window.start),
                window_end: dossier.release.window.map(|window| window.end),
                verdict: verdict.map(|v| v.verdict),
                verdict_at: verdict.map(|v| v.mark.at),
                changes: dossier.changes.len(),
            }),
            environments: progress.by_environment().into_iter().map(environment).collect(),
            items: progress
                .results
                .iter()
                .map(|(change, environment)| ItemResultView {
                    item: change.item.clone(),
                    environment: *environment,
                    state: change.state,
                    planned_version: change.planned_version.clone(),
                    actual_version: change.actual.as_ref().map(|actual| actual.version.clone()),
                    return_reason: change.return_reason.clone(),
                })
                .collect(),
        }
    }
}

/// What the withdrawal of a change would void.
#[derive(Debug, Serialize, ToSchema)]
pub struct WithdrawalPreviewView {
    /// The open release that it would leave.
    #[schema(required)]
    pub release: Option<String>,
    /// Where that stands.
    #[schema(required)]
    pub stage: Option<Stage>,
    /// Where it would stand then.
    #[schema(required)]
    pub stage_after: Option<Stage>,
    /// Approvals that would become void.
    pub voided: Vec<ApprovalKind>,
    /// True when the change can be withdrawn now.
    pub is_possible: bool,
    /// What is in the way, in the caller's language.
    pub blocked_by: Vec<String>,
}

impl WithdrawalPreviewView {
    /// The preview for a reader.
    #[must_use]
    pub fn new(preview: WithdrawalPreview, language: fabu_domain::language::Language) -> Self {
        let WithdrawalPreview { release, stage, stage_after, voided, blocked_by } = preview;
        Self {
            release,
            stage,
            stage_after,
            voided,
            is_possible: blocked_by.is_empty(),
            blocked_by: blocked_by.iter().map(|unmet| unmet.text(language)).collect(),
        }
    }
}

/// A change in an open release.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlannedChangeView {
    /// The change.
    pub change: ChangeView,
    /// Where the release stands.
    pub stage: Stage,
    /// When it goes live.
    #[schema(required)]
    pub window_start: Option<DateTime<Utc>>,
    /// Until when.
    #[schema(required)]
    pub window_end: Option<DateTime<Utc>>,
    /// How many changes it carries.
    pub grouped: usize,
}

/// A change whose release was judged in the quarter.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReleasedChangeView {
    /// The change.
    pub change: ChangeView,
    /// How its release ended.
    pub verdict: Verdict,
}

/// The changes of a quarter; of each kind at most 500.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangeQuarterView {
    /// The quarter.
    pub quarter: Quarter,
    /// Approved, and in no release.
    pub waiting: Vec<ChangeView>,
    /// In an open release.
    pub planned: Vec<PlannedChangeView>,
    /// Among them those that share their release with others (9.1a).
    pub grouped: usize,
    /// Judged in the quarter.
    pub released: Vec<ReleasedChangeView>,
}

impl ChangeQuarterView {
    /// The view for a reader.
    ///
    /// # Errors
    /// Those of the database.
    pub fn of(rx: &mut Rx<'_, '_>, found: ChangeQuarter) -> Result<Self, AppError> {
        let all: Vec<Change> = found
            .waiting
            .iter()
            .chain(found.planned.iter().map(|planned| &planned.change))
            .chain(found.released.iter().map(|(change, ..)| change))
            .cloned()
            .collect();
        let numbers = numbers_of_releases(rx, &all)?;
        let span = |window: Option<Window>| (window.map(|w| w.start), window.map(|w| w.end));
        Ok(Self {
            quarter: found.quarter,
            waiting: found.waiting.into_iter().map(|change| ChangeView::new(change, &numbers)).collect(),
            grouped: found.planned.iter().filter(|planned| planned.grouped > 1).count(),
            planned: found
                .planned
                .into_iter()
                .map(|planned| {
                    let (window_start, window_end) = span(planned.window);
                    let change = ChangeView::new(planned.change, &numbers);
                    PlannedChangeView { change, stage: planned.stage, window_start, window_end, grouped: planned.grouped }
                })
                .collect(),
            released: found
                .released
                .into_iter()
                .map(|(change, _, verdict)| ReleasedChangeView { change: ChangeView::new(change, &numbers), verdict })
                .collect(),
        })
    }
}
