//! The run sheet, phases, decisions, rollback and verdict (§5.8, 5.2x, D8).

use super::refusals;
use crate::support::*;
use chrono::TimeDelta;
use fabu_domain::{
    blocks::{
        approval::{ApprovalKind, Condition, Decision},
        task::TaskKind,
    },
    subject::refusal::Code,
    subjects::release::{
        command::{Ballot, Command, StepReport},
        records::StepResult,
        stage::{Stage, Verdict},
    },
};
use fabu_scenario::journey::agreement;

pub(super) fn step(key: &str, report: StepReport) -> Command {
    Command::RecordStep { step: key.to_owned(), report }
}

pub(super) fn verdict(verdict: Verdict) -> Command {
    Command::RecordVerdict { verdict, reason: "判定".to_owned() }
}

fn complete(phase: &str) -> Command {
    Command::CompletePhase { phase: phase.to_owned(), stakeholders: Vec::new() }
}

pub(super) fn roll_back() -> Command {
    Command::StartRollback { ground: "业务中断".to_owned() }
}

/// All steps are done and the result waits for confirmation.
fn installed() -> Case {
    let mut case = at(Stage::Deployment);
    case.until(|d| d.confirmation("full").is_some());
    case
}

/// What is in the way of success, besides that none of the four steps is done.
fn not_installed(besides: &[Code]) -> Vec<Code> {
    besides.iter().copied().chain([Code::StepOpen; 4]).collect()
}

/// The first step ended like this, the others as planned, and everybody has confirmed.
fn confirmed_after(reports: &[StepReport]) -> Case {
    let mut case = at(Stage::Deployment);
    for report in reports {
        let at_once = StepReport { started_at: case.around.now, finished_at: case.around.now, ..report.clone() };
        case.done(case.cast.implementer, step("s1", at_once));
    }
    case.until(|d| d.confirmation("full").is_some_and(|a| !a.is_open()));
    case
}

fn report(result: StepResult, note: &str, corrects: Option<u32>) -> StepReport {
    StepReport { result, note: note.to_owned(), corrects, ..step_now(&new()) }
}

fn deviation(step: &str) -> Command {
    Command::RecordDeviation { step: Some(step.to_owned()), note: "经现场指挥同意".to_owned() }
}

