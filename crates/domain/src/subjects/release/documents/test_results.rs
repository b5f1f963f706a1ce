//! What the test runs of a release say (§5.4): the standing of each case and of each category on the units in force.
//! A person may only say less than this (RT2, 5.4c).

use super::test_report::{TestCategory, TestConclusion};
use crate::{
    ids::TestCaseId,
    subjects::release::{
        Dossier,
        records::{ReleaseUnit, TestCase, TestResult, TestRun},
    },
};

crate::word_enum! {
    /// Where a test case stands: by its latest run on each unit that is in force.
    CaseStanding {
        /// Every latest run ended as expected.
        Passed = "passed" "通过" "passed",
        /// A latest run did not end as expected.
        Failed = "failed" "未通过" "failed",
        /// It was not run on what is registered now, or could not be.
        Open = "open" "未完成" "open",
    }
}

/// A test case with what its runs say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseResult {
    /// The case.
    pub id: TestCaseId,
    /// Its category.
    pub category: TestCategory,
    /// Its title.
    pub title: String,
    /// Where it stands.
    pub standing: CaseStanding,
    /// True when it was run at all on a unit that is in force.
    pub was_run: bool,
}

/// Every case of the release with what its runs say.
#[must_use]
pub fn case_results(dossier: &Dossier) -> Vec<CaseResult> {
    dossier.test_cases.iter().map(|case| case_result(dossier, case)).collect()
}

/// What a category comes to by its cases; none while it has no case or one of them is open.
#[must_use]
pub fn conclusion_of(cases: &[CaseResult], category: TestCategory) -> Option<TestConclusion> {
    let standings: Vec<CaseStanding> = cases.iter().filter(|c| c.category == category).map(|c| c.standing).collect();
    if standings.contains(&CaseStanding::Failed) {
        return Some(TestConclusion::NotAsExpected);
    }
    (!standings.is_empty() && !standings.contains(&CaseStanding::Open)).then_some(TestConclusion::AsExpected)
}

/// True when at least one case was run on exactly this version and file of the unit, and the latest run of each of them
/// passed (3.1b).
#[must_use]
pub fn is_tested(dossier: &Dossier, unit: &ReleaseUnit) -> bool {
    let latest: Vec<&TestRun> = dossier.test_cases.iter().filter_map(|case| latest_run(dossier, case.id, unit)).collect();
    !latest.is_empty() && latest.iter().all(|run| run.result == TestResult::Passed)
}

/// What the runs say of one case.
#[must_use]
pub fn case_result(dossier: &Dossier, case: &TestCase) -> CaseResult {
    let latest: Vec<&TestRun> = dossier.units_in_force().filter_map(|unit| latest_run(dossier, case.id, unit)).collect();
    let counts = |run: &TestRun| case.category != TestCategory::Performance || run.measurement.is_some();
    let standing = if latest.iter().any(|run| run.result == TestResult::Failed) {
        CaseStanding::Failed
    } else if latest.is_empty() || latest.iter().any(|run| run.result == TestResult::Blocked || !counts(run)) {
        CaseStanding::Open
    } else {
        CaseStanding::Passed
    };
    CaseResult { id: case.id, category: case.category, title: case.title.clone(), standing, was_run: !latest.is_empty() }
}

fn latest_run<'a>(dossier: &'a Dossier, case: TestCaseId, unit: &ReleaseUnit) -> Option<&'a TestRun> {
    let on_it = |r: &&TestRun| {
        r.case_id == case && r.unit_id == unit.id && r.unit_version == unit.version && r.unit_sha256 == unit.sha256
    };
    dossier.test_runs.iter().filter(on_it).max_by_key(|run| run.n)
}
