//! What holds after every accepted command.

use fabu_domain::{
    blocks::{
        approval::{Approval, ApprovalKind, ApprovalState, outcome},
        document::DocumentContent,
        task::Blocks,
    },
    subjects::{
        event::{ReleaseEvent, TaskAction},
        event_kinds::{
            event_kinds,
            sentence::{PLACEHOLDERS, placeholders_in},
        },
        release::{
            Dossier,
            command::{Command, CommandName},
            facts::Facts,
            gate::Fact,
            procedure::{COMMANDS, DOCUMENTS, stage_rule},
            records::{ConfigurationState, EntryKind, StepResult, TestResult},
            stage::{Stage, Verdict},
        },
    },
};
use fabu_scenario::World;

type Check = Result<(), String>;

fn ensure(holds: bool, problem: impl FnOnce() -> String) -> Check {
    if holds { Ok(()) } else { Err(problem()) }
}

pub fn hold(before: &Dossier, world: &World, command: &Command, events: &[ReleaseEvent]) -> Check {
    let after = &world.dossier;
    events_tell_everything(before, after, events)?;
    for event in events {
        has_its_sentence(event)?;
        match event {
            ReleaseEvent::StageChanged { from, to, .. } => along_a_declared_edge(*from, *to, command.name())?,
            ReleaseEvent::ApprovalDecided { approval_id, state: ApprovalState::Passed, .. } => {
                let approval = after.approval(*approval_id).ok_or("an unknown approval passed")?;
                passed_by_its_rule_without_authors(after, approval)?;
            }
            ReleaseEvent::DeploymentStarted(_) => started_as_approved(world)?,
            ReleaseEvent::VerdictRecorded(record) if record.verdict == Verdict::Successful => successful_by_its_run_sheet(after)?,
            ReleaseEvent::Closed(_) => closed_with_nothing_open(after)?,
            ReleaseEvent::Task { action: TaskAction::Done, task } => {
                let own =
                    task.verification.as_ref().zip(task.evidence.as_ref()).is_some_and(|(v, e)| v.by == e.by && v.at > e.at);
                ensure(!own, || format!("{} verified by the person who did it", task.title))?;
            }
            _ => {}
        }
    }
    panels_are_sound(after)?;
    gates_say_what_they_need(world)?;
    stages_have_what_they_need(after)
}

/// A gate that does not say that it needs a fact answers the same without it: the fact is not read for it.
fn gates_say_what_they_need(world: &World) -> Check {
    let facts = world.facts();
    let without = [
        (Fact::Conflicts, Facts { conflicts: &[], ..facts }),
        (Fact::Items, Facts { items: &[], ..facts }),
        (Fact::Library, Facts { library: &[], ..facts }),
    ];
    let gates = || COMMANDS.iter().flat_map(|rule| rule.gates).chain(DOCUMENTS.iter().flat_map(|rule| rule.gates));
    for (fact, without) in without {
        for gate in gates().filter(|gate| !gate.needs().contains(&fact)) {
            ensure(gate.unmet(&facts) == gate.unmet(&without), || format!("{gate:?} looks at {fact:?}"))?;
        }
    }
    Ok(())
}

/// Its kind is declared, and its payload has a place for whatever the sentence takes.
fn has_its_sentence(event: &ReleaseEvent) -> Check {
    let (kind, payload) = event.to_log();
    let known = event_kinds().find(|known| known.kind == kind).ok_or_else(|| format!("{kind} is not declared"))?;
    let sentence = known.sentence().zh;
    for name in placeholders_in(&sentence) {
        let placeholder = PLACEHOLDERS.iter().find(|known| known.name == name).ok_or_else(|| format!("{name} is unknown"))?;
        let is_there = placeholder.at.iter().any(|pointer| payload.pointer(pointer).is_some());
        ensure(is_there, || format!("{kind} has nothing for {name}"))?;
    }
    Ok(())
}

/// The new state is the old one with the events, and its version is one higher unless all of them are quiet.
fn events_tell_everything(before: &Dossier, after: &Dossier, events: &[ReleaseEvent]) -> Check {
    let mut told = before.clone();
    events.iter().for_each(|event| told.apply(event));
    let loud = events.iter().any(|e| !e.is_quiet());
    ensure(after.release.version == before.release.version + i64::from(loud), || "the version is wrong".to_owned())?;
    told.release.version = after.release.version;
    ensure(told == *after, || "the events do not give the new state".to_owned())
}

fn along_a_declared_edge(from: Stage, to: Stage, by: CommandName) -> Check {
    let declared = stage_rule(from).exits.iter().any(|(_, commands, exit)| *exit == to && commands.contains(&by));
    ensure(declared, || format!("from {from} to {to} by {by}"))
}

