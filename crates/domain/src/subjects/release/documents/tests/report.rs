//! 发布测试报告 and 发布报告: what is refused.

use super::*;
use MissingCode::*;

fn refused_unrun(category: TestCategory, change: impl FnOnce(&mut TestReport)) -> Vec<(&'static str, String, MissingCode)> {
    let world = world();
    let mut context = world.context();
    context.cases.retain(|case| case.category != category);
    let mut report = test_report();
    change(&mut report);
    lacks(report, &context)
}

fn refused(change: impl FnOnce(&mut TestReport)) -> Vec<(&'static str, String, MissingCode)> {
    let mut report = test_report();
    change(&mut report);
    lacks(report, &world().context())
}

fn one(clause: &'static str, pointer: &str, code: MissingCode) -> Vec<(&'static str, String, MissingCode)> {
    vec![(clause, pointer.to_owned(), code)]
}

#[test]
fn complete_reports_lack_nothing() {
    assert_eq!(refused(|_| {}), []);
    assert_eq!(lacks(report(), &world().context()), []);
}

#[test]
fn refuses_a_report_without_environment_sheet() {
    assert_eq!(refused(|r| r.environment.clear()), one("5.4b", "/environment", TooFewRows));
    assert_eq!(refused(|r| r.environment[0].risk.clear()), one("5.4b", "/environment/0/risk", Required));
    let same = |r: &mut TestReport| {
        r.environment[0].test = text("32G");
        r.environment[0].difference.clear();
        r.environment[0].risk.clear();
    };
    assert_eq!(refused(same), []);
}

#[test]
fn refuses_each_category_without_an_executed_case_or_a_reason() {
    let world = world();
    for category in TestCategory::ALL {
        let mut context = world.context();
        context.executed_cases.remove(category);
        context.cases.retain(|case| case.category != *category);
        let at = format!("/categories/{category}");
        // A rollback whose check is missing is not effective either.
        let with_rollback = |mut found: Vec<(&'static str, String, MissingCode)>| {
            if *category == TestCategory::RollbackProcedure {
                found.extend(one("5.4.6", "/rollback_procedure_effective", Contradiction));
            }
            found
        };
        assert_eq!(lacks(test_report(), &context), with_rollback(one(category.clause(), &at, NotExecuted)));
        let mut excused = test_report();
        not_applicable(&mut excused, *category);
        assert_eq!(lacks(excused.clone(), &context), with_rollback(vec![]));
        excused.rollback_procedure_effective = None;
        excused.rollback_rehearsal = RollbackRehearsal { exemption_reason: text("换备机"), ..RollbackRehearsal::default() };
        assert_eq!(lacks(excused, &context), []);
        let left_out = refused(|r| drop(r.categories.remove(category)));
        assert_eq!(left_out, with_rollback(one(category.clause(), &format!("{at}/conclusion"), Required)));
    }
}

fn not_applicable(report: &mut TestReport, category: TestCategory) {
    let result = report.categories.get_mut(&category).unwrap();
    result.conclusion = Some(TestConclusion::NotApplicable);
    result.reason = text("没有改动");
    result.consented_by = Some(user_id(1));
}

/// 5.4: whoever receives the report consents, and no administrator of other releases.
#[test]
fn refuses_the_consent_of_an_administrator_of_other_releases() {
    let world = world();
    let mut context = world.context();
    context.cases.retain(|case| case.category != TestCategory::Performance);
    let mut report = test_report();
    not_applicable(&mut report, TestCategory::Performance);
    context.administrator = Some(user_id(3));
    assert_eq!(lacks(report.clone(), &context), one("5.4.4", "/categories/performance/consented_by", WrongRole));
    context.administrator = Some(user_id(1));
    assert_eq!(lacks(report, &context), []);
}

/// RT2, 5.4c: what the runs say cannot be raised by a word of the report.
#[test]
fn refuses_as_expected_while_the_latest_run_of_a_case_failed_or_a_case_was_not_run() {
    let world = world();
    for standing in [CaseStanding::Failed, CaseStanding::Open] {
        for category in TestCategory::ALL.iter().filter(|c| **c != TestCategory::RollbackProcedure) {
            let mut context = world.context();
            context.cases.push(case_of(*category, standing));
            let at = format!("/categories/{category}/conclusion");
            assert_eq!(lacks(test_report(), &context), one(category.clause(), &at, Contradiction));
            let mut failed = test_report();
            failed.verdict = Some(TestVerdict::Fail);
            assert_eq!(lacks(failed.clone(), &context), one(category.clause(), &at, Contradiction));
            failed.categories.get_mut(category).unwrap().conclusion = Some(TestConclusion::NotAsExpected);
            failed.release_procedure_effective = Some(false);
            assert_eq!(lacks(failed, &context), []);
        }
    }
}

/// RT2: a failed category does not become one that does not apply.
#[test]
fn refuses_not_applicable_for_a_category_that_was_run() {
    let world = world();
    let mut report = test_report();
    not_applicable(&mut report, TestCategory::Compatibility);
    assert_eq!(lacks(report, &world.context()), one("5.4.5", "/categories/compatibility/conclusion", Contradiction));
}

