//! Gates between test and deployment (§5.4–§5.8, RO1b, RO1c, 3.1b).

use super::require;
use crate::{
    blocks::{
        approval::{ApprovalKind, ApprovalState},
        document::{DocumentContent, DocumentKind},
        task::Task,
    },
    identity,
    ids::UserId,
    people::role::Role,
    subject::refusal::{Code, Party, Text, Unmet},
    subjects::release::{
        documents::{test_report::TestVerdict, test_results::is_tested},
        duty::{self, Expected},
        facts::Facts,
        in_force::{go_live_plan_in_force, plan_in_force},
        records::ReleaseUnit,
        stage::Verdict,
    },
    time::clock::company_day,
};
use chrono::TimeDelta;

fn test_report<'a>(facts: &Facts<'a>) -> Option<&'a crate::subjects::release::documents::TestReport> {
    match facts.dossier.latest(DocumentKind::TestReport)?.content.as_ref() {
        DocumentContent::TestReport(report) => Some(report),
        _ => None,
    }
}

/// True when a report made up after an emergency says honestly that its tests failed: it is received as it is (D18).
fn failed_in_retrospect(facts: &Facts<'_>) -> bool {
    facts.dossier.is_retrospective() && test_report(facts).is_some_and(|r| r.verdict == Some(TestVerdict::Fail))
}

pub(super) fn units_tested(facts: &Facts<'_>) -> Vec<Unmet> {
    if failed_in_retrospect(facts) {
        return Vec::new();
    }
    facts
        .dossier
        .units_in_force()
        .filter(|unit| !is_tested(facts.dossier, unit))
        .map(|unit| {
            Unmet::new(Code::UnitNotTested)
                .with("unit", &unit.name)
                .with("version", &unit.version)
                .by([facts.party(Role::ReleaseTester)])
                .at("test-runs")
        })
        .collect()
}

/// What a step of the reviewed plan installs is what is registered: nothing else goes into production (3.1b).
pub(super) fn units_planned(facts: &Facts<'_>) -> Vec<Unmet> {
    let Some(plan) = plan_in_force(facts) else { return Vec::new() };
    let planned: Vec<&String> = plan.steps.iter().flat_map(|step| &step.units).collect();
    let unmet = |code, unit: &str, place: &str| {
        Unmet::new(code).with("unit", unit).by([facts.party(Role::ReleaseAdministrator)]).at(place)
    };
    let registered = || facts.dossier.units_in_force();
    let unplanned = registered().filter(|unit| !planned.iter().any(|name| identity::same(name, &unit.name)));
    let missing = planned.iter().filter(|name| !registered().any(|unit| identity::same(name, &unit.name)));
    let mut all: Vec<Unmet> = unplanned.map(|unit| unmet(Code::UnitNotPlanned, &unit.name, "documents/release_plan")).collect();
    all.extend(missing.map(|name| unmet(Code::PlannedUnitMissing, name, "units")));
    all.dedup();
    all
}

/// True when an emergency release was called successful, and what was made up since says otherwise: a test report, also one
/// that a later one replaced, or an answer that returned it (5.4c, D18).
pub(super) fn is_refuted(facts: &Facts<'_>) -> bool {
    let dossier = facts.dossier;
    let successful = dossier.release.verdict.as_ref().is_some_and(|v| v.verdict == Verdict::Successful);
    let reports = dossier.documents.get(&DocumentKind::TestReport).map(|d| d.revisions.as_slice()).unwrap_or_default();
    let failed = |content: &DocumentContent| match content {
        DocumentContent::TestReport(report) => report.verdict == Some(TestVerdict::Fail),
        _ => false,
    };
    let returned = |kind: ApprovalKind| dossier.latest_approval(kind).is_some_and(|a| a.state == ApprovalState::Returned);
    let made_up = [ApprovalKind::PlanReview, ApprovalKind::PlanApproval, ApprovalKind::CustomerAcceptance];
    dossier.is_retrospective()
        && successful
        && (reports.iter().any(|revision| failed(&revision.content)) || made_up.into_iter().any(returned))
}

