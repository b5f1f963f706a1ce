//! Every command of a release, given by a crowd: each request of a journey that has seen a version is sent eight times at
//! once to two processes, exactly one has the effect, and the release goes on from there.

use crate::arena::{AT_ONCE, Log};
use chrono::TimeDelta;
use fabu_domain::{
    subjects::{
        change::ChangeKind,
        release::stage::{ReleaseKind, ReleaseMedium, ReleaseScope, Stage, Verdict},
    },
    time::clock::Clock,
};
use fabu_scenario::{
    Journey, Theme,
    cast::CASTS,
    http::{Drive, Instance, Method, Network, NewChange, Opening, Request, Response, SetTime, Transport},
};
use fabu_testkit::TestApp;
use futures::{future::join_all, lock::Mutex};
use std::{collections::BTreeSet, sync::Arc};

/// Sends what one person sends as a crowd would.
struct Crowd<'a> {
    app: &'a TestApp,
    processes: [Network; 2],
    log: Mutex<Log>,
    /// The last word of the path of each request that was raced.
    raced: Mutex<BTreeSet<String>>,
}

impl Transport for Crowd<'_> {
    async fn send(&self, request: Request) -> Result<Response, String> {
        // What only adds is not asked for twice: eight units would be eight units.
        let once = ["/confirmation", "/run-sheet/steps/", "/run-sheet/rollback/"];
        let raced = request.if_match.is_some() || once.iter().any(|part| request.path.contains(part));
        if request.method == Method::Get || !raced {
            return self.processes[0].send(request).await;
        }
        let name = format!("{} {}", request.method.as_str(), request.path);
        let mut log = self.log.lock().await;
        log.read(self.app).await;
        let answers = join_all((0..AT_ONCE).map(|sender| self.processes[sender % 2].send(request.clone()))).await;
        let effects = log.read(self.app).await;
        let mut answers = answers.into_iter().collect::<Result<Vec<_>, _>>()?;
        let statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
        let requests: BTreeSet<&str> = effects.iter().map(|entry| entry.request_id.as_str()).collect();
        let late = statuses.iter().filter(|status| matches!(status, 403 | 404 | 409 | 412)).count();
        let Some(won) = answers.iter().position(|answer| (200..300).contains(&answer.status)) else {
            return Ok(answers.swap_remove(0));
        };
        if (late, requests.len()) != (AT_ONCE - 1, 1) {
            return Err(format!("{name}: answers {statuses:?}, events of {} requests", requests.len()));
        }
        self.raced.lock().await.insert(request.path.rsplit('/').next().unwrap_or_default().to_owned());
        Ok(answers.swap_remove(won))
    }
}

async fn journey(kind: ReleaseKind, cast: usize, verdict: Verdict, change: impl FnOnce(Journey) -> Journey, raced: &[&str]) {
    let app = TestApp::start().await;
    let sibling = app.sibling();
    let processes = [Network::new(&app.url).unwrap(), Network::new(&sibling.url).unwrap()];
    let log = Mutex::new(Log::begin(&app).await);
    let crowd = Crowd { app: &app, processes, log, raced: Mutex::default() };
    let instance = Instance::found(&crowd, SetTime::new(Arc::clone(&app.clock)), &app.set_up_token()).await.unwrap();
    let theme = Theme::nth(cast, app.clock.now() + TimeDelta::days(6));
    let journey = change(Journey::new(instance.cast(&CASTS[cast]), theme));
    let change = NewChange {
        number: "CHG-2026-0001".to_owned(),
        title: journey.theme.title.clone(),
        kind: if kind == ReleaseKind::Emergency { ChangeKind::Emergency } else { ChangeKind::Normal },
        objects: journey.cast.service_objects.iter().map(|(id, _)| *id).collect(),
        requested_by: "业务部门".to_owned(),
        requested_at: None,
        approved_at: None,
    };
    let opening = Opening { kind, scope: ReleaseScope::Delta, medium: ReleaseMedium::Software, change };
    let drive = Drive::open(&instance, journey, &opening).await.unwrap_or_else(|error| panic!("{error}"));
    drive.travel_to(Stage::Completed).await.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(drive.verdict().await.unwrap().unwrap().0, verdict);
    let done = crowd.raced.lock().await;
    for word in raced {
        assert!(done.contains(*word), "{word} was not raced: {done:?}");
    }
}

#[tokio::test]
async fn each_command_of_a_release_in_phases_by_a_crowd_has_one_effect() {
    let phased = |journey: Journey| Journey { theme: journey.theme.clone().in_phases().with_high_risk(), ..journey };
    let raced = [
        "submission",
        "votes",
        "convene_plan_review",
        "accept_risk",
        "receive_test_report",
        "convene_go_live_approval",
        "start_deployment",
        "complete_phase",
        "record_verdict",
        "send_configuration_request",
        "close",
        "completion",
        "verification",
        "release_plan",
        "test_report",
        "go_live_plan",
        "release_report",
    ];
    journey(ReleaseKind::Major, 1, Verdict::Successful, phased, &raced).await;
}

#[tokio::test]
async fn each_command_of_a_release_that_is_rolled_back_by_a_crowd_has_one_effect() {
    let raced = ["start_rollback", "failure_review", "record_verdict", "submission", "votes"];
    journey(ReleaseKind::Minor, 1, Verdict::RolledBack, |journey| journey.ending(Verdict::RolledBack), &raced).await;
}

#[tokio::test]
async fn each_command_of_an_emergency_release_by_a_crowd_has_one_effect() {
    let raced = ["convene_emergency_approval", "votes", "start_deployment", "record_verdict", "close", "completion"];
    journey(ReleaseKind::Emergency, 0, Verdict::Successful, Journey::in_an_emergency, &raced).await;
}
