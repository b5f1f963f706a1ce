//! Fills a server: a company, a history of closed releases, releases on their way, changes to make releases from.

use super::load::{self, Bytes, Head, Supply};
use crate::server::Installation;
use anyhow::{Context, Result, bail};
use chrono::TimeDelta;
use fabu_domain::{
    ids::UserId,
    subjects::{
        change::ChangeKind,
        release::stage::{ReleaseKind, ReleaseMedium, ReleaseScope, Stage},
    },
};
use fabu_scenario::{
    Cast, Journey, Theme,
    cast::CASTS,
    company::{CUSTOMERS, OBJECTS},
    http::{Drive, Instance, Method, Network, NewChange, Opening, RealTime, Timeline},
};
use serde_json::{Value, json};
use std::{fmt::Write, net::SocketAddr, sync::Arc};

/// A server with the example company on it.
pub type Company = Instance<Network, RealTime>;

/// The first year of the history, and how many years it spans.
const YEARS: (usize, usize) = (2015, 10);

/// A quarter whose figure is measured: one that the shortest history reaches, too.
pub const QUARTER: &str = "2016Q2";

/// An open panel, and who may answer it.
pub struct Panel {
    /// Path of its votes.
    pub path: String,
    /// The ETag of the approval; a vote does not change it while the panel stays open.
    pub etag: String,
    /// A member.
    pub member: UserId,
}

/// The releases on their way.
pub struct Live {
    /// The number of a release whose go-live is being decided: plans, test results, panels and tasks to show.
    pub viewed: String,
    /// Who administers it.
    pub administrator: UserId,
    /// Panels that stay open, each of another release.
    pub panels: Vec<Panel>,
}

/// Takes one release to its go-live approval and `panels` others to the review of their plan.
///
/// # Errors
/// The first request that is refused.
pub async fn releases_on_their_way(company: &Company, panels: usize) -> Result<Live> {
    let viewed = begin(company, 0).await?;
    viewed.travel_to(Stage::GoLiveApproval).await?;
    let mut live = Live { viewed: viewed.number.clone(), administrator: viewed.journey.cast.administrator, panels: Vec::new() };
    for n in 1..=panels {
        let drive = begin(company, n).await?;
        let snapshot = drive.travel(|snapshot| snapshot.stage == Stage::PlanReview).await?;
        let approval = snapshot.approvals.first().context("a plan under review has no open panel")?;
        if approval.awaited.len() < 2 {
            bail!("the panel would be decided by one vote");
        }
        let member = *approval.awaited.first().context("nobody is asked")?;
        let path = format!("/approvals/{}", approval.id);
        let seen = company.ask(member, "view_approval", Method::Get, &path, None, None).await?;
        let etag = seen.etag.context("an approval without an ETag")?;
        live.panels.push(Panel { path: format!("/api/v1{path}/votes"), etag, member });
    }
    Ok(live)
}

/// A release from the `n`-th theme, whose window opens in a day.
///
/// # Errors
/// The first request that is refused.
pub async fn begin(company: &Company, n: usize) -> Result<Drive<'_, Network, RealTime>> {
    let cast = company.cast(&CASTS[n % CASTS.len()]);
    let now = company.client.timeline().now();
    let theme = Theme { conflict_reason: "演练环境，互不影响".to_owned(), ..Theme::nth(n, now + TimeDelta::days(1)) };
    let change = NewChange {
        number: format!("BENCH-LIVE-{n}"),
        title: theme.title.clone(),
        kind: ChangeKind::Normal,
        objects: cast.service_objects.iter().map(|(id, _)| *id).collect(),
        requested_by: "值班经理".to_owned(),
        requested_at: None,
        approved_at: None,
    };
    let opening = Opening { kind: ReleaseKind::Minor, scope: ReleaseScope::Full, medium: ReleaseMedium::Software, change };
    Ok(Drive::open(company, Journey::new(cast, theme), &opening).await?)
}

