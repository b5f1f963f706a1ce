//! Single gates at their edges: what each says, and who can clear it (§5.3–§5.8, R0, RO1b, RO1c, D17, D18).

use crate::support::*;
use chrono::TimeDelta;
use fabu_domain::{
    blocks::{
        approval::{ApprovalKind, Decision},
        document::{DocumentContent, DocumentKind},
    },
    people::role::Role,
    subject::refusal::{Code, Party, Unmet},
    subjects::release::{
        command::{Command, StepReport},
        documents::{TestCategory, TestReport, test_report::TestVerdict},
        gate::Gate,
        stage::{ReleaseKind, Stage, Verdict},
    },
};
use fabu_scenario::{cast::CASTS, contents};
use std::{collections::BTreeSet, sync::Arc};

fn codes(unmet: &[Unmet]) -> Vec<Code> {
    unmet.iter().map(|u| u.code).collect()
}

/// Changes the newest test report where it lies.
fn rewrite(case: &mut Case, change: impl FnOnce(&mut TestReport)) {
    let document = case.dossier.documents.get_mut(&DocumentKind::TestReport).unwrap();
    match Arc::make_mut(&mut document.revisions.last_mut().unwrap().content) {
        DocumentContent::TestReport(report) => change(report),
        other => panic!("no test report: {other:?}"),
    }
}

/// 5.3b: an open approval is cleared by those who are awaited, any other that is missing by the administrator.
#[test]
fn a_missing_approval_names_those_who_can_bring_it() {
    let mut case = at(Stage::PlanReview);
    let gate = Gate::SignedOff(ApprovalKind::PlanReview);
    let open = gate.unmet(&case.facts());
    assert_eq!(codes(&open), [Code::ApprovalNotPassed]);
    assert_eq!(open[0].who, [Party::User(person("yang.fan")), Party::User(person("xu.hai"))]);
    case.vote(person("xu.hai"), ApprovalKind::PlanReview, ballot(Decision::Return, "回退条件不明确"));
    let administrator = [Party::User(case.cast.administrator)];
    let returned = gate.unmet(&case.facts());
    assert_eq!((codes(&returned), returned[0].who.as_slice()), (vec![Code::ApprovalNotPassed], administrator.as_slice()));
    let never = Gate::SignedOff(ApprovalKind::GoLiveApproval).unmet(&case.facts());
    assert_eq!((codes(&never), never[0].who.as_slice()), (vec![Code::ApprovalNotPassed], administrator.as_slice()));
    // What nobody has approved yet cannot be outdated, although a list changed under it (3.3).
    case.go(Stage::GoLiveApproval);
    case.dossier.configuration[0].planned_version = "9.9.9".to_owned();
    assert_eq!(codes(&Gate::SignedOff(ApprovalKind::GoLiveApproval).unmet(&case.facts())), [Code::ApprovalNotPassed]);
}

/// R0: somebody who lost the role of the company holds it in no release either.
#[test]
fn a_team_is_complete_while_its_members_are_granted_their_roles() {
    let mut case = new();
    assert_eq!(Gate::TeamComplete.unmet(&case.facts()), []);
    let tester = case.cast.tester;
    case.around.directory.users.get_mut(&tester).unwrap().roles = [Role::SupportStaff].into_iter().collect();
    assert_eq!(codes(&Gate::TeamComplete.unmet(&case.facts())), [Code::RoleNotGranted]);
}

/// 5.4d: the report covers a unit in exactly the version and with exactly the hash that is registered.
#[test]
fn a_report_covers_a_unit_only_as_it_was_tested() {
    let case = at(Stage::Acceptance);
    assert_eq!(Gate::AcceptedVersion.unmet(&case.facts()), []);
    let (mut version, mut hash) = (case.clone(), case.clone());
    version.dossier.units[0].version = "9.9.9".to_owned();
    hash.dossier.units[0].sha256 = "0".repeat(64);
    let mut swapped = case.clone();
    let (a, b) = (swapped.dossier.units[0].sha256.clone(), swapped.dossier.units[1].sha256.clone());
    (swapped.dossier.units[0].sha256, swapped.dossier.units[1].sha256) = (b, a);
    for (case, expected) in [(version, 1), (hash, 1), (swapped, 2)] {
        assert_eq!(codes(&Gate::AcceptedVersion.unmet(&case.facts())), vec![Code::AcceptanceOtherVersion; expected]);
    }
}

