//! A command of a given name with targets that mostly exist.

use crate::{contents, dice::Dice, players::Game};
use chrono::{Days, TimeDelta};
use fabu_domain::{
    blocks::{
        approval::{Capacity, Condition, Decision, Quorum, Rule},
        document::DocumentKind,
        task::TaskKind,
    },
    ids::{ApprovalId, AttachmentId, ConfigurationChangeId, TaskId, TestCaseId, UnitId, UserId},
    people::role::Role,
    subjects::{
        change::ChangeState,
        release::{
            DeployedUnit, ExceptionKind,
            command::{
                Ballot, Command as C, CommandName as N, Convocation, Invitation, NewFile, NewTask, NewTestCase, NewTestRun,
                NewUnit, StepReport,
            },
            documents::{RollbackGroup, TestCategory},
            procedure::document_rule,
            records::{Bound, EntryKind, ItemState, Measurement, StepResult, TestResult},
            stage::Verdict,
        },
    },
};
use fabu_scenario::{company, world::approved_change};

fn reason(dice: &mut Dice) -> String {
    dice.word(&["按计划", "客户要求", "发现问题", ""])
}

pub fn of(name: N, game: &Game, by: UserId, dice: &mut Dice) -> C {
    let dossier = &game.world.dossier;
    let release = dossier.release.id;
    let reason = reason(dice);
    let someone = *dice.of(&game.people).unwrap();
    match name {
        N::SaveDraft => {
            let document = document(game, dice);
            C::SaveDraft { document, content: contents::of(document, game, dice) }
        }
        N::SubmitDocument => submit(game, dice),
        N::AssignRole => {
            let role = *dice.of(&Role::TEAM).unwrap();
            let granted: Vec<UserId> =
                game.people.iter().copied().filter(|id| game.world.around.directory.holds(*id, role)).collect();
            let user_id = if dice.chance(85) { *dice.of(&granted).unwrap_or(&someone) } else { someone };
            C::AssignRole { role, user_id, reason }
        }
        N::GrantException => C::GrantException { kind: *dice.of(ExceptionKind::ALL).unwrap(), reason },
        N::AcceptRisk => C::AcceptRisk { risk: dice.word(&["k1", "k2", "k2"]), reason },
        N::AcceptConflict => {
            let key = dice.of(&game.world.around.conflicts).map(|conflict| conflict.key.clone());
            C::AcceptConflict { conflict: key.unwrap_or_else(|| "same_object/REL-2026-0099".to_owned()), reason }
        }
        N::AddChange => C::AddChange { change: change(dice) },
        N::RemoveChange => {
            let known = dice.of(&dossier.changes).filter(|_| dice.clone().chance(80)).map(|c| c.id);
            C::RemoveChange { change_id: known.unwrap_or(approved_change(77).id), reason }
        }
        N::ConfirmGrouping => C::ConfirmGrouping,
        N::RequestOpinions => {
            let departments = if dice.chance(10) { vec![company::department("nobody")] } else { Vec::new() };
            C::RequestOpinions { departments, question: reason }
        }
        N::ConvenePlanReview => C::ConvenePlanReview { convocation: convocation(game, dice, false) },
        N::ConveneGoLiveApproval => C::ConveneGoLiveApproval { convocation: convocation(game, dice, true) },
        N::ConveneEmergencyApproval => C::ConveneEmergencyApproval { convocation: convocation(game, dice, true) },
        N::CastVote => vote(game, by, dice),
        N::ReplaceMember => replace_member(game, someone, dice),
        N::ReviseReleasePlan => C::ReviseReleasePlan { reason },
        N::ReviseGoLivePlan => C::ReviseGoLivePlan { reason },
        N::RegisterUnit => C::RegisterUnit { unit: unit(game, dice) },
        N::WithdrawUnit => C::WithdrawUnit { unit_id: unit_id(game, dice), reason },
        N::AddTestCase => C::AddTestCase {
            case: NewTestCase {
                category: *dice.of(TestCategory::ALL).unwrap(),
                title: "补充用例".to_owned(),
                procedure: String::new(),
                expected: "符合预期".to_owned(),
            },
        },
        N::RecordTestRun => C::RecordTestRun { run: test_run(game, dice) },
        N::ReceiveTestReport => C::ReceiveTestReport,
        N::AddTask => {
            let kind = *dice.of(TaskKind::ALL).unwrap();
            let due_at = game.world.around.now + TimeDelta::days(1);
            C::AddTask { task: NewTask { kind, title: "补充准备".to_owned(), detail: reason, assignee: someone, due_at } }
        }
        N::CompleteTask => {
            C::CompleteTask { task_id: task_id(game, by, dice), text: "已完成".to_owned(), attachments: Vec::new() }
        }
        N::VerifyTask => C::VerifyTask { task_id: task_id(game, by, dice), remark: reason },
        N::ReturnTask => C::ReturnTask { task_id: task_id(game, by, dice), reason },
        N::WaiveTask => C::WaiveTask { task_id: task_id(game, by, dice), reason },
        N::ReassignTask => C::ReassignTask { task_id: task_id(game, by, dice), assignee: someone, reason },
        N::PlanConfigurationChange => {
            let item = dice.word(&["CI-ticket-server", "CI-新增服务器", "CI-防火墙"]);
            C::PlanConfigurationChange { item, version: "1.0".to_owned(), phase: None }
        }
        N::DropConfigurationChange => C::DropConfigurationChange { change_id: configuration_id(game, dice), reason },
        N::RecordBaseline => {
            let state = dice.chance(30).then(state);
            C::RecordBaseline { change_id: configuration_id(game, dice), state }
        }
        N::SendConfigurationRequest => C::SendConfigurationRequest { note: reason },
        N::ConfirmConfigurationChange => {
            let difference = if dice.chance(70) { reason } else { String::new() };
            let change_id = configuration_id(game, dice);
            // As it was before, as was planned, or something else.
            let known = dossier.configuration_change(change_id);
            let before = known.and_then(|change| change.baseline.clone()).filter(|_| dice.chance(40));
            C::ConfirmConfigurationChange { change_id, actual: before.unwrap_or_else(state), library_reference: None, difference }
        }
        N::ReturnConfigurationChange => C::ReturnConfigurationChange { change_id: configuration_id(game, dice), reason },
        N::StartDeployment => C::StartDeployment { units: units(game, dice), note: reason },
        N::RecordStep => C::RecordStep { step: step(game, dice), report: report(game, EntryKind::Step, dice) },
        N::CompletePhase => {
            let stakeholders = if dice.chance(30) { vec![someone] } else { Vec::new() };
            C::CompletePhase { phase: dice.word(&["full", "full", "pilot", "rest"]), stakeholders }
        }
        N::RecordDeviation => {
            let step = dice.chance(60).then(|| step(game, dice));
            C::RecordDeviation { step, note: reason }
        }
        N::DecideToContinue => C::DecideToContinue { ground: reason },
        N::StartRollback => C::StartRollback { ground: reason },
        N::RecordRollback => {
            let group = *dice.of(RollbackGroup::ALL).unwrap();
            C::RecordRollback { group, report: report(game, EntryKind::RollbackStep, dice) }
        }
        N::ReconveneConfirmation => {
            let phases: Vec<String> = dossier.approvals.iter().filter_map(|a| a.subject.phase.clone()).collect();
            C::ReconveneConfirmation { phase: dice.of(&phases).cloned().unwrap_or_default(), note: reason }
        }
        N::RecordVerdict => C::RecordVerdict { verdict: *dice.of(Verdict::ALL).unwrap(), reason },
        N::ExcuseArchiveRecord => {
            let records = fabu_domain::subjects::release::archive::ArchiveRecord::ALL;
            C::ExcuseArchiveRecord { record: dice.of(records).unwrap().to_string(), reason }
        }
        N::CloseRelease => C::CloseRelease { note: reason },
        N::ReopenRelease => C::ReopenRelease { reason },
        N::SuspendRelease => C::SuspendRelease { reason },
        N::ResumeRelease => C::ResumeRelease { reason },
        N::CancelRelease => C::CancelRelease { reason },
        N::AttachFile => C::AttachFile { file: file(game, dice) },
        N::AddAddendum => C::AddAddendum { file: file(game, dice), reason },
        N::AddComment => C::AddComment { text: format!("备注 {release}") },
    }
}

