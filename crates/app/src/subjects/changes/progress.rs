//! What change management sees of the releases that carry its changes out (9, 9.1c–9.1e).

use super::view_change;
use crate::{AppError, Rx, subjects::releases::ReleaseContext};
use fabu_domain::{
    blocks::approval::{ApprovalKind, ApprovalState},
    ids::ChangeId,
    subject::{operation::Operation, refusal::Unmet},
    subjects::{
        change::{Change, ChangeState},
        change_standing::{ChangeStanding, standing},
        registers::configuration_item::ItemEnvironment,
        release::{
            Dossier, Window,
            command::Command,
            decide::decide,
            records::{ConfigurationChange, ConfigurationState},
            stage::{Stage, Verdict},
        },
    },
    time::quarter::Quarter,
};
use fabu_store::{ChangeFilter, ReleaseFilter};
use std::{collections::BTreeMap, sync::Arc};

/// A change on its way.
#[derive(Debug, Clone)]
pub struct ChangeProgress {
    /// The change.
    pub change: Change,
    /// Where it stands.
    pub standing: ChangeStanding,
    /// The release that carries it out, as far as the caller may know of it.
    pub dossier: Option<Arc<Dossier>>,
    /// The configuration results of that release, each with the environment of its item; none for an item that is not registered.
    pub results: Vec<(ConfigurationChange, Option<ItemEnvironment>)>,
}

/// How a release went in one environment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EnvironmentResult {
    /// The environment; none for items that are not registered.
    pub environment: Option<ItemEnvironment>,
    /// Items that the release changes there.
    pub items: usize,
    /// Those that are confirmed with their planned version.
    pub updated: usize,
    /// Those that are confirmed with another one: rolled back, or not as planned.
    pub otherwise: usize,
    /// Those that the configuration administrator sent back.
    pub returned: usize,
}

impl ChangeProgress {
    /// The results, environment by environment.
    #[must_use]
    pub fn by_environment(&self) -> Vec<EnvironmentResult> {
        let mut found: BTreeMap<Option<ItemEnvironment>, EnvironmentResult> = BTreeMap::new();
        for (change, environment) in &self.results {
            let blank = EnvironmentResult { environment: *environment, items: 0, updated: 0, otherwise: 0, returned: 0 };
            let result = found.entry(*environment).or_insert(blank);
            result.items += 1;
            result.returned += usize::from(change.state == ConfigurationState::Returned);
            if change.state == ConfigurationState::Confirmed {
                let as_planned =
                    change.actual.as_ref().is_some_and(|actual| actual.version.trim() == change.planned_version.trim());
                result.updated += usize::from(as_planned);
                result.otherwise += usize::from(!as_planned);
            }
        }
        found.into_values().collect()
    }
}

/// A change with its release, the verdict and the configuration results (9.1c, 9.1e).
///
/// # Errors
/// Not permitted, not found.
pub fn view_change_progress(rx: &mut Rx<'_, '_>, id: ChangeId) -> Result<ChangeProgress, AppError> {
    let change = view_change(rx, id)?;
    let dossier = match change.release_id {
        Some(release) => rx.tx.dossier(release)?.and_then(|dossier| rx.scope().release(dossier)),
        None => None,
    };
    let mut results = Vec::new();
    if let Some(dossier) = &dossier {
        let listed: Vec<&ConfigurationChange> = dossier.configuration_demanded().collect();
        let numbers: Vec<&str> = listed.iter().map(|change| change.item.as_str()).collect();
        let items = if numbers.is_empty() { Vec::new() } else { rx.tx.items_numbered(&numbers)? };
        let environment = |number: &str| items.iter().find(|item| item.number.as_str() == number).map(|item| item.environment);
        results = listed.into_iter().map(|change| (change.clone(), environment(&change.item))).collect();
    }
    let standing = standing(&change, dossier.as_deref());
    Ok(ChangeProgress { change, standing, dossier, results })
}

/// What the withdrawal of a change would void.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WithdrawalPreview {
    /// The number of the open release that it would leave, if it is in one.
    pub release: Option<String>,
    /// Where that release stands.
    pub stage: Option<Stage>,
    /// Where it would stand then.
    pub stage_after: Option<Stage>,
    /// The approvals that would become void.
    pub voided: Vec<ApprovalKind>,
    /// What is in the way.
    pub blocked_by: Vec<Unmet>,
}

