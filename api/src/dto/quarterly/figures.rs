//! The figures of a quarter for a reader: every figure names the list of the releases behind it.

use crate::dto::{
    releases::people::{Names, PersonView},
    reports::{RateView, TargetView},
};
use chrono::{DateTime, Utc};
use fabu_domain::{
    subjects::{
        quarterly_report::{
            QuarterlyFigures, Review,
            exemptions::Exempted,
            figures::{self, Emergency, Failure, LateRelease, QuarterRate, Supplementary, SupplementaryName, Tally},
            set_aside::SetAside,
        },
        release::{
            ExceptionKind,
            kpi::{Attainment, Ratio, SuccessRate},
            stage::Verdict,
        },
    },
    time::quarter::Quarter,
};
use serde::Serialize;
use utoipa::ToSchema;

/// How many releases of one group, and how many of them succeeded.
#[derive(Debug, Serialize, ToSchema)]
pub struct TallyView {
    /// The group: a word of the procedure or a name.
    pub name: String,
    /// How many.
    pub count: u32,
    /// How many of them succeeded.
    pub successes: u32,
    /// The list of them.
    #[schema(example = "/api/v1/reports/quarterly/2026Q1/releases?revision=1&verdict=successful")]
    pub href: String,
}

/// A quarter before.
#[derive(Debug, Serialize, ToSchema)]
pub struct EarlierQuarterView {
    /// The quarter.
    pub quarter: Quarter,
    /// Its rate.
    pub rate: RateView,
    /// The target that was valid in it.
    pub target: TargetView,
    /// Whether it was reached; null when nothing was judged.
    #[schema(required)]
    pub met: Option<bool>,
}

/// A supplementary figure (10d); it does not touch the key figure.
#[derive(Debug, Serialize, ToSchema)]
pub struct SupplementaryView {
    /// Which.
    pub code: SupplementaryName,
    /// Its name in the reader's language.
    pub name: String,
    /// The part.
    pub part: u32,
    /// The whole; 0 when there is nothing to count.
    pub whole: u32,
}

/// A release that was or is late.
#[derive(Debug, Serialize, ToSchema)]
pub struct LateReleaseView {
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// When it was due.
    pub due_at: DateTime<Utc>,
    /// When it was done; null while it is not.
    #[schema(required)]
    pub done_at: Option<DateTime<Utc>>,
    /// The release.
    pub href: String,
}

/// A release without success (3.5).
#[derive(Debug, Serialize, ToSchema)]
pub struct FailureView<'a> {
    /// Its number.
    pub number: &'a str,
    /// Its title.
    pub title: &'a str,
    /// How it ended.
    pub verdict: Verdict,
    /// Whether it has its review.
    pub review: Review,
    /// Who owes it.
    #[schema(required)]
    pub owner: Option<PersonView<'a>>,
    /// The release.
    pub href: String,
}

/// A step that an emergency release still owes (D11).
#[derive(Debug, Serialize, ToSchema)]
pub struct OwedStepView {
    /// What.
    pub title: String,
    /// By when.
    pub due_at: DateTime<Utc>,
}

/// An emergency release (D11).
#[derive(Debug, Serialize, ToSchema)]
pub struct EmergencyView {
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// What it still owes.
    pub owes: Vec<OwedStepView>,
    /// The release.
    pub href: String,
}

/// A rule that was set aside for a release (R0, RO1c).
#[derive(Debug, Serialize, ToSchema)]
pub struct SetAsideView<'a> {
    /// Which exception was granted; null for a rollback that was not rehearsed.
    #[schema(required)]
    pub exception: Option<ExceptionKind>,
    /// Why.
    pub reason: &'a str,
    /// Who granted it, or submitted the test report.
    pub by: PersonView<'a>,
    /// When.
    pub at: DateTime<Utc>,
}

/// A release for which a rule was set aside.
#[derive(Debug, Serialize, ToSchema)]
pub struct ExemptedView<'a> {
    /// Its number.
    pub number: &'a str,
    /// Its title.
    pub title: &'a str,
    /// What was set aside.
    pub set_aside: Vec<SetAsideView<'a>>,
    /// The release.
    pub href: String,
}