/// D18: a report that is made up after an emergency and says honestly that its tests failed is received as it is.
#[test]
fn a_failed_test_stops_a_release_and_is_only_recorded_after_an_emergency() {
    let mut late = emergency_at(Stage::ConfigurationUpdate);
    late.until(|d| d.latest(DocumentKind::TestReport).is_some());
    let mut early = at(Stage::Testing);
    early.until(|d| d.latest(DocumentKind::TestReport).is_some());
    let fail = |report: &mut TestReport| {
        report.verdict = Some(TestVerdict::Fail);
        report.rollback_procedure_effective = Some(false);
    };
    for (case, after) in [(&mut late, true), (&mut early, false)] {
        for gate in [Gate::TestPassed, Gate::UnitsTested, Gate::RollbackRehearsed] {
            assert_eq!(gate.unmet(&case.facts()), [], "passed");
        }
        // Without a failed verdict the missing runs are missing, also after an emergency.
        let mut untested = case.clone();
        untested.dossier.test_runs.clear();
        assert_eq!(codes(&Gate::UnitsTested.unmet(&untested.facts())), [Code::UnitNotTested; 2]);
        rewrite(case, fail);
        case.dossier.test_runs.clear();
        let expected = |codes: &[Code]| if after { Vec::new() } else { codes.to_vec() };
        assert_eq!(codes(&Gate::TestPassed.unmet(&case.facts())), expected(&[Code::TestReportFailed]));
        assert_eq!(codes(&Gate::UnitsTested.unmet(&case.facts())), expected(&[Code::UnitNotTested; 2]));
        assert_eq!(codes(&Gate::RollbackRehearsed.unmet(&case.facts())), expected(&[Code::ProcedureNotEffective]));
    }
}

/// RO1c: the rollback is rehearsed, or a reason is given; without the rehearsal its procedure need not be found effective.
#[test]
fn a_rollback_is_rehearsed_or_exempted_with_a_reason() {
    let mut case = at(Stage::Acceptance);
    let both = [Code::RollbackNotRehearsed, Code::ProcedureNotEffective];
    for (rehearsed, reason, effective, expected) in [
        (true, "", true, &[][..]),
        (true, "", false, &both[1..]),
        (false, "", true, &both[..1]),
        (false, " ", false, &both[..]),
        (false, "只更换配置，无可演练的步骤", false, &[]),
    ] {
        rewrite(&mut case, |report| {
            report.rollback_rehearsal.rehearsed = rehearsed;
            report.rollback_rehearsal.exemption_reason = reason.to_owned();
            report.rollback_procedure_effective = Some(effective);
        });
        let unmet = Gate::RollbackRehearsed.unmet(&case.facts());
        assert_eq!(codes(&unmet), expected, "{rehearsed} {reason} {effective}");
    }
}

/// RO1b: what was accepted is this risk in this list; a list that changed is accepted anew.
#[test]
fn a_risk_is_accepted_as_it_stands_in_its_list() {
    let mut case = new();
    let risky = case.way.theme.clone().with_high_risk();
    let mut plan = contents::release_plan(&case.cast, &risky);
    case.submit(case.cast.administrator, DocumentKind::ReleasePlan, plan.clone());
    assert_eq!(codes(&Gate::RisksAccepted.unmet(&case.facts())), [Code::RiskNotAccepted]);
    let risk = plan.high_residual_risks().next().unwrap().key.clone();
    case.done(case.cast.owner, Command::AcceptRisk { risk: risk.clone(), reason: "可控".to_owned() });
    assert_eq!(Gate::RisksAccepted.unmet(&case.facts()), []);
    // Another high risk beside the accepted one, in the same list.
    let mut renamed = case.clone();
    renamed.dossier.release.accepted_risks[0].risk = "k99".to_owned();
    assert_eq!(codes(&Gate::RisksAccepted.unmet(&renamed.facts())), [Code::RiskNotAccepted]);
    let high = plan.risks.iter_mut().find(|r| r.key == risk).unwrap();
    high.cause = "数据迁移可能丢失当日交易".to_owned();
    case.submit(case.cast.administrator, DocumentKind::ReleasePlan, plan);
    assert_eq!(codes(&Gate::RisksAccepted.unmet(&case.facts())), [Code::RiskNotAccepted]);
}

