//! The same request from several people, windows and processes at the same moment, and what the log says came of it.

use fabu_domain::subject::log::LogEntry;
use fabu_testkit::{Actor, Answered, Company, TestApp};
use futures::future::{BoxFuture, join_all};
use reqwest::{
    Method,
    multipart::{Form, Part},
};
use serde_json::Value;
use std::collections::BTreeSet;

/// How many send the same request at once.
pub const AT_ONCE: usize = 8;

/// How often a race of the table is run, each time on something new. The races that take something away from somebody
/// (the last administrator, a change, a session) have files of their own and are run fifty times.
fn rounds() -> usize {
    fabu_testkit::proof("FABU_TEST_ROUNDS", 8)
}

/// Two processes on one database, with the company that works there.
pub struct Arena {
    /// The first process.
    pub app: TestApp,
    /// The second one.
    pub sibling: TestApp,
    /// Everybody.
    pub company: Company,
}

/// A request that is sent by several at once.
pub struct Shot {
    /// Who asks.
    pub actor: Actor,
    /// Method.
    pub method: Method,
    /// Path.
    pub path: String,
    /// The version that all have seen; none where the operation asks for none.
    pub etag: Option<String>,
    /// The body; null for none.
    pub body: Value,
    /// Name and content of a small text file that goes up with the texts of `body` as a form.
    pub file: Option<(&'static str, &'static str)>,
}

/// What must come of a race.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// One has the effect, the others are told that they came too late.
    One,
    /// The first has the effect, the others get its answer without another one.
    Same,
    /// Each has an effect of its own: what is asked for are several things.
    Each,
}

/// One operation of the API in a race.
pub struct Race {
    /// Its operation id.
    pub operation: &'static str,
    /// What must come of it.
    pub outcome: Outcome,
    /// Makes the request of a round.
    pub shot: for<'a> fn(&'a Arena, usize) -> BoxFuture<'a, Shot>,
}

impl Shot {
    /// A request that asks for no version.
    pub fn plain(actor: &Actor, method: Method, path: impl Into<String>, body: Value) -> Self {
        Self { actor: actor.clone(), method, path: path.into(), etag: None, body, file: None }
    }

    /// A small text file of this name, with the other fields of its form.
    pub fn file(actor: &Actor, path: impl Into<String>, name: &'static str, fields: &[(&str, &str)]) -> Self {
        let fields = fields.iter().map(|(field, text)| ((*field).to_owned(), Value::from(*text))).collect();
        Self { file: Some((name, "late evidence")), ..Self::plain(actor, Method::POST, path, Value::Object(fields)) }
    }

    /// A file of this name with this content.
    pub fn file_with(actor: &Actor, path: impl Into<String>, name: &'static str, content: &'static str) -> Self {
        Self { file: Some((name, content)), ..Self::plain(actor, Method::POST, path, Value::Null) }
    }

    fn form(&self, name: &'static str, content: &'static str) -> Form {
        let form = Form::new().part("file", Part::bytes(content.as_bytes().to_vec()).file_name(name));
        let fields = self.body.as_object().into_iter().flatten();
        fields.fold(form, |form, (field, text)| form.text(field.clone(), text.as_str().unwrap_or_default().to_owned()))
    }

    /// A request with the version that `place` has now.
    pub async fn seen(actor: &Actor, method: Method, path: impl Into<String>, place: &str, body: Value) -> Self {
        let etag = actor.get(place).await.expect(200).etag();
        Self { etag: Some(etag), ..Self::plain(actor, method, path, body) }
    }
}

impl Arena {
    /// Two processes and a company.
    pub async fn open() -> Self {
        let app = TestApp::start().await;
        let company = app.company().await;
        Self { sibling: app.sibling(), app, company }
    }

    /// The address of the process that serves the sender with this number.
    pub fn url(&self, sender: usize) -> &str {
        if sender.is_multiple_of(2) { &self.app.url } else { &self.sibling.url }
    }

    /// Sends the request of several at once.
    pub async fn fire(&self, shot: &Shot) -> Vec<Answered> {
        let send = |sender: usize| {
            let actor = shot.actor.at(self.url(sender));
            async move {
                let mut request = actor.request(shot.method.clone(), &shot.path);
                if let Some(etag) = &shot.etag {
                    request = request.header("If-Match", etag);
                }
                if let Some((name, content)) = shot.file {
                    request = request.multipart(shot.form(name, content));
                } else if !shot.body.is_null() {
                    request = request.json(&shot.body);
                }
                actor.send(request).await
            }
        };
        join_all((0..AT_ONCE).map(send)).await
    }

    /// Runs a race and asserts its outcome by the answers and by the log.
    pub async fn run(&self, race: &Race) {
        let mut log = Log::begin(&self.app).await;
        for round in 0..rounds() {
            let shot = (race.shot)(self, round).await;
            log.read(&self.app).await;
            let answers = self.fire(&shot).await;
            let effects = log.read(&self.app).await;
            judge(race.outcome, &answers, &effects, &format!("{} in round {round}", race.operation));
        }
    }
}

/// Asserts what came of a race.
pub fn judge(outcome: Outcome, answers: &[Answered], effects: &[LogEntry], name: &str) {
    let texts = || answers.iter().map(|a| format!("{} {}", a.status, a.text)).collect::<Vec<_>>().join("\n");
    let done = answers.iter().filter(|answer| answer.status.is_success()).count();
    let late = answers.iter().filter(|answer| matches!(answer.status.as_u16(), 401 | 404 | 409 | 412)).count();
    assert_eq!(done + late, answers.len(), "{name}: nobody is told anything else\n{}", texts());
    let requests: BTreeSet<&str> = effects.iter().map(|entry| entry.request_id.as_str()).collect();
    let kinds: Vec<&str> = effects.iter().map(|entry| entry.kind.as_str()).collect();
    let expected = match outcome {
        Outcome::One => (1, 1),
        Outcome::Same => (answers.len(), 1),
        Outcome::Each => (answers.len(), answers.len()),
    };
    assert_eq!((done, requests.len()), expected, "{name}: {kinds:?}\n{}", texts());
    if outcome == Outcome::One {
        let winner = answers.iter().find(|answer| answer.status.is_success()).and_then(|answer| answer.header("x-request-id"));
        assert_eq!(winner.as_deref(), requests.first().copied(), "{name}: the event is the winner's");
    }
}

/// The log, read on from where it was left.
pub struct Log {
    after: i64,
}

impl Log {
    /// From now on.
    pub async fn begin(app: &TestApp) -> Self {
        let mut log = Self { after: 0 };
        log.read(app).await;
        log
    }

    /// All of it.
    pub async fn all(app: &TestApp) -> Vec<LogEntry> {
        Self { after: 0 }.read(app).await
    }

    /// What was done since; refused attempts are no effects.
    pub async fn read(&mut self, app: &TestApp) -> Vec<LogEntry> {
        let gained = app.log_after(self.after).await;
        self.after = gained.last().map_or(self.after, |(seq, _)| *seq);
        let mut gained: Vec<LogEntry> = gained.into_iter().map(|(_, entry)| entry).collect();
        gained.retain(|entry| !entry.kind.ends_with(".refused"));
        gained
    }
}
