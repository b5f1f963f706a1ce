//! Units, tests and the receipt of the report (§5.4, 3.1b, RT1, RT2, RO1c).

use super::refusals;
use crate::support::*;
use fabu_domain::{
    blocks::document::DocumentKind,
    ids::{TestCaseId, UnitId},
    subject::refusal::Code,
    subjects::release::{
        command::{Command, NewTestRun, NewUnit},
        documents::{ReleasePlan, TestCategory},
        records::{Measurement, TestResult},
        stage::{ReleaseKind, Stage},
    },
};
use fabu_scenario::{Journey, cast::CASTS, contents};

/// A run of the first case on the first unit, as it should be.
fn run(case: &Case) -> NewTestRun {
    let unit = case.dossier.units_in_force().next().unwrap();
    NewTestRun {
        case_id: case.dossier.test_cases[0].id,
        unit_id: unit.id,
        version: unit.version.clone(),
        sha256: unit.sha256.clone(),
        result: TestResult::Passed,
        observed: "符合预期".to_owned(),
        measurement: None,
        attachments: Vec::new(),
    }
}

/// A case of this category, run as it should be.
fn run_of(case: &Case, category: TestCategory) -> NewTestRun {
    let found = case.dossier.test_cases.iter().find(|c| c.category == category).unwrap();
    NewTestRun { case_id: found.id, measurement: contents::measurement(category), ..run(case) }
}

fn reported() -> Case {
    let mut case = at(Stage::Testing);
    case.until(|d| d.latest(DocumentKind::TestReport).is_some());
    case
}

/// At the test again after a report was submitted and the plan was revised.
fn replanned(change: impl FnOnce(&mut ReleasePlan)) -> Case {
    let mut case = reported();
    let administrator = case.cast.administrator;
    case.done(administrator, Command::ReviseReleasePlan { reason: "修订".to_owned() });
    let mut plan = contents::release_plan(&case.cast, &case.way.theme);
    change(&mut plan);
    case.submit(administrator, DocumentKind::ReleasePlan, plan);
    case.to(Stage::Testing)
}

fn another_version(case: &Case) -> NewUnit {
    let mut unit = case.way.theme.new_units().remove(0);
    unit.version = "3.8.2-hotfix".to_owned();
    unit.sha256 = "ab".repeat(32);
    unit
}

