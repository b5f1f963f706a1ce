use fabu_domain::{people::role::Role, subjects::release::stage::Stage};
use fabu_testkit::{Actor, Answered, Company, TestApp, Voyage};
use futures::future::join_all;
use reqwest::Method;
use serde_json::json;
use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

const WRITERS: usize = 16;
const LENGTH: Duration = Duration::from_secs(5);

/// What a writer saw: how often which status, and how many comments were accepted.
#[derive(Default)]
struct Tally {
    statuses: BTreeMap<u16, usize>,
    comments: usize,
}

impl Tally {
    fn note(&mut self, answer: &Answered) -> bool {
        let text = answer.text.to_lowercase();
        assert!(!answer.status.is_server_error() && !text.contains("locked"), "{}: {}", answer.request, answer.text);
        *self.statuses.entry(answer.status.as_u16()).or_default() += 1;
        answer.status.is_success()
    }
}

async fn comment(actor: &Actor, voyage: &Voyage<'_>, n: usize) -> Answered {
    actor.post(&voyage.path("/comments"), json!({ "text": format!("意见 {n}") })).await
}

async fn register_change(actor: &Actor, company: &Company, number: String) -> Answered {
    let body = json!({ "number": number, "title": "变更", "kind": "normal", "service_objects": [company.service_objects[0]],
        "requested_by": "李娜", "requested_at": "2026-03-01T01:00:00Z" });
    actor.post("/changes", body).await
}

/// Reads the draft and saves it with the version that was read: somebody else may be faster.
async fn save(actor: &Actor, voyage: &Voyage<'_>) -> Answered {
    let path = voyage.path("/documents/release_plan");
    let seen = actor.get(&path).await.expect(200);
    let mut content = seen.json()["content"].clone();
    content["purpose"] = json!("修复结算批处理");
    actor.change_if(Method::PUT, &path, &seen.etag(), json!({ "content": content })).await
}

async fn write(company: &Company, voyages: &[Voyage<'_>], writer: usize, until: Instant) -> Tally {
    let (mut tally, mut n) = (Tally::default(), 0);
    let voyage = &voyages[writer / 4];
    while Instant::now() < until {
        n += 1;
        match writer % 4 {
            0 => {
                let answer = comment(company.of(Role::SupportStaff), voyage, n).await;
                tally.comments += usize::from(tally.note(&answer));
            }
            1 => {
                let answer = register_change(company.of(Role::ChangeManager), company, format!("CHG-{writer}-{n}")).await;
                assert_eq!(answer.status, 201, "{}", answer.text);
                tally.note(&answer);
            }
            2 => {
                let answer = save(company.of(Role::ReleaseAdministrator), voyage).await;
                tally.note(&answer);
            }
            _ => {
                // The draft of another writer's release: of two who have read the same version only one saves.
                let answer = save(company.of(Role::ReleaseAdministrator), &voyages[(writer / 4 + 1) % voyages.len()]).await;
                tally.note(&answer);
            }
        }
    }
    tally
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sixteen_writers_for_five_seconds_are_never_told_that_the_database_is_busy() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let mut voyages = Vec::new();
    for _ in 0..4 {
        voyages.push(Voyage::begin(&app, &company).await);
    }
    let until = Instant::now() + LENGTH;
    let tallies = join_all((0..WRITERS).map(|writer| write(&company, &voyages, writer, until))).await;
    let mut statuses: BTreeMap<u16, usize> = BTreeMap::new();
    for tally in &tallies {
        tally.statuses.iter().for_each(|(status, n)| *statuses.entry(*status).or_default() += n);
    }
    assert!(statuses.keys().all(|status| [200, 201, 412].contains(status)), "{statuses:?}");
    assert!(tallies.iter().all(|tally| !tally.statuses.is_empty()), "a writer starved");
    assert!(statuses[&200] > 50 && statuses[&201] > 100, "{statuses:?}");
    let mut kept = 0;
    for voyage in &voyages {
        let dossier = voyage.dossier().await;
        assert_eq!(dossier.release.stage, Stage::Planning);
        let mut path = voyage.path("/comments?limit=100");
        loop {
            let page = company.of(Role::Auditor).get(&path).await.ok();
            kept += page["items"].as_array().unwrap().len();
            let Some(cursor) = page["next_cursor"].as_str() else { break };
            path = voyage.path(&format!("/comments?limit=100&cursor={cursor}"));
        }
    }
    assert_eq!(kept, tallies.iter().map(|tally| tally.comments).sum::<usize>(), "every accepted comment is there, once");
    app.seal().await;
    let verified = company.of(Role::Auditor).get("/events/verification").await.ok();
    assert_eq!((&verified["sound"], &verified["unsealed"]), (&json!(true), &json!(0)));
}
