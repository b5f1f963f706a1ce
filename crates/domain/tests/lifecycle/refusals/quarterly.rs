//! The report of a quarter: what it lacks, by clause. Its releases are made by hand: they are facts, not commands.

use super::refusals;
use chrono::{DateTime, TimeDelta, Utc};
use fabu_domain::{
    blocks::approval::Decision,
    ids::{ReleaseId, ReportId, TaskId, UserId},
    subject::{
        Step,
        refusal::{Code, Refusal},
    },
    subjects::{
        quarterly_report::{
            Assessment, JudgedRelease, Managed, Measure, QuarterlyFigures, QuarterlyReport, ReportState, Review, facts::Share,
            rules, steps::open_measure,
        },
        release::{
            command::Ballot,
            kpi::Ratio,
            parameters::Parameters,
            stage::{ReleaseKind, Verdict},
        },
    },
    time::quarter::Quarter,
};
use fabu_scenario::{company::user, world::Surroundings};
use uuid::Uuid;

fn quarter() -> Quarter {
    Quarter::new(2026, 1).unwrap()
}

fn now() -> DateTime<Utc> {
    quarter().end() + TimeDelta::days(1)
}

fn release(n: u128, verdict: Verdict, review: Review) -> JudgedRelease {
    let at = quarter().start();
    let managed = Managed {
        closure_due_at: at,
        closed_at: Some(at),
        report_due_at: at,
        completed_at: Some(at),
        review,
        owner: Some(owner()),
        set_aside: Vec::new(),
        owes: Vec::new(),
        on_time: Share::one(true),
        first_round: Share::one(true),
        configuration_on_time: Share::default(),
        training: Share::default(),
        evidence: Share::default(),
    };
    JudgedRelease {
        id: ReleaseId(Uuid::from_u128(n)),
        number: format!("REL-2026-{n:04}"),
        title: "补丁".to_owned(),
        kind: ReleaseKind::Minor,
        verdict,
        judged_at: at,
        customer_id: None,
        customer: "示例银行".to_owned(),
        systems: Vec::new(),
        managed: Some(managed),
    }
}

fn owner() -> UserId {
    user("chen.xiaoyan")
}

fn manager() -> UserId {
    user("li.jianguo")
}

fn count(releases: &[JudgedRelease]) -> QuarterlyFigures {
    QuarterlyFigures::count(quarter(), Ratio::percent(90), releases, Vec::new(), now())
}

fn missed(review: Review) -> QuarterlyFigures {
    count(&[release(1, Verdict::Successful, Review::NotNeeded), release(2, Verdict::Failed, review)])
}

/// A report with nothing missing but what `change` takes away.
fn report(figures: &QuarterlyFigures, state: ReportState, change: impl Fn(&mut Assessment)) -> QuarterlyReport {
    let mut assessment = Assessment {
        execution: "按程序执行".to_owned(),
        gap_cause: "缺少演练".to_owned(),
        improvements: "演练纳入计划".to_owned(),
        measures: vec![Measure { text: "补充演练".to_owned(), owner: Some(owner()), due: "2026-05-29".parse().ok() }],
    };
    change(&mut assessment);
    let draft = QuarterlyReport::draft(ReportId(Uuid::from_u128(3)), "YNTD-ITSS-0606", figures.clone(), now(), None);
    let report = taken(owner(), draft, |step| step.assess(&assessment));
    let submit = |report| taken(owner(), report, |step| step.submit(figures.clone()));
    match state {
        ReportState::Draft => report,
        ReportState::Submitted => submit(report),
        ReportState::Approved => {
            taken(manager(), submit(report), |step| step.vote(figures.clone(), &ballot(Decision::Pass), None))
        }
    }
}

fn ballot(decision: Decision) -> Ballot {
    Ballot { on_behalf_of: None, decision, comment: "补充".to_owned(), conditions: Vec::new() }
}

