//! A version of the procedure: what stands against each of its steps (F1, F2, 7b).

use super::refusals;
use chrono::{DateTime, TimeDelta, Utc};
use fabu_domain::{
    blocks::approval::Decision,
    ids::{ProcedureVersionId, UserId},
    subject::{
        Step,
        refusal::{Code, Refusal},
    },
    subjects::{
        procedure_version::{ProcedureVersion, VersionLabel, may_create},
        release::{command::Ballot, parameters::Parameters},
    },
    time::clock::company_day,
};
use fabu_scenario::{company::user, world::Surroundings};
use uuid::Uuid;

fn now() -> DateTime<Utc> {
    "2026-03-02T01:00:00Z".parse().unwrap()
}

fn author() -> UserId {
    user("wang.zhiyuan")
}

/// What a person does with a version, some days from now; the codes of what is refused.
fn take(
    (by, days): (UserId, i64),
    version: &ProcedureVersion,
    step: impl FnOnce(&mut Step<'_, ProcedureVersion>) -> Result<(), Refusal>,
) -> Result<ProcedureVersion, Vec<Code>> {
    let (directory, parameters) = (Surroundings::example().unwrap().directory, Parameters::default());
    let mut taken = Step::new(&directory, &parameters, now() + TimeDelta::days(days), by, version.clone());
    match step(&mut taken) {
        Ok(()) => Ok(taken.record),
        Err(refusal) => Err(codes(&refusal)),
    }
}

fn codes(refusal: &Refusal) -> Vec<Code> {
    refusal.unmet().iter().map(|unmet| unmet.code).collect()
}

/// V1.1 with the text of the first version, to hold from so many days from now.
fn draft(days: i64) -> ProcedureVersion {
    let mut text = ProcedureVersion::first("YNTD-ITSS-0606").text().clone();
    text.effective_on = Some(company_day(now() + TimeDelta::days(days)));
    let id = ProcedureVersionId(Uuid::from_u128(1));
    let version = ProcedureVersion::new(id, "YNTD-ITSS-0606", VersionLabel::FIRST.next(), (now(), Some(author())));
    take((author(), 0), &version, |step| step.write(&text)).unwrap()
}

fn submit(version: &ProcedureVersion, reviewer: &str) -> Result<ProcedureVersion, Vec<Code>> {
    take((author(), 0), version, |step| step.submit(user(reviewer)))
}

fn vote(days: i64, decision: Decision) -> Vec<Code> {
    let ballot = Ballot { on_behalf_of: None, decision, comment: "意见".to_owned(), conditions: Vec::new() };
    let sent = submit(&draft(7), "yang.fan").unwrap();
    take((user("li.jianguo"), days), &sent, |step| step.vote(&ballot).map(|_| ())).unwrap_err()
}

fn create(label: &str) -> Vec<Code> {
    let all = [ProcedureVersion::first("YNTD-ITSS-0606"), draft(7)];
    codes(&may_create(&all, Some(label.parse().unwrap()), company_day(now())).unwrap_err())
}

/// The codes when they are exactly these.
fn exactly(codes: Vec<Code>, expected: &[Code]) -> Vec<Code> {
    assert_eq!(codes, expected);
    codes
}

refusals! {
    /// F2: labels only rise, and one version is on its way at a time.
    fn a_label_that_is_not_greater_and_a_second_open_version() {
        exactly(create("V1.2"), &[Code::VersionOpen]);
        exactly(create("V1.1"), &[Code::VersionOpen, Code::VersionLabel])
    }

    /// 7b: what was submitted is changed by nobody.
    fn writing_in_a_version_that_is_submitted() {
        let sent = submit(&draft(7), "yang.fan").unwrap();
        let text = sent.text().clone();
        exactly(take((author(), 0), &sent, |step| step.write(&text)).unwrap_err(), &[Code::VersionState])
    }

    /// F2: a version does not begin in the past.
    fn submitting_a_version_whose_day_is_over() {
        exactly(submit(&draft(-1), "yang.fan").unwrap_err(), &[Code::VersionDayPast])
    }

    /// F1: author, reviewer and approver are three people who can act.
    fn a_reviewer_who_signs_twice_or_cannot_act() {
        let mut all = exactly(submit(&draft(7), "wang.zhiyuan").unwrap_err(), &[Code::SignatoryTwice]);
        all.extend(exactly(submit(&draft(7), "li.jianguo").unwrap_err(), &[Code::SignatoryTwice]));
        all.extend(exactly(submit(&draft(7), "nobody").unwrap_err(), &[Code::ReviewerUnfit]));
        all
    }

    /// F2, 7b: approved in time, and without conditions.
    fn an_approval_after_the_day_or_under_conditions() {
        let mut all = exactly(vote(8, Decision::Pass), &[Code::VersionDayMissed]);
        all.extend(exactly(vote(0, Decision::PassWithConditions), &[Code::VersionWithoutConditions]));
        all
    }
}