refusals! {
    /// 10a, D17: a step that was left out is no step as planned.
    fn success_with_a_step_left_out() {
        let case = confirmed_after(&[report(StepResult::Excused, "不需要", None)]);
        let refused = case.refused(case.cast.administrator, &verdict(Verdict::Successful), &[Code::StepDeviationMissing]);
        refused.clause("D17").cleared_by(case.cast.owner).codes()
    }
    /// 10a, D17: a failure does not vanish behind a correction.
    fn success_after_a_failure_that_was_corrected() {
        let reports = [report(StepResult::Failed, "安装失败", None), report(StepResult::Done, "误记", Some(1))];
        let case = confirmed_after(&reports);
        case.refused(case.cast.owner, &verdict(Verdict::Successful), &[Code::StepDeviationMissing]).codes()
    }
    /// D8: what failed and was tried again is an unplanned fix.
    fn success_after_a_failure_that_was_tried_again() {
        let case = confirmed_after(&[report(StepResult::Failed, "安装失败", None), report(StepResult::Done, "重装", None)]);
        case.refused(case.cast.owner, &verdict(Verdict::Successful), &[Code::UnplannedFix]).clause("D8").codes()
    }
    /// D17: what ends after the window was not deployed within plan.
    fn success_with_a_step_that_ended_after_the_window() {
        let mut case = at(Stage::Deployment);
        case.until(|d| d.run_sheet.len() == 3);
        let end = case.dossier.release.window.unwrap().end;
        case.world.wait_until(end + TimeDelta::hours(30));
        case.refused(case.cast.implementer, &step("s4", step_now(&case)), &[Code::StepNoteRequired]);
        case.until(|d| d.confirmation("full").is_some_and(|a| !a.is_open()));
        case.done(case.cast.owner, deviation("s4"));
        case.refused(case.cast.owner, &verdict(Verdict::Successful), &[Code::StepOutsideWindow]).clause("D17").codes()
    }
    /// D17, principle 10: a late entry is allowed, reasoned and marked; success needs a deviation that names it.
    fn success_with_a_step_recorded_after_the_window() {
        let mut case = at(Stage::Deployment);
        case.until(|d| d.run_sheet.len() == 3);
        let at = case.around.now;
        let end = case.dossier.release.window.unwrap().end;
        case.world.wait_until(end + TimeDelta::hours(30));
        let late = StepReport { started_at: at, finished_at: at, ..step_now(&case) };
        case.refused(case.cast.implementer, &step("s4", late.clone()), &[Code::StepNoteRequired]).clause("5.8a");
        case.done(case.cast.implementer, step("s4", StepReport { note: "补录".to_owned(), ..late }));
        case.until(|d| d.confirmation("full").is_some_and(|a| !a.is_open()));
        case.refused(case.cast.owner, &verdict(Verdict::Successful), &[Code::StepDeviationMissing]).codes()
    }
    /// D17, principle 10: whoever did or entered the work does not countersign it.
    fn success_with_deviations_of_the_implementer_alone() {
        let mut case = confirmed_after(&[report(StepResult::Excused, "不需要", None)]);
        case.done(case.cast.implementer, deviation("s1"));
        let refused = case.refused(case.cast.owner, &verdict(Verdict::Successful), &[Code::StepDeviationMissing]);
        refused.cleared_by(case.cast.administrator).codes()
    }
    /// 10a, D8: a result that is right only once something is mended is no success.
    fn success_with_a_confirmation_on_conditions() {
        let mut case = installed();
        let condition = Condition { text: "修复票价数据".to_owned(), assignee: None, due: None };
        let agreed = Ballot { conditions: vec![condition], ..ballot(Decision::PassWithConditions, "数据有误") };
        case.vote(case.cast.representative, ApprovalKind::DeploymentConfirmation, agreed);
        case.until(|d| d.confirmation("full").is_some_and(|a| !a.is_open()));
        let refused = case.refused(case.cast.owner, &verdict(Verdict::Successful), &[Code::ConfirmationConditions]);
        refused.clause("10a").cleared_by(case.cast.representative).codes()
    }
    /// R0, 5.8: nobody who tests, accepts, audits or runs the system carries out a step.
    fn a_step_performed_by_somebody_separated_from_it() {
        let case = at(Stage::Deployment);
        let by = |person| StepReport { performed_by: Some(person), ..step_now(&case) };
        let mut codes = Vec::new();
        for unfit in [case.cast.tester, case.cast.representative, person("xie.ning"), person("zhao.min"), person("bai.xuefeng")] {
            codes.extend(case.refused(case.cast.implementer, &step("s1", by(unfit)), &[Code::PerformerUnfit]).clause("R0").codes());
        }
        codes
    }
    /// 3.2: a correction says why.
    fn a_correction_without_a_reason() {
        let mut case = at(Stage::Deployment);
        case.until(|d| d.run_sheet.len() == 1);
        let correction = StepReport { corrects: Some(1), ..step_now(&case) };
        case.refused(case.cast.implementer, &step("s1", correction), &[Code::StepNoteRequired]).codes()
    }
    fn a_deviation_of_a_step_that_is_not_there() {
        let case = at(Stage::Deployment);
        case.refused(case.cast.owner, &deviation("s99"), &[Code::StepUnknown]).codes()
    }
    fn an_unknown_step() {
        let case = at(Stage::Deployment);
        case.refused(case.cast.implementer, &step("s99", step_now(&case)), &[Code::StepUnknown]).codes()
    }
    fn a_step_before_its_predecessor() {
        let case = at(Stage::Deployment);
        case.refused(case.cast.implementer, &step("s2", step_now(&case)), &[Code::StepPredecessor]).clause("5.8a").codes()
    }
    fn a_step_of_a_later_phase() {
        let case = phased_at(Stage::Deployment);
        case.refused(case.cast.implementer, &step("s4", step_now(&case)), &[Code::StepOtherPhase, Code::StepPredecessor]).clause("5.5.2").codes()
    }
    fn a_step_that_is_done_already() {
        let mut case = at(Stage::Deployment);
        case.until(|d| d.run_sheet.len() == 1);
        case.refused(case.cast.implementer, &step("s1", step_now(&case)), &[Code::StepDone]).codes()
    }
    fn impossible_times_and_a_failure_without_words() {
        let case = at(Stage::Deployment);
        let future = StepReport { finished_at: case.around.now + TimeDelta::minutes(1), result: StepResult::Failed, ..step_now(&case) };
        let before = StepReport { started_at: case.around.now - TimeDelta::days(1), ..step_now(&case) };
        case.refused(case.cast.implementer, &step("s1", before), &[Code::StepTimes, Code::StepNoteRequired]).clause("3.2");
        case.refused(case.cast.implementer, &step("s1", future), &[Code::StepTimes, Code::StepNoteRequired]).codes()
    }
    fn the_correction_of_an_entry_that_is_not_there() {
        let case = at(Stage::Deployment);
        let report = StepReport { corrects: Some(7), note: "误记".to_owned(), ..step_now(&case) };
        case.refused(case.cast.implementer, &step("s1", report), &[Code::EntryUnknown]).clause("3.2").codes()
    }
    fn a_step_by_the_tester() {
        let case = at(Stage::Deployment);
        case.refused(case.cast.tester, &step("s1", step_now(&case)), &[Code::NotPermitted]).cleared_by(case.cast.implementer).codes()
    }
    fn a_phase_with_open_steps() {
        let case = at(Stage::Deployment);
        case.refused(case.cast.implementer, &complete("full"), &[Code::StepOpen; 4]).cleared_by(case.cast.implementer).codes()
    }
    fn a_phase_that_does_not_exist() {
        let mut case = at(Stage::Deployment);
        case.until(|d| d.run_sheet.len() == 4);
        case.refused(case.cast.implementer, &complete("pilot"), &[Code::PhaseUnknown]).clause("5.5.2").codes()
    }
    fn the_next_phase_before_the_previous_is_confirmed() {
        let mut case = phased_at(Stage::Deployment);
        case.until(|d| d.confirmation("pilot").is_some());
        case.refused(case.cast.implementer, &complete("rest"), &[Code::PhaseNotConfirmed, Code::PhaseUnknown]).clause("5.8b").codes()
    }
    fn a_phase_after_the_last() {
        let case = installed();
        case.refused(case.cast.implementer, &complete("full"), &[Code::PhaseNoneLeft, Code::PhaseUnknown]).clause("5.5.2").codes()
    }
    fn success_before_the_phase_is_completed() {
        let case = at(Stage::Deployment);
        case.refused(case.cast.administrator, &verdict(Verdict::Successful), &not_installed(&[Code::PhaseOpen])).clause("5.8b").cleared_by(case.cast.implementer).codes()
    }
    fn success_with_a_missing_confirmation() {
        let case = installed();
        let refused = case.refused(case.cast.administrator, &verdict(Verdict::Successful), &[Code::PhaseNotConfirmed]);
        refused.clause("5.8b").cleared_by(case.cast.representative).codes()
    }
    fn success_with_an_objection() {
        let mut case = installed();
        case.vote(case.cast.representative, ApprovalKind::DeploymentConfirmation, ballot(Decision::Return, "票价显示错误"));
        case.refused(case.cast.administrator, &verdict(Verdict::Successful), &[Code::PhaseNotConfirmed]).codes()
    }
    fn success_with_an_unplanned_fix() {
        let mut case = at(Stage::Deployment);
        let report = StepReport { result: StepResult::DoneWithDeviation, note: "手工修改了配置".to_owned(), ..step_now(&case) };
        case.done(case.cast.implementer, step("s1", report));
        case.until(|d| d.confirmation("full").is_some_and(|a| !a.is_open()));
        case.refused(case.cast.administrator, &verdict(Verdict::Successful), &[Code::UnplannedFix]).clause("D8").codes()
    }
    fn the_verdict_of_the_implementer() {
        let case = installed();
        case.refused(case.cast.implementer, &verdict(Verdict::Successful), &[Code::NotPermitted]).cleared_by(case.cast.owner).codes()
    }
    fn success_or_partial_success_after_a_rollback() {
        let mut case = at(Stage::Deployment);
        case.done(case.cast.owner, roll_back());
        case.refused(case.cast.owner, &verdict(Verdict::Successful), &not_installed(&[Code::VerdictContradicts, Code::PhaseOpen]));
        case.refused(case.cast.owner, &verdict(Verdict::Partial), &[Code::VerdictContradicts]).clause("D8").codes()
    }
    fn the_verdict_rolled_back_without_a_rollback() {
        let case = at(Stage::Deployment);
        case.refused(case.cast.owner, &verdict(Verdict::RolledBack), &[Code::NotRollingBack]).codes()
    }
    fn the_verdict_rolled_back_with_open_groups_and_notices() {
        let mut case = at(Stage::Deployment);
        case.done(case.cast.administrator, roll_back());
        let expected = [Code::RollbackGroupOpen, Code::RollbackGroupOpen, Code::RollbackGroupOpen, Code::RollbackGroupOpen, Code::RollbackGroupOpen, Code::TaskOpen];
        let refused = case.refused(case.cast.owner, &verdict(Verdict::RolledBack), &expected);
        let clauses: Vec<_> = refused.0.unmet().iter().map(|u| u.clause()).collect();
        assert_eq!(clauses, ["5.2.1", "5.2.2", "5.2.3", "5.2.4", "5.2.5", "5.2.5"]);
        refused.codes()
    }
    /// 5.8b, D17: whoever takes the confirmation back before the verdict objects.
    fn success_after_a_confirmation_was_taken_back() {
        let mut case = installed();
        case.until(|d| d.confirmation("full").is_some_and(|a| !a.is_open()));
        let conditions = vec![Condition { text: "先修好报表".to_owned(), assignee: None, due: None }];
        let mut conditional = case.clone();
        let ballot_with = Ballot { conditions, ..ballot(Decision::PassWithConditions, "报表打不开") };
        conditional.vote(case.cast.representative, ApprovalKind::DeploymentConfirmation, ballot_with);
        conditional.task(TaskKind::Condition, case.cast.administrator);
        let refused = conditional.refused(case.cast.owner, &verdict(Verdict::Successful), &[Code::ConfirmationConditions]);
        case.vote(case.cast.representative, ApprovalKind::DeploymentConfirmation, ballot(Decision::Return, "登录坏了"));
        case.refused(case.cast.owner, &verdict(Verdict::Successful), &[Code::PhaseNotConfirmed]).clause("5.8b");
        refused.codes()
    }
    /// D17: a step that installs units and is left out leaves nothing to call a success.
    fn success_when_a_step_that_installs_units_was_left_out() {
        let mut case = at(Stage::Deployment);
        let installs = fabu_domain::subjects::release::run::steps(&case.dossier).into_iter().find(|s| !s.units.is_empty()).unwrap();
        case.until(|d| installs.predecessors.iter().all(|p| fabu_domain::subjects::release::run::is_done(d, fabu_domain::subjects::release::records::EntryKind::Step, p)));
        case.done(case.cast.implementer, step(&installs.key, report_at(&case, StepResult::Excused, "未安装", None)));
        case.until(|d| d.confirmation("full").is_some_and(|a| !a.is_open()));
        case.done(case.cast.owner, deviation(&installs.key));
        case.refused(case.cast.owner, &verdict(Verdict::Successful), &[Code::StepNotInstalled]).clause("D17").codes()
    }
    /// D17: a deviation explains what was entered before it, and is nobody's of the implementer's side.
    fn success_with_a_deviation_of_before_or_of_the_implementers_deputy() {
        let mut case = at(Stage::Deployment);
        case.done(case.cast.owner, deviation("s1"));
        let deputy = person("zheng.kai");
        case.deputise(deputy, case.cast.implementer);
        case.done(case.cast.implementer, step("s1", report_at(&case, StepResult::Failed, "超时", None)));
        case.done(case.cast.implementer, step("s1", report_at(&case, StepResult::Done, "重试成功", Some(2))));
        case.until(|d| d.confirmation("full").is_some_and(|a| !a.is_open()));
        case.refused(case.cast.owner, &verdict(Verdict::Successful), &[Code::StepDeviationMissing]);
        case.done(deputy, deviation("s1"));
        let codes = case.refused(case.cast.owner, &verdict(Verdict::Successful), &[Code::StepDeviationMissing]).codes();
        case.done(case.cast.owner, deviation("s1"));
        case.done(case.cast.owner, verdict(Verdict::Successful));
        codes
    }
    fn reconvening_without_an_objection() {
        let case = installed();
        let command = Command::ReconveneConfirmation { phase: "full".to_owned(), note: String::new() };
        case.refused(case.cast.administrator, &command, &[Code::NoObjection]).clause("5.8b").codes()
    }
}

