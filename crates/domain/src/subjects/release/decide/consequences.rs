//! What follows by itself: approvals that become void, the way back to a plan, the window of a plan, completion (3.3).

use crate::{
    blocks::{
        approval::{ApprovalKind, ApprovalState},
        document::{DocumentContent, DocumentKind},
        task::{Blocks, Task, TaskKind, TaskState},
    },
    ids::ApprovalId,
    subjects::{
        event::{ReleaseEvent, TaskAction},
        release::{
            Window,
            decide::Script,
            stage::{Exit, Stage},
        },
    },
};
use std::sync::Arc;

/// Makes the approvals of these kinds void that are open or have passed.
pub(super) fn void(script: &mut Script<'_>, kinds: &[ApprovalKind], reason: &str) {
    let in_force = |a: &&crate::blocks::approval::Approval| {
        kinds.contains(&a.kind) && matches!(a.state, ApprovalState::Open | ApprovalState::Passed)
    };
    let ids: Vec<ApprovalId> = script.dossier.approvals.iter().filter(in_force).map(|a| a.id).collect();
    let at = script.now();
    for approval_id in ids {
        let reason = Some(reason.to_owned());
        script.emit(ReleaseEvent::ApprovalDecided { approval_id, state: ApprovalState::Void, at, reason });
    }
}

/// True for what readiness asks anew. Conditions stay: a vote that is taken over does not set them again.
fn is_of_readiness(task: &Task) -> bool {
    task.blocks == Blocks::DeploymentStart && task.kind != TaskKind::Condition
}

pub(super) fn back_to_planning(script: &mut Script<'_>, reason: &str) {
    let kinds =
        [ApprovalKind::PlanReview, ApprovalKind::PlanApproval, ApprovalKind::CustomerAcceptance, ApprovalKind::GoLiveApproval];
    void(script, &kinds, reason);
    script.cancel_tasks(is_of_readiness);
    script.leave(Exit::PlanReturned, reason);
}

/// Something that the go-live approval looks at has changed: what was agreed, and what is being asked, is void (3.3). An
/// emergency release goes back to where its approval is convened.
pub(super) fn content_changed(script: &mut Script<'_>, what: &str) {
    match script.dossier.release.stage {
        Stage::GoLiveApproval | Stage::Readiness if script.dossier.is_emergency() => back_to_planning(script, what),
        Stage::GoLiveApproval | Stage::Readiness => back_to_go_live_planning(script, what),
        _ => {}
    }
}

pub(super) fn back_to_go_live_planning(script: &mut Script<'_>, reason: &str) {
    void(script, &[ApprovalKind::GoLiveApproval], reason);
    script.cancel_tasks(is_of_readiness);
    script.leave(Exit::GoLivePlanReturned, reason);
}

/// The report is approved: the release is completed and its report no longer outstanding.
pub(super) fn complete(script: &mut Script<'_>) {
    let at = script.now();
    let owed: Vec<Task> =
        script.dossier.tasks.iter().filter(|t| t.kind == TaskKind::ReleaseReport && t.is_open()).cloned().collect();
    for task in owed {
        script.emit(ReleaseEvent::Task { action: TaskAction::Done, task: Task { state: TaskState::Done, ..task } });
    }
    script.leave(Exit::Reported, "");
    script.emit(ReleaseEvent::Completed { at });
}

/// The window that a plan states is the window of the release.
pub(super) fn set_window(script: &mut Script<'_>, content: &DocumentContent) {
    let window = match content {
        DocumentContent::ReleasePlan(plan) => plan.window.span(),
        DocumentContent::GoLivePlan(plan) => plan.window.span(),
        DocumentContent::TestReport(_)
        | DocumentContent::ReleaseReport(_)
        | DocumentContent::FailureReview(_)
        | DocumentContent::QuarterlyReport(_)
        | DocumentContent::ProcedureVersion(_) => None,
    };
    if let Some((start, end)) = window
        && script.dossier.release.deployment.is_none()
        && script.dossier.release.window != Some(Window { start, end })
    {
        script.emit(ReleaseEvent::WindowSet(Window { start, end }));
    }
}

/// Back at a go-live plan that was made before, after the release plan was revised: its window counts, not the plan's.
pub(super) fn adopt_go_live_window(script: &mut Script<'_>) {
    if let Some(content) = script.dossier.latest(DocumentKind::GoLivePlan).map(|r| Arc::clone(&r.content)) {
        set_window(script, &content);
    }
}
