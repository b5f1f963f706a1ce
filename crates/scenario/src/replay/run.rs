//! Drives the releases, several at once.

use super::{LedgerRow, subject::Subjects};
use crate::{
    http::{Drive, HttpError, Instance, Statistics, Timeline, Transport, percentile},
    journey::panel,
};
use chrono::{DateTime, TimeDelta, Utc};
use fabu_domain::subjects::release::{
    command::Command,
    stage::{Stage, Verdict},
};
use futures::{StreamExt, stream};
use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

/// A release that was completed.
#[derive(Debug, Clone)]
pub struct Ended {
    /// Number of the release.
    pub number: String,
    /// How its deployment ended.
    pub verdict: Verdict,
    /// When that was said.
    pub at: DateTime<Utc>,
    /// How long the whole way took.
    pub time: Duration,
}

/// What a replay did.
#[derive(Debug)]
pub struct Report {
    /// Releases that were completed.
    pub completed: Vec<Ended>,
    /// Rows whose release came to a halt, with the reason.
    pub halted: Vec<(String, HttpError)>,
    /// Commands that were tried although they had to be refused, and were.
    pub refused_as_expected: u64,
    /// Every request.
    pub statistics: Statistics,
    /// From the first change to the last report.
    pub time: Duration,
}

impl Report {
    /// True when every row was completed and nothing was refused or failed that should not.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.halted.is_empty() && self.statistics.failures() == 0 && self.statistics.refusals() == self.refused_as_expected
    }

    /// How many releases ended with each verdict.
    #[must_use]
    pub fn by_verdict(&self) -> BTreeMap<Verdict, usize> {
        let mut counts = BTreeMap::new();
        for ended in &self.completed {
            *counts.entry(ended.verdict).or_default() += 1;
        }
        counts
    }

    /// The time that `share` (0 to 100) of the releases did not exceed.
    #[must_use]
    pub fn percentile(&self, share: usize) -> Duration {
        percentile(&self.completed.iter().map(|ended| ended.time).collect::<Vec<_>>(), share)
    }
}

/// How many commands each release tries that must be refused.
const PROBES: u64 = 3;

/// Takes a release for each row from the change's intake to the completed report, `at_once` at a time. A release that
/// comes to a halt does not stop the others.
///
/// # Errors
/// When the teams and deliverables cannot be registered.
pub async fn replay<T: Transport, L: Timeline>(
    instance: &mut Instance<T, L>,
    rows: &[LedgerRow],
    at_once: usize,
    progress: impl Fn(usize),
) -> Result<Report, HttpError> {
    let subjects = Subjects::register(instance, rows).await?;
    let begin = Instant::now();
    let this = &*instance;
    let subjects = &subjects;
    let runs = stream::iter(rows.iter().enumerate()).map(async |(n, row)| (row, one(this, subjects, n, row).await));
    let mut runs = std::pin::pin!(runs.buffer_unordered(at_once.max(1)));
    let (mut completed, mut halted) = (Vec::new(), Vec::new());
    while let Some((row, result)) = runs.next().await {
        match result {
            Ok(ended) => completed.push(ended),
            Err(error) => halted.push((format!("{} {}", row.deliverable, row.version), error)),
        }
        progress(completed.len() + halted.len());
    }
    let refused_as_expected = PROBES * completed.len() as u64 + this.explained();
    Ok(Report { completed, halted, refused_as_expected, statistics: this.statistics(), time: begin.elapsed() })
}

async fn one<T: Transport, L: Timeline>(
    instance: &Instance<T, L>,
    subjects: &Subjects,
    n: usize,
    row: &LedgerRow,
) -> Result<Ended, HttpError> {
    let begin = Instant::now();
    let start = instance.client.timeline().now() + TimeDelta::seconds(1);
    let (journey, opening) = subjects.of(instance, n, row, start);
    let (administrator, support, implementer) = (journey.cast.administrator, journey.cast.support, journey.cast.implementer);
    let drive = Drive::open(instance, journey, &opening).await?;
    // Nothing is planned yet: something is missing.
    drive.refused(administrator, &Command::ConvenePlanReview { convocation: panel(&[]) }).await?;
    drive.travel_to(Stage::Testing).await?;
    // Far too early, and not for the service desk.
    let start = Command::StartDeployment { units: Vec::new(), note: "现在就开始".to_owned() };
    drive.refused(support, &start).await?;
    drive.travel_to(Stage::Deployment).await?;
    // Not everything has been installed, confirmed and archived.
    drive.refused(implementer, &Command::CloseRelease { note: "完成".to_owned() }).await?;
    drive.travel_to(Stage::Completed).await?;
    let judged = drive.verdict().await?;
    let unjudged = || HttpError::Unexpected { request: drive.number.clone(), reason: "has no verdict".to_owned() };
    let (verdict, at) = judged.ok_or_else(unjudged)?;
    Ok(Ended { number: drive.number.clone(), verdict, at, time: begin.elapsed() })
}
