//! The run sheet (§5.8): phases, steps, rollback, and every entry.

use super::releases::{
    actions::blocked_by,
    optional,
    people::{MarkView, Names, PersonView},
};
use crate::problem::BlockedBy;
use chrono::{DateTime, Utc};
use fabu_app::subjects::releases::ReleaseContext;
use fabu_domain::{
    blocks::approval::ApprovalState,
    ids::{ApprovalId, AttachmentId, UserId},
    language::Language,
    subjects::release::{
        Dossier,
        command::StepReport,
        documents::RollbackGroup,
        gate::Gate,
        records::{EntryKind, RunSheetEntry, StepResult},
        run,
        safe_start::SafeStart,
    },
    text::{Code, Note},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How a step was carried out.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "result": "done", "started_at": "2026-03-14T14:00:00Z", "finished_at": "2026-03-14T14:20:00Z", "note": "校验和一致"
}))]
pub struct StepRequest {
    /// How it ended.
    pub result: StepResult,
    /// When the work began; not before the deployment.
    pub started_at: DateTime<Utc>,
    /// When it ended; not in the future.
    pub finished_at: DateTime<Utc>,
    /// Who did it; the caller when it is left out.
    pub performed_by: Option<UserId>,
    /// What was seen; required unless the step is done as planned, inside the window, and corrects nothing.
    pub note: Option<Note>,
    /// Files that show it.
    #[serde(default)]
    pub attachments: Vec<AttachmentId>,
    /// The number of the entry that this one corrects.
    #[schema(minimum = 1)]
    pub corrects: Option<u32>,
}

impl StepRequest {
    /// The report of the step.
    #[must_use]
    pub fn report(&self) -> StepReport {
        StepReport {
            result: self.result,
            started_at: self.started_at,
            finished_at: self.finished_at,
            performed_by: self.performed_by,
            note: optional(self.note.as_ref()),
            attachments: self.attachments.clone(),
            corrects: self.corrects,
        }
    }
}

/// A departure from the plan.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "step": "s2", "note": "备份比计划晚十分钟开始" }))]
pub struct DeviationRequest {
    /// The key of the step that it explains; a step left out, corrected or recorded late needs one that names it (D17).
    pub step: Option<Code>,
    /// What and why.
    pub note: Note,
}

/// The run sheet.
#[derive(Debug, Serialize, ToSchema)]
pub struct RunSheetView<'a> {
    /// Who started the deployment, when and with what check; null before.
    #[schema(required)]
    pub started: Option<MarkView<'a>>,
    /// The phases in order; a deployment in one go has the single phase `full`.
    pub phases: Vec<PhaseView>,
    /// The phase whose turn it is; null before the deployment, while a confirmation is awaited, and at the end.
    #[schema(required)]
    pub current_phase: Option<String>,
    /// The steps in the order of the plan.
    pub steps: Vec<RunStepView>,
    /// The rollback (§5.2).
    pub rollback: RollbackView<'a>,
    /// The last moment at which a rollback still ends inside the window (5.5.7).
    pub latest_safe_start: SafeStartView,
    /// What stands against the verdict "successful" now (10a, D8, D17); empty when the facts allow it.
    pub against_success: Vec<BlockedBy>,
    /// Every entry, oldest first; a correction is an entry of its own.
    pub entries: Vec<EntryView<'a>>,
}

/// The last moment at which a rollback still ends inside the window: calculated, and as the release plan states it.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct SafeStartView {
    /// The end of the window less the durations of the rollback steps; null while no duration is stated.
    #[schema(required)]
    pub calculated: Option<DateTime<Utc>>,
    /// What the release plan states.
    #[schema(required)]
    pub stated: Option<DateTime<Utc>>,
}

impl From<SafeStart> for SafeStartView {
    fn from(SafeStart { calculated, stated }: SafeStart) -> Self {
        Self { calculated, stated }
    }
}

/// A phase.
#[derive(Debug, Serialize, ToSchema)]
pub struct PhaseView {
    /// Its key in the go-live plan.
    pub key: String,
    /// True when all its steps are done and its confirmation was asked for.
    pub completed: bool,
    /// The newest confirmation (5.8b); null before.
    #[schema(required)]
    pub confirmation: Option<ConfirmationView>,
}

/// The confirmation of a phase.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConfirmationView {
    /// The approval.
    pub approval_id: ApprovalId,
    /// Where it stands.
    pub state: ApprovalState,
}

/// A step.
#[derive(Debug, Serialize, ToSchema)]
pub struct RunStepView {
    /// Key, unique in the plan.
    pub key: String,
    /// What is done.
    pub title: String,
    /// Its phase.
    pub phase: String,
    /// Steps that must be done before.
    pub predecessors: Vec<String>,
    /// True when it needs nothing more.
    pub done: bool,
    /// The result of the entry that stands; null before.
    #[schema(required)]
    pub result: Option<StepResult>,
}

/// The rollback.
#[derive(Debug, Serialize, ToSchema)]
pub struct RollbackView<'a> {
    /// Who decided to roll back, when and on what ground; null unless somebody did.
    #[schema(required)]
    pub started: Option<MarkView<'a>>,
    /// The five groups in the order of §5.2.
    pub groups: Vec<RollbackGroupView>,
}

