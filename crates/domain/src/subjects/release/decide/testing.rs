//! Units, test cases, test runs, and the receipt of the test report (§5.4, 3.1b, RT1).

use super::{retrospective::once, script::Script};
use crate::{
    blocks::approval::ApprovalKind,
    identity,
    ids::{TestCaseId, UnitId},
    subject::refusal::{Code, Refusal, Unmet},
    subjects::{
        event::ReleaseEvent,
        release::{
            archive::ArchiveRecord,
            command::{NewTestCase, NewTestRun, NewUnit},
            documents::TestCategory,
            records::{ReleaseUnit, TestCase, TestResult, TestRun, is_sha256},
            stage::Exit,
        },
    },
};

pub(super) fn register_unit(script: &mut Script<'_>, new: &NewUnit) -> Result<(), Refusal> {
    let mut unmet = Vec::new();
    if !is_sha256(&new.sha256) {
        unmet.push(Code::UnitHashInvalid.into());
    }
    if script.dossier.units_in_force().any(|u| identity::same(&u.name, &new.name)) {
        unmet.push(Unmet::new(Code::UnitDuplicate).with("unit", &new.name));
    }
    Refusal::unless_empty(unmet)?;
    let unit = ReleaseUnit {
        id: UnitId::nth(script.dossier.release.id, script.dossier.units.len() + 1),
        name: new.name.clone(),
        version: new.version.clone(),
        kind: new.kind,
        sha256: new.sha256.clone(),
        source: new.source.clone(),
        previous_version: new.previous_version.clone(),
        media_item_id: new.media_item_id,
        first_version_reason: new.first_version_reason.clone(),
        registered_by: script.actor.user_id,
        registered_at: script.now(),
        withdrawn: false,
    };
    script.emit(ReleaseEvent::UnitRegistered(unit));
    Ok(())
}

pub(super) fn withdraw_unit(script: &mut Script<'_>, unit_id: UnitId, reason: &str) -> Result<(), Refusal> {
    if script.dossier.unit(unit_id).is_none() {
        return Err(Refusal::one(Code::UnitUnknown));
    }
    script.emit(ReleaseEvent::UnitWithdrawn { unit_id, reason: reason.to_owned() });
    Ok(())
}

pub(super) fn add_test_case(script: &mut Script<'_>, new: &NewTestCase) -> Result<(), Refusal> {
    let case = TestCase {
        id: TestCaseId::nth(script.dossier.release.id, script.dossier.test_cases.len() + 1),
        category: new.category,
        title: new.title.clone(),
        procedure: new.procedure.clone(),
        expected: new.expected.clone(),
        added_by: script.actor.user_id,
        added_at: script.now(),
    };
    script.emit(ReleaseEvent::TestCaseAdded(case));
    Ok(())
}

pub(super) fn record_test_run(script: &mut Script<'_>, new: &NewTestRun) -> Result<(), Refusal> {
    let mut unmet = Vec::new();
    match script.dossier.test_cases.iter().find(|c| c.id == new.case_id) {
        None => unmet.push(Unmet::from(Code::TestCaseUnknown)),
        Some(case) => unmet.extend(unfit_measurement(case, new)),
    }
    match script.dossier.unit(new.unit_id) {
        None => unmet.push(Code::UnitUnknown.into()),
        Some(unit) if unit.version != new.version || unit.sha256 != new.sha256 => {
            unmet.push(Unmet::new(Code::UnitOtherVersion).with("unit", &unit.name).with("version", &unit.version));
        }
        Some(_) => {}
    }
    Refusal::unless_empty(unmet)?;
    let run = TestRun {
        n: u32::try_from(script.dossier.test_runs.len()).unwrap_or(u32::MAX).saturating_add(1),
        case_id: new.case_id,
        unit_id: new.unit_id,
        unit_version: new.version.clone(),
        unit_sha256: new.sha256.clone(),
        round: script.dossier.release.test_round,
        result: new.result,
        observed: new.observed.clone(),
        measurement: new.measurement.clone(),
        attachments: new.attachments.clone(),
        run_by: script.actor.user_id,
        run_at: script.now(),
    };
    script.emit(ReleaseEvent::TestRunRecorded(run));
    Ok(())
}

/// A performance test that was carried out states its figures, and passes only when they are met (5.4.4).
fn unfit_measurement(case: &TestCase, new: &NewTestRun) -> Option<Unmet> {
    let owed = case.category == TestCategory::Performance && new.result != TestResult::Blocked;
    match new.measurement.as_ref().map(|measurement| measurement.is_met()) {
        None if !owed => None,
        None | Some(None) => Some(Unmet::new(Code::MeasurementMissing).with("case", &case.title)),
        Some(Some(met)) => {
            let contradicts = new.result == TestResult::Passed && !met;
            contradicts.then(|| Unmet::new(Code::MeasurementNotMet).with("case", &case.title))
        }
    }
}

pub(super) fn receive_test_report(script: &mut Script<'_>) -> Result<(), Refusal> {
    once(&script.dossier, ArchiveRecord::CustomerAcceptance, ApprovalKind::CustomerAcceptance)?;
    let mark = script.stamp("");
    script.emit(ReleaseEvent::TestReportReceived(mark));
    script.leave(Exit::Tested, "");
    super::approvals::ask_customer(script);
    Ok(())
}
