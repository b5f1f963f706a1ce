//! The figures of a quarter: counts of its releases, never a rounded number (10a), with the rule beside them.

use super::{
    exemptions::{Exempted, exempted},
    facts::{JudgedRelease, Managed, OutstandingStep, Review, Share},
};
use crate::{
    ids::{CustomerId, UserId},
    subject::refusal::Text,
    subjects::release::{
        kpi::{Attainment, Ratio, SuccessRate},
        stage::{ReleaseKind, Verdict},
    },
    time::quarter::Quarter,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// How many releases of one group, and how many of them succeeded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Tally {
    /// The word or id of the group; empty for customers that are not in the register.
    pub key: String,
    /// Its name.
    pub name: String,
    /// How many.
    pub count: u32,
    /// How many of them succeeded.
    pub successes: u32,
}

impl Tally {
    /// The name of a group of releases of one kind.
    #[must_use]
    pub fn kind(&self) -> Text {
        self.key.parse::<ReleaseKind>().map_or_else(|_| self.plain(), Text::from)
    }

    /// The name of a group of releases with one verdict.
    #[must_use]
    pub fn verdict(&self) -> Text {
        self.key.parse::<Verdict>().map_or_else(|_| self.plain(), Text::from)
    }

    /// The name of a customer or a system, in the words of the register.
    #[must_use]
    pub fn plain(&self) -> Text {
        Text::same(self.name.clone())
    }
}

/// A quarter before, for comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct QuarterRate {
    /// The quarter.
    pub quarter: Quarter,
    /// Successes.
    pub successes: u32,
    /// Releases judged.
    pub total: u32,
    /// The target that was valid in it.
    pub target: Ratio,
}

impl QuarterRate {
    /// The rate.
    #[must_use]
    pub fn rate(&self) -> SuccessRate {
        SuccessRate::new(self.successes.min(self.total), self.total).unwrap_or_default()
    }
}

crate::word_enum! {
    /// A supplementary figure (10d): never mixed with the key figure.
    SupplementaryName {
        /// Judged inside the window.
        OnTime = "on_time" "按窗口完成" "completed inside the window",
        /// Rolled back.
        RolledBack = "rolled_back" "回退率" "rolled back",
        /// Emergencies.
        Emergency = "emergency" "紧急发布占比" "emergency releases",
        /// Configuration items updated in time.
        ConfigurationOnTime = "configuration_on_time" "配置项按时更新" "configuration items updated in time",
        /// Passed the test in the first round.
        FirstTestRound = "first_test_round" "一轮测试通过" "passed the test in the first round",
        /// Closed in time.
        ClosedOnTime = "closed_on_time" "按时关闭" "closed in time",
        /// Report approved in time.
        ReportedOnTime = "reported_on_time" "按时完成发布报告" "release report approved in time",
        /// Duties, trainings and briefings confirmed.
        TrainingConfirmed = "training_confirmed" "培训与职责确认" "duties, trainings and briefings confirmed",
        /// Archive records present.
        Evidence = "evidence" "记录齐备" "records present",
    }
}

/// A supplementary figure: so many of so many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Supplementary {
    /// Which.
    pub name: SupplementaryName,
    /// The part and the whole.
    #[serde(flatten)]
    pub share: Share,
}

/// A release that was or is closed late (5.10b) or whose report was or is late (D6).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LateRelease {
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// When it was due.
    pub due_at: DateTime<Utc>,
    /// When it was done; none: still open.
    #[schema(required)]
    pub done_at: Option<DateTime<Utc>>,
}

/// A release without success (3.5).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Failure {
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// How it ended.
    pub verdict: Verdict,
    /// Whether it has its review.
    pub review: Review,
    /// Who owes it.
    #[schema(required)]
    pub owner: Option<UserId>,
}

/// An emergency release (D11).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Emergency {
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// What it still owes.
    pub owes: Vec<OutstandingStep>,
}

/// A release behind the figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CountedRelease {
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// Release type.
    pub kind: ReleaseKind,
    /// How it ended.
    pub verdict: Verdict,
    /// When that was said.
    pub judged_at: DateTime<Utc>,
    /// The customer's name.
    pub customer: String,
    /// The systems.
    pub systems: Vec<String>,
}

