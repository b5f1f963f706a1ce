//! Configuration items, freezes and conflicts at full size (5.5.4, 9.2c).

use super::{
    cases::Bench,
    load::{self, Head, Supply},
    seed::{self, Company},
};
use crate::server::{Finished, Installation};
use anyhow::{Context, Result, bail};
use chrono::{DateTime, Datelike, DurationRound, TimeDelta, Utc};
use fabu_domain::{ids::UserId, subjects::release::stage::Stage};
use serde_json::{Value, json};
use std::{fmt::Write, net::SocketAddr, sync::Arc};

/// The item that most others are related to.
const HUB: &str = "CI-000001";

/// How many items are related to [`HUB`], besides those of the release.
const AROUND_HUB: usize = 500;

/// Every this many rows one is wrong.
const WRONG: usize = 204;

/// The release whose window is checked.
pub struct Checked {
    /// Its number.
    pub number: String,
    /// Who administers it.
    pub administrator: UserId,
    /// The numbers, names and versions of its items.
    items: Vec<[String; 3]>,
    /// When its window opens.
    start: DateTime<Utc>,
}

/// Takes a release to the approval of its go-live.
///
/// # Errors
/// The first request that is refused.
pub async fn checked_release(company: &Company) -> Result<Checked> {
    let drive = seed::begin(company, 0).await?;
    drive.travel_to(Stage::GoLiveApproval).await?;
    let theme = &drive.journey.theme;
    let items =
        theme.units.iter().map(|unit| [theme.item_number(unit), unit.name.clone(), unit.previous_version.clone()]).collect();
    Ok(Checked { number: drive.number.clone(), administrator: drive.journey.cast.administrator, items, start: theme.start })
}

/// Enters so many freezes: half of them recur each week, a quarter holds for the whole company at other times of day, the others for
/// one item; the last ten hold over the window of the release.
///
/// # Errors
/// The first that is refused.
pub async fn freezes(company: &Company, address: SocketAddr, checked: &Checked, count: usize) -> Result<()> {
    let keeper = company.people.id("wang.zhiyuan").context("nobody keeps freezes")?;
    let token = company.people.token(&company.client, keeper).await?;
    let whole = checked.start.duration_trunc(TimeDelta::minutes(1))?;
    let freeze = |n: usize| {
        let over = n + 10 >= count;
        // Between three and four hours before the window, on the days around it: near, and no hindrance.
        let days = i64::try_from(n % 700).unwrap_or_default() - 350;
        let begin = if over { whole } else { whole + TimeDelta::days(days) - TimeDelta::hours(4) };
        let items = match n % 4 {
            1 | 3 if !over => vec![item_number(n * 7 % 90_000 + 2)],
            _ if over => vec![HUB.to_owned(), checked.items[0][0].clone()],
            _ => Vec::new(),
        };
        let body = json!({
            "name": format!("封网 {n}"), "kind": "freeze", "reason": "重大活动保障", "starts": begin, "ends": begin + TimeDelta::hours(1),
            "recurrence": (n.is_multiple_of(2) && !over).then_some("FREQ=WEEKLY;COUNT=52"), "configuration_items": items,
            "allowed": ["emergency"], "authority": "general_manager", "active": true,
        });
        load::post("/api/v1/freeze-windows", Head { token: Some(&token), if_match: None }, &body)
    };
    let outcome = load::send(address, 4, &Supply::Once(Arc::new((0..count).map(freeze).collect()))).await?;
    match outcome.first_error {
        Some(error) => bail!("{} of {count} freezes were refused: {error}", outcome.errors),
        None => Ok(()),
    }
}

/// Imports a table of so many items, of which one in [`WRONG`] is wrong, with three relations each.
///
/// # Errors
/// When the command does not take the right ones over and refuse the others.
pub fn import_items(installation: Installation<'_>, checked: &Checked, count: usize) -> Result<Finished> {
    let file = installation.data.join("items.csv");
    std::fs::write(&file, table(checked, count)).with_context(|| format!("cannot write {}", file.display()))?;
    let done = installation.run(&["import", "items", &file.display().to_string()])?;
    let refused = count / WRONG;
    let added = count - refused;
    if !done.output.contains(&added.to_string()) || !done.output.contains(&refused.to_string()) {
        bail!("not {added} added and {refused} refused: {}", done.output.lines().last().unwrap_or_default());
    }
    Ok(done)
}