fn passed_by_its_rule_without_authors(dossier: &Dossier, approval: &Approval) -> Check {
    ensure(!approval.members.is_empty(), || "an empty panel passed".to_owned())?;
    ensure(outcome(&approval.rule, &approval.members) == ApprovalState::Passed, || "passed against its rule".to_owned())?;
    if approval.kind == ApprovalKind::DeploymentConfirmation {
        return Ok(()); // it judges a result, not a text
    }
    let authors = dossier.contributors_of(approval.subject.document, approval.subject.revision);
    let deciders = approval.members.iter().filter_map(|m| m.vote.as_ref().map(|v| [m.user_id, v.by])).flatten();
    let author = deciders.into_iter().find(|id| authors.contains(id));
    ensure(author.is_none(), || format!("the {} was decided by an author: {author:?}", approval.kind))?;
    let reauthenticated = approval.members.iter().filter_map(|m| m.vote.as_ref()).all(|v| v.reauthenticated);
    ensure(reauthenticated || !approval.kind.needs_reauthentication(), || "a go-live vote without password".to_owned())
}

fn started_as_approved(world: &World) -> Check {
    let dossier = &world.dossier;
    let executed = dossier.latest(dossier.executed_document()).ok_or("started without a plan")?;
    let approval = dossier.latest_approval(ApprovalKind::GoLiveApproval).ok_or("started without approval")?;
    let lists = fabu_domain::subjects::release::covered::covered(dossier, approval.kind, approval.subject.document, None);
    let same_lists = lists.iter().all(|(name, hash)| approval.subject.sections.get(name) == Some(hash));
    let approved = approval.state == ApprovalState::Passed && approval.subject.sha256 == executed.sha256 && same_lists;
    ensure(approved, || "started on content that was not approved".to_owned())?;
    let window = match executed.content.as_ref() {
        DocumentContent::ReleasePlan(plan) => plan.window.span(),
        DocumentContent::GoLivePlan(plan) => plan.window.span(),
        _ => None,
    };
    let now = world.around.now;
    ensure(window.is_some_and(|(start, end)| start <= now && now < end), || "started outside the approved window".to_owned())?;
    let open = dossier.tasks.iter().any(|t| t.blocks == Blocks::DeploymentStart && t.is_open());
    ensure(!open, || "started with an open task".to_owned())?;
    if dossier.is_emergency() {
        return Ok(());
    }
    for kind in [ApprovalKind::PlanReview, ApprovalKind::PlanApproval, ApprovalKind::CustomerAcceptance] {
        ensure(dossier.is_signed_off(kind), || format!("started without {kind}"))?;
    }
    let Some(DocumentContent::TestReport(report)) =
        dossier.latest(fabu_domain::blocks::document::DocumentKind::TestReport).map(|r| r.content.as_ref())
    else {
        return Err("started without a test report".to_owned());
    };
    for unit in dossier.units_in_force() {
        let checked_in = world.around.library.iter().any(|m| m.active && m.is_unit(unit) && m.sha256 == unit.sha256);
        ensure(checked_in, || format!("{} was started without being in the library", unit.name))?;
        let on_it = |r: &&fabu_domain::subjects::release::records::TestRun| r.unit_id == unit.id && r.unit_sha256 == unit.sha256;
        let runs: Vec<_> = dossier.test_runs.iter().filter(on_it).collect();
        let is_latest = |r: &fabu_domain::subjects::release::records::TestRun| {
            !runs.iter().any(|later| later.case_id == r.case_id && later.n > r.n)
        };
        let passed = runs.iter().filter(|r| is_latest(r)).all(|r| r.result == TestResult::Passed);
        let tested = !runs.is_empty() && passed && report.tested_units.iter().any(|t| t.sha256 == unit.sha256);
        ensure(tested, || format!("{} was not tested as it is", unit.name))?;
    }
    Ok(())
}

/// "Successful" never contradicts the run sheet (10a, D8, D17), told here from the entries alone.
fn successful_by_its_run_sheet(dossier: &Dossier) -> Check {
    let release = &dossier.release;
    let deployment = release.deployment.as_ref().ok_or("successful without deployment")?;
    ensure(deployment.rollback.is_none(), || "successful although rolled back".to_owned())?;
    let window = release.window.ok_or("successful without window")?;
    let corrected: Vec<u32> = dossier.run_sheet.iter().filter_map(|e| e.corrects).collect();
    let named = |step: &str| dossier.run_sheet.iter().any(|e| e.kind == EntryKind::Deviation && e.step == step);
    for step in fabu_domain::subjects::release::run::steps(dossier) {
        let entries: Vec<_> = dossier.run_sheet.iter().filter(|e| e.kind == EntryKind::Step && e.step == step.key).collect();
        let standing: Vec<_> = entries.iter().filter(|e| !corrected.contains(&e.n)).collect();
        let last = standing.last().ok_or_else(|| format!("successful although step {} is missing", step.key))?;
        let plain = standing.iter().all(|e| matches!(e.result, Some(StepResult::Done | StepResult::Excused)));
        ensure(plain, || format!("successful although step {} failed or deviated", step.key))?;
        let inside = standing.iter().all(|e| e.finished_at <= window.end);
        ensure(inside, || format!("successful although step {} ended after the window", step.key))?;
        let late = standing.iter().any(|e| e.recorded_at > window.end);
        let odd = late || last.result == Some(StepResult::Excused) || entries.len() > standing.len();
        ensure(!odd || named(&step.key), || format!("successful although nothing explains step {}", step.key))?;
    }
    let confirmed = |phase: &String| {
        deployment.completed_phases.contains(phase)
            && dossier.confirmation(phase).is_some_and(|a| a.state == ApprovalState::Passed)
    };
    let all = fabu_domain::subjects::release::run::phases(dossier).iter().all(confirmed);
    ensure(all, || "successful although a phase is not completed and confirmed".to_owned())
}

