//! The key figure (§10). Every figure names the list of exactly the releases behind it.

use fabu_app::subjects::releases::{KpiView as Kpi, kpi_rules};
use fabu_domain::{
    ids::CustomerId,
    language::Language,
    people::directory::Directory,
    subjects::release::{
        forecast::Forecast,
        stage::{ReleaseKind, Verdict},
    },
    time::quarter::Quarter,
};
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// A quarter in which releases were judged.
#[derive(Debug, Serialize, ToSchema)]
pub struct KpiQuarterView {
    /// The quarter, in China time.
    pub quarter: Quarter,
    /// Its figures.
    #[schema(example = "/api/v1/reports/kpi/2026Q4")]
    pub href: String,
}

impl From<Quarter> for KpiQuarterView {
    fn from(quarter: Quarter) -> Self {
        Self { quarter, href: format!("/api/v1/reports/kpi/{quarter}") }
    }
}

/// The success rate.
#[derive(Debug, Serialize, ToSchema)]
pub struct RateView {
    /// Successes.
    pub numerator: u32,
    /// Releases judged.
    pub denominator: u32,
    /// Percent to two decimals, never rounded up to the target; null for 0/0.
    #[schema(required, example = "88.89 %")]
    pub percent: Option<String>,
    /// Fraction and percent.
    #[schema(example = "8/9 = 88.89 %")]
    pub text: String,
}

/// The target.
#[derive(Debug, Serialize, ToSchema)]
pub struct TargetView {
    /// The part.
    pub numerator: u32,
    /// The whole.
    pub denominator: u32,
    /// As people write it.
    #[schema(example = "90 %")]
    pub text: String,
}

/// Releases with one verdict.
#[derive(Debug, Serialize, ToSchema)]
pub struct VerdictCountView {
    /// The verdict.
    pub verdict: Verdict,
    /// How many.
    pub count: u64,
    /// The list of them.
    pub href: String,
}

/// Releases of one kind.
#[derive(Debug, Serialize, ToSchema)]
pub struct KindCountView {
    /// The kind.
    pub kind: ReleaseKind,
    /// How many.
    pub count: u64,
    /// How many of them succeeded.
    pub successes: u64,
    /// The list of them.
    pub href: String,
}

/// Releases for one customer.
#[derive(Debug, Serialize, ToSchema)]
pub struct CustomerCountView {
    /// The customer; null for imported releases of customers that are not in the register.
    #[schema(required)]
    pub customer_id: Option<CustomerId>,
    /// Its name.
    pub name: String,
    /// How many.
    pub count: u64,
    /// How many of them succeeded.
    pub successes: u64,
    /// The list of them.
    pub href: String,
}

/// The outlook of a running quarter (10e).
#[derive(Debug, Serialize, ToSchema)]
pub struct ForecastView {
    /// How many releases without a verdict have their window in the quarter.
    pub planned: u32,
    /// How many further releases would have to succeed in a row to reach the target; 0 when it is met, null when no number is
    /// enough.
    #[schema(required)]
    pub in_a_row: Option<u32>,
    /// How many of the planned ones must succeed to reach the target; null when it is out of reach with them.
    #[schema(required)]
    pub of_planned: Option<u32>,
    /// True when the target can no longer be met with what is planned.
    pub out_of_reach: bool,
    /// The same as a sentence in the reader's language.
    pub statement: String,
}

impl ForecastView {
    fn new(forecast: Forecast, target: &str, language: Language) -> Self {
        let Forecast { planned, in_a_row, of_planned } = forecast;
        Self {
            planned,
            in_a_row,
            of_planned,
            out_of_reach: forecast.is_out_of_reach(),
            statement: forecast.text(target).in_language(language).to_owned(),
        }
    }
}