/// A group of the rollback.
#[derive(Debug, Serialize, ToSchema)]
pub struct RollbackGroupView {
    /// Which.
    pub group: RollbackGroup,
    /// The clause.
    #[schema(example = "5.2.1")]
    pub clause: String,
    /// Its name in the reader's language.
    pub name: String,
    /// True when it needs nothing more.
    pub done: bool,
    /// The result of the entry that stands; null before.
    #[schema(required)]
    pub result: Option<StepResult>,
}

/// An entry of the run sheet.
#[derive(Debug, Serialize, ToSchema)]
pub struct EntryView<'a> {
    /// Number inside the release, from 1.
    pub n: u32,
    /// What it is about.
    pub kind: EntryKind,
    /// The step's key, the rollback group, or the decision.
    pub step: String,
    /// The phase that was running.
    #[schema(required)]
    pub phase: Option<String>,
    /// How it ended; null for a decision or deviation.
    #[schema(required)]
    pub result: Option<StepResult>,
    /// When the work began.
    pub started_at: DateTime<Utc>,
    /// When it ended.
    pub finished_at: DateTime<Utc>,
    /// Who did it.
    pub performed_by: PersonView<'a>,
    /// What was seen; the ground of a decision; may be empty.
    pub note: String,
    /// Files that show it.
    pub attachments: Vec<AttachmentId>,
    /// The entry that this one corrects.
    #[schema(required)]
    pub corrects: Option<u32>,
    /// Who wrote it.
    pub recorded_by: PersonView<'a>,
    /// When it was written; later than `finished_at` for a late entry.
    pub recorded_at: DateTime<Utc>,
}

impl<'a> RunSheetView<'a> {
    /// The run sheet of a release for a reader.
    #[must_use]
    pub fn new(context: &'a ReleaseContext, language: Language) -> Self {
        let (dossier, names) = (context.dossier.as_ref(), Names { directory: &context.directory, language });
        let deployment = dossier.release.deployment.as_ref();
        let rollback = deployment.and_then(|d| d.rollback.as_ref());
        Self {
            started: deployment.map(|d| names.mark(&d.started)),
            phases: run::phases(dossier).into_iter().map(|key| PhaseView::new(key, dossier)).collect(),
            current_phase: run::current_phase(dossier),
            steps: run::steps(dossier).into_iter().map(|step| RunStepView::new(step, dossier)).collect(),
            rollback: RollbackView {
                started: rollback.map(|mark| names.mark(mark)),
                groups: RollbackGroup::ALL.iter().map(|group| RollbackGroupView::new(*group, dossier, names)).collect(),
            },
            latest_safe_start: SafeStart::of(dossier).into(),
            against_success: match deployment {
                Some(_) if dossier.release.verdict.is_none() => {
                    blocked_by(&names, &dossier.release.number, &Gate::SuccessAllowed.unmet(&context.facts()))
                }
                _ => Vec::new(),
            },
            entries: dossier.run_sheet.iter().map(|entry| EntryView::new(entry, names)).collect(),
        }
    }
}

impl PhaseView {
    fn new(key: String, dossier: &Dossier) -> Self {
        let completed = dossier.release.deployment.as_ref().is_some_and(|d| d.completed_phases.contains(&key));
        let confirmation = dossier.confirmation(&key).map(|a| ConfirmationView { approval_id: a.id, state: a.state });
        Self { key, completed, confirmation }
    }
}

impl RunStepView {
    fn new(step: run::RunStep, dossier: &Dossier) -> Self {
        let run::RunStep { key, title, phase, predecessors, units: _ } = step;
        let done = run::is_done(dossier, EntryKind::Step, &key);
        let result = run::result_of(dossier, EntryKind::Step, &key).and_then(|entry| entry.result);
        Self { key, title, phase, predecessors, done, result }
    }
}

impl RollbackGroupView {
    fn new(group: RollbackGroup, dossier: &Dossier, names: Names<'_>) -> Self {
        Self {
            group,
            clause: group.clause().to_owned(),
            name: names.pick(group.zh(), group.en()).into_owned(),
            done: run::is_done(dossier, EntryKind::RollbackStep, group.as_str()),
            result: run::result_of(dossier, EntryKind::RollbackStep, group.as_str()).and_then(|entry| entry.result),
        }
    }
}

impl<'a> EntryView<'a> {
    fn new(entry: &RunSheetEntry, names: Names<'a>) -> Self {
        Self {
            n: entry.n,
            kind: entry.kind,
            step: entry.step.clone(),
            phase: entry.phase.clone(),
            result: entry.result,
            started_at: entry.started_at,
            finished_at: entry.finished_at,
            performed_by: names.person(entry.performed_by),
            note: entry.note.clone(),
            attachments: entry.attachments.clone(),
            corrects: entry.corrects,
            recorded_by: names.person(entry.recorded_by),
            recorded_at: entry.recorded_at,
        }
    }
}
