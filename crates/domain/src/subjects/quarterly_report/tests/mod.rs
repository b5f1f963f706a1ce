//! The quarterly report: what is counted, what is refused, what stays as it was signed.

mod steps;

use super::{
    facts::{JudgedRelease, Managed, OutstandingStep, Review, Share},
    figures::{QuarterRate, QuarterlyFigures, SupplementaryName},
    report::{Assessment, Measure, QuarterlyReport, Reclassified, ReportState},
    rules,
    steps::measure_number,
};
use crate::{
    blocks::approval::{ApprovalState, Decision},
    ids::{ReleaseId, ReportId, UserId},
    language::Language,
    people::{
        directory::{Directory, User},
        role::Role,
    },
    subject::{
        Step,
        refusal::{Code, Refusal},
    },
    subjects::release::{
        command::Ballot,
        kpi::{Attainment, Ratio},
        parameters::Parameters,
        stage::{ReleaseKind, Verdict},
    },
    time::quarter::Quarter,
};
use chrono::{DateTime, TimeDelta, Utc};
use std::sync::Arc;
use uuid::Uuid;

const OWNER: UserId = UserId(Uuid::from_u128(1));
const MANAGER: UserId = UserId(Uuid::from_u128(2));

fn quarter() -> Quarter {
    Quarter::new(2026, 3).unwrap()
}

fn now() -> DateTime<Utc> {
    quarter().end() + TimeDelta::days(9)
}

fn directory() -> Directory {
    let user = |(id, name, role): (UserId, &str, Role)| {
        let user = User {
            id,
            login: name.to_owned(),
            name: name.to_owned().try_into().unwrap(),
            email: None,
            phone: None,
            department_id: None,
            position: None,
            roles: [role].into_iter().collect(),
            language: Language::Chinese,
            active: true,
            session_version: 1,
            version: 1,
        };
        (id, user)
    };
    Directory {
        users: [(OWNER, "owner", Role::ReleaseOwner), (MANAGER, "manager", Role::GeneralManager)].map(user).into(),
        ..Directory::default()
    }
}

fn managed(at: DateTime<Utc>) -> Managed {
    Managed {
        closure_due_at: at + TimeDelta::days(3),
        closed_at: Some(at + TimeDelta::days(1)),
        report_due_at: at + TimeDelta::days(5),
        completed_at: Some(at + TimeDelta::days(4)),
        review: Review::NotNeeded,
        owner: Some(OWNER),
        set_aside: Vec::new(),
        owes: Vec::new(),
        on_time: Share::one(true),
        first_round: Share::one(true),
        configuration_on_time: Share { part: 1, whole: 2 },
        training: Share { part: 3, whole: 3 },
        evidence: Share { part: 10, whole: 10 },
    }
}

fn release(n: u128, verdict: Verdict) -> JudgedRelease {
    let at = quarter().start() + TimeDelta::days(10);
    JudgedRelease {
        id: ReleaseId(Uuid::from_u128(n)),
        number: format!("REL-2026-{n:04}"),
        title: "核心系统补丁".to_owned(),
        kind: ReleaseKind::Minor,
        verdict,
        judged_at: at,
        customer_id: None,
        customer: "示例银行".to_owned(),
        systems: vec!["核心".to_owned(), "办公".to_owned()],
        managed: Some(managed(at)),
    }
}

fn with(release: JudgedRelease, change: impl Fn(&mut Managed)) -> JudgedRelease {
    let managed = release.managed.clone().map(|mut managed| {
        change(&mut managed);
        managed
    });
    JudgedRelease { managed, ..release }
}

fn successes(n: u128) -> Vec<JudgedRelease> {
    (1..=n).map(|n| release(n, Verdict::Successful)).collect()
}

fn count(releases: &[JudgedRelease]) -> QuarterlyFigures {
    QuarterlyFigures::count(quarter(), Ratio::percent(90), releases, Vec::new(), now())
}

fn report(figures: QuarterlyFigures, state: ReportState) -> QuarterlyReport {
    let draft = QuarterlyReport::draft(ReportId(Uuid::from_u128(9)), "YNTD-ITSS-0606", figures, now(), None);
    let due = Some("2026-11-30".parse().unwrap());
    let measure = Measure { text: "补充回退演练".to_owned(), owner: Some(OWNER), due };
    let assessment = Assessment {
        execution: "总体按程序执行".to_owned(),
        gap_cause: "两次发布缺少演练".to_owned(),
        improvements: "演练纳入计划".to_owned(),
        measures: vec![measure],
    };
    in_state(said(draft, &assessment), state)
}

