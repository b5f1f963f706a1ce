//! What must hold afterwards: the log's chain, and the key figure against a count of our own.

use super::{Report, run::Ended};
use crate::http::{HttpError, Instance, Method, Timeline, Transport};
use fabu_domain::{ids::UserId, subjects::release::stage::Verdict, time::quarter::Quarter};
use serde::{Deserialize, de::DeserializeOwned};
use std::collections::{BTreeMap, BTreeSet};

/// What the server says of its log.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Sealing {
    /// True when no fault was found.
    pub sound: bool,
    /// Entries in the log.
    pub events: i64,
    /// Seals that were checked.
    pub seals: i64,
    /// Entries that wait for their seal.
    pub unsealed: i64,
}

/// The figures of a quarter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Figures {
    /// Releases judged.
    pub total: u64,
    /// Those judged successful.
    pub successes: u64,
    /// The numbers of all of them.
    pub numbers: BTreeSet<String>,
    /// The numbers of those that were rolled back.
    pub rolled_back: BTreeSet<String>,
}

/// A quarter, counted by the server and by us.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KpiCheck {
    /// The quarter.
    pub quarter: Quarter,
    /// What the server says, with the numbers from its lists.
    pub server: Figures,
    /// What was done.
    pub own: Figures,
}

impl KpiCheck {
    /// True when both agree.
    #[must_use]
    pub fn agrees(&self) -> bool {
        self.server == self.own
    }
}

#[derive(Deserialize)]
struct Kpi {
    total: u64,
    successes: u64,
}

#[derive(Deserialize)]
struct Page {
    items: Vec<Numbered>,
    next_cursor: Option<String>,
}

#[derive(Deserialize)]
struct Numbered {
    number: String,
}

impl Report {
    /// Compares the key figure of every quarter concerned, and the lists behind it, with what was done.
    ///
    /// # Errors
    /// When the server refuses to tell.
    pub async fn check_kpi<T: Transport, L: Timeline>(&self, instance: &Instance<T, L>) -> Result<Vec<KpiCheck>, HttpError> {
        let mut own: BTreeMap<Quarter, Figures> = BTreeMap::new();
        for Ended { number, verdict, at, .. } in &self.completed {
            let figures = own.entry(Quarter::of(*at)).or_default();
            figures.total += 1;
            figures.numbers.insert(number.clone());
            match verdict {
                Verdict::Successful => figures.successes += 1,
                Verdict::RolledBack => drop(figures.rolled_back.insert(number.clone())),
                Verdict::Failed | Verdict::Partial => {}
            }
        }
        let mut checks = Vec::new();
        for (quarter, own) in own {
            let by = reader(instance)?;
            let kpi: Kpi = get(instance, by, "view_kpi", &format!("/reports/kpi/{quarter}")).await?;
            let numbers = numbers(instance, by, &format!("quarter={quarter}")).await?;
            let rolled_back = self::numbers(instance, by, &format!("quarter={quarter}&verdict=rolled_back")).await?;
            let server = Figures { total: kpi.total, successes: kpi.successes, numbers, rolled_back };
            checks.push(KpiCheck { quarter, server, own });
        }
        Ok(checks)
    }
}

impl Sealing {
    /// Lets the server verify its log.
    ///
    /// # Errors
    /// When the server refuses.
    pub async fn verify<T: Transport, L: Timeline>(instance: &Instance<T, L>) -> Result<Self, HttpError> {
        get(instance, reader(instance)?, "verify_events", "/events/verification").await
    }
}

/// The auditor: reads everything.
fn reader<T: Transport, L: Timeline>(instance: &Instance<T, L>) -> Result<UserId, HttpError> {
    let missing = || HttpError::Unexpected { request: "auditor".to_owned(), reason: "is not there".to_owned() };
    instance.people.id("xie.ning").ok_or_else(missing)
}

async fn numbers<T: Transport, L: Timeline>(
    instance: &Instance<T, L>,
    by: UserId,
    filter: &str,
) -> Result<BTreeSet<String>, HttpError> {
    let (mut found, mut cursor) = (BTreeSet::new(), String::new());
    loop {
        let page: Page = get(instance, by, "list_releases", &format!("/releases?limit=100&{filter}{cursor}")).await?;
        found.extend(page.items.into_iter().map(|release| release.number));
        match page.next_cursor {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return Ok(found),
        }
    }
}

async fn get<T: Transport, L: Timeline, A: DeserializeOwned>(
    instance: &Instance<T, L>,
    by: UserId,
    kind: &str,
    path: &str,
) -> Result<A, HttpError> {
    instance.ask(by, kind, Method::Get, path, None, None).await?.read(path)
}