fn closed_with_nothing_open(dossier: &Dossier) -> Check {
    let pending = dossier.configuration_demanded().any(|c| c.state != ConfigurationState::Confirmed);
    ensure(!pending, || "closed with a pending configuration item".to_owned())?;
    let open = dossier.tasks.iter().any(|t| t.blocks == Blocks::Closure && t.is_open());
    ensure(!open, || "closed with an open task".to_owned())?;
    let phases = dossier.approvals.iter().filter_map(|a| a.subject.phase.clone());
    let objected = phases.filter_map(|p| dossier.confirmation(&p)).any(|a| a.state == ApprovalState::Returned);
    let success = dossier.release.verdict.as_ref().is_some_and(|v| v.verdict == Verdict::Successful);
    let overruled = !success && dossier.release.archive_excuses.contains_key("confirmation");
    ensure(!objected || overruled, || "closed with an objection".to_owned())?;
    let owed =
        fabu_domain::subjects::release::archive::ArchiveRecord::ALL.iter().filter(|r| dossier.is_emergency() && r.made_up());
    let missing = owed.into_iter().find(|r| !fabu_domain::subjects::release::archive::is_recorded(dossier, **r));
    ensure(missing.is_none(), || format!("an emergency closed without its {missing:?}"))?;
    ensure(dossier.release.verdict.is_some(), || "closed without a verdict".to_owned())
}

/// Open panels ask about the newest content, nobody twice, and one panel per question.
fn panels_are_sound(dossier: &Dossier) -> Check {
    let open: Vec<&Approval> = dossier.approvals.iter().filter(|a| a.is_open()).collect();
    for (n, approval) in open.iter().enumerate() {
        let newest = dossier.latest(approval.subject.document).map(|r| &r.sha256);
        ensure(newest == Some(&approval.subject.sha256), || format!("the {} asks about old content", approval.kind))?;
        let mut members: Vec<_> = approval.members.iter().map(|m| m.user_id).collect();
        members.sort_unstable();
        members.dedup();
        ensure(members.len() == approval.members.len(), || format!("the {} asks somebody twice", approval.kind))?;
        let same = |a: &&Approval| a.kind == approval.kind && a.subject.phase == approval.subject.phase;
        ensure(!open[..n].iter().any(same), || format!("two panels for the {}", approval.kind))?;
    }
    Ok(())
}

fn stages_have_what_they_need(dossier: &Dossier) -> Check {
    let release = &dossier.release;
    let open = |kind| dossier.approvals.iter().any(|a| a.kind == kind && a.is_open());
    let reviewing = open(ApprovalKind::PlanReview) || open(ApprovalKind::PlanApproval);
    let made_up = dossier.is_retrospective(); // an emergency release is asked about afterwards, in whatever stage
    ensure(made_up || (release.stage == Stage::PlanReview) == reviewing, || {
        "plan review without panel, or panel without review".to_owned()
    })?;
    let accepting = open(ApprovalKind::CustomerAcceptance);
    ensure(made_up || (release.stage == Stage::Acceptance) == accepting, || {
        "acceptance without panel, or the reverse".to_owned()
    })?;
    let approving = open(ApprovalKind::GoLiveApproval);
    ensure((release.stage == Stage::GoLiveApproval) == approving, || {
        "go-live approval without panel, or the reverse".to_owned()
    })?;
    let deployed = release.deployment.is_some();
    let late = release.stage >= Stage::Deployment && release.stage != Stage::Cancelled;
    ensure(deployed == late, || "deployment and stage do not fit".to_owned())?;
    let judged = release.verdict.is_some();
    let after = release.stage > Stage::Deployment && release.stage != Stage::Cancelled;
    ensure(judged == after, || "verdict and stage do not fit".to_owned())?;
    let ended = release.stage.is_final() && dossier.approvals.iter().any(Approval::is_open);
    ensure(!ended, || "ended with an open panel".to_owned())?;
    let completed = release.stage == Stage::Completed;
    ensure(completed == release.completed_at.is_some(), || "completion and stage do not fit".to_owned())?;
    ensure(!completed || dossier.is_signed_off(ApprovalKind::ReportApproval), || "completed without approved report".to_owned())
}