/// 5.4.6, RO1c: "effective" needs its own check to have passed.
#[test]
fn refuses_an_effective_rollback_beside_a_check_that_does_not_apply_failed_or_was_not_run() {
    let world = world();
    let at = "/rollback_procedure_effective";
    let mut unrun = world.context();
    unrun.cases.retain(|case| case.category != TestCategory::RollbackProcedure);
    let mut report = test_report();
    not_applicable(&mut report, TestCategory::RollbackProcedure);
    assert_eq!(lacks(report, &unrun), one("5.4.6", at, Contradiction));
    let mut context = world.context();
    context.cases.push(case_of(TestCategory::RollbackProcedure, CaseStanding::Failed));
    let found = lacks(test_report(), &context);
    assert!(found.contains(&("5.4.6", at.to_owned(), Contradiction)), "{found:?}");
    let order = refused(|r| {
        r.categories.get_mut(&TestCategory::InstallationOrder).unwrap().conclusion = Some(TestConclusion::NotAsExpected);
        r.verdict = Some(TestVerdict::Fail);
    });
    assert_eq!(order, one("5.4.6", "/release_procedure_effective", Contradiction));
}

#[test]
fn refuses_not_applicable_without_reason_or_consent_of_a_release_administrator() {
    let found = refused_unrun(TestCategory::Performance, |r| {
        let result = r.categories.get_mut(&TestCategory::Performance).unwrap();
        result.conclusion = Some(TestConclusion::NotApplicable);
    });
    let at = "/categories/performance";
    let reason = ("5.4.4", format!("{at}/reason"), ReasonRequired);
    assert_eq!(found, [reason, ("5.4.4", format!("{at}/consented_by"), Required)]);
    let found = refused_unrun(TestCategory::Performance, |r| {
        let result = r.categories.get_mut(&TestCategory::Performance).unwrap();
        result.conclusion = Some(TestConclusion::NotApplicable);
        result.reason = text("没有改动");
        result.consented_by = Some(user_id(2));
    });
    assert_eq!(found, one("5.4.4", &format!("{at}/consented_by"), WrongRole));
}

#[test]
fn refuses_a_pass_with_a_blocking_defect_that_is_not_fixed() {
    for state in [DefectState::Open, DefectState::Accepted] {
        let found = refused(|r| {
            r.defects[0].level = Some(DefectLevel::Blocking);
            r.defects[0].state = Some(state);
        });
        assert_eq!(found, one("5.4c", "/verdict", Contradiction));
    }
    let failed = refused(|r| {
        r.defects[0].level = Some(DefectLevel::Blocking);
        r.defects[0].state = Some(DefectState::Open);
        r.verdict = Some(TestVerdict::Fail);
    });
    assert_eq!(failed, []);
}

#[test]
fn refuses_a_pass_against_its_own_conclusions() {
    let not_as_expected = |r: &mut TestReport| {
        r.categories.get_mut(&TestCategory::Function).unwrap().conclusion = Some(TestConclusion::NotAsExpected);
    };
    assert_eq!(refused(not_as_expected), one("5.4c", "/verdict", Contradiction));
    let found = refused(|r| r.release_procedure_effective = Some(false));
    assert_eq!(found, one("RO1c", "/release_procedure_effective", Contradiction));
}

#[test]
fn refuses_a_rollback_that_was_neither_rehearsed_nor_excused() {
    let none = |r: &mut TestReport| {
        r.rollback_rehearsal = RollbackRehearsal::default();
        r.rollback_procedure_effective = None;
    };
    assert_eq!(refused(none), one("RO1c", "/rollback_rehearsal/exemption_reason", ReasonRequired));
    let excused = |r: &mut TestReport| {
        none(r);
        r.rollback_rehearsal.exemption_reason = text("硬件不可回退，换备机");
    };
    assert_eq!(refused(excused), []);
    let claimed = |r: &mut TestReport| {
        excused(r);
        r.rollback_procedure_effective = Some(true);
    };
    assert_eq!(refused(claimed), one("RO1c", "/rollback_procedure_effective", Contradiction));
    let future = refused(|r| r.rollback_rehearsal.at = Some(at(0)));
    assert_eq!(future, one("RO1c", "/rollback_rehearsal/at", WrongOrder));
}

#[test]
fn refuses_units_without_a_fingerprint() {
    assert_eq!(refused(|r| r.tested_units.clear()), one("3.1b", "/tested_units", TooFewRows));
    for hash in ["", "0a", &"0A".repeat(32), &"zz".repeat(32)] {
        assert_eq!(refused(|r| r.tested_units[0].sha256 = text(hash)), one("3.1b", "/tested_units/0/sha256", Required));
    }
}

#[test]
fn refuses_a_release_report_without_problems_or_a_word_why_there_were_none() {
    let world = world();
    let mut report = report();
    report.problems = Table::default();
    assert_eq!(lacks(report.clone(), &world.context()), one("5.11.1", "/problems", RowsOrReason));
    report.problems = Table::not_applicable("一次成功");
    assert_eq!(lacks(report, &world.context()), []);
}

#[test]
fn an_empty_release_report_lacks_every_part() {
    let found = lacks(ReleaseReport::default(), &world().context());
    let clauses: Vec<_> = found.iter().map(|(clause, _, _)| *clause).collect();
    assert_eq!(clauses, ["5.11.1", "5.11.2", "RA12", "RA6", "5.1.6", "5.11"]);
}
