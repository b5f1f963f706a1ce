//! The key figure and the counts behind it (§10, D7–D10).

use crate::{AppError, Cx, Rx, paging::MOST};
use fabu_domain::{
    ids::ReleaseId,
    people::directory::Directory,
    subject::{operation::Operation, refusal::Text},
    subjects::{
        release::{
            documents::report::{Count, ReportFigures},
            forecast::Forecast,
            kpi::{Ratio, SuccessRate},
            stage::{ReleaseKind, Stage, Verdict},
        },
        visibility::Scope,
    },
    time::quarter::Quarter,
};
use fabu_store::{KpiRow, Reader, ReleaseFilter};
use std::collections::BTreeMap;

/// How the success rate is counted (D8, D9).
#[must_use]
pub fn kpi_rules() -> Text {
    Text::new(
        "成功：按计划部署、各方确认、未回退、无计划外修复；按部署结论日期（中国时间）归入季度",
        "success: deployed as planned, confirmed by everybody asked, not rolled back, no unplanned fix; \
         a release counts in the quarter of its verdict (China time)",
    )
}

/// The figures of a quarter.
#[derive(Debug, Clone)]
pub struct KpiView {
    /// The quarter.
    pub quarter: Quarter,
    /// Counts by verdict, kind and customer: every other figure is a sum of these.
    pub rows: Vec<KpiRow>,
    /// Successes of all releases.
    pub rate: SuccessRate,
    /// The target that holds in that quarter.
    pub target: Ratio,
    /// What it still needs (10e); none once it is over.
    pub forecast: Option<Forecast>,
}

impl KpiView {
    /// Releases with this verdict.
    #[must_use]
    pub fn of_verdict(&self, verdict: Verdict) -> u64 {
        self.rows.iter().filter(|r| r.verdict == verdict).map(|r| r.count).sum()
    }

    /// Releases of this kind.
    #[must_use]
    pub fn of_kind(&self, kind: ReleaseKind) -> u64 {
        self.rows.iter().filter(|r| r.kind == kind).map(|r| r.count).sum()
    }
}

/// The success rate of a quarter (10a): releases with the verdict "successful" of all releases judged in it, China time, as
/// far as the caller may know of them.
///
/// # Errors
/// Not permitted.
pub fn view_kpi(rx: &mut Rx<'_, '_>, quarter: Quarter) -> Result<KpiView, AppError> {
    rx.permit(Operation::ViewKpi)?;
    let scope = rx.scope();
    let kpi = counted(&rx.directory, quarter, rx.tx.kpi_rows(quarter, &scope)?)?;
    if rx.now >= quarter.end() {
        return Ok(kpi);
    }
    let planned = planned(rx.tx, quarter, scope)?;
    Ok(KpiView { forecast: Some(Forecast::of(kpi.rate, planned, kpi.target)), ..kpi })
}

/// How many releases without a verdict have their window in the quarter, as far as somebody may know of them.
fn planned(tx: &mut Reader<'_>, quarter: Quarter, scope: Scope) -> Result<u32, AppError> {
    let filter = ReleaseFilter {
        scope,
        stages: Stage::BEFORE_DEPLOYMENT.into_iter().chain([Stage::Deployment]).collect(),
        window_from: Some(quarter.start()),
        window_until: Some(quarter.end()),
        ..ReleaseFilter::default()
    };
    let (mut count, mut after) = (0usize, None);
    loop {
        let page = tx.list_releases(&filter, after.as_ref(), MOST)?;
        count += page.items.len();
        after = page.next;
        if after.is_none() {
            return Ok(u32::try_from(count).unwrap_or(u32::MAX));
        }
    }
}

/// The quarters in which a release that the caller may know of was judged, oldest first.
///
/// # Errors
/// Not permitted.
pub fn list_quarters(rx: &mut Rx<'_, '_>) -> Result<Vec<Quarter>, AppError> {
    rx.permit(Operation::ListKpiQuarters)?;
    let scope = rx.scope();
    Ok(rx.tx.quarters(&scope)?)
}

fn load(tx: &mut Reader<'_>, directory: &Directory, quarter: Quarter) -> Result<KpiView, AppError> {
    counted(directory, quarter, tx.kpi_rows(quarter, &Scope::All)?)
}

fn counted(directory: &Directory, quarter: Quarter, rows: Vec<KpiRow>) -> Result<KpiView, AppError> {
    let count = |rows: &mut dyn Iterator<Item = &KpiRow>| u32::try_from(rows.map(|r| r.count).sum::<u64>()).unwrap_or(u32::MAX);
    let total = count(&mut rows.iter());
    let successes = count(&mut rows.iter().filter(|r| r.verdict == Verdict::Successful));
    let rate = SuccessRate::new(successes, total).ok_or_else(|| AppError::Internal("more successes than releases".to_owned()))?;
    Ok(KpiView { quarter, rows, rate, target: directory.procedures.target_of(quarter), forecast: None })
}

/// The figures for a release report: of the quarter of its verdict, up to now (D7).
pub(super) fn for_report(cx: &mut Cx<'_, '_>, id: ReleaseId) -> Result<Option<ReportFigures>, AppError> {
    let dossier = cx.tx.dossier(id)?.ok_or(AppError::NotFound { what: "release" })?;
    let Some(verdict) = &dossier.release.verdict else { return Ok(None) };
    let quarter = Quarter::of(verdict.mark.at);
    let kpi = load(cx.tx, &cx.directory, quarter)?;
    let by_system = cx.tx.kpi_by_system(quarter)?;
    let system = |id: &fabu_domain::ids::ServiceObjectId| {
        cx.directory.service_objects.get(id).map_or_else(|| id.to_string(), |object| object.name.to_string())
    };
    Ok(Some(ReportFigures {
        quarter: Some(quarter),
        releases_in_quarter_to_date: kpi.rate.total(),
        releases_total: u32::try_from(cx.tx.count_judged()?).unwrap_or(u32::MAX),
        by_customer: by_customer(&kpi, &cx.directory),
        by_system: counts(by_system.into_iter().map(|(id, n)| (system(&id), n))),
        by_kind: counts(kpi.rows.iter().map(|r| (r.kind.to_string(), r.count))),
        successes: kpi.rate.successes(),
        rate: kpi.rate.text(kpi.target),
        rule: kpi_rules().zh,
    }))
}

fn by_customer(kpi: &KpiView, directory: &Directory) -> Vec<Count> {
    let name = |row: &KpiRow| {
        let customer = row.customer_id.and_then(|id| directory.customers.get(&id));
        customer.map_or_else(|| "导入的历史记录".to_owned(), |c| c.name.to_string())
    };
    counts(kpi.rows.iter().map(|row| (name(row), row.count)))
}

fn counts(pairs: impl Iterator<Item = (String, u64)>) -> Vec<Count> {
    let mut sums: BTreeMap<String, u64> = BTreeMap::new();
    for (key, n) in pairs {
        *sums.entry(key).or_default() += n;
    }
    sums.into_iter().map(|(key, n)| Count { key, count: u32::try_from(n).unwrap_or(u32::MAX) }).collect()
}
