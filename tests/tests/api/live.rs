//! Live updates: hints of what has changed, for those who may know of it, as long as their session lives.

use crate::releases::release;
use fabu_domain::people::role::Role;
use fabu_testkit::{Actor, TestApp};
use reqwest::{Method, Response};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::time::timeout;

/// An event of a stream.
#[derive(Debug, Clone, PartialEq)]
struct Event {
    name: String,
    id: i64,
    data: Value,
}

impl Event {
    fn is(&self, kind: &str) -> bool {
        self.name == "change" && self.data["kind"] == kind && self.data["seq"] == self.id
    }
}

struct Stream {
    response: Response,
    text: String,
    beats: usize,
}

impl Stream {
    async fn open(reader: &Actor, last: Option<i64>) -> Self {
        let request = reader.request(Method::GET, "/events/stream");
        let request = match last {
            Some(last) => request.header("Last-Event-ID", last.to_string()),
            None => request,
        };
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        assert_eq!(response.headers()["cache-control"], "no-store");
        Self { response, text: String::new(), beats: 0 }
    }

    /// A stream that has said that it is ready.
    async fn ready(reader: &Actor, last: Option<i64>) -> Self {
        let mut stream = Self::open(reader, last).await;
        assert_eq!(stream.next().await.unwrap().name, "ready");
        stream
    }

    /// The next event; nothing at the end of the stream.
    async fn next(&mut self) -> Option<Event> {
        loop {
            while let Some((frame, rest)) = self.text.split_once("\n\n").map(|(a, b)| (a.to_owned(), b.to_owned())) {
                self.text = rest;
                if frame.starts_with(": ") {
                    self.beats += 1;
                    continue;
                }
                let field = |name: &str| frame.lines().find_map(|line| line.strip_prefix(name)).unwrap().to_owned();
                let data = serde_json::from_str(&field("data: ")).unwrap();
                return Some(Event { name: field("event: "), id: field("id: ").parse().unwrap(), data });
            }
            let chunk = timeout(Duration::from_secs(20), self.response.chunk()).await.unwrap();
            self.text.push_str(std::str::from_utf8(&chunk.unwrap()?).unwrap());
        }
    }

    /// Reads beats until so many have come.
    async fn beats(&mut self, count: usize) {
        while self.beats < count {
            let chunk = timeout(Duration::from_secs(20), self.response.chunk()).await.unwrap().unwrap().unwrap();
            self.beats += std::str::from_utf8(&chunk).unwrap().matches(": beat").count();
        }
    }
}

/// Reads two beats; nothing may be told before them.
async fn quiet(stream: &mut Stream) {
    let mut beats = 0;
    while beats < 2 {
        let chunk = timeout(Duration::from_secs(20), stream.response.chunk()).await.unwrap().unwrap().unwrap();
        let text = std::str::from_utf8(&chunk).unwrap();
        assert!(!text.contains("event: change"), "{text}");
        beats += text.matches(": beat").count();
    }
}

async fn rename(company: &fabu_testkit::Company, name: &str) {
    company.admin().put(&format!("/departments/{}", company.departments["operations"]), json!({ "name": name })).await.ok();
}

#[tokio::test]
async fn tells_of_a_change_and_goes_on_after_the_last_that_came() {
    let app = TestApp::start().await;
    let company = app.company().await;
    app.seal().await;
    let mut stream = Stream::ready(company.of(Role::Auditor), None).await;
    rename(&company, "一部").await;
    app.seal().await;
    let first = stream.next().await.unwrap();
    assert!(first.is("department.updated"), "{first:?}");
    assert_eq!(first.data["subject"], format!("departments/{}", company.departments["operations"]));
    assert_eq!(first.data.as_object().unwrap().len(), 3, "a hint has no content");
    drop(stream);

    rename(&company, "二部").await;
    app.seal().await;
    rename(&company, "三部").await;
    app.seal().await;
    let mut again = Stream::ready(company.of(Role::Auditor), Some(first.id)).await;
    let (second, third) = (again.next().await.unwrap(), again.next().await.unwrap());
    assert!(second.is("department.updated") && third.is("department.updated"));
    assert!(first.id < second.id && second.id < third.id);
    rename(&company, "四部").await;
    app.seal().await;
    assert!(again.next().await.unwrap().id > third.id, "what comes later follows what was missed");
}

#[tokio::test]
async fn shows_that_it_lives_while_nothing_happens() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let mut stream = Stream::ready(company.admin(), None).await;
    stream.beats(2).await;
}

