//! The example company over HTTP, with releases that have come to different stages.

use anyhow::{Context, Result};
use chrono::TimeDelta;
use fabu_domain::subjects::{
    change::ChangeKind,
    release::stage::{ReleaseKind, ReleaseMedium, ReleaseScope, Stage},
};
use fabu_scenario::{
    Journey, Theme,
    cast::CASTS,
    http::{Drive, Instance, Network, NewChange, Opening, RealTime, Request, Response, Timeline, Transport},
};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex, PoisonError};

/// Where releases come to, and the days until their window opens. Those that go through a window do so at once.
const STOPS: [(Stage, i64); 14] = [
    (Stage::Planning, 6),
    (Stage::PlanReview, 6),
    (Stage::Testing, 6),
    (Stage::Acceptance, 6),
    (Stage::GoLivePlanning, 6),
    (Stage::GoLiveApproval, 6),
    (Stage::Readiness, 6),
    (Stage::Readiness, 0),
    (Stage::Deployment, 0),
    (Stage::Deployment, 0),
    (Stage::ConfigurationUpdate, 0),
    (Stage::Closure, 0),
    (Stage::Closed, 0),
    (Stage::Completed, 0),
];

/// A company on a running server.
pub type Company = Instance<Recorder, RealTime>;

/// The network, with a note of every request with a body that succeeded.
#[derive(Debug)]
pub struct Recorder {
    network: Network,
    requests: Arc<Mutex<Vec<Value>>>,
}

impl Transport for Recorder {
    async fn send(&self, request: Request) -> Result<Response, String> {
        let note = json!({ "method": request.method.as_str(), "path": request.path, "body": request.body });
        let answer = self.network.send(request).await?;
        if note["body"].is_object() && answer.status < 300 {
            self.requests.lock().unwrap_or_else(PoisonError::into_inner).push(note);
        }
        Ok(answer)
    }
}

/// Founds the company and takes a release to each stop, all with the people of the first cast. Answers with
/// the requests that did so, too: method, path and body.
///
/// # Errors
/// The first request that is refused.
pub async fn found(url: &str, set_up_token: &str) -> Result<(Company, Vec<Value>)> {
    let requests = Arc::<Mutex<Vec<Value>>>::default();
    let recorder = Recorder { network: Network::new(url).map_err(anyhow::Error::msg)?, requests: Arc::clone(&requests) };
    let company = Instance::found(recorder, RealTime, set_up_token).await.context("the company cannot be founded")?;
    for (n, (stage, days)) in STOPS.into_iter().enumerate() {
        let start = RealTime.now() + TimeDelta::days(days) + TimeDelta::seconds(1);
        let mut theme = Theme::nth(n, start);
        theme.conflict_reason = "各版本在各自的环境部署，互不影响".to_owned();
        let journey = Journey::new(company.cast(&CASTS[0]), theme);
        let change = NewChange {
            number: format!("CHG-{n}"),
            title: journey.theme.title.clone(),
            kind: ChangeKind::Normal,
            objects: journey.cast.service_objects.iter().map(|(id, _)| *id).collect(),
            requested_by: "业务部门".to_owned(),
            requested_at: None,
            approved_at: None,
        };
        let (kind, scope, medium) = (ReleaseKind::Minor, ReleaseScope::Delta, ReleaseMedium::Software);
        let drive = Drive::open(&company, journey, &Opening { kind, scope, medium, change }).await?;
        drive.travel_to(stage).await?;
    }
    let requests = std::mem::take(&mut *requests.lock().unwrap_or_else(PoisonError::into_inner));
    Ok((company, requests))
}