/// The figures of a quarter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct QuarterlyFigures {
    /// The quarter, in China time.
    pub quarter: Quarter,
    /// When they were counted.
    pub counted_at: DateTime<Utc>,
    /// The target valid in the quarter (10b).
    pub target: Ratio,
    /// Releases judged.
    pub total: u32,
    /// Releases judged successful.
    pub successes: u32,
    /// The exact fraction against the target.
    pub attainment: Attainment,
    /// By kind; every kind is listed.
    pub by_kind: Vec<Tally>,
    /// By verdict; every verdict is listed.
    pub by_verdict: Vec<Tally>,
    /// By customer.
    pub by_customer: Vec<Tally>,
    /// By system; a release of two systems counts in both.
    pub by_system: Vec<Tally>,
    /// The four quarters before, oldest first.
    pub previous: Vec<QuarterRate>,
    /// Supplementary figures (10d).
    pub supplementary: Vec<Supplementary>,
    /// Late closures.
    pub overdue_closures: Vec<LateRelease>,
    /// Late reports.
    pub overdue_reports: Vec<LateRelease>,
    /// Releases without success.
    pub failures: Vec<Failure>,
    /// Emergency releases.
    pub emergencies: Vec<Emergency>,
    /// Releases for which a rule was set aside: granted exceptions, and rollbacks that were not rehearsed (R0, RO1c).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exempted: Vec<Exempted>,
    /// Every release counted, by number.
    pub releases: Vec<CountedRelease>,
}

impl QuarterlyFigures {
    /// Counts the releases of a quarter.
    #[must_use]
    pub fn count(
        quarter: Quarter,
        target: Ratio,
        releases: &[JudgedRelease],
        previous: Vec<QuarterRate>,
        now: DateTime<Utc>,
    ) -> Self {
        let mut sorted: Vec<&JudgedRelease> = releases.iter().collect();
        sorted.sort_by(|a, b| a.number.cmp(&b.number));
        let rate = SuccessRate::count(sorted.iter().map(|r| r.verdict == Verdict::Successful));
        Self {
            quarter,
            counted_at: now,
            target,
            total: rate.total(),
            successes: rate.successes(),
            attainment: rate.attains(target),
            by_kind: ReleaseKind::ALL.iter().map(|kind| tally(&sorted, kind.as_str(), |r| r.kind == *kind)).collect(),
            by_verdict: Verdict::ALL.iter().map(|verdict| tally(&sorted, verdict.as_str(), |r| r.verdict == *verdict)).collect(),
            by_customer: grouped(sorted.iter().map(|r| (*r, customer_key(r.customer_id), r.customer.clone()))),
            by_system: grouped(sorted.iter().flat_map(|r| r.systems.iter().map(|s| (*r, s.clone(), s.clone())))),
            previous,
            supplementary: supplementary(&sorted, now),
            overdue_closures: late(&sorted, |m| m.closure_late(now).then_some((m.closure_due_at, m.closed_at))),
            overdue_reports: late(&sorted, |m| m.report_late(now).then_some((m.report_due_at, m.completed_at))),
            failures: sorted.iter().filter(|r| r.verdict != Verdict::Successful).map(|r| failure(r)).collect(),
            emergencies: sorted.iter().filter(|r| r.kind == ReleaseKind::Emergency).map(|r| emergency(r)).collect(),
            exempted: sorted.iter().filter_map(|r| exempted(r)).collect(),
            releases: sorted.iter().map(|r| counted(r)).collect(),
        }
    }

    /// The success rate.
    #[must_use]
    pub fn rate(&self) -> SuccessRate {
        SuccessRate::new(self.successes.min(self.total), self.total).unwrap_or_default()
    }

    /// True when the target is missed: measures are demanded (7a).
    #[must_use]
    pub fn is_missed(&self) -> bool {
        self.attainment == Attainment::Missed
    }

    /// What the report says about itself: number, rate, target, and what follows.
    #[must_use]
    pub fn statement(&self) -> Text {
        let (rate, target) = (self.rate().text(self.target), self.target);
        let (zh, en) = match self.attainment {
            Attainment::Met => ("达到目标", "the target is met"),
            Attainment::Missed => (
                "未达到目标，须分析差距并提出改进措施（7a）",
                "the target is missed: the gap is analysed and measures are set (7a)",
            ),
            Attainment::NotApplicable => ("本季度无发布，不计算成功率", "no release was judged, so there is no rate"),
        };
        let (quarter, total, successes) = (self.quarter, self.total, self.successes);
        Text::new(
            format!("{quarter} 共发布 {total} 次，成功 {successes} 次，成功率 {rate}，目标 ≥ {target}：{zh}。"),
            format!("{quarter}: {total} releases, {successes} successful, rate {rate}, target ≥ {target}; {en}."),
        )
    }
}

/// So many, as a number of the report.
#[must_use]
pub fn how_many<T>(items: &[T]) -> u32 {
    u32::try_from(items.len()).unwrap_or(u32::MAX)
}