pub(super) fn tested_or_emergency(facts: &Facts<'_>) -> Vec<Unmet> {
    if facts.dossier.is_emergency() {
        return super::Gate::UnitsRegistered.unmet(facts);
    }
    let mut all = super::Gate::UnitsRegistered.unmet(facts);
    all.extend(test_passed(facts));
    all.extend(units_tested(facts));
    all.extend(super::signed_off(facts, ApprovalKind::CustomerAcceptance));
    all.extend(accepted_version(facts));
    all
}

pub(super) fn test_passed(facts: &Facts<'_>) -> Vec<Unmet> {
    let passed = test_report(facts).is_some_and(|r| r.verdict == Some(TestVerdict::Pass)) || failed_in_retrospect(facts);
    require(passed, Unmet::new(Code::TestReportFailed).by([facts.party(Role::ReleaseTester)]).at("documents/test_report"))
}

/// The report as it stands is held against the runs as they stand: also those recorded after it was submitted.
pub(super) fn tests_as_reported(facts: &Facts<'_>) -> Vec<Unmet> {
    let passes = test_report(facts).is_some_and(|r| r.verdict == Some(TestVerdict::Pass));
    let Some(revision) = facts.dossier.latest(DocumentKind::TestReport).filter(|_| passes) else { return Vec::new() };
    let by = [facts.party(Role::ReleaseTester)];
    let missing = revision.content.missing(&crate::subjects::release::in_force::document_context(facts)).into_iter();
    missing
        .map(|m| {
            let item = Text::new(m.zh, m.en);
            let unmet = Unmet::new(Code::TestReportContradicts).of_clause(m.clause);
            unmet.with_text("item", item).by(by).at("documents/test_report")
        })
        .collect()
}

/// What was tested for one plan says nothing of a later one until the tester says so: the report is submitted again, as it
/// is when it still holds.
pub(super) fn report_after_plan(facts: &Facts<'_>) -> Vec<Unmet> {
    let revision = facts.dossier.latest(DocumentKind::ReleasePlan).map_or(0, |plan| plan.revision);
    let unmet = Unmet::new(Code::TestReportBeforePlan).with("revision", revision);
    let unmet = unmet.by([facts.party(Role::ReleaseTester)]).at("documents/test_report");
    require(!facts.dossier.is_report_before_plan(), unmet)
}

pub(super) fn representative_entitled(facts: &Facts<'_>) -> Vec<Unmet> {
    let Some(user) = facts.holder(Role::CustomerRepresentative) else {
        return vec![Unmet::new(Code::RoleMissing).with_text("role", Role::CustomerRepresentative).at("team")];
    };
    let customer = facts.dossier.release.customer_id;
    let entitled = customer.is_some_and(|customer| facts.directory.represents(user, customer, company_day(facts.now)));
    let unmet =
        Unmet::new(Code::NotRepresentative).with_text("name", facts.names([user])).by([facts.party(Role::ReleaseAdministrator)]);
    require(entitled, unmet.at("team"))
}

pub(super) fn accepted_version(facts: &Facts<'_>) -> Vec<Unmet> {
    let Some(report) = test_report(facts) else { return Vec::new() };
    let listed = |unit: &&ReleaseUnit| {
        report.tested_units.iter().any(|t| t.unit_id == Some(unit.id) && t.version == unit.version && t.sha256 == unit.sha256)
    };
    let by = [facts.party(Role::ReleaseTester)];
    let other =
        |unit: &ReleaseUnit| Unmet::new(Code::AcceptanceOtherVersion).with("unit", &unit.name).by(by).at("documents/test_report");
    facts.dossier.units_in_force().filter(|unit| !listed(unit)).map(other).collect()
}

pub(super) fn risks_accepted(facts: &Facts<'_>) -> Vec<Unmet> {
    let none = Unmet::new(Code::RiskNone).by([facts.party(Role::ReleaseAdministrator)]).at("documents/release_plan");
    let Some(plan) = plan_in_force(facts).filter(|plan| !plan.risks.is_empty()) else { return vec![none] };
    let owner = [facts.party(Role::ReleaseOwner)];
    let list = facts.dossier.latest(DocumentKind::ReleasePlan).and_then(|r| r.sections.get("risks"));
    plan.high_residual_risks()
        .filter(|risk| !facts.dossier.release.accepted_risks.iter().any(|a| a.risk == risk.key && Some(&a.risks_sha256) == list))
        .map(|risk| Unmet::new(Code::RiskNotAccepted).with("risk", &risk.key).by(owner).at("documents/release_plan"))
        .collect()
}

