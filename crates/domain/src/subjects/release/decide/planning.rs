//! Creation of a release, its changes, opinions, risks, and the way back to a plan (§5.1, §9.1, RA1, RO1b).

use super::{
    Outcome,
    script::{Script, TaskDraft},
};
use crate::{
    blocks::{
        document::DocumentKind,
        task::{Blocks, TaskKind},
    },
    ids::{ChangeId, CustomerId, DepartmentId, ReleaseId, ServiceObjectId, UserId},
    people::{directory::Directory, role::Role},
    subject::refusal::{Code, Party, Refusal, Text, Unmet},
    subjects::{
        change::ChangeState,
        event::ReleaseEvent,
        release::{
            AcceptedRisk, Assignment, ChangeRef, Dossier, Release, Stamp,
            command::ChangeToAdd,
            decide::consequences::{back_to_go_live_planning, back_to_planning},
            facts::{Actor, Facts},
            in_force::plan_in_force,
            panel::reviewer_for,
            parameters::Parameters,
            stage::{ReleaseKind, ReleaseMedium, ReleaseScope, Stage},
        },
    },
    time::working_time::WorkingCalendar,
};
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;

/// A release to be created.
#[derive(Debug, Clone, PartialEq)]
pub struct NewRelease {
    /// Identity.
    pub id: ReleaseId,
    /// Number.
    pub number: String,
    /// Title.
    pub title: String,
    /// Release type.
    pub kind: ReleaseKind,
    /// What it carries.
    pub scope: ReleaseScope,
    /// Software or hardware.
    pub medium: ReleaseMedium,
    /// For whom.
    pub customer_id: CustomerId,
    /// What it changes.
    pub service_objects: Vec<ServiceObjectId>,
    /// Its changes as they are.
    pub changes: Vec<ChangeToAdd>,
    /// Who takes which role, with a reason where one is due (D13).
    pub team: Vec<(Role, UserId, String)>,
}

/// Creates a release from approved changes (5.1, 2a, 2b, 9.1b).
///
/// # Errors
/// Every reason why it cannot be created: no or unfit change, object out of scope, team unfit, no permission.
pub fn open_release(
    directory: &Directory,
    parameters: &Parameters,
    calendar: &WorkingCalendar,
    actor: &Actor,
    now: DateTime<Utc>,
    new: &NewRelease,
) -> Result<Outcome, Refusal> {
    let by_change_manager = directory.holds(actor.user_id, Role::ChangeManager);
    if !by_change_manager && !directory.holds(actor.user_id, Role::ReleaseAdministrator) {
        let roles = [Role::ReleaseAdministrator, Role::ChangeManager];
        let unmet = Unmet::new(Code::NotPermitted).of_clause("5.1").with_text("who", Text::list(&roles.map(Text::from)));
        return Err(Refusal::one(unmet.by(roles.map(Party::Role))));
    }
    let mark = Stamp { by: actor.user_id, at: now, reason: String::new() };
    let dossier = blank(new, parameters, &mark, by_change_manager);
    let facts = Facts { dossier: &dossier, directory, parameters, calendar, conflicts: &[], items: &[], library: &[], now };
    let mut unmet = out_of_scope(directory, new);
    unmet.extend(new.changes.iter().flat_map(unfit_change));
    let doubled = |n: usize, c: &ChangeToAdd| new.changes[..n].iter().any(|earlier| earlier.id == c.id);
    unmet.extend(new.changes.iter().enumerate().filter(|(n, c)| doubled(*n, c)).map(|(_, c)| here_already(c, &new.number)));
    for (role, user, _) in &new.team {
        unmet.extend(crate::subjects::release::decide::who::unfit_holder(&facts, *role, *user));
    }
    unmet.extend(crate::subjects::release::gate::Gate::DutiesSeparated.unmet(&facts));
    Refusal::unless_empty(unmet)?;
    Ok(Outcome { events: vec![ReleaseEvent::Created(Box::new(dossier.clone()))], dossier, on_behalf_of: None })
}