/// 5.8a: a step may begin with the window, or as much earlier as the procedure version allows, and end with it.
#[test]
fn the_edges_of_the_window_belong_to_it() {
    let mut case = at(Stage::Deployment);
    case.until(|d| d.confirmation("full").is_some_and(|a| !a.is_open()));
    let window = case.dossier.release.window.unwrap();
    let minute = TimeDelta::minutes(1);
    let outside = |case: &Case| codes(&Gate::SuccessAllowed.unmet(&case.facts()));
    let second = TimeDelta::seconds(1);
    for (tolerance, started, finished, expected) in [
        (0, window.start, window.end, &[][..]),
        (0, window.start - second, window.end, &[Code::StepOutsideWindow][..]),
        (0, window.start, window.end + second, &[Code::StepOutsideWindow][..]),
        (10, window.start - minute * 10, window.end, &[][..]),
        (10, window.start - minute * 10 - second, window.end, &[Code::StepOutsideWindow][..]),
        (10, window.start, window.end + second, &[Code::StepOutsideWindow][..]),
    ] {
        let mut case = case.clone();
        case.around.parameters.start_tolerance_minutes = tolerance;
        case.dossier.run_sheet[0].started_at = started;
        case.dossier.run_sheet[0].finished_at = finished;
        assert_eq!(outside(&case), expected, "{tolerance} {started} {finished}");
    }
    case.dossier.run_sheet[3].recorded_at = window.end;
    assert_eq!(outside(&case), [], "recorded with the end of the window");
    case.dossier.run_sheet[3].recorded_at = window.end + second;
    assert_eq!(outside(&case), [Code::StepDeviationMissing]);
    // The same edges when a step is recorded and when the deployment starts.
    let mut ready = at(Stage::Deployment);
    ready.until(|d| d.run_sheet.len() == 3);
    ready.wait_until(window.end);
    ready.world.give(ready.cast.implementer, &Command::RecordStep { step: "s4".to_owned(), report: step_now(&ready) }).unwrap();
    assert_eq!(codes(&Gate::WindowAhead.unmet(&ready.facts())), [Code::WindowPast], "over with its end");
    let mut early = at(Stage::Readiness);
    early.around.parameters.start_tolerance_minutes = 10;
    early.world.around.now = window.start - minute * 10;
    assert_eq!(Gate::WindowOpen.unmet(&early.facts()), []);
    early.world.around.now -= second;
    assert_eq!(codes(&Gate::WindowOpen.unmet(&early.facts())), [Code::WindowNotOpen]);
}

/// 3.2: a correction names an entry of the same step.
#[test]
fn an_entry_of_another_step_cannot_be_corrected() {
    let mut case = at(Stage::Deployment);
    case.until(|d| d.run_sheet.len() == 2);
    let correction = StepReport { corrects: Some(1), note: "误记".to_owned(), ..step_now(&case) };
    let of = |step: &str| Command::RecordStep { step: step.to_owned(), report: correction.clone() };
    case.refused(case.cast.implementer, &of("s2"), &[Code::EntryUnknown]);
    case.done(case.cast.implementer, of("s1"));
}

/// D8: nobody who was asked is passed over, whatever the question was about.
#[test]
fn success_waits_for_everybody_who_was_asked() {
    let case = opened(&CASTS[0], ReleaseKind::Minor, |way| way.ending(Verdict::RolledBack)).to(Stage::ConfigurationUpdate);
    assert!(case.dossier.confirmation("rolled_back").is_some_and(|a| a.is_open()));
    let waiting = |case: &Case| -> Vec<String> {
        let unmet = Gate::SuccessAllowed.unmet(&case.facts()).into_iter();
        let of_phase = |u: Unmet| u.params.into_iter().find(|(name, _)| *name == "phase").map(|(_, text)| text.zh);
        unmet.filter(|u| u.code == Code::PhaseNotConfirmed).filter_map(of_phase).collect()
    };
    assert_eq!(waiting(&case), ["rolled_back"]);
    let mut answered = case.clone();
    for by in [case.cast.administrator, case.cast.representative] {
        answered.vote(by, ApprovalKind::DeploymentConfirmation, fabu_scenario::journey::agreement());
    }
    assert_eq!(waiting(&answered), Vec::<String>::new());
}