fn item_number(n: usize) -> String {
    format!("CI-{n:06}")
}

fn table(checked: &Checked, count: usize) -> String {
    let mut text =
        "number,name,type,environment,state,current version,service object,runs on,uses,connects to,attribute:机房\n".to_owned();
    let kinds = ["hardware", "software", "service", "interface", "database"];
    let names = ["核心交换机", "票务应用", "payment gateway", "调度接口", "报表数据库"];
    let objects = ["BUS-TICKET", "BUS-DISPATCH", "BANK-COUNTER", "BANK-NET", "INT-DESK"];
    // Writing to a text cannot fail.
    for n in 1..=count {
        let kind = if n % WRONG == 0 { "nothing" } else { kinds[n % 5] };
        let lower = if n == 1 || (n / 2) % WRONG == 0 { String::new() } else { item_number(n / 2) };
        let uses = if n > 1 && n <= AROUND_HUB { HUB.to_owned() } else { item_number(right(n * 31 % count + 1)) };
        let joins = item_number(right(n * 17 % count + 1));
        let _ = writeln!(
            text,
            "{},{} {n},{kind},production,live,{}.{}.{},{},{lower},{uses},{joins},{} 号机房",
            item_number(n),
            names[n % 5],
            n % 9,
            n % 31,
            n % 7,
            objects[n % 5],
            n % 12,
        );
    }
    for [number, name, version] in &checked.items {
        let _ = writeln!(text, "{number},{name},software,production,live,{version},BUS-TICKET,,{HUB},,");
    }
    text
}

/// An item that the table has no error in, near this one.
const fn right(n: usize) -> usize {
    if n.is_multiple_of(WRONG) { n - 1 } else { n }
}

impl Bench<'_> {
    /// Every case of items, conflicts and freezes.
    ///
    /// # Errors
    /// When a connection breaks, or the server does not hold what is to be measured.
    pub async fn configuration(&mut self, company: &Company, checked: &Checked) -> Result<()> {
        let administrator = checked.administrator;
        let page = |least: usize| move |page: &Value| page["items"].as_array().is_some_and(|found| found.len() >= least);
        let lists = [
            ("items", "kind=database&state=live&limit=50", 50),
            ("items last", "limit=50", 50),
            ("items word", "q=gateway&limit=50", 50),
            ("items 中文", "q=%E4%BA%A4%E6%8D%A2&limit=50", 50),
            ("items two", "q=%E8%B0%83%E5%BA%A6%20777&limit=50", 2),
            ("items number", "q=CI-0077&limit=50", 50),
        ];
        for (case, query, found) in lists {
            let request = self.request(company, administrator, &format!("/api/v1/configuration-items?{query}")).await?;
            self.require(&request, page(found)).await?;
            self.each(case, vec![request]).await?;
        }
        let hub = self.request(company, administrator, &format!("/api/v1/configuration-items?q={HUB}&limit=1")).await?;
        let hub = self.answer(&hub).await?["items"][0]["id"].as_str().context("the hub is not found")?.to_owned();
        let around =
            self.request(company, administrator, &format!("/api/v1/configuration-items/{hub}/neighbours?limit=50")).await?;
        self.require(&around, page(50)).await?;
        self.each("neighbours", vec![around]).await?;
        let release = format!("/api/v1/releases/{}", checked.number);
        let conflicts = self.request(company, administrator, &format!("{release}/conflicts")).await?;
        self.require(&conflicts, |found| found["items"].as_array().is_some_and(|found| found.len() >= 10)).await?;
        self.each("conflicts", vec![conflicts]).await?;
        let free = self.request(company, administrator, &format!("{release}/free-windows?duration_minutes=240&limit=5")).await?;
        self.require(&free, page(5)).await?;
        self.each("free windows", vec![free]).await?;
        let (from, until) =
            (checked.start.with_day(1).context("no first day")?, checked.start.with_day(28).context("no 28th day")?);
        let bands = format!("/api/v1/calendar/bands?from={}&until={}", from.date_naive(), until.date_naive());
        let bands = self.request(company, administrator, &bands).await?;
        self.require(&bands, |bands| bands["freezes"].as_array().is_some_and(|freezes| freezes.len() > 100)).await?;
        self.each("bands", vec![bands]).await
    }
}