/// Registers and approves `count` changes and makes of each the request that creates a release from it. `series` keeps
/// the numbers of several calls apart.
///
/// # Errors
/// When a change is refused.
pub async fn creations(company: &Company, address: SocketAddr, series: &str, count: usize) -> Result<Vec<Bytes>> {
    let cast = company.cast(&CASTS[0]);
    let manager = company.people.token(&company.client, cast.change_manager).await?;
    let objects: Vec<_> = cast.service_objects.iter().map(|(id, _)| *id).collect();
    let now = company.client.timeline().now();
    let head = Head { token: Some(&manager), if_match: None };
    let register = |n: usize| {
        let body = json!({
            "number": format!("BENCH-{series}-{n}"), "title": "票务系统补丁", "kind": "normal", "service_objects": objects,
            "description": "由变更管理移交。", "requested_by": "值班经理", "requested_at": now,
        });
        load::post("/api/v1/changes", head, &body)
    };
    let registered = once(address, (0..count).map(register).collect()).await?;
    let approve = |(id, etag): &(String, String)| {
        let body = json!({
            "approved_by": "变更咨询委员会", "approved_at": now, "reference": "变更评审记录",
            "impact": "发布窗口内系统暂停服务，不影响其它系统。", "resources": "实施两人，测试一人。",
        });
        load::post(&format!("/api/v1/changes/{id}/approval"), Head { token: Some(&manager), if_match: Some(etag) }, &body)
    };
    once(address, registered.iter().map(approve).collect()).await?;
    let administrator = company.people.token(&company.client, cast.administrator).await?;
    let head = Head { token: Some(&administrator), if_match: None };
    Ok(registered.iter().map(|(id, _)| load::post("/api/v1/releases", head, &creation(&cast, id))).collect())
}

fn creation(cast: &Cast, change: &str) -> Value {
    let team: Vec<_> = cast.team().into_iter().map(|(role, user)| json!({ "role": role, "user_id": user })).collect();
    json!({
        "title": "票务系统补丁", "kind": ReleaseKind::Minor, "scope": ReleaseScope::Full, "medium": ReleaseMedium::Software,
        "changes": [change], "team": team,
    })
}

/// Sends each request once; answers id and ETag of what was made.
async fn once(address: SocketAddr, requests: Vec<Bytes>) -> Result<Vec<(String, String)>> {
    let outcome = load::send(address, 4, &Supply::Once(Arc::new(requests))).await?;
    if let Some(error) = outcome.first_error {
        bail!("{} of {} preparing requests failed: {error}", outcome.errors, outcome.times.len());
    }
    let made = |reply: &load::Reply| {
        let body: Value = serde_json::from_slice(&reply.body)?;
        let id = body["id"].as_str().context("what was made has no id")?.to_owned();
        Ok((id, reply.etag.clone().context("what was made has no ETag")?))
    };
    outcome.replies.iter().map(|(_, reply)| made(reply)).collect()
}

/// Imports closed releases where no server works, with the numbers from `from` to `to` (excluded).
///
/// # Errors
/// When the command fails.
pub fn import_history(installation: Installation<'_>, from: usize, to: usize) -> Result<()> {
    let file = installation.data.join("history.csv");
    std::fs::write(&file, ledger(from, to)).with_context(|| format!("cannot write {}", file.display()))?;
    let told = installation.run(&["import", "ledger", &file.display().to_string()])?;
    if !told.success {
        bail!("fabu import ledger failed: {}", told.output);
    }
    println!("  {}", told.output.lines().last().unwrap_or_default());
    Ok(())
}

/// A ledger: evenly over the years, the systems and the customers; one in twenty was rolled back.
fn ledger(from: usize, to: usize) -> String {
    let (first, years) = YEARS;
    let mut text = "number,title,outcome,finished_at,requested_at,kind,system,customer,note\n".to_owned();
    for n in from..to {
        let (year, month, day) = (first + n / 336 % years, 1 + n / 28 % 12, 1 + n % 28);
        let object = &OBJECTS[n % OBJECTS.len()];
        let customer = CUSTOMERS.iter().find(|customer| customer.key == object.customer).map_or("", |customer| customer.name);
        let outcome = if n % 20 == 7 { "rolled_back" } else { "successful" };
        let kind = if n % 10 == 3 { "major" } else { "minor" };
        // Writing to a text cannot fail.
        let _ = writeln!(
            text,
            "B{n:06},{} 第 {n} 次补丁,{outcome},{year}-{month:02}-{day:02}T14:00:00Z,{year}-{month:02}-{day:02}T01:00:00Z,{kind},{},{customer},",
            object.name, object.name,
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_history_falls_into_every_quarter_and_has_no_number_twice() {
        let text = ledger(0, 3360);
        let numbers: std::collections::BTreeSet<_> = text.lines().skip(1).filter_map(|line| line.split(',').next()).collect();
        assert_eq!(numbers.len(), 3360);
        assert_eq!(text.matches(",2020-04-").count(), 2 * 28);
        assert_eq!(QUARTER, "2016Q2");
        assert_eq!(ledger(0, 1_000).matches(",2016-04-").count(), 2 * 28, "the shortest history reaches it");
    }
}