fn blank(new: &NewRelease, parameters: &Parameters, mark: &Stamp, grouped: bool) -> Dossier {
    let release = Release {
        id: new.id,
        number: new.number.clone(),
        title: new.title.clone(),
        kind: new.kind,
        scope: new.scope,
        medium: new.medium,
        customer_id: Some(new.customer_id),
        service_objects: new.service_objects.clone(),
        stage: Stage::Planning,
        suspension: None,
        window: None,
        test_round: 1,
        test_report_received: None,
        grouping: grouped.then(|| mark.clone()),
        deployment: None,
        verdict: None,
        procedure_version: parameters.procedure_version.clone(),
        imported: None,
        created: mark.clone(),
        closed: None,
        completed_at: None,
        cancelled: None,
        exceptions: Vec::new(),
        accepted_risks: Vec::new(),
        freeze_exceptions: Vec::new(),
        accepted_conflicts: Vec::new(),
        archive_excuses: BTreeMap::new(),
        version: 1,
    };
    let assignment = |(role, user_id, reason): &(Role, UserId, String)| Assignment {
        role: *role,
        user_id: *user_id,
        since: mark.at,
        until: None,
        assigned_by: mark.by,
        reason: reason.clone(),
    };
    Dossier {
        release,
        team: new.team.iter().map(assignment).collect(),
        changes: new.changes.iter().map(reference).collect(),
        documents: BTreeMap::new(),
        approvals: Vec::new(),
        tasks: Vec::new(),
        units: Vec::new(),
        test_cases: Vec::new(),
        test_runs: Vec::new(),
        run_sheet: Vec::new(),
        configuration: Vec::new(),
    }
}

fn reference(change: &ChangeToAdd) -> ChangeRef {
    ChangeRef {
        id: change.id,
        number: change.number.clone(),
        title: change.title.clone(),
        kind: change.kind,
        state: change.state,
    }
}

fn out_of_scope(directory: &Directory, new: &NewRelease) -> Vec<Unmet> {
    let mut all = Vec::new();
    if !directory.customers.get(&new.customer_id).is_some_and(|c| c.active) {
        all.push(Code::CustomerUnknown.into());
    }
    if new.service_objects.is_empty() {
        all.push(Code::ServiceObjectNone.into());
    }
    let known =
        |id: &&ServiceObjectId| directory.service_objects.get(id).is_some_and(|o| o.active && o.customer_id == new.customer_id);
    all.extend(new.service_objects.iter().filter(|id| !known(id)).map(|id| {
        let name = directory.service_objects.get(id).map_or_else(|| id.to_string(), |o| o.code.to_string());
        Unmet::new(Code::ServiceObjectUnknown).with("object", name)
    }));
    if new.changes.is_empty() {
        all.push(Unmet::new(Code::ChangeNone).by([Party::Role(Role::ChangeManager)]));
    }
    all
}

fn unfit_change(change: &ChangeToAdd) -> Vec<Unmet> {
    let mut all = Vec::new();
    if change.state != ChangeState::Approved {
        let unmet = Unmet::new(Code::ChangeNotApproved).with("number", &change.number).with_text("state", change.state);
        all.push(unmet.by([Party::Role(Role::ChangeManager)]));
    }
    if let Some(release) = &change.in_release {
        all.push(Unmet::new(Code::ChangeInRelease).with("number", &change.number).with("release", release));
    }
    if !change.in_scope {
        all.push(Unmet::new(Code::ChangeOutOfScope).with("number", &change.number));
    }
    all
}

fn here_already(change: &ChangeToAdd, release: &str) -> Unmet {
    Unmet::new(Code::ChangeInRelease).with("number", &change.number).with("release", release)
}

pub(super) fn add_change(script: &mut Script<'_>, change: &ChangeToAdd) -> Result<(), Refusal> {
    let mut unmet = unfit_change(change);
    if change.in_release.is_none() && script.dossier.changes.iter().any(|c| c.id == change.id) {
        unmet.push(here_already(change, &script.dossier.release.number));
    }
    Refusal::unless_empty(unmet)?;
    script.emit(ReleaseEvent::ChangeAdded(reference(change)));
    let known = |id: &&ServiceObjectId| script.dossier.release.service_objects.contains(id);
    let service_objects: Vec<_> = change.service_objects.iter().filter(|id| !known(id)).copied().collect();
    if !service_objects.is_empty() {
        script.emit(ReleaseEvent::ServiceObjectsAdded { service_objects });
    }
    regrouped(script, &change.number);
    Ok(())
}