fn document(game: &Game, dice: &mut Dice) -> DocumentKind {
    let stage = game.world.dossier.release.stage;
    let all: Vec<DocumentKind> = DocumentKind::of_releases().collect();
    let due = all.iter().find(|kind| document_rule(**kind).stages.contains(&stage));
    *due.filter(|_| dice.chance(90)).unwrap_or_else(|| dice.of(&all).unwrap_or(&DocumentKind::ReleasePlan))
}

fn submit(game: &Game, dice: &mut Dice) -> C {
    let document = document(game, dice);
    let quarter = fabu_domain::time::quarter::Quarter::of(game.world.around.now);
    let figures = dice.chance(90).then(|| fabu_scenario::contents::example_figures(&game.way.theme, quarter, true));
    C::SubmitDocument { document, note: reason(dice), figures }
}

fn change(dice: &mut Dice) -> fabu_domain::subjects::release::command::ChangeToAdd {
    let mut change = approved_change(u32::try_from(1 + dice.below(4)).unwrap());
    match dice.below(12) {
        0 => change.state = ChangeState::Withdrawn,
        1 => change.in_release = Some("REL-2026-0042".to_owned()),
        2 => change.in_scope = false,
        _ => {}
    }
    change
}

fn convocation(game: &Game, dice: &mut Dice, with_owner: bool) -> Convocation {
    let mut members = Vec::new();
    if with_owner && dice.chance(90) {
        members.extend(game.world.dossier.holder(Role::ReleaseOwner));
    }
    for _ in 0..dice.below(3) {
        members.push(*dice.of(&game.people).unwrap());
    }
    if with_owner && dice.chance(6) {
        members = game.world.dossier.holder(Role::ReleaseAdministrator).into_iter().collect();
    }
    let sections = |dice: &mut Dice| match dice.below(20) {
        0 => vec!["weather".to_owned()],
        1..8 => vec![dice.word(if with_owner { &["window", "roster", "way"] } else { &["rollback", "schedule", "risks"] })],
        _ => Vec::new(),
    };
    let mut invite = |user_id| Invitation { user_id, capacity: Capacity::Stakeholder, sections: sections(dice) };
    let members: Vec<Invitation> = members.into_iter().map(&mut invite).collect();
    let rule = match dice.below(6) {
        0 => Rule { quorum: Quorum::AtLeast, count: Some(u32::try_from(dice.below(4)).unwrap()), must_include: Vec::new() },
        _ => Rule::default(),
    };
    Convocation { members, rule, place: String::new(), due_at: None }
}