pub(super) fn rollback_rehearsed(facts: &Facts<'_>) -> Vec<Unmet> {
    let tester = [facts.party(Role::ReleaseTester)];
    let Some(report) = test_report(facts) else {
        return vec![Unmet::new(Code::RollbackNotRehearsed).by(tester).at("documents/test_report")];
    };
    if failed_in_retrospect(facts) {
        return Vec::new();
    }
    let rehearsal = &report.rollback_rehearsal;
    let exempted = !rehearsal.exemption_reason.trim().is_empty();
    let mut all =
        require(rehearsal.rehearsed || exempted, Unmet::new(Code::RollbackNotRehearsed).by(tester).at("documents/test_report"));
    let effective = [
        (report.release_procedure_effective == Some(true), Text::new("发布程序", "the release procedure")),
        (report.rollback_procedure_effective == Some(true) || exempted, Text::new("回退程序", "the rollback procedure")),
    ];
    all.extend(
        effective.into_iter().filter(|(holds, _)| !holds).map(|(_, what)| {
            Unmet::new(Code::ProcedureNotEffective).with_text("what", what).by(tester).at("documents/test_report")
        }),
    );
    all
}

pub(super) fn window_ahead(facts: &Facts<'_>) -> Vec<Unmet> {
    let place = format!("documents/{}", facts.dossier.executed_document());
    let by = [facts.party(Role::ReleaseAdministrator)];
    match facts.dossier.release.window {
        None => vec![Unmet::new(Code::WindowNone).by(by).at(place)],
        Some(w) => require(facts.now < w.end, Unmet::new(Code::WindowPast).with("end", facts.time(w.end)).by(by).at(place)),
    }
}

pub(super) fn window_open(facts: &Facts<'_>) -> Vec<Unmet> {
    let over = window_ahead(facts);
    match facts.dossier.release.window {
        Some(w) if over.is_empty() => {
            let early = TimeDelta::minutes(facts.parameters.start_tolerance_minutes.into());
            require(facts.now + early >= w.start, Unmet::new(Code::WindowNotOpen).with("start", facts.time(w.start)))
        }
        _ => over,
    }
}

/// What is still open is named by its task; here is what seems done, but not by the person whom the plan names.
pub(super) fn duties_acknowledged(facts: &Facts<'_>) -> Vec<Unmet> {
    let dossier = facts.dossier;
    // Nobody is asked before the plan is approved, which has its own gate; an emergency has no such plan (D11).
    let approved = dossier.executed_document() == DocumentKind::GoLivePlan && dossier.is_signed_off(ApprovalKind::GoLiveApproval);
    let plan = go_live_plan_in_force(facts).filter(|_| approved);
    let Some(plan) = plan else { return Vec::new() };
    let what = |expected: &Expected| {
        Text::new(format!("{}：{}", expected.kind.zh(), expected.duty), format!("{}: {}", expected.kind.en(), expected.duty))
    };
    let by = |expected: &Expected| [Party::User(expected.person), facts.party(Role::ReleaseAdministrator)];
    let expected = duty::expected(dossier, plan);
    let stands_in = |user: UserId| plan.roster.iter().any(|row| row.deputy == Some(user));
    let stranger =
        facts.holder(Role::Implementer).filter(|holder| !stands_in(*holder) && !expected.iter().any(|e| e.person == *holder));
    let unprepared = stranger.map(|holder| {
        let unmet = Unmet::new(Code::ImplementerNotOnRoster).with_text("name", facts.names([holder]));
        unmet.by([facts.party(Role::ReleaseAdministrator)]).at("documents/go_live_plan")
    });
    let not_met = expected
        .into_iter()
        .filter(|expected| !duty::is_met(dossier, expected) && !duty::tasks(dossier, expected).any(Task::is_open))
        .map(|expected| {
            Unmet::new(Code::DutyNotAcknowledged)
                .of_clause(expected.kind.rule().clause)
                .with_text("name", facts.names([expected.person]))
                .with_text("duty", what(&expected))
                .by(by(&expected))
                .at("tasks")
        });
    unprepared.into_iter().chain(not_met).collect()
}
