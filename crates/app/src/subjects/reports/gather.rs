//! What is known about the releases of a quarter, from the database.

use crate::AppError;
use chrono::{DateTime, Utc};
use fabu_domain::{
    ids::ReleaseId,
    people::directory::Directory,
    subjects::{
        quarterly_report::{JudgedRelease, Managed, QuarterlyFigures, figures::QuarterRate, report::QuarterlyReport},
        release::stage::Verdict,
        visibility::Scope,
    },
    time::quarter::Quarter,
};
use fabu_store::{Reader, ReleaseFilter, ReleaseSummary, Writer};
use std::collections::HashMap;

/// Releases read at a time.
const BATCH: usize = 1000;
/// How many quarters a report looks back (6).
const QUARTERS_BEFORE: usize = 4;

/// The figures of a quarter as they are now.
pub(super) fn figures(
    tx: &mut Reader<'_>,
    directory: &Directory,
    quarter: Quarter,
    now: DateTime<Utc>,
) -> Result<QuarterlyFigures, AppError> {
    let releases = judged(tx, directory, quarter)?;
    let mut before = Vec::new();
    let mut earlier = quarter;
    for _ in 0..QUARTERS_BEFORE {
        earlier = earlier.previous();
        before.insert(0, rate(tx, directory, earlier)?);
    }
    Ok(QuarterlyFigures::count(quarter, directory.procedures.target_of(quarter), &releases, before, now))
}

/// An earlier quarter: as it was signed, else as it counts now.
fn rate(tx: &mut Reader<'_>, directory: &Directory, quarter: Quarter) -> Result<QuarterRate, AppError> {
    if let Some(QuarterlyFigures { successes, total, target, .. }) = tx.signed_figures(quarter)? {
        return Ok(QuarterRate { quarter, successes, total, target });
    }
    let rows = tx.kpi_rows(quarter, &Scope::All)?;
    let sum = |wanted: &dyn Fn(Verdict) -> bool| rows.iter().filter(|row| wanted(row.verdict)).map(|row| row.count).sum::<u64>();
    let number = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
    Ok(QuarterRate {
        quarter,
        successes: number(sum(&|verdict| verdict == Verdict::Successful)),
        total: number(sum(&|_| true)),
        target: directory.procedures.target_of(quarter),
    })
}

/// Every release judged in the quarter.
fn judged(tx: &mut Reader<'_>, directory: &Directory, quarter: Quarter) -> Result<Vec<JudgedRelease>, AppError> {
    let mut systems: HashMap<ReleaseId, Vec<String>> = HashMap::new();
    for (release, object) in tx.objects_in_quarter(quarter)? {
        let name = directory.service_objects.get(&object).map_or_else(|| object.to_string(), |object| object.name.to_string());
        systems.entry(release).or_default().push(name);
    }
    let filter = ReleaseFilter { scope: Scope::All, quarter: Some(quarter), ..ReleaseFilter::default() };
    let (mut all, mut after) = (Vec::new(), None);
    loop {
        let page = tx.list_releases(&filter, after.as_ref(), BATCH)?;
        for summary in page.items {
            let systems = systems.remove(&summary.id).unwrap_or_default();
            all.extend(release(tx, directory, summary, systems)?);
        }
        after = page.next;
        if after.is_none() {
            return Ok(all);
        }
    }
}

fn release(
    tx: &mut Reader<'_>,
    directory: &Directory,
    summary: ReleaseSummary,
    mut systems: Vec<String>,
) -> Result<Option<JudgedRelease>, AppError> {
    let Some((verdict, judged_at)) = summary.verdict else { return Ok(None) };
    let managed = match summary.imported_number {
        Some(_) => None,
        None => tx.dossier(summary.id)?.and_then(|dossier| {
            let parameters = directory.procedures.of(&dossier.release.procedure_version);
            Managed::of(&dossier, &directory.calendar, parameters)
        }),
    };
    if systems.is_empty() && !summary.system.is_empty() {
        systems.push(summary.system);
    }
    let customer = summary.customer_id.and_then(|id| directory.customers.get(&id)).map(|customer| customer.name.to_string());
    Ok(Some(JudgedRelease {
        id: summary.id,
        number: summary.number,
        title: summary.title,
        kind: summary.kind,
        verdict,
        judged_at,
        customer_id: summary.customer_id,
        customer: customer.unwrap_or_else(|| "未登记的客户".to_owned()),
        systems,
        managed,
    }))
}

/// The newest revision of the report of a quarter, which nobody else changes until the end of this transaction.
pub(super) fn lock(tx: &mut Writer<'_>, quarter: Quarter) -> Result<QuarterlyReport, AppError> {
    tx.lock_quarterly_reports_of(quarter)?.pop().ok_or(AppError::NotFound { what: "report" })
}

/// The newest revision of the report of a quarter.
pub(super) fn latest(tx: &mut Reader<'_>, quarter: Quarter) -> Result<QuarterlyReport, AppError> {
    tx.quarterly_reports_of(quarter)?.pop().ok_or(AppError::NotFound { what: "report" })
}