/// Mostly a member of an open panel, and somebody who might fit the seat.
fn replace_member(game: &Game, someone: UserId, dice: &mut Dice) -> C {
    let dossier = &game.world.dossier;
    let facts = game.world.facts();
    let seats: Vec<_> =
        dossier.approvals.iter().filter(|a| a.is_open()).flat_map(|a| a.members.iter().map(move |m| (a, m))).collect();
    let unable: Vec<_> =
        seats.iter().filter(|(a, m)| fabu_domain::subjects::release::panel::unable(&facts, a, m).is_some()).copied().collect();
    let seat = if dice.chance(80) { dice.of(&unable).or(seats.first()).copied() } else { dice.of(&seats).copied() };
    let unknown = ApprovalId::nth(dossier.release.id, 999);
    let (approval_id, member) = seat.map_or((unknown, someone), |(a, m)| (a.id, m.user_id));
    let member = if dice.chance(5) { someone } else { member };
    let heads = facts.directory.departments.values().flat_map(|d| [d.head, d.deputy_head]).flatten();
    let represent = facts.directory.customers.values().flat_map(|c| c.representatives.iter().map(|r| r.user_id));
    let holders = Role::TEAM.iter().filter_map(|role| dossier.holder(*role));
    let mut likely: Vec<UserId> = heads.chain(represent).chain(holders).collect();
    likely.sort_unstable();
    let successor = if dice.chance(80) { *dice.of(&likely).unwrap_or(&someone) } else { someone };
    C::ReplaceMember { approval_id, member, successor, reason: reason(dice) }
}