/// D17: what was left out or corrected with a deviation that names it is explained; everybody may still say less.
#[test]
fn success_is_possible_when_a_deviation_names_what_was_left_out_or_corrected() {
    let reports = [report(StepResult::Failed, "误记", None), report(StepResult::Excused, "服务已停止", Some(1))];
    let mut case = confirmed_after(&reports);
    case.done(case.cast.owner, deviation("s2"));
    case.refused(case.cast.owner, &verdict(Verdict::Successful), &[Code::StepDeviationMissing]);
    case.done(case.cast.owner, deviation("s1"));
    case.world.ask(case.cast.owner, &verdict(Verdict::Partial)).unwrap();
    case.done(case.cast.owner, verdict(Verdict::Successful));
    assert_eq!(case.dossier.run_sheet[0].note, "误记", "the first entry stays");
}

/// 5.8b: who confirmed looked at the run sheet; once that is corrected they are asked again.
#[test]
fn a_correction_asks_those_again_who_confirmed_the_result() {
    let mut case = installed();
    case.until(|d| d.confirmation("full").is_some_and(|a| !a.is_open()));
    case.done(case.cast.implementer, step("s4", report_at(&case, StepResult::Done, "补充校验结果", Some(4))));
    let confirmation = case.approval(ApprovalKind::DeploymentConfirmation);
    assert!(confirmation.is_open());
    assert_eq!(confirmation.awaited().count(), confirmation.members.len(), "no earlier confirmation is taken over");
    let waiting = [Code::PhaseNotConfirmed, Code::StepDeviationMissing];
    case.refused(case.cast.owner, &verdict(Verdict::Successful), &waiting);
    case.done(case.cast.owner, deviation("s4"));
    case.go(Stage::Completed);
}