refusals! {
    fn testing_before_the_plan_has_passed() {
        let case = at(Stage::PlanReview);
        case.refused(case.cast.tester, &Command::RecordTestRun { run: run(&case) }, &[Code::WrongStage]).codes()
    }
    fn a_test_run_by_somebody_else_than_the_tester() {
        let case = at(Stage::Testing);
        let command = Command::RecordTestRun { run: run(&case) };
        case.refused(case.cast.implementer, &command, &[Code::NotPermitted]).clause("RT1").cleared_by(case.cast.tester).codes()
    }
    fn a_test_run_on_another_version_or_hash() {
        let case = at(Stage::Testing);
        let other = NewTestRun { sha256: "0".repeat(64), ..run(&case) };
        case.refused(case.cast.tester, &Command::RecordTestRun { run: other }, &[Code::UnitOtherVersion]);
        let other = NewTestRun { version: "3.8.1".to_owned(), ..run(&case) };
        case.refused(case.cast.tester, &Command::RecordTestRun { run: other }, &[Code::UnitOtherVersion]).clause("RT1").codes()
    }
    fn a_test_run_of_an_unknown_case_on_an_unknown_unit() {
        let case = at(Stage::Testing);
        let id = case.dossier.release.id;
        let wrong = NewTestRun { case_id: TestCaseId::nth(id, 99), unit_id: UnitId::nth(id, 99), ..run(&case) };
        case.refused(case.cast.tester, &Command::RecordTestRun { run: wrong }, &[Code::TestCaseUnknown, Code::UnitUnknown]).codes()
    }
    fn a_unit_with_a_malformed_hash() {
        let case = new();
        let unit = NewUnit { sha256: "ABC".to_owned(), ..another_version(&case) };
        case.refused(case.cast.implementer, &Command::RegisterUnit { unit }, &[Code::UnitHashInvalid]).clause("3.1b").codes()
    }
    fn a_second_unit_of_the_same_name() {
        let case = at(Stage::PlanReview);
        let unit = another_version(&case);
        case.refused(case.cast.implementer, &Command::RegisterUnit { unit }, &[Code::UnitDuplicate]).codes()
    }
    fn the_withdrawal_of_an_unknown_unit() {
        let case = new();
        let command = Command::WithdrawUnit { unit_id: UnitId::nth(case.dossier.release.id, 9), reason: String::new() };
        case.refused(case.cast.administrator, &command, &[Code::UnitUnknown]).codes()
    }
    fn the_receipt_of_a_report_that_is_not_there() {
        let case = at(Stage::Testing);
        let expected = [Code::DocumentNotSubmitted, Code::TestReportFailed, Code::UnitNotTested, Code::UnitNotTested, Code::RollbackNotRehearsed];
        case.refused(case.cast.administrator, &Command::ReceiveTestReport, &expected).clause("5.4c").codes()
    }
    fn acceptance_after_a_failed_test_round() {
        let mut case = opened(&CASTS[0], ReleaseKind::Minor, |way| Journey { failing_rounds: 1, ..way });
        case.until(|d| d.release.test_round == 2 && d.release.stage == Stage::Testing);
        case.refused(case.cast.administrator, &Command::ReceiveTestReport, &[Code::TestReportFailed]).clause("5.4c").codes()
    }
    fn acceptance_when_a_procedure_was_found_ineffective() {
        let mut case = at(Stage::Testing);
        case.until(|d| d.test_runs.len() == 7);
        let mut report = contents::failed_test_report(&case.cast, &case.way.theme, case.around.now);
        report.release_procedure_effective = Some(false);
        case.submit(case.cast.tester, DocumentKind::TestReport, report);
        case.go(Stage::Testing);
        let expected = [Code::TestReportFailed, Code::ProcedureNotEffective];
        case.refused(case.cast.administrator, &Command::ReceiveTestReport, &expected).codes()
    }
    fn acceptance_of_another_version_than_the_tested_one() {
        let mut case = reported();
        let unit_id = case.dossier.units[0].id;
        let unit = another_version(&case);
        case.done(case.cast.administrator, Command::WithdrawUnit { unit_id, reason: "修复缺陷".to_owned() });
        case.done(case.cast.administrator, Command::RegisterUnit { unit });
        let contradicted = [Code::TestReportContradicts; 5]; // four cases are not run on what is registered now, one of them of the rollback
        let expected = [&[Code::UnitNotTested, Code::AcceptanceOtherVersion][..], &contradicted].concat();
        case.refused(case.cast.administrator, &Command::ReceiveTestReport, &expected).clause("3.1b").cleared_by(case.cast.tester).codes()
    }
    fn acceptance_of_a_new_version_on_an_old_report() {
        let mut case = reported();
        let unit_id = case.dossier.units[0].id;
        let unit = another_version(&case);
        case.done(case.cast.administrator, Command::WithdrawUnit { unit_id, reason: "修复缺陷".to_owned() });
        case.done(case.cast.administrator, Command::RegisterUnit { unit });
        let mut again = run(&case);
        let unit = case.dossier.units_in_force().last().unwrap();
        (again.unit_id, again.version, again.sha256) = (unit.id, unit.version.clone(), unit.sha256.clone());
        case.done(case.cast.tester, Command::RecordTestRun { run: again });
        case.refused(case.cast.administrator, &Command::ReceiveTestReport, &[&[Code::AcceptanceOtherVersion][..], &[Code::TestReportContradicts; 4]].concat()).clause("5.4d").codes()
    }
    /// 3.1b, 5.1.3: what no step of the reviewed plan installs does not go live, however well it was tested.
    fn a_unit_that_the_reviewed_plan_does_not_install() {
        let mut case = reported();
        let unit_id = case.dossier.units[0].id;
        let unit = NewUnit { name: "hotfix".to_owned(), ..another_version(&case) };
        case.done(case.cast.administrator, Command::WithdrawUnit { unit_id, reason: "换一个".to_owned() });
        case.done(case.cast.administrator, Command::RegisterUnit { unit });
        let unmet = case.ask(case.cast.administrator, &Command::ReceiveTestReport).unwrap_err();
        let codes: Vec<Code> = unmet.unmet().iter().map(|u| u.code).collect();
        let count = |code| codes.iter().filter(|c| **c == code).count();
        assert_eq!((count(Code::UnitNotPlanned), count(Code::PlannedUnitMissing)), (1, 1), "{unmet}");
        codes
    }
    /// 3.1b: one passed run beside a failed one does not make a unit tested.
    fn a_unit_with_a_passed_and_a_failed_case() {
        let mut case = reported();
        let failed = NewTestRun { result: TestResult::Failed, ..run_of(&case, TestCategory::Function) };
        case.done(case.cast.tester, Command::RecordTestRun { run: failed });
        let expected = [Code::UnitNotTested, Code::TestReportContradicts];
        case.refused(case.cast.administrator, &Command::ReceiveTestReport, &expected).clause("3.1b").codes()
    }
    /// RT2, 5.4c: a report that says more than the runs is refused when it is submitted and when it is received.
    fn a_report_as_expected_on_a_failed_run() {
        let mut case = at(Stage::Testing);
        case.until(|d| d.test_runs.len() == 7);
        let failed = NewTestRun { result: TestResult::Failed, ..run_of(&case, TestCategory::Compatibility) };
        case.done(case.cast.tester, Command::RecordTestRun { run: failed });
        let content = contents::test_report(&case.cast, &case.way.theme, case.around.now).into();
        case.done(case.cast.tester, Command::SaveDraft { document: DocumentKind::TestReport, content });
        let submit = Command::SubmitDocument { document: DocumentKind::TestReport, note: String::new(), figures: None };
        case.refused(case.cast.tester, &submit, &[Code::DocumentIncomplete]).clause("5.4.5").codes()
    }
    /// 5.4.4: a performance test states figures, and passes when they are met.
    fn a_performance_run_without_figures_or_against_them() {
        let case = at(Stage::Testing);
        let bare = NewTestRun { measurement: None, ..run_of(&case, TestCategory::Performance) };
        let mut codes = case.refused(case.cast.tester, &Command::RecordTestRun { run: bare.clone() }, &[Code::MeasurementMissing]).clause("5.4.4").codes();
        let figures = contents::measurement(TestCategory::Performance).unwrap();
        for (measured, unit) in [("fast", "秒"), ("1.4", " ")] {
            let measurement = Some(Measurement { measured: measured.to_owned(), unit: unit.to_owned(), ..figures.clone() });
            case.refused(case.cast.tester, &Command::RecordTestRun { run: NewTestRun { measurement, ..bare.clone() } }, &[Code::MeasurementMissing]);
        }
        let slow = Some(Measurement { measured: "5".to_owned(), ..figures });
        codes.extend(case.refused(case.cast.tester, &Command::RecordTestRun { run: NewTestRun { measurement: slow, ..bare } }, &[Code::MeasurementNotMet]).codes());
        codes
    }
    /// 5.4c: what was tested for one plan says nothing of a later one until the tester says so.
    fn a_report_of_an_earlier_plan() {
        let mut case = replanned(|plan| plan.problems[0].solution = "重启连接池".to_owned());
        let submit = Command::SubmitDocument { document: DocumentKind::TestReport, note: "仍然有效".to_owned(), figures: None };
        let tester = case.cast.tester;
        let codes = case.refused(case.cast.administrator, &Command::ReceiveTestReport, &[Code::TestReportBeforePlan]).clause("5.4c").cleared_by(tester).codes();
        case.done(tester, submit.clone());
        let revisions: Vec<&str> = case.dossier.documents[&DocumentKind::TestReport].revisions.iter().map(|r| r.sha256.as_str()).collect();
        assert!(revisions.len() == 2 && revisions[0] == revisions[1], "{revisions:?}");
        case.refused(tester, &submit, &[Code::DocumentNoDraft]);
        case.done(case.cast.administrator, Command::ReceiveTestReport);
        codes
    }
    /// RO1c: another rollback is rehearsed anew.
    fn a_rehearsal_of_an_earlier_rollback() {
        let mut case = replanned(|plan| plan.rollback.criteria = "核心交易中断超过5分钟".to_owned());
        let expected = [Code::TestReportBeforePlan, Code::TestReportContradicts];
        case.refused(case.cast.administrator, &Command::ReceiveTestReport, &expected);
        let submit = Command::SubmitDocument { document: DocumentKind::TestReport, note: String::new(), figures: None };
        let codes = case.refused(case.cast.tester, &submit, &[Code::DocumentIncomplete]).clause("RO1c").codes();
        let report = contents::test_report(&case.cast, &case.way.theme, case.around.now);
        case.submit(case.cast.tester, DocumentKind::TestReport, report);
        case.done(case.cast.administrator, Command::ReceiveTestReport);
        codes
    }
    fn the_receipt_of_the_report_by_the_tester() {
        let case = reported();
        case.refused(case.cast.tester, &Command::ReceiveTestReport, &[Code::NotPermitted]).cleared_by(case.cast.administrator).codes()
    }
    fn acceptance_without_units() {
        let mut case = reported();
        for unit in case.dossier.units.clone() {
            case.done(case.cast.administrator, Command::WithdrawUnit { unit_id: unit.id, reason: "撤下".to_owned() });
        }
        case.refused(case.cast.administrator, &Command::ReceiveTestReport, &[&[Code::UnitNone, Code::PlannedUnitMissing, Code::PlannedUnitMissing][..], &[Code::TestReportContradicts; 8]].concat()).codes()
    }
    fn acceptance_without_an_entitled_representative() {
        let mut case = reported();
        let customer = case.cast.customer_id;
        case.around.directory.customers.get_mut(&customer).unwrap().representatives.clear();
        case.refused(case.cast.administrator, &Command::ReceiveTestReport, &[Code::NotRepresentative]).clause("5.4d").codes()
    }
}