fn vote(game: &Game, by: UserId, dice: &mut Dice) -> C {
    let approvals = &game.world.dossier.approvals;
    let directory = &game.world.around.directory;
    let now = game.world.around.now;
    let asked = |a: &&fabu_domain::blocks::approval::Approval| {
        a.is_open() && a.members.iter().any(|m| m.user_id == by || directory.is_deputy(by, m.user_id, now))
    };
    let mine: Vec<ApprovalId> = approvals.iter().filter(asked).map(|a| a.id).collect();
    let any: Vec<ApprovalId> = approvals.iter().map(|a| a.id).collect();
    let unknown = ApprovalId::nth(game.world.dossier.release.id, 999);
    let approval_id = if dice.chance(85) { dice.of(&mine).or(any.first()) } else { dice.of(&any) };
    let approval_id = *approval_id.filter(|_| !dice.chance(2)).unwrap_or(&unknown);
    let decision =
        *dice.of(&[Decision::Pass, Decision::Pass, Decision::Pass, Decision::PassWithConditions, Decision::Return]).unwrap();
    let conditions = match decision {
        Decision::PassWithConditions if dice.chance(85) => {
            let due = fabu_domain::time::clock::company_day(now).checked_add_days(Days::new(3));
            let assignee = dice.of(&game.people).copied().filter(|_| dice.clone().chance(50));
            vec![Condition { text: "补充材料".to_owned(), assignee, due }]
        }
        Decision::Pass if dice.chance(3) => vec![Condition { text: "多余".to_owned(), assignee: None, due: None }],
        _ => Vec::new(),
    };
    let seats = approvals.iter().filter(|a| a.id == approval_id).flat_map(|a| a.members.iter().map(|m| m.user_id));
    let seats: Vec<UserId> = seats.filter(|p| directory.is_deputy(by, *p, now)).collect();
    let principals: Vec<UserId> = game.people.iter().copied().filter(|p| directory.is_deputy(by, *p, now)).collect();
    let principal = dice.of(&seats).filter(|_| dice.clone().chance(80)).or(principals.first()).copied();
    let on_behalf_of = principal.filter(|_| dice.chance(40));
    let comment = if dice.chance(90) { "意见".to_owned() } else { String::new() };
    C::CastVote { approval_id, ballot: Ballot { on_behalf_of, decision, comment, conditions } }
}

fn unit(game: &Game, dice: &mut Dice) -> NewUnit {
    let mut unit = dice.of(&game.way.theme.new_units()).unwrap().clone();
    match dice.below(10) {
        0 => unit.sha256 = "ABC".to_owned(),
        1..5 => {
            unit.version = format!("{}-{}", unit.version, dice.below(3));
            unit.sha256 = fabu_domain::blocks::document::canonical::fingerprint(&unit.version.clone().into());
        }
        5 => unit.name = "hotfix".to_owned(),
        _ => {}
    }
    unit
}

fn unit_id(game: &Game, dice: &mut Dice) -> UnitId {
    let ids: Vec<UnitId> = game.world.dossier.units.iter().map(|u| u.id).collect();
    *dice.of(&ids).filter(|_| dice.clone().chance(90)).unwrap_or(&UnitId::nth(game.world.dossier.release.id, 999))
}

fn units(game: &Game, dice: &mut Dice) -> Vec<DeployedUnit> {
    let mut units: Vec<DeployedUnit> =
        game.world.dossier.units_in_force().map(|u| DeployedUnit { unit_id: u.id, sha256: u.sha256.clone() }).collect();
    match dice.below(10) {
        0 => units.truncate(1),
        1 => units.iter_mut().for_each(|u| u.sha256 = "0".repeat(64)),
        _ => {}
    }
    units
}