/// What the withdrawal of a change would void, before anybody decides on it (9.1).
///
/// # Errors
/// Not permitted, not found.
pub fn preview_change_withdrawal(rx: &mut Rx<'_, '_>, id: ChangeId) -> Result<WithdrawalPreview, AppError> {
    rx.permit(Operation::PreviewChangeWithdrawal)?;
    let change = view_change(rx, id)?;
    let Some(release) = change.release_id else { return Ok(WithdrawalPreview::default()) };
    let Some(dossier) = rx.tx.dossier(release)?.and_then(|dossier| rx.scope().release(dossier)) else {
        return Ok(WithdrawalPreview::default());
    };
    let context = ReleaseContext::new(rx.tx, dossier, Arc::clone(&rx.directory), rx.now)?;
    let stage = context.dossier.release.stage;
    let mut preview = WithdrawalPreview {
        release: Some(context.dossier.release.number.clone()),
        stage: Some(stage),
        ..WithdrawalPreview::default()
    };
    let command = Command::RemoveChange { change_id: id, reason: "撤回变更".to_owned() };
    match decide(&context.facts(), &rx.as_actor(), &command) {
        Ok(outcome) => {
            let before = &context.dossier.approvals;
            let voided = outcome.dossier.approvals.iter().filter(|approval| {
                let stood =
                    before.iter().find(|known| known.id == approval.id).is_some_and(|known| known.state != ApprovalState::Void);
                stood && approval.state == ApprovalState::Void
            });
            preview.voided = voided.map(|approval| approval.kind).collect();
            // What passed for the group as it was has to be decided again, also where nothing says void.
            let passed = before.iter().filter(|a| a.state == ApprovalState::Passed && outcome.dossier.release.stage < stage);
            preview.voided.extend(passed.map(|approval| approval.kind));
            preview.voided.sort_unstable();
            preview.voided.dedup();
            preview.stage_after = Some(outcome.dossier.release.stage);
        }
        Err(refusal) => preview.blocked_by = refusal.unmet().to_vec(),
    }
    Ok(preview)
}

/// The changes of a quarter, as change management asks for them (9.1c).
#[derive(Debug, Clone)]
pub struct ChangeQuarter {
    /// The quarter.
    pub quarter: Quarter,
    /// Approved, and in no release.
    pub waiting: Vec<Change>,
    /// In an open release, with its number, where it stands, its window, and how many changes it carries.
    pub planned: Vec<PlannedChange>,
    /// Judged in the quarter, with the release and its verdict.
    pub released: Vec<(Change, String, Verdict)>,
}

/// A change in an open release.
#[derive(Debug, Clone)]
pub struct PlannedChange {
    /// The change.
    pub change: Change,
    /// The number of the release.
    pub release: String,
    /// Where that stands.
    pub stage: Stage,
    /// Its window: the schedule that release management gives to change management (9.1d).
    pub window: Option<Window>,
    /// How many changes it carries (9.1a).
    pub grouped: usize,
}

/// The most changes of one kind that the view of a quarter tells.
const MOST: usize = 500;

/// The changes that wait, are planned, and were released in a quarter; of each at most 500.
///
/// # Errors
/// Not permitted.
pub fn view_change_quarter(rx: &mut Rx<'_, '_>, quarter: Quarter) -> Result<ChangeQuarter, AppError> {
    rx.permit(Operation::ViewChangeQuarter)?;
    let (scope, directory) = (rx.scope(), Arc::clone(&rx.directory));
    let filter = ChangeFilter {
        scope: scope.clone(),
        state: Some(ChangeState::Approved),
        has_release: Some(false),
        ..ChangeFilter::default()
    };
    let listed = rx.tx.list_changes(&filter, None, MOST)?.items.into_iter();
    let waiting =
        listed.filter(|change| change.registered_at < quarter.end()).filter_map(|c| scope.change(&directory, c)).collect();
    let open: Vec<Stage> = Stage::ALL.iter().copied().filter(|stage| !stage.is_closed()).collect();
    let in_work = ReleaseFilter { scope: scope.clone(), stages: open, ..ReleaseFilter::default() };
    let mut planned = Vec::new();
    for (change, dossier) in changes_of(rx, &in_work)? {
        if dossier.release.verdict.is_none() && change.registered_at < quarter.end() {
            let release = &dossier.release;
            let (number, stage, window) = (release.number.clone(), release.stage, release.window);
            planned.push(PlannedChange { change, release: number, stage, window, grouped: dossier.changes.len() });
        }
    }
    let judged = ReleaseFilter { scope, quarter: Some(quarter), imported: Some(false), ..ReleaseFilter::default() };
    let mut released = Vec::new();
    for (change, dossier) in changes_of(rx, &judged)? {
        if let Some(record) = &dossier.release.verdict {
            released.push((change, dossier.release.number.clone(), record.verdict));
        }
    }
    Ok(ChangeQuarter { quarter, waiting, planned, released })
}

/// The changes of the releases that a filter finds, each with its release.
fn changes_of(rx: &mut Rx<'_, '_>, filter: &ReleaseFilter) -> Result<Vec<(Change, Arc<Dossier>)>, AppError> {
    let (scope, directory) = (rx.scope(), Arc::clone(&rx.directory));
    let mut found = Vec::new();
    for listed in rx.tx.list_releases(filter, None, MOST)?.items {
        let Some(dossier) = rx.tx.dossier(listed.id)?.and_then(|dossier| scope.release(dossier)) else { continue };
        for carried in &dossier.changes {
            let change = rx.tx.change(carried.id)?.and_then(|change| scope.change(&directory, change));
            found.extend(change.map(|change| (change, Arc::clone(&dossier))));
        }
        if found.len() >= MOST {
            break;
        }
    }
    Ok(found)
}