pub(super) fn remove_change(script: &mut Script<'_>, change_id: ChangeId, reason: &str) -> Result<(), Refusal> {
    let Some(change) = script.dossier.changes.iter().find(|c| c.id == change_id) else {
        return Err(Refusal::one(Code::ChangeNotHere));
    };
    if script.dossier.changes.len() == 1 {
        return Err(Refusal::one(Code::ChangeLast));
    }
    let number = change.number.clone();
    script.emit(ReleaseEvent::ChangeRemoved { change_id, number: number.clone(), reason: reason.to_owned() });
    regrouped(script, &number);
    Ok(())
}

/// Change management has set the group; a review of the plan for another group is void (9.1a).
fn regrouped(script: &mut Script<'_>, number: &str) {
    let mark = script.stamp("");
    script.emit(ReleaseEvent::GroupingConfirmed(mark));
    if script.dossier.release.stage != Stage::Planning {
        back_to_planning(script, number);
    }
}

pub(super) fn confirm_grouping(script: &mut Script<'_>) -> Result<(), Refusal> {
    let mark = script.stamp("");
    script.emit(ReleaseEvent::GroupingConfirmed(mark));
    Ok(())
}

pub(super) fn accept_risk(script: &mut Script<'_>, risk: &str, reason: &str) -> Result<(), Refusal> {
    let facts = script.facts();
    let known = plan_in_force(&facts).is_some_and(|plan| plan.high_residual_risks().any(|r| r.key == risk));
    let list = facts.dossier.latest(DocumentKind::ReleasePlan).and_then(|r| r.sections.get("risks")).cloned();
    match list {
        Some(risks_sha256) if known => {
            let accepted = AcceptedRisk { risk: risk.to_owned(), risks_sha256, mark: script.stamp(reason) };
            script.emit(ReleaseEvent::RiskAccepted(accepted));
            Ok(())
        }
        _ => Err(Refusal::one(Unmet::new(Code::RiskUnknown).with("risk", risk))),
    }
}

pub(super) fn request_opinions(script: &mut Script<'_>, extra: &[DepartmentId], question: &str) -> Result<(), Refusal> {
    let facts = script.facts();
    let mut departments = facts.directory.involved_departments(&facts.dossier.release.service_objects);
    departments.extend(extra.iter().filter(|id| !departments.contains(id)).copied().collect::<Vec<_>>());
    let name = |id: &DepartmentId| facts.directory.departments.get(id).map_or_else(|| id.to_string(), |d| d.name.to_string());
    let author = facts.holder(Role::ReleaseAdministrator).into_iter().collect();
    let reviewer = |id: &DepartmentId| reviewer_for(&facts, facts.directory.departments.get(id)?, &author);
    let asked: Vec<_> = departments.iter().map(|id| (*id, name(id), reviewer(id))).collect();
    let without = asked.iter().filter(|(_, _, reviewer)| reviewer.is_none());
    let unmet = without.map(|(_, name, _)| {
        Unmet::new(Code::DepartmentNoReviewer).with("department", name).by([Party::Role(Role::SystemAdministrator)])
    });
    Refusal::unless_empty(unmet.collect())?;
    let before = script.dossier.tasks.len();
    let due_at = script.in_working_days(script.parameters().opinion_due_working_days);
    for (id, name, reviewer) in asked {
        let Some(assignee) = reviewer else { continue };
        script.open_task(TaskDraft {
            kind: TaskKind::OpinionRequest,
            title: format!("{name}：对发布 {} 的意见", script.dossier.release.number),
            detail: question.to_owned(),
            assignee,
            blocks: Blocks::PlanReview,
            due_at,
            source: format!("departments/{id}"),
        });
    }
    if script.dossier.tasks.len() == before { Err(Refusal::one(Code::OpinionNobodyToAsk)) } else { Ok(()) }
}

pub(super) fn revise_release_plan(script: &mut Script<'_>, reason: &str) -> Result<(), Refusal> {
    back_to_planning(script, reason);
    Ok(())
}

pub(super) fn revise_go_live_plan(script: &mut Script<'_>, reason: &str) -> Result<(), Refusal> {
    back_to_go_live_planning(script, reason);
    Ok(())
}