/// The figures of a quarter.
#[derive(Debug, Serialize, ToSchema)]
pub struct FiguresView<'a> {
    /// When they were counted.
    pub counted_at: DateTime<Utc>,
    /// Number, rate, target, and what follows, as one sentence in the reader's language.
    pub statement: String,
    /// How it is counted (D8 to D10).
    pub rules: Vec<String>,
    /// Releases judged.
    pub total: u32,
    /// Releases judged successful.
    pub successes: u32,
    /// Their share.
    pub rate: RateView,
    /// What is to be reached.
    pub target: TargetView,
    /// The exact fraction against the target.
    pub attainment: Attainment,
    /// The list of all of them.
    pub releases_href: String,
    /// By kind; every kind is listed.
    pub by_kind: Vec<TallyView>,
    /// By verdict; every verdict is listed.
    pub by_verdict: Vec<TallyView>,
    /// By customer.
    pub by_customer: Vec<TallyView>,
    /// By system; a release of two systems counts in both.
    pub by_system: Vec<TallyView>,
    /// The four quarters before, oldest first.
    pub previous: Vec<EarlierQuarterView>,
    /// Supplementary figures (10d).
    pub supplementary: Vec<SupplementaryView>,
    /// Closures that were or are late (5.10b).
    pub overdue_closures: Vec<LateReleaseView>,
    /// Release reports that were or are late (D6).
    pub overdue_reports: Vec<LateReleaseView>,
    /// Releases without success, and whether each has its review (3.5).
    pub failures: Vec<FailureView<'a>>,
    /// Emergency releases and what they still owe (D11).
    pub emergencies: Vec<EmergencyView>,
    /// Granted exceptions and rollbacks that were not rehearsed (R0, RO1c).
    pub exempted: Vec<ExemptedView<'a>>,
}

fn rate_view(rate: SuccessRate, target: Ratio) -> RateView {
    RateView { numerator: rate.successes(), denominator: rate.total(), percent: rate.percent(target), text: rate.text(target) }
}

fn target_view(target: Ratio) -> TargetView {
    TargetView { numerator: target.numerator(), denominator: target.denominator(), text: target.to_string() }
}

fn release_href(number: &str) -> String {
    format!("/api/v1{}", fabu_domain::address::release(number))
}

impl From<&QuarterRate> for EarlierQuarterView {
    fn from(earlier: &QuarterRate) -> Self {
        let (rate, target) = (earlier.rate(), earlier.target);
        Self { quarter: earlier.quarter, rate: rate_view(rate, target), target: target_view(target), met: rate.meets(target) }
    }
}

impl From<&LateRelease> for LateReleaseView {
    fn from(late: &LateRelease) -> Self {
        let LateRelease { number, title, due_at, done_at } = late.clone();
        Self { href: release_href(&number), number, title, due_at, done_at }
    }
}

impl From<&Emergency> for EmergencyView {
    fn from(emergency: &Emergency) -> Self {
        let owes = emergency.owes.iter().map(|step| OwedStepView { title: step.title.clone(), due_at: step.due_at });
        let (number, title) = (emergency.number.clone(), emergency.title.clone());
        Self { href: release_href(&number), number, title, owes: owes.collect() }
    }
}

impl<'a> FiguresView<'a> {
    /// The figures of a revision for a reader.
    #[must_use]
    pub fn new(names: &Names<'a>, figures: &'a QuarterlyFigures, revision: u32) -> Self {
        let list = format!("/api/v1/reports/quarterly/{}/releases?revision={revision}", figures.quarter);
        let tally = |parameter: &'static str| {
            let list = list.clone();
            move |t: &Tally| TallyView {
                name: t.name.clone(),
                count: t.count,
                successes: t.successes,
                href: format!("{list}&{parameter}={}", encoded(&t.name)),
            }
        };
        let supplementary = |s: &Supplementary| SupplementaryView {
            code: s.name,
            name: names.name(s.name.text()).into_owned(),
            part: s.share.part,
            whole: s.share.whole,
        };
        let failure = |f: &'a Failure| FailureView {
            number: &f.number,
            title: &f.title,
            verdict: f.verdict,
            review: f.review,
            owner: f.owner.map(|id| names.person(id)),
            href: release_href(&f.number),
        };
        let set_aside =
            |s: &'a SetAside| SetAsideView { exception: s.exception, reason: &s.reason, by: names.person(s.by), at: s.at };
        let exempted = |e: &'a Exempted| ExemptedView {
            number: &e.number,
            title: &e.title,
            set_aside: e.set_aside.iter().map(set_aside).collect(),
            href: release_href(&e.number),
        };
        Self {
            counted_at: figures.counted_at,
            statement: figures.statement().in_language(names.language).to_owned(),
            rules: figures::rules().iter().map(|rule| rule.in_language(names.language).to_owned()).collect(),
            total: figures.total,
            successes: figures.successes,
            rate: rate_view(figures.rate(), figures.target),
            target: target_view(figures.target),
            attainment: figures.attainment,
            by_kind: figures.by_kind.iter().map(tally("kind")).collect(),
            by_verdict: figures.by_verdict.iter().map(tally("verdict")).collect(),
            by_customer: figures.by_customer.iter().map(tally("customer")).collect(),
            by_system: figures.by_system.iter().map(tally("system")).collect(),
            releases_href: list,
            previous: figures.previous.iter().map(Into::into).collect(),
            supplementary: figures.supplementary.iter().map(supplementary).collect(),
            overdue_closures: figures.overdue_closures.iter().map(Into::into).collect(),
            overdue_reports: figures.overdue_reports.iter().map(Into::into).collect(),
            failures: figures.failures.iter().map(failure).collect(),
            emergencies: figures.emergencies.iter().map(Into::into).collect(),
            exempted: figures.exempted.iter().map(exempted).collect(),
        }
    }
}

/// A name as a part of a query (RFC 3986).
fn encoded(name: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~');
    name.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}