/// The figures of a quarter.
#[derive(Debug, Serialize, ToSchema)]
pub struct KpiView {
    /// The quarter, in China time.
    pub quarter: Quarter,
    /// Releases judged.
    pub total: u32,
    /// The list of them.
    #[schema(example = "/api/v1/releases?quarter=2026Q4")]
    pub total_href: String,
    /// Releases judged successful.
    pub successes: u32,
    /// The list of them.
    #[schema(example = "/api/v1/releases?quarter=2026Q4&verdict=successful")]
    pub successes_href: String,
    /// Their share.
    pub rate: RateView,
    /// What is to be reached.
    pub target: TargetView,
    /// Whether it is reached, by whole numbers; null when nothing was judged.
    #[schema(required)]
    pub met: Option<bool>,
    /// What the quarter still needs to reach the target (10e); null once it is over.
    #[schema(required)]
    pub forecast: Option<ForecastView>,
    /// By verdict; every verdict is listed.
    pub by_verdict: Vec<VerdictCountView>,
    /// By kind; every kind is listed.
    pub by_kind: Vec<KindCountView>,
    /// By customer; those with at least one release.
    pub by_customer: Vec<CustomerCountView>,
    /// How it is counted, in the reader's language.
    pub rules: String,
}

impl KpiView {
    /// The figures for a reader.
    #[must_use]
    pub fn new(kpi: &Kpi, directory: &Directory, language: Language) -> Self {
        let href = |filter: &str| format!("/api/v1/releases?quarter={}{filter}", kpi.quarter);
        let by_verdict = |verdict: Verdict| VerdictCountView {
            verdict,
            count: kpi.of_verdict(verdict),
            href: href(&format!("&verdict={verdict}")),
        };
        let by_kind = |kind: ReleaseKind| {
            let successes = kpi.rows.iter().filter(|row| row.kind == kind && row.verdict == Verdict::Successful);
            KindCountView {
                kind,
                count: kpi.of_kind(kind),
                successes: successes.map(|row| row.count).sum(),
                href: href(&format!("&kind={kind}")),
            }
        };
        Self {
            quarter: kpi.quarter,
            total: kpi.rate.total(),
            total_href: href(""),
            successes: kpi.rate.successes(),
            successes_href: href("&verdict=successful"),
            rate: RateView {
                numerator: kpi.rate.successes(),
                denominator: kpi.rate.total(),
                percent: kpi.rate.percent(kpi.target),
                text: kpi.rate.text(kpi.target),
            },
            target: TargetView {
                numerator: kpi.target.numerator(),
                denominator: kpi.target.denominator(),
                text: kpi.target.to_string(),
            },
            met: kpi.rate.meets(kpi.target),
            forecast: kpi.forecast.map(|forecast| ForecastView::new(forecast, &kpi.target.to_string(), language)),
            by_verdict: Verdict::ALL.iter().copied().map(by_verdict).collect(),
            by_kind: ReleaseKind::ALL.iter().copied().map(by_kind).collect(),
            by_customer: by_customer(kpi, directory, language, &href),
            rules: kpi_rules().in_language(language).to_owned(),
        }
    }
}

fn by_customer(kpi: &Kpi, directory: &Directory, language: Language, href: &dyn Fn(&str) -> String) -> Vec<CustomerCountView> {
    let mut counts: BTreeMap<Option<CustomerId>, (u64, u64)> = BTreeMap::new();
    for row in &kpi.rows {
        let (count, successes) = counts.entry(row.customer_id).or_default();
        *count += row.count;
        *successes += if row.verdict == Verdict::Successful { row.count } else { 0 };
    }
    let nobody = if language == Language::Chinese { "未登记的客户" } else { "customers not in the register" };
    let view = |(customer_id, (count, successes)): (Option<CustomerId>, (u64, u64))| CustomerCountView {
        customer_id,
        name: match customer_id {
            Some(id) => directory.customers.get(&id).map_or_else(|| id.to_string(), |customer| customer.name.to_string()),
            None => nobody.to_owned(),
        },
        count,
        successes,
        href: href(&customer_id.map_or_else(|| "&customer_id=none".to_owned(), |id| format!("&customer_id={id}"))),
    };
    let mut views: Vec<CustomerCountView> = counts.into_iter().map(view).collect();
    views.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
    views
}
