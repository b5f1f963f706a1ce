//! The verdict on a deployment and all that follows from it (D8, §5.8, 3.5, 5.1.6, D11).

use super::{
    deployment::ask_to_confirm,
    script::{Script, TaskDraft},
};
use crate::subjects::release::{decide::consequences::void, in_force::plan_in_force};
use crate::{
    blocks::{
        approval::{ApprovalKind, ApprovalState},
        task::{Blocks, TaskKind},
    },
    ids::ApprovalId,
    people::role::Role,
    subject::refusal::{Code, Refusal, Text, Unmet},
    subjects::{
        event::ReleaseEvent,
        release::{
            Stamp, VerdictRecord,
            documents::RollbackGroup,
            facts::Facts,
            gate::Gate,
            records::{EntryKind, StepResult},
            run,
            stage::{Exit, Verdict},
        },
    },
};

pub(super) fn record(script: &mut Script<'_>, verdict: Verdict, reason: &str) -> Result<(), Refusal> {
    if let Some(first) = script.dossier.release.verdict.clone() {
        return lower(script, &first, verdict, reason);
    }
    Refusal::unless_empty(contradictions(&script.facts(), verdict))?;
    let mark = script.stamp(reason);
    script.emit(ReleaseEvent::VerdictRecorded(VerdictRecord { verdict, mark }));
    if verdict != Verdict::Successful {
        answer_objections(script, verdict);
        ask_to_confirm(script, verdict.as_str(), &[]);
        owe_review(script, verdict);
    }
    owe_follow_up(script);
    owe_report(script);
    if script.dossier.is_emergency() {
        super::retrospective::owe(script);
    }
    super::configuration::draft_requests(script);
    let nothing_to_update = script.dossier.configuration_demanded().next().is_none();
    script.leave(if nothing_to_update { Exit::NothingToUpdate } else { Exit::UpdateOwed }, "");
    Ok(())
}

/// A lower verdict than the one recorded, for what came to light before the closure (5.8b, D18): it counts in the quarter of
/// the first. It grants every objection, and is confirmed anew.
fn lower(script: &mut Script<'_>, first: &VerdictRecord, verdict: Verdict, reason: &str) -> Result<(), Refusal> {
    let lower = match first.verdict {
        Verdict::Successful => matches!(verdict, Verdict::Partial | Verdict::Failed),
        Verdict::Partial => verdict == Verdict::Failed,
        Verdict::Failed | Verdict::RolledBack => false,
    };
    if !lower {
        return Err(Refusal::one(Code::VerdictStands));
    }
    let mark = Stamp { at: first.mark.at, ..script.stamp(reason) };
    script.emit(ReleaseEvent::VerdictRecorded(VerdictRecord { verdict, mark }));
    answer_objections(script, verdict);
    ask_to_confirm(script, verdict.as_str(), &[]);
    if first.verdict == Verdict::Successful {
        owe_review(script, verdict);
    }
    Ok(())
}

/// What the facts say against this verdict. People may say less than the facts allow, never more (D17).
fn contradictions(facts: &Facts<'_>, verdict: Verdict) -> Vec<Unmet> {
    let rolled_back = facts.dossier.is_rolled_back();
    match verdict {
        Verdict::Successful => Gate::SuccessAllowed.unmet(facts),
        Verdict::RolledBack if !rolled_back => vec![Code::NotRollingBack.into()],
        Verdict::RolledBack => {
            let is_done = |group: RollbackGroup| run::is_done(facts.dossier, EntryKind::RollbackStep, group.as_str());
            unfinished_rollback(facts, is_done).into_iter().chain(left_out(facts)).collect()
        }
        Verdict::Partial if rolled_back => vec![Code::VerdictContradicts.into()],
        // A rollback that was begun is carried through as far as it goes, and told: it may fail, not be forgotten (RA7, 5.2x).
        Verdict::Failed if rolled_back => unfinished_rollback(facts, |group| result(facts, group).is_some()),
        Verdict::Partial | Verdict::Failed => Vec::new(),
    }
}

