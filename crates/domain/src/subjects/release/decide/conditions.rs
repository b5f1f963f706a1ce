//! Conditions of a vote: each is a task from the moment the vote is cast, whatever becomes of the panel (5.3b).

use super::script::{Script, TaskDraft};
use crate::{
    blocks::{
        approval::{Approval, ApprovalKind, Condition},
        task::{Blocks, TaskKind, condition_source},
    },
    ids::{ApprovalId, UserId},
    people::role::Role,
};

/// A condition with the vote that set it first.
struct Set {
    approval: ApprovalId,
    kind: ApprovalKind,
    member: UserId,
    condition: Condition,
}

/// Opens the task of every condition that has none: of the vote just cast, and of votes in older records that a return, a
/// recall or a hand-over left without one. A vote that was taken over names the approval that it comes from, so its
/// conditions are not opened twice.
pub(super) fn open_tasks(script: &mut Script<'_>) {
    let set: Vec<Set> = script.dossier.approvals.iter().flat_map(conditions_of).collect();
    for Set { approval, kind, member, condition } in set {
        let source = condition_source(approval, member);
        let of_member: Vec<_> = script.dossier.tasks.iter().filter(|t| t.source.starts_with(&source)).collect();
        if of_member.iter().any(|task| task.title == condition.text) {
            continue;
        }
        let source = format!("{source}{}", of_member.len());
        let due_at = condition.due.and_then(crate::time::clock::end_of_company_day).unwrap_or_else(|| script.in_working_days(5));
        script.open_task(TaskDraft {
            kind: TaskKind::Condition,
            title: condition.text,
            detail: kind.zh().to_owned(),
            assignee: condition.assignee.unwrap_or_else(|| script.holder_or_actor(Role::ReleaseAdministrator)),
            blocks: blocks(script, kind),
            due_at,
            source,
        });
    }
}

fn conditions_of(approval: &Approval) -> Vec<Set> {
    let votes = approval.members.iter().filter_map(|m| Some((m.user_id, m.vote.as_ref()?)));
    votes
        .flat_map(|(member, vote)| {
            let first = vote.carried_from.unwrap_or(approval.id);
            let set =
                move |condition: &Condition| Set { approval: first, kind: approval.kind, member, condition: condition.clone() };
            vote.conditions.iter().map(set)
        })
        .collect()
}

/// The step after the approval that set it.
fn blocks(script: &Script<'_>, kind: ApprovalKind) -> Blocks {
    match kind {
        _ if script.dossier.is_retrospective() => Blocks::Closure,
        ApprovalKind::PlanReview | ApprovalKind::PlanApproval => Blocks::GoLiveApproval,
        ApprovalKind::CustomerAcceptance | ApprovalKind::GoLiveApproval => Blocks::DeploymentStart,
        ApprovalKind::DeploymentConfirmation | ApprovalKind::ReportApproval => Blocks::Closure,
        ApprovalKind::QuarterlyReportApproval | ApprovalKind::ProcedureApproval => Blocks::Nothing,
    }
}
