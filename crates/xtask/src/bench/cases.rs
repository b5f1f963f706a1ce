//! What is measured: the cases, each at several numbers of connections.

use super::{
    load::{self, Bytes, Head, Supply},
    report::Figure,
    seed::{Company, Live, QUARTER, creations},
};
use crate::server::Server;
use anyhow::{Context, Result, bail};
use fabu_domain::ids::UserId;
use fabu_scenario::http::{PASSWORD, percentile};
use serde_json::{Value, json};
use std::{sync::Arc, time::Duration};

/// The list that is measured.
const LIST: &str = "/api/v1/releases?stage=completed&sort=-created_at&limit=50";

/// How much is measured.
#[derive(Debug, Clone, Copy)]
pub struct Extent {
    /// How long each measurement takes.
    pub time: Duration,
    /// How many releases are created for each number of connections.
    pub creations: usize,
    /// How many connections at once.
    pub connections: &'static [usize],
}

/// A server under load.
pub struct Bench<'b> {
    /// The server.
    pub server: &'b Server,
    /// How many closed releases it has; zero when it has none by its nature.
    pub releases: usize,
    /// How much is measured.
    pub extent: Extent,
    /// What was measured.
    pub figures: Vec<Figure>,
}

impl Bench<'_> {
    /// The least that the web server can do.
    ///
    /// # Errors
    /// When a connection breaks.
    pub async fn hello(&mut self) -> Result<()> {
        self.each("hello", vec![load::get("/", Head::default())]).await
    }

    /// Every case of Fabu.
    ///
    /// # Errors
    /// When a connection breaks, or the server does not hold what is to be measured.
    pub async fn fabu(&mut self, company: &Company, live: &Live, extra: &str) -> Result<()> {
        let auditor = company.people.id("xie.ning").context("nobody audits")?;
        let view = self.request(company, live.administrator, &format!("/api/v1/releases/{}", live.viewed)).await?;
        self.each("view", vec![view]).await?;
        let list = self.request(company, live.administrator, LIST).await?;
        self.require(&list, |page| page["items"].as_array().is_some_and(|items| items.len() == 50)).await?;
        self.each("list", vec![list]).await?;
        let kpi = self.request(company, auditor, &format!("/api/v1/reports/kpi/{QUARTER}")).await?;
        self.require(&kpi, |kpi| kpi["total"].as_u64() > Some(0)).await?;
        self.each("kpi", vec![kpi]).await?;
        for connections in self.extent.connections.iter().copied() {
            let series = format!("{extra}-{connections}");
            let requests = creations(company, self.server.address, &series, self.extent.creations).await?;
            self.measure("create", connections, Supply::Once(Arc::new(requests))).await?;
        }
        let mut votes = Vec::new();
        for panel in &live.panels {
            let token = company.people.token(&company.client, panel.member).await?;
            let head = Head { token: Some(&token), if_match: Some(&panel.etag) };
            let body = |comment: &str| json!({ "decision": "pass", "comment": comment });
            votes.push(load::post(&panel.path, head, &body("同意")));
        }
        self.each("vote", votes).await?;
        let (login, body) = (company.people.login(auditor), PASSWORD);
        let log_in = load::post("/api/v1/auth/login", Head::default(), &json!({ "login": login, "password": body }));
        self.each("login", vec![log_in]).await
    }

    /// A request by this person.
    ///
    /// # Errors
    /// When the person cannot sign in.
    pub async fn request(&self, company: &Company, by: UserId, path: &str) -> Result<Bytes> {
        let token = company.people.token(&company.client, by).await?;
        Ok(load::get(path, Head { token: Some(&token), if_match: None }))
    }

    /// What the server answers to a request.
    ///
    /// # Errors
    /// When the answer is no success or no JSON.
    pub async fn answer(&self, request: &Bytes) -> Result<Value> {
        let outcome = load::send(self.server.address, 1, &Supply::Once(Arc::new(vec![request.clone()]))).await?;
        if let Some(error) = outcome.first_error {
            bail!("refused: {error}");
        }
        let (_, reply) = outcome.replies.first().context("no answer")?;
        Ok(serde_json::from_slice(&reply.body)?)
    }

    /// A fast answer that says nothing is no figure.
    ///
    /// # Errors
    /// When the answer is not what is to be measured.
    pub async fn require(&self, request: &Bytes, holds: impl Fn(&Value) -> bool) -> Result<()> {
        let answer = self.answer(request).await?;
        if !holds(&answer) {
            bail!("not what is to be measured: {answer}");
        }
        Ok(())
    }

    /// Measures a case at each number of connections.
    ///
    /// # Errors
    /// When a connection breaks.
    pub async fn each(&mut self, case: &'static str, requests: Vec<Bytes>) -> Result<()> {
        let requests = Arc::new(requests);
        for connections in self.extent.connections.iter().copied() {
            // Caches and threads first, without counting.
            load::send(self.server.address, connections, &Supply::For(self.extent.time / 10, Arc::clone(&requests))).await?;
            self.measure(case, connections, Supply::For(self.extent.time, Arc::clone(&requests))).await?;
        }
        Ok(())
    }

    async fn measure(&mut self, case: &'static str, connections: usize, supply: Supply) -> Result<()> {
        let before = self.server.processor_time()?;
        let outcome = load::send(self.server.address, connections, &supply).await?;
        let used = self.server.processor_time()?.saturating_sub(before);
        let requests = outcome.times.len();
        let figure = Figure {
            case,
            releases: self.releases,
            connections,
            requests,
            errors: outcome.errors,
            rate: requests as f64 / outcome.elapsed.as_secs_f64(),
            p50: percentile(&outcome.times, 50),
            p99: percentile(&outcome.times, 99),
            processor: used.div_f64(requests.max(1) as f64),
            body: outcome.body,
        };
        println!("{}", figure.line());
        if let Some(error) = outcome.first_error {
            println!("  {} errors, the first: {error}", outcome.errors);
        }
        self.figures.push(figure);
        Ok(())
    }
}