pub(super) fn report_at(case: &Case, result: StepResult, note: &str, corrects: Option<u32>) -> StepReport {
    StepReport { result, note: note.to_owned(), corrects, ..step_now(case) }
}

#[test]
fn an_objection_is_cleared_by_asking_the_objector_again() {
    let mut case = installed();
    let (administrator, customer) = (case.cast.administrator, case.cast.representative);
    case.vote(administrator, ApprovalKind::DeploymentConfirmation, agreement());
    case.vote(customer, ApprovalKind::DeploymentConfirmation, ballot(Decision::Return, "报表打不开"));
    let command =
        Command::ReconveneConfirmation { phase: "full".to_owned(), note: "已清除浏览器缓存，报表正常".to_owned() };
    case.done(administrator, command);
    let awaited: Vec<_> = case.approval(ApprovalKind::DeploymentConfirmation).awaited().collect();
    assert_eq!(awaited, [customer, case.cast.support], "the agreement of the administrator holds");
    case.go(Stage::Completed);
}

#[test]
fn a_correction_is_a_new_entry_and_the_old_one_stays() {
    let mut case = at(Stage::Deployment);
    case.until(|d| d.run_sheet.len() == 1);
    let report =
        StepReport { corrects: Some(1), result: StepResult::Failed, note: "实际未成功".to_owned(), ..step_now(&case) };
    case.done(case.cast.implementer, step("s1", report));
    assert_eq!(case.dossier.run_sheet.len(), 2);
    assert!(!fabu_domain::subjects::release::run::is_done(
        &case.dossier,
        fabu_domain::subjects::release::records::EntryKind::Step,
        "s1"
    ));
    case.done(case.cast.implementer, step("s1", step_now(&case)));
    assert!(fabu_domain::subjects::release::run::is_done(
        &case.dossier,
        fabu_domain::subjects::release::records::EntryKind::Step,
        "s1"
    ));
}

#[test]
fn a_failed_deployment_owes_its_review() {
    let mut case = at(Stage::Deployment);
    case.done(case.cast.owner, verdict(Verdict::Failed));
    assert_eq!(case.dossier.release.stage, Stage::ConfigurationUpdate);
    case.task(TaskKind::FailedReleaseReview, case.cast.owner);
    case.go(Stage::Closed);
}