/// How it is counted (D8 to D10).
#[must_use]
pub fn rules() -> [Text; 3] {
    [
        Text::new(
            "D8 成功：按计划部署、各方确认、未回退、无计划外修复；部分完成、已回退、开始后中止均不算成功；部署前取消的不计入",
            "D8 success: deployed as planned, confirmed by everybody asked, not rolled back, no unplanned fix; partial, rolled \
             back or aborted is no success; cancelled before deployment is not counted",
        ),
        Text::new(
            "D9 季度：按部署结论日期（中国时间）归入季度",
            "D9 quarter: a release counts in the quarter of its verdict, China time",
        ),
        Text::new(
            "D10 比较：以精确分数与目标比较，百分数仅供显示，不因舍入而达标",
            "D10 comparison: the exact fraction is compared with the target; the percentage is for display and never rounds up to it",
        ),
    ]
}

/// The group of a customer.
fn customer_key(id: Option<CustomerId>) -> String {
    id.map_or_else(String::new, |id| id.to_string())
}

fn tally(releases: &[&JudgedRelease], word: &str, belongs: impl Fn(&JudgedRelease) -> bool) -> Tally {
    let share = Share::of(releases.iter().filter(|r| belongs(r)).map(|r| r.verdict == Verdict::Successful));
    Tally { key: word.to_owned(), name: word.to_owned(), count: share.whole, successes: share.part }
}

/// Groups by key, largest first.
fn grouped<'a>(pairs: impl Iterator<Item = (&'a JudgedRelease, String, String)>) -> Vec<Tally> {
    let mut groups: BTreeMap<String, (String, Share)> = BTreeMap::new();
    for (release, key, name) in pairs {
        let (_, share) = groups.entry(key).or_insert_with(|| (name, Share::default()));
        *share = share.and(Share::one(release.verdict == Verdict::Successful));
    }
    let tally = |(key, (name, share)): (String, (String, Share))| Tally { key, name, count: share.whole, successes: share.part };
    let mut all: Vec<Tally> = groups.into_iter().map(tally).collect();
    all.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
    all
}

fn supplementary(releases: &[&JudgedRelease], now: DateTime<Utc>) -> Vec<Supplementary> {
    let managed = || releases.iter().filter_map(|r| r.managed.as_ref());
    let sum = |pick: fn(&Managed) -> Share| managed().map(pick).fold(Share::default(), Share::and);
    let share = |name: SupplementaryName| match name {
        SupplementaryName::OnTime => sum(|m| m.on_time),
        SupplementaryName::RolledBack => Share::of(releases.iter().map(|r| r.verdict == Verdict::RolledBack)),
        SupplementaryName::Emergency => Share::of(releases.iter().map(|r| r.kind == ReleaseKind::Emergency)),
        SupplementaryName::ConfigurationOnTime => sum(|m| m.configuration_on_time),
        SupplementaryName::FirstTestRound => sum(|m| m.first_round),
        SupplementaryName::ClosedOnTime => Share::of(managed().map(|m| !m.closure_late(now))),
        SupplementaryName::ReportedOnTime => Share::of(managed().map(|m| !m.report_late(now))),
        SupplementaryName::TrainingConfirmed => sum(|m| m.training),
        SupplementaryName::Evidence => sum(|m| m.evidence),
    };
    SupplementaryName::ALL.iter().map(|name| Supplementary { name: *name, share: share(*name) }).collect()
}

fn late(
    releases: &[&JudgedRelease],
    pick: impl Fn(&Managed) -> Option<(DateTime<Utc>, Option<DateTime<Utc>>)>,
) -> Vec<LateRelease> {
    let late = |r: &&JudgedRelease| {
        let (due_at, done_at) = pick(r.managed.as_ref()?)?;
        Some(LateRelease { number: r.number.clone(), title: r.title.clone(), due_at, done_at })
    };
    releases.iter().filter_map(late).collect()
}

fn failure(release: &JudgedRelease) -> Failure {
    let managed = release.managed.as_ref();
    Failure {
        number: release.number.clone(),
        title: release.title.clone(),
        verdict: release.verdict,
        review: managed.map_or(Review::History, |m| m.review),
        owner: managed.and_then(|m| m.owner),
    }
}

fn emergency(release: &JudgedRelease) -> Emergency {
    let owes = release.managed.as_ref().map(|m| m.owes.clone()).unwrap_or_default();
    Emergency { number: release.number.clone(), title: release.title.clone(), owes }
}

fn counted(release: &JudgedRelease) -> CountedRelease {
    CountedRelease {
        number: release.number.clone(),
        title: release.title.clone(),
        kind: release.kind,
        verdict: release.verdict,
        judged_at: release.judged_at,
        customer: release.customer.clone(),
        systems: release.systems.clone(),
    }
}