/// 5.8b: a verdict other than success grants every objection, and the result is confirmed anew.
#[test]
fn a_verdict_without_success_answers_the_objections() {
    use fabu_domain::blocks::approval::ApprovalState;
    let mut case = at(Stage::PlanReview);
    case.vote(person("xu.hai"), ApprovalKind::PlanReview, ballot(Decision::Return, "回退条件不明确"));
    case.go(Stage::Deployment);
    case.until(|d| d.confirmation("full").is_some());
    case.vote(case.cast.representative, ApprovalKind::DeploymentConfirmation, ballot(Decision::Return, "票价显示错误"));
    let objection = case.approval(ApprovalKind::DeploymentConfirmation).id;
    let plan_review = case.approval(ApprovalKind::PlanReview).id;
    assert_eq!(codes(&Gate::NoObjection.unmet(&case.facts())), [Code::Objection]);
    let events = case.events.len();
    case.done(case.cast.owner, Command::RecordVerdict { verdict: Verdict::Partial, reason: "票价未更新".to_owned() });
    let decided = |event: &fabu_domain::subjects::event::ReleaseEvent| match event {
        fabu_domain::subjects::event::ReleaseEvent::ApprovalDecided { approval_id, state, .. } => Some((*approval_id, *state)),
        _ => None,
    };
    let decided: Vec<_> = case.events[events..].iter().filter_map(decided).collect();
    assert_eq!(decided, [(objection, ApprovalState::Void)], "that one and no other");
    assert_eq!(case.dossier.approval(plan_review).unwrap().state, ApprovalState::Passed);
    assert_eq!(Gate::NoObjection.unmet(&case.facts()), []);
    assert!(case.dossier.confirmation("partial").is_some_and(|a| a.is_open()));
}

/// D18: a made-up report asks the customer again; another document leaves the acceptance as it is.
#[test]
fn only_a_new_test_report_asks_again_for_an_acceptance_that_was_made_up() {
    use fabu_domain::blocks::approval::ApprovalState;
    let mut case = emergency_at(Stage::ConfigurationUpdate);
    let accepted = |d: &fabu_domain::subjects::release::Dossier| {
        d.latest_approval(ApprovalKind::CustomerAcceptance).is_some_and(|a| a.state == ApprovalState::Passed)
    };
    case.until(accepted);
    let administrator = case.cast.administrator;
    let mut plan = contents::go_live_plan(&case.cast, &case.way.theme);
    plan.communication.message.push_str("（已通知）");
    case.submit(administrator, DocumentKind::GoLivePlan, plan);
    assert!(accepted(&case.dossier));
    let DocumentContent::TestReport(mut report) = case.dossier.latest(DocumentKind::TestReport).unwrap().content.as_ref().clone()
    else {
        panic!("a test report")
    };
    report.summary.push_str("（补充说明）");
    case.submit(case.cast.tester, DocumentKind::TestReport, *report);
    assert!(!accepted(&case.dossier));
}

/// 3.2: a step ends after it began; the other way round the times are impossible.
#[test]
fn a_step_takes_its_time() {
    let mut case = at(Stage::Deployment);
    let began = case.around.now;
    case.wait(TimeDelta::minutes(20));
    let now = case.around.now;
    let record = |started_at, finished_at| {
        let report = StepReport { started_at, finished_at, ..step_now(&case) };
        Command::RecordStep { step: "s1".to_owned(), report }
    };
    let (forwards, backwards) = (record(began, now), record(now, began));
    case.refused(case.cast.implementer, &backwards, &[Code::StepTimes]).clause("3.2");
    case.done(case.cast.implementer, forwards);
    assert_eq!((case.dossier.run_sheet[0].started_at, case.dossier.run_sheet[0].finished_at), (began, now));
}