/// The report in which the owner has written this.
fn said(report: QuarterlyReport, assessment: &Assessment) -> QuarterlyReport {
    after(report, OWNER, |step| step.assess(assessment))
}

fn ballot(decision: Decision, comment: &str) -> Ballot {
    Ballot { on_behalf_of: None, decision, comment: comment.to_owned(), conditions: Vec::new() }
}

/// What a step leaves of a report.
fn after(
    report: QuarterlyReport,
    by: UserId,
    take: impl Fn(&mut Step<'_, QuarterlyReport>) -> Result<(), Refusal>,
) -> QuarterlyReport {
    let (directory, parameters) = (directory(), Parameters::default());
    let mut step = Step::new(&directory, &parameters, now(), by, report);
    take(&mut step).unwrap();
    step.record
}

/// The report as the steps leave it that lead there.
fn in_state(report: QuarterlyReport, state: ReportState) -> QuarterlyReport {
    let figures = report.figures.clone();
    let submitted = |report| after(report, OWNER, |step| step.submit(figures.clone()));
    match state {
        ReportState::Draft => report,
        ReportState::Submitted => submitted(report),
        ReportState::Approved => {
            after(submitted(report), MANAGER, |step| step.vote(figures.clone(), &ballot(Decision::Pass, ""), None))
        }
    }
}

fn codes(result: Result<(), Refusal>) -> Vec<Code> {
    result.err().map(|refusal| refusal.unmet().iter().map(|u| u.code).collect()).unwrap_or_default()
}

#[test]
fn counts_by_kind_verdict_customer_and_system_with_the_exact_fraction() {
    let mut releases = successes(8);
    releases.push(release(9, Verdict::RolledBack));
    releases[0].kind = ReleaseKind::Emergency;
    releases[1].customer = "另一客户".to_owned();
    releases[1].customer_id = Some(crate::ids::CustomerId(Uuid::from_u128(7)));
    let figures = count(&releases);
    assert_eq!((figures.successes, figures.total, figures.attainment), (8, 9, Attainment::Missed));
    assert_eq!(figures.rate().text(figures.target), "8/9 = 88.89 %");
    let counts = |list: &[super::figures::Tally]| list.iter().map(|t| (t.name.clone(), t.count, t.successes)).collect::<Vec<_>>();
    let row = |name: &str, count, successes| (name.to_owned(), count, successes);
    assert_eq!(counts(&figures.by_kind), [row("major", 0, 0), row("minor", 8, 7), row("emergency", 1, 1)]);
    assert_eq!(
        counts(&figures.by_verdict),
        [row("successful", 8, 8), row("rolled_back", 1, 0), row("failed", 0, 0), row("partial", 0, 0)]
    );
    assert_eq!(counts(&figures.by_customer), [row("示例银行", 8, 7), row("另一客户", 1, 1)]);
    assert_eq!(counts(&figures.by_system), [row("办公", 9, 8), row("核心", 9, 8)]);
    let statement = figures.statement();
    assert!(statement.zh.contains("8/9 = 88.89 %，目标 ≥ 90 %：未达到目标") && statement.en.contains("target is missed"));
}

#[test]
fn the_worked_examples_meet_or_miss_the_target_and_an_empty_quarter_does_neither() {
    for (good, bad, attainment) in
        [(9, 1, Attainment::Met), (8, 1, Attainment::Missed), (179, 20, Attainment::Missed), (0, 0, Attainment::NotApplicable)]
    {
        let mut releases = successes(good);
        releases.extend((1..=bad).map(|n| release(good + n, Verdict::Failed)));
        assert_eq!(count(&releases).attainment, attainment, "{good} + {bad}");
    }
    assert!(count(&[]).statement().zh.contains("不计算成功率"));
}

#[test]
fn late_closures_failures_emergencies_and_supplementary_figures_are_listed_apart() {
    let (late, open) = (now() - TimeDelta::days(1), None);
    let mut emergency = with(release(3, Verdict::Successful), |m| {
        m.owes = vec![OutstandingStep { title: "补办：上线计划".to_owned(), due_at: now() }];
        m.first_round = Share::one(false);
    });
    emergency.kind = ReleaseKind::Emergency;
    let releases = [
        with(release(1, Verdict::Successful), |m| m.closed_at = Some(late)),
        with(release(2, Verdict::RolledBack), |m| {
            (m.closed_at, m.completed_at, m.review) = (open, None, Review::Outstanding);
        }),
        emergency,
        JudgedRelease { managed: None, ..release(4, Verdict::Failed) },
    ];
    let figures = count(&releases);
    let late_ones: Vec<_> = figures.overdue_closures.iter().map(|l| (l.number.as_str(), l.done_at)).collect();
    assert_eq!(late_ones, [("REL-2026-0001", Some(late)), ("REL-2026-0002", None)]);
    assert_eq!(figures.overdue_reports.iter().map(|l| l.number.as_str()).collect::<Vec<_>>(), ["REL-2026-0002"]);
    let failures: Vec<_> = figures.failures.iter().map(|f| (f.number.as_str(), f.review)).collect();
    assert_eq!(failures, [("REL-2026-0002", Review::Outstanding), ("REL-2026-0004", Review::History)]);
    assert_eq!(figures.emergencies[0].owes[0].title, "补办：上线计划");
    let share = |name| figures.supplementary.iter().find(|s| s.name == name).map(|s| (s.share.part, s.share.whole)).unwrap();
    assert_eq!(share(SupplementaryName::RolledBack), (1, 4));
    assert_eq!(share(SupplementaryName::Emergency), (1, 4));
    assert_eq!(share(SupplementaryName::ClosedOnTime), (1, 3));
    assert_eq!(share(SupplementaryName::ReportedOnTime), (2, 3));
    assert_eq!(share(SupplementaryName::FirstTestRound), (2, 3));
    assert_eq!(share(SupplementaryName::ConfigurationOnTime), (3, 6));
    assert_eq!((figures.total, figures.successes), (4, 2), "supplementary figures do not touch the key figure");
}

#[test]
fn refuses_a_draft_of_a_quarter_that_is_not_over() {
    let end = quarter().end();
    assert_eq!(codes(rules::may_draft(quarter(), end - TimeDelta::microseconds(1))), [Code::QuarterRunning]);
    assert_eq!(codes(rules::may_draft(quarter(), end)), []);
}

#[test]
fn refuses_a_gap_without_a_cause_and_a_measure() {
    let figures = count(&[release(1, Verdict::Failed)]);
    let mut gap = report(figures.clone(), ReportState::Draft);
    assert_eq!(codes(rules::may_submit(&gap, &figures, &directory())), []);
    gap = said(gap, &Assessment::default());
    let all = [Code::AssessmentMissing, Code::ImprovementMissing, Code::GapCauseMissing, Code::GapWithoutMeasure];
    assert_eq!(codes(rules::may_submit(&gap, &figures, &directory())), all);
    let met = count(&successes(3));
    let draft = said(report(met.clone(), ReportState::Draft), &Assessment::default());
    assert_eq!(codes(rules::may_submit(&draft, &met, &directory())), [Code::AssessmentMissing, Code::ImprovementMissing]);
}

#[test]
fn refuses_a_measure_without_text_owner_or_due_date() {
    let figures = count(&successes(3));
    for spoil in [
        (|m: &mut Measure| m.text = " ".to_owned()) as fn(&mut Measure),
        |m| m.owner = None,
        |m| m.owner = Some(UserId(Uuid::from_u128(99))),
        |m| m.due = None,
    ] {
        let draft = report(figures.clone(), ReportState::Draft);
        let mut spoiled = draft.assessment().clone();
        spoil(&mut spoiled.measures[0]);
        let draft = said(draft, &spoiled);
        assert_eq!(codes(rules::may_submit(&draft, &figures, &directory())), [Code::MeasureIncomplete]);
    }
}

#[test]
fn refuses_approval_with_an_unreviewed_failure_and_names_each() {
    let failure = |n| with(release(n, Verdict::Failed), |m| m.review = Review::Outstanding);
    let reviewed = with(release(3, Verdict::Failed), |m| m.review = Review::Done);
    let history = JudgedRelease { managed: None, ..release(4, Verdict::Failed) };
    let figures = count(&[failure(1), failure(2), reviewed, history]);
    let submitted = report(figures.clone(), ReportState::Submitted);
    let refusal = rules::may_approve(&submitted, &figures, &[MANAGER], &directory()).unwrap_err();
    let texts: Vec<String> = refusal.unmet().iter().map(|u| u.text(Language::English)).collect();
    assert_eq!(refusal.unmet().iter().map(|u| u.code).collect::<Vec<_>>(), [Code::FailureUnreviewed; 2]);
    assert!(texts[0].contains("REL-2026-0001") && texts[1].contains("REL-2026-0002"), "{texts:?}");
}

#[test]
fn refuses_approval_by_a_contributor() {
    let figures = count(&successes(3));
    let submitted = report(figures.clone(), ReportState::Submitted);
    assert_eq!(codes(rules::may_approve(&submitted, &figures, &[OWNER], &directory())), [Code::Contributor]);
    assert_eq!(codes(rules::may_approve(&submitted, &figures, &[MANAGER], &directory())), []);
}

#[test]
fn refuses_approval_when_the_figures_changed_since_it_was_sent() {
    let submitted = report(count(&successes(3)), ReportState::Submitted);
    let figures = count(&successes(4));
    assert_eq!(codes(rules::may_approve(&submitted, &figures, &[MANAGER], &directory())), [Code::FiguresChanged]);
}

#[test]
fn refuses_every_step_in_another_state_than_its_own() {
    let figures = count(&successes(3));
    let in_state = |state| report(figures.clone(), state);
    let (draft, submitted, approved) =
        (in_state(ReportState::Draft), in_state(ReportState::Submitted), in_state(ReportState::Approved));
    let other = count(&successes(4));
    let directory = directory();
    for result in [
        rules::may_edit(&submitted),
        rules::may_edit(&approved),
        rules::may_submit(&submitted, &figures, &directory),
        rules::may_approve(&draft, &figures, &[MANAGER], &directory),
        rules::may_approve(&approved, &figures, &[MANAGER], &directory),
        rules::may_return(&draft),
        rules::may_return(&approved),
        rules::may_restate(&draft, &other),
        rules::may_restate(&submitted, &other),
    ] {
        assert_eq!(codes(result), [Code::ReportState]);
    }
}

#[test]
fn approval_freezes_the_content_with_its_hash_and_sets_the_measures_out() {
    let figures = count(&successes(3));
    let signed = report(figures, ReportState::Approved);
    assert_eq!((signed.state(), signed.sha256.as_ref().map(String::len)), (ReportState::Approved, Some(64)));
    assert!(signed.is_intact());
    assert_eq!(signed.tasks.iter().map(|task| (measure_number(task), task.assignee)).collect::<Vec<_>>(), [(1, OWNER)]);
    let stored: QuarterlyReport = serde_json::from_str(&serde_json::to_string(&signed).unwrap()).unwrap();
    let whole = QuarterlyReport {
        document: signed.document.clone(),
        approvals: signed.approvals.clone(),
        tasks: signed.tasks.clone(),
        ..stored
    };
    assert!(whole == signed && whole.is_intact());
    for forge in [
        (|r: &mut QuarterlyReport| r.figures.successes -= 1) as fn(&mut QuarterlyReport),
        |r| {
            let mut forged = r.assessment().clone();
            forged.execution.push('!');
            r.document.revisions[0].content = Arc::new(forged.into());
        },
        |r| r.figures.releases[0].verdict = Verdict::Failed,
    ] {
        let mut forged = signed.clone();
        forge(&mut forged);
        assert!(!forged.is_intact());
    }
}

#[test]
fn a_later_reclassification_makes_a_restatement_and_leaves_the_signed_report() {
    let figures = count(&successes(3));
    let signed = report(figures.clone(), ReportState::Approved);
    assert_eq!(codes(rules::may_restate(&signed, &figures)), [Code::NothingToRestate]);
    let mut later = successes(4);
    later[1].verdict = Verdict::Failed;
    let later = count(&later);
    assert_eq!(codes(rules::may_restate(&signed, &later)), []);
    let next = signed.restated(ReportId(Uuid::from_u128(10)), later, "上线后故障", now(), Some(OWNER));
    let changes = next.restates.clone().unwrap();
    let change = |n: u128, before, after| Reclassified { number: format!("REL-2026-{n:04}"), before, after };
    let (good, bad) = (Some(Verdict::Successful), Some(Verdict::Failed));
    assert_eq!((changes.of_revision, changes.changes), (1, vec![change(2, good, bad), change(4, None, good)]));
    assert_eq!((next.revision, next.state(), next.sha256.clone()), (2, ReportState::Draft, None));
    assert_eq!(next.number, signed.number);
    assert!(signed.is_intact() && signed.figures.total == 3);
}

#[test]
fn the_quarters_before_keep_the_target_that_was_valid_in_them() {
    let before = QuarterRate { quarter: quarter().previous(), successes: 17, total: 20, target: Ratio::percent(85) };
    let figures = QuarterlyFigures::count(quarter(), Ratio::percent(90), &successes(1), vec![before], now());
    assert_eq!(figures.previous[0].rate().meets(figures.previous[0].target), Some(true));
    assert_eq!(figures.previous[0].rate().meets(figures.target), Some(false));
}