/// Groups of the plan that hold something to roll back and were left out all the same (5.2x).
fn left_out(facts: &Facts<'_>) -> Vec<Unmet> {
    let Some(plan) = plan_in_force(facts) else { return Vec::new() };
    let rollback = &plan.rollback;
    let groups = [
        (RollbackGroup::DataObjects, rollback.data_objects.rows.len()),
        (RollbackGroup::ConfigurationData, rollback.configuration_data.rows.len()),
        (RollbackGroup::Applications, rollback.applications.rows.len()),
    ];
    let unmet = |group: RollbackGroup| Unmet::new(Code::RollbackGroupLeftOut).of_clause(group.clause()).with_text("group", group);
    let excused = groups.into_iter().filter(|(group, rows)| *rows > 0 && result(facts, *group) == Some(StepResult::Excused));
    excused.map(|(group, _)| unmet(group).by([facts.party(Role::Implementer)]).at("run-sheet")).collect()
}

fn result(facts: &Facts<'_>, group: RollbackGroup) -> Option<StepResult> {
    run::result_of(facts.dossier, EntryKind::RollbackStep, group.as_str())?.result
}

fn unfinished_rollback(facts: &Facts<'_>, is_over: impl Fn(RollbackGroup) -> bool) -> Vec<Unmet> {
    let open = RollbackGroup::ALL.iter().filter(|g| !is_over(**g));
    let mut all: Vec<Unmet> = open
        .map(|g| {
            Unmet::new(Code::RollbackGroupOpen)
                .of_clause(g.clause())
                .with_text("group", *g)
                .by([facts.party(Role::Implementer)])
                .at("run-sheet")
        })
        .collect();
    all.extend(Gate::TasksDone(Blocks::RollbackVerdict).unmet(facts));
    all
}

/// A verdict other than success grants every objection; the result itself is confirmed anew.
fn answer_objections(script: &mut Script<'_>, verdict: Verdict) {
    let reason = format!("verdict: {verdict}");
    void(script, &[ApprovalKind::DeploymentConfirmation], &reason);
    let at = script.now();
    let objected = |a: &&crate::blocks::approval::Approval| {
        a.kind == ApprovalKind::DeploymentConfirmation && a.state == ApprovalState::Returned
    };
    let ids: Vec<ApprovalId> = script.dossier.approvals.iter().filter(objected).map(|a| a.id).collect();
    for approval_id in ids {
        let reason = Some(reason.clone());
        script.emit(ReleaseEvent::ApprovalDecided { approval_id, state: ApprovalState::Void, at, reason });
    }
}

fn owe_review(script: &mut Script<'_>, verdict: Verdict) {
    let assignee = script.holder_or_actor(Role::ReleaseOwner);
    let due_at = script.in_working_days(script.parameters().report_due_working_days);
    script.open_task(TaskDraft {
        kind: TaskKind::FailedReleaseReview,
        title: format!("回顾发布 {}：{}", script.dossier.release.number, Text::from(verdict).zh),
        detail: "原因、为何未能预防、措施、责任人、期限".to_owned(),
        assignee,
        blocks: Blocks::Nothing,
        due_at,
        source: "verdict".to_owned(),
    });
}

fn owe_follow_up(script: &mut Script<'_>) {
    let rows = plan_in_force(&script.facts()).map(|p| p.other_work.rows.clone()).unwrap_or_default();
    for row in rows {
        let assignee = row.assignee.unwrap_or_else(|| script.holder_or_actor(Role::ReleaseAdministrator));
        let due_at = row.due.and_then(crate::time::clock::end_of_company_day).unwrap_or_else(|| script.in_working_days(5));
        script.open_task(TaskDraft {
            kind: TaskKind::FollowUpWork,
            title: row.title,
            detail: String::new(),
            assignee,
            blocks: Blocks::Closure,
            due_at,
            source: format!("other_work/{}", row.key),
        });
    }
}

fn owe_report(script: &mut Script<'_>) {
    let assignee = script.holder_or_actor(Role::ReleaseAdministrator);
    let due_at = script.in_working_days(script.parameters().report_due_working_days);
    script.open_task(TaskDraft {
        kind: TaskKind::ReleaseReport,
        title: format!("编写发布报告：{}", script.dossier.release.number),
        detail: String::new(),
        assignee,
        blocks: Blocks::Nothing,
        due_at,
        source: "release_report".to_owned(),
    });
}