/// What a step leaves of a report.
fn taken(
    by: UserId,
    report: QuarterlyReport,
    take: impl Fn(&mut Step<'_, QuarterlyReport>) -> Result<(), Refusal>,
) -> QuarterlyReport {
    let (directory, parameters) = (Surroundings::example().unwrap().directory, Parameters::default());
    let mut step = Step::new(&directory, &parameters, now(), by, report);
    take(&mut step).unwrap();
    step.record
}

fn submitting(change: impl Fn(&mut Assessment)) -> Vec<Code> {
    let figures = missed(Review::Done);
    let report = report(&figures, ReportState::Draft, change);
    codes(rules::may_submit(&report, &figures, &Surroundings::example().unwrap().directory))
}

fn approving(now_counted: &QuarterlyFigures, by: UserId) -> Vec<Code> {
    let report = report(&missed(Review::Done), ReportState::Submitted, |_| {});
    codes(rules::may_approve(&report, now_counted, &[by], &Surroundings::example().unwrap().directory))
}

fn codes(result: Result<(), Refusal>) -> Vec<Code> {
    let refusal = result.expect_err("a refusal");
    refusal.unmet().iter().map(|unmet| unmet.code).collect()
}

/// The codes when they are exactly these.
fn exactly(codes: Vec<Code>, expected: &[Code]) -> Vec<Code> {
    assert_eq!(codes, expected);
    codes
}

refusals! {
    /// 6: a quarter that is not over has no report.
    fn a_report_of_a_running_quarter() {
        exactly(codes(rules::may_draft(quarter(), quarter().end() - TimeDelta::seconds(1))), &[Code::QuarterRunning])
    }

    /// 7a: the owner says how the procedure was carried out.
    fn a_report_without_an_assessment() {
        exactly(submitting(|said| said.execution.clear()), &[Code::AssessmentMissing])
    }

    /// 6: the improvement section is mandatory.
    fn a_report_without_its_improvement_section() {
        exactly(submitting(|said| said.improvements.clear()), &[Code::ImprovementMissing])
    }

    /// 7a: below the target the cause is named.
    fn a_gap_without_a_cause() {
        exactly(submitting(|said| said.gap_cause.clear()), &[Code::GapCauseMissing])
    }

    /// 7a: below the target something is done about it.
    fn a_gap_without_a_measure() {
        exactly(submitting(|said| said.measures.clear()), &[Code::GapWithoutMeasure])
    }

    /// 7a: what, by whom, until when.
    fn a_measure_without_a_due_date() {
        exactly(submitting(|said| said.measures[0].due = None), &[Code::MeasureIncomplete])
    }

    /// 3.5: an unreviewed failure blocks the approval, by name.
    fn approval_of_a_report_with_an_unreviewed_failure() {
        exactly(approving(&missed(Review::Outstanding), manager()), &[Code::FailureUnreviewed])
    }

    /// R0: whoever wrote in it does not decide on it.
    fn approval_of_a_report_by_a_contributor() {
        exactly(approving(&missed(Review::Done), owner()), &[Code::Contributor])
    }

    /// 6: what is signed is what was sent.
    fn approval_of_a_report_whose_count_has_changed() {
        let later = count(&[release(1, Verdict::Failed, Review::Done), release(2, Verdict::Failed, Review::Done)]);
        exactly(approving(&later, manager()), &[Code::FiguresChanged])
    }

    /// 6: an approved report is not edited.
    fn an_edit_of_an_approved_report() {
        let report = report(&missed(Review::Done), ReportState::Approved, |_| {});
        exactly(codes(rules::may_edit(&report)), &[Code::ReportState])
    }

    /// 6: a report whose count still holds is not restated.
    fn a_restatement_without_a_change() {
        let figures = missed(Review::Done);
        exactly(codes(rules::may_restate(&report(&figures, ReportState::Approved, |_| {}), &figures)), &[Code::NothingToRestate])
    }

    /// 7a: a measure is done once, by its owner.
    fn a_measure_that_does_not_exist_or_is_somebody_elses() {
        let signed = report(&missed(Review::Done), ReportState::Approved, |_| {});
        let (directory, parameters) = (Surroundings::example().unwrap().directory, Parameters::default());
        let done = |id, by| Step::new(&directory, &parameters, now(), by, signed.clone()).complete(id, "完成");
        let mut all = exactly(codes(done(TaskId::nth(signed.id, 9), owner())), &[Code::TaskUnknown]);
        all.extend(exactly(codes(open_measure(&signed, 2).map(drop)), &[Code::MeasureUnknown]));
        all.extend(exactly(codes(done(signed.tasks[0].id, manager())), &[Code::NotPermitted]));
        assert!(done(signed.tasks[0].id, owner()).is_ok());
        all
    }

    /// 6: a report is approved or sent back; what is asked for becomes a measure.
    fn a_condition_on_a_quarterly_report() {
        let report = report(&missed(Review::Done), ReportState::Submitted, |_| {});
        let (directory, parameters) = (Surroundings::example().unwrap().directory, Parameters::default());
        let mut step = Step::new(&directory, &parameters, now(), manager(), report.clone());
        let vote = step.vote(report.figures.clone(), &ballot(Decision::PassWithConditions), None);
        exactly(codes(vote), &[Code::ReportWithoutConditions])
    }
}