#[tokio::test]
async fn hides_who_signed_in_and_what_was_refused() {
    let app = TestApp::start().await;
    let company = app.company().await;
    app.seal().await;
    let mut stream = Stream::ready(company.admin(), None).await;
    let auditor = company.of(Role::Auditor).again().await;
    let place = format!("/departments/{}", company.departments["operations"]);
    auditor.put(&place, json!({ "name": "x" })).await.problem(403, "role.not_permitted");
    rename(&company, "一部").await;
    app.seal().await;
    assert!(stream.next().await.unwrap().is("department.updated"), "nothing comes before it");
}

#[tokio::test]
async fn tells_a_customers_representative_of_that_customers_releases_only() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let stranger = company.hire("bai.xuefeng", &[Role::CustomerRepresentative]).await;
    app.seal().await;
    let mut strange = Stream::ready(&stranger, None).await;
    let mut known = Stream::ready(company.of(Role::CustomerRepresentative), None).await;
    let number = release(&company, "票务升级").await["number"].clone();
    rename(&company, "一部").await;
    app.seal().await;
    let about = |event: &Event| event.data["subject"].as_str().unwrap_or_default().to_owned();
    let mut told = Vec::new();
    while told.last().is_none_or(|event: &Event| !event.is("department.updated")) {
        told.push(known.next().await.unwrap());
    }
    assert!(told.iter().any(|event| about(event) == format!("releases/{}", number.as_str().unwrap())), "{told:?}");
    quiet(&mut strange).await;
}

#[tokio::test]
async fn ends_with_the_session() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let person = company.hire("zhao.lei", &[Role::Auditor]).await;
    let mut stream = Stream::ready(&person, None).await;
    company.admin().act(&format!("/users/{}/password-reset", person.id), json!({})).await.ok();
    while let Some(event) = stream.next().await {
        assert_eq!(event.name, "change");
    }
    person.get("/events/stream").await.problem(401, "session.ended");
}

#[tokio::test]
async fn tells_somebody_who_is_ahead_of_the_log_to_read_everything_anew() {
    let app = TestApp::start().await;
    let company = app.company().await;
    app.seal().await;
    let mut stream = Stream::ready(company.admin(), Some(1_000_000)).await;
    let reset = stream.next().await.unwrap();
    assert!(reset.name == "reset" && reset.id < 1_000_000, "{reset:?}");
    rename(&company, "一部").await;
    app.seal().await;
    assert_eq!(stream.next().await.unwrap().name, "change");
}

#[tokio::test]
async fn refuses_a_last_event_that_is_none_and_a_person_with_a_one_time_password() {
    let app = TestApp::start().await;
    let company = app.company().await;
    for wrong in ["", "x", "-1", "1.5", "99999999999999999999"] {
        let request = company.admin().request(Method::GET, "/events/stream").header("Last-Event-ID", wrong);
        company.admin().send(request).await.problem(400, "header.invalid");
    }
    let reset = company.admin().act(&format!("/users/{}/password-reset", company.of(Role::Auditor).id), json!({})).await.ok();
    let login = &company.of(Role::Auditor).login;
    let fresh = app.nobody().sign_in(login, reset["one_time_password"].as_str().unwrap()).await;
    fresh.get("/events/stream").await.problem(403, "password.change_required");
}

/// D21: a stream that is open when the entitlement ends tells nothing more of the customer, and ends with the last role.
#[tokio::test]
async fn an_open_stream_follows_the_entitlement_and_the_roles() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let (admin, reader) = (company.admin(), company.of(Role::CustomerRepresentative));
    let made = release(&company, "A").await;
    let path = format!("/releases/{}/comments", made["number"].as_str().unwrap());
    let owner = company.of(Role::ReleaseOwner);
    app.seal().await;
    let mut stream = Stream::ready(reader, None).await;
    owner.post(&path, json!({ "text": "一" })).await.ok();
    app.seal().await;
    assert!(stream.next().await.unwrap().is("release.commented"));
    let ended = json!({ "user_id": reader.id, "from": "2026-01-01", "until": "2026-03-01" });
    let customer = json!({ "name": "示例银行", "contract": "HT-2026-001", "representatives": [ended] });
    admin.put(&format!("/customers/{}", company.customer), customer).await.ok();
    owner.post(&path, json!({ "text": "二" })).await.ok();
    rename(&company, "二部").await;
    app.seal().await;
    quiet(&mut stream).await;
    admin.put(&format!("/users/{}/roles", reader.id), json!({ "roles": [] })).await.ok();
    assert_eq!(stream.next().await, None);
}