/// 5.8a, D11: without units nothing is deployed; tests and acceptance are asked for before, in an emergency afterwards.
#[test]
fn what_is_deployed_was_tested_and_accepted_but_in_an_emergency() {
    let gate = Gate::TestedOrEmergency;
    for (mut case, emergency) in [(at(Stage::Readiness), false), (emergency_at(Stage::Readiness), true)] {
        assert_eq!(gate.unmet(&case.facts()), []);
        let mut empty = case.clone();
        empty.dossier.units.iter_mut().for_each(|unit| unit.withdrawn = true);
        assert_eq!(codes(&gate.unmet(&empty.facts())), [Code::UnitNone]);
        case.dossier.test_runs.clear();
        case.dossier.approvals.retain(|a| a.kind != ApprovalKind::CustomerAcceptance);
        let expected = [Code::UnitNotTested, Code::UnitNotTested, Code::ApprovalNotPassed];
        assert_eq!(codes(&gate.unmet(&case.facts())), if emergency { &[][..] } else { &expected });
    }
}

/// 5.8b: when somebody who is asked to confirm had a hand in the deployment, the owner is asked as well.
#[test]
fn a_result_is_confirmed_by_the_owner_when_somebody_else_who_confirms_had_a_hand_in_it() {
    let confirm = |by: [bool; 2]| {
        let mut case = at(Stage::Deployment);
        for step in ["s1", "s2", "s3", "s4"] {
            let performed_by = (by[0] && step == "s1").then_some(case.cast.administrator);
            let report = StepReport { performed_by, ..step_now(&case) };
            case.done(case.cast.implementer, Command::RecordStep { step: step.to_owned(), report });
        }
        if by[1] {
            // Only a record of an earlier version of the program says so.
            case.dossier.run_sheet[1].performed_by = case.cast.representative;
        }
        let command = Command::CompletePhase { phase: "full".to_owned(), stakeholders: Vec::new() };
        case.done(case.cast.implementer, command);
        let owner = case.cast.owner;
        case.approval(ApprovalKind::DeploymentConfirmation).awaited().any(|member| member == owner)
    };
    assert!(confirm([true, true]) && confirm([true, false]) && confirm([false, true]));
    assert!(!confirm([false, false]));
}

/// 3.5: the review of a failed release ends the task that asked for it, and nothing else that is outstanding.
#[test]
fn a_review_ends_only_the_task_that_asked_for_it() {
    use fabu_domain::blocks::task::{TaskKind, TaskState};
    let mut case = opened(&CASTS[0], ReleaseKind::Minor, |way| way.ending(Verdict::RolledBack)).to(Stage::ConfigurationUpdate);
    let open = |case: &Case, kind| case.dossier.tasks.iter().any(|t| t.kind == kind && t.is_open());
    assert!(open(&case, TaskKind::FailedReleaseReview));
    case.until(|d| d.latest(DocumentKind::FailureReview).is_some());
    assert!(!open(&case, TaskKind::FailedReleaseReview) && open(&case, TaskKind::ReleaseReport));
    let reviewed = case.dossier.tasks.iter().find(|t| t.kind == TaskKind::FailedReleaseReview).unwrap();
    assert_eq!(reviewed.state, TaskState::Done);
}

/// RT2: what the runs say need not be written down: the report is given the conclusion of each category that was tested.
#[test]
fn a_report_is_given_the_conclusions_that_its_runs_come_to() {
    let mut case = at(Stage::Testing);
    case.until(|d| d.documents.get(&DocumentKind::TestReport).is_some_and(|d| d.draft.is_some()));
    for (n, test) in case.dossier.test_cases.iter().enumerate() {
        assert_eq!(test.id, fabu_domain::ids::TestCaseId::nth(case.dossier.release.id, n + 1));
    }
    let tested: BTreeSet<_> = case.dossier.test_cases.iter().map(|test| test.category).collect();
    let untested = TestCategory::ALL.iter().filter(|category| !tested.contains(category));
    let expected: Vec<String> = untested.map(|category| format!("/categories/{category}")).collect();
    let missing = fabu_domain::subjects::release::decide::left_to_enter(&case.facts(), &TestReport::default().into());
    let left = missing.into_iter().map(|missing| missing.pointer).filter(|pointer| pointer.starts_with("/categories"));
    assert_eq!(left.collect::<Vec<_>>(), expected);
    assert!(tested.len() > 5, "{tested:?}");
}