fn test_run(game: &Game, dice: &mut Dice) -> NewTestRun {
    let dossier = &game.world.dossier;
    let cases: Vec<TestCaseId> = dossier.test_cases.iter().map(|c| c.id).collect();
    let case_id = *dice.of(&cases).filter(|_| dice.clone().chance(95)).unwrap_or(&TestCaseId::nth(dossier.release.id, 999));
    let unit_id = unit_id(game, dice);
    let unit = dossier.units.iter().find(|u| u.id == unit_id);
    let (version, sha256) = unit.map(|u| (u.version.clone(), u.sha256.clone())).unwrap_or_default();
    let version = if dice.chance(5) { "0".to_owned() } else { version };
    let result = *dice.of(&[TestResult::Passed, TestResult::Passed, TestResult::Failed, TestResult::Blocked]).unwrap();
    let figures = |measured: &str| Measurement {
        expected: "2".to_owned(),
        measured: measured.to_owned(),
        unit: "秒".to_owned(),
        bound: Bound::AtMost,
    };
    let measurement = dice.chance(90).then(|| figures(if dice.clone().chance(90) { "1.4" } else { "3" }));
    NewTestRun { case_id, unit_id, version, sha256, result, observed: String::new(), measurement, attachments: Vec::new() }
}

fn file(game: &Game, dice: &mut Dice) -> NewFile {
    let id = AttachmentId(uuid::Uuid::from_u128(u128::from(dice.below(1000) as u64)));
    NewFile { id, file_name: format!("{}.pdf", game.way.theme.title), size: 10, sha256: "0a".repeat(32) }
}

fn task_id(game: &Game, by: UserId, dice: &mut Dice) -> TaskId {
    let tasks = &game.world.dossier.tasks;
    let open: Vec<TaskId> = tasks.iter().filter(|t| t.is_open()).map(|t| t.id).collect();
    let mine: Vec<TaskId> = tasks.iter().filter(|t| t.is_open() && t.assignee == by).map(|t| t.id).collect();
    let any: Vec<TaskId> = tasks.iter().map(|t| t.id).collect();
    let choice = match dice.below(10) {
        0..4 => dice.of(&mine).or(open.first()),
        4..9 => dice.of(&open),
        _ => dice.of(&any),
    };
    *choice.filter(|_| dice.clone().chance(98)).unwrap_or(&TaskId::nth(game.world.dossier.release.id, 999))
}

fn configuration_id(game: &Game, dice: &mut Dice) -> ConfigurationChangeId {
    let ids: Vec<ConfigurationChangeId> = game.world.dossier.configuration.iter().map(|c| c.id).collect();
    *dice.of(&ids).filter(|_| dice.clone().chance(95)).unwrap_or(&ConfigurationChangeId::nth(game.world.dossier.release.id, 999))
}

fn state() -> ItemState {
    ItemState { version: "1.0".to_owned(), values: String::new() }
}

fn step(game: &Game, dice: &mut Dice) -> String {
    let steps = fabu_domain::subjects::release::run::steps(&game.world.dossier);
    let open = steps.iter().find(|s| !fabu_domain::subjects::release::run::is_done(&game.world.dossier, EntryKind::Step, &s.key));
    let choice = if dice.chance(70) { open } else { dice.of(&steps) };
    choice.map_or_else(|| "s99".to_owned(), |s| s.key.clone())
}

fn report(game: &Game, kind: EntryKind, dice: &mut Dice) -> StepReport {
    let now = game.world.around.now;
    let results = [
        StepResult::Done,
        StepResult::Done,
        StepResult::Done,
        StepResult::DoneWithDeviation,
        StepResult::Failed,
        StepResult::Excused,
    ];
    let entries: Vec<u32> = game.world.dossier.run_sheet.iter().filter(|e| e.kind == kind).map(|e| e.n).collect();
    StepReport {
        result: *dice.of(&results).unwrap(),
        started_at: if dice.chance(95) { now } else { now - TimeDelta::days(9) },
        finished_at: now,
        performed_by: dice.of(&game.people).copied().filter(|_| dice.clone().chance(20)),
        note: if dice.chance(90) { "说明".to_owned() } else { String::new() },
        attachments: Vec::new(),
        corrects: dice.of(&entries).copied().filter(|_| dice.clone().chance(15)),
    }
}
