//! Every operation of the description is called: without a token, with an unknown parameter, and as every role.
//! What is missing fails here; the lists of exceptions below may only shrink.

use fabu_domain::{
    notifications::delivery::Queue,
    people::role::Role,
    subject::operation::{Grant, Operation, Reach},
};
use fabu_testkit::{Actor, Answered, Company, TestApp};
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Operations that nobody need sign in for.
pub const OPEN: [&str; 5] = ["create_administrator", "log_in", "log_out", "refresh_session", "view_setup"];
/// Families inside a release: the procedure's tables say who may and which events are written; its own tests prove it.
const BY_PROCEDURE: [&str; 3] = ["/releases", "/approvals", "/tasks"];
/// Rows of the policy that stand for all operations of those families, and rows whose operation is still to come.
const WITHOUT_OPERATION: [&str; 2] = ["act_on_release", "read_releases"];
/// Operations that change something and write no event, each with the reason.
pub const NO_EVENT: [(&str, &str); 1] = [("refresh_session", "renews a session that was logged when it was opened")];
/// Operations that are not called as everybody: two are about the password of the caller, and a stream never ends by itself;
/// `live.rs` proves who may listen.
const SKIPPED: [&str; 3] = ["reauthenticate", "change_password", "stream_events"];
/// Operations that lack something; it may only shrink, and it is empty.
pub const GAPS: [&str; 0] = [];

pub struct Described {
    pub id: String,
    pub method: Method,
    /// The path with its parameters, without `/api/v1`.
    pub template: String,
    path: String,
    operation: Value,
    body: Option<Value>,
}

pub fn operations() -> Vec<Described> {
    let api: Value = serde_json::from_str(&fabu_testkit::openapi()).unwrap();
    let mut all = Vec::new();
    for (path, item) in api["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap().iter().filter(|(_, value)| value.is_object()) {
            let schema = &operation["requestBody"]["content"]["application/json"]["schema"]["$ref"];
            let name = schema.as_str().and_then(|text| text.rsplit('/').next());
            all.push(Described {
                id: operation["operationId"].as_str().unwrap().to_owned(),
                method: method.to_uppercase().parse().unwrap(),
                template: path.trim_start_matches("/api/v1").to_owned(),
                path: filled(path),
                operation: operation.clone(),
                body: name.map(|name| api["components"]["schemas"][name]["example"].clone()),
            });
        }
    }
    all
}

/// A path with values that name nothing.
fn filled(path: &str) -> String {
    let value = |segment: &str| match segment {
        "{number}" => "REL-2026-9999".to_owned(),
        "{kind}" => "release_plan".to_owned(),
        "{group}" => "systems".to_owned(),
        "{quarter}" => "2026Q1".to_owned(),
        "{year}" => "2026".to_owned(),
        "{version}" => "V9.9".to_owned(),
        "{revision}" | "{measure}" => "1".to_owned(),
        _ if segment.starts_with('{') => "0192f3c1-7b1e-7000-8000-0000000000ff".to_owned(),
        _ => segment.to_owned(),
    };
    path.split('/').map(value).collect::<Vec<_>>().join("/")
}

impl Described {
    async fn call(&self, actor: &Actor, query: &str) -> Answered {
        self.call_at(actor, &format!("{}{query}", self.path)).await
    }

    /// Calls the operation at a path of the caller's choice, with the example as body.
    pub async fn call_at(&self, actor: &Actor, path: &str) -> Answered {
        let request = actor.request(self.method.clone(), path).header("If-Match", "\"v1\"");
        actor
            .send(match &self.body {
                Some(body) => request.json(body),
                None => request,
            })
            .await
    }

    fn documents(&self, answer: &Answered) -> bool {
        self.operation["responses"].get(answer.status.as_str()).is_some()
    }

    pub fn documents_parameter(&self, name: &str) -> bool {
        self.operation["parameters"].as_array().into_iter().flatten().any(|parameter| parameter["name"] == name)
    }

    pub fn is_by_procedure(&self) -> bool {
        BY_PROCEDURE.iter().any(|family| self.template.starts_with(family))
    }
}

#[test]
fn every_operation_is_described_completely() {
    let mut seen = BTreeSet::new();
    for described in operations() {
        let (id, operation) = (&described.id, &described.operation);
        assert!(seen.insert(id.clone()), "{id} twice");
        assert!(id.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'), "{id}");
        assert!(operation["summary"].as_str().is_some_and(|text| text.ends_with('.')), "{id} has no summary");
        assert_eq!(operation["tags"].as_array().map(Vec::len), Some(1), "{id} has no tag");
        assert!(described.body.as_ref().is_none_or(Value::is_object), "{id} has no example");
        let responses = operation["responses"].as_object().unwrap();
        assert!(responses.keys().any(|status| status.starts_with('2')), "{id}");
        let parameters: Vec<&str> =
            operation["parameters"].as_array().into_iter().flatten().filter_map(|p| p["name"].as_str()).collect();
        let versioned = parameters.contains(&"If-Match");
        let own = ["change_password"].contains(&id.as_str());
        if matches!(described.method, Method::PUT | Method::PATCH | Method::DELETE) && !own {
            assert!(versioned, "{id} does not ask for If-Match");
        }
        assert_eq!(versioned, responses.contains_key("412") && responses.contains_key("428"), "{id}");
    }
}

#[test]
fn every_operation_has_a_row_in_a_policy_table_and_every_row_an_operation() {
    let names = |all: &[Described]| -> BTreeSet<String> { all.iter().map(|described| described.id.clone()).collect() };
    let described = operations();
    let rows: BTreeSet<String> = Operation::ALL.iter().map(|operation| operation.as_str().to_owned()).collect();
    let open: BTreeSet<String> = OPEN.iter().chain(&GAPS).map(|id| (*id).to_owned()).collect();
    let (inside, outside): (Vec<_>, Vec<_>) = described.into_iter().partition(Described::is_by_procedure);
    let missing: Vec<String> = names(&outside).into_iter().filter(|id| !rows.contains(id) && !open.contains(id)).collect();
    assert_eq!(missing, [""; 0], "operations without a row");
    let known = &names(&outside) | &names(&inside);
    let idle: Vec<&String> =
        rows.iter().filter(|row| !known.contains(*row) && !WITHOUT_OPERATION.contains(&row.as_str())).collect();
    assert_eq!(idle, [""; 0], "rows without an operation");
}

#[tokio::test]
async fn without_a_token_everything_but_the_open_list_answers_401() {
    let app = TestApp::start().await;
    let nobody = app.nobody();
    for described in operations() {
        let open = OPEN.contains(&described.id.as_str());
        assert_eq!(described.operation["security"] == json!([{}]), open, "{}", described.id);
        if !open {
            described.call(&nobody, "").await.problem(401, "token.missing");
        }
    }
}

#[tokio::test]
async fn an_unknown_parameter_is_refused_everywhere() {
    let app = TestApp::start().await;
    let company = app.company().await;
    for described in operations() {
        described.call(company.admin(), "?surprise=1").await.problem(400, "query.unknown_parameter");
    }
}

/// Calls every operation as every person; whether the policy let them through.
async fn called_by_everybody(company: &Company) -> BTreeMap<(String, String), bool> {
    let mut found = BTreeMap::new();
    for described in operations().iter().filter(|d| !OPEN.contains(&d.id.as_str()) && !SKIPPED.contains(&d.id.as_str())) {
        for person in company.people() {
            let answer = described.call(person, "").await;
            assert!(described.documents(&answer), "{} answers {} undocumented: {}", described.id, answer.status, answer.text);
            assert!(!answer.status.is_server_error(), "{}: {}", described.id, answer.text);
            let codes = ["role.not_permitted", "role.none"];
            let refused = answer.status == 403 && codes.iter().any(|code| answer.json()["code"] == **code);
            found.insert((described.id.clone(), person.login.clone()), !refused);
        }
    }
    found
}

#[tokio::test]
async fn the_policy_table_is_what_the_api_does() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let found = called_by_everybody(&company).await;
    for operation in Operation::ALL {
        for person in company.people() {
            let reach = operation.reach(role_of(person));
            match found.get(&(operation.as_str().to_owned(), person.login.clone())) {
                _ if WITHOUT_OPERATION.contains(&operation.as_str()) || SKIPPED.contains(&operation.as_str()) => {}
                // Whose it is decides: see below.
                _ if matches!(operation.grant(), Grant::OwnOr(_)) => {}
                Some(actual) => assert_eq!(*actual, reach == Reach::All, "{} by {}", operation.as_str(), person.login),
                None => panic!("{} was not called by {}", operation.as_str(), person.login),
            }
        }
    }
}

/// The one role of a person of the company; none for `nobody_special`.
fn role_of(person: &Actor) -> Option<Role> {
    let word = if person.login == "admin" { "system_administrator" } else { person.login.trim_start_matches("second_") };
    word.parse().ok()
}

/// Calls an operation that belongs to somebody: on a thing of `owner`, as `person`.
async fn on_a_thing_of(company: &Company, operation: Operation, owner: &Actor, person: &Actor, n: u64) -> Answered {
    let deputy = company.people().find(|other| other.id != owner.id && role_of(other) == role_of(owner));
    let deputy = deputy.unwrap_or_else(|| company.people().find(|other| other.id != owner.id && other.login != "admin").unwrap());
    let first: chrono::NaiveDate = "2026-04-01".parse().unwrap();
    let day = first + chrono::Days::new(n);
    let thing = json!({ "principal": owner.id, "deputy": deputy.id, "from": day, "until": day });
    match operation {
        Operation::CreateDeputy => person.post("/deputies", thing).await,
        Operation::DeleteDeputy => {
            let made = company.admin().post("/deputies", thing).await.id();
            person.send(person.request(Method::DELETE, &format!("/deputies/{made}")).header("If-Match", "\"v1\"")).await
        }
        other => panic!("nobody says what a thing of somebody is for {}", other.as_str()),
    }
}

/// R0, RX: a thing of somebody else is refused to everybody but the roles of the row; one's own is not.
#[tokio::test]
async fn a_thing_of_somebody_else_is_refused_and_ones_own_is_not() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let own_or = Operation::ALL.iter().filter(|operation| matches!(operation.grant(), Grant::OwnOr(_)));
    let mut days = 0..;
    for operation in own_or {
        let owner = company.person("second_release_owner");
        for person in company.people().filter(|person| person.id != owner.id) {
            let foreign = on_a_thing_of(&company, *operation, owner, person, days.next().unwrap()).await;
            match operation.reach(role_of(person)) {
                Reach::All => assert!(foreign.status != 403, "{} by {}: {}", operation.as_str(), person.login, foreign.text),
                Reach::Own | Reach::Nothing => {
                    assert!(
                        matches!(foreign.status.as_u16(), 403 | 404),
                        "{} by {}: {}",
                        operation.as_str(),
                        person.login,
                        foreign.text
                    );
                }
            }
            let own = on_a_thing_of(&company, *operation, person, person, days.next().unwrap()).await;
            let refused = matches!(own.status.as_u16(), 403 | 404);
            let expected = operation.reach(role_of(person)) == Reach::Nothing;
            assert_eq!(refused, expected, "{} by {}: {}", operation.as_str(), person.login, own.text);
        }
    }
}

/// Carries out every operation outside releases and reports that changes something; [`crate::evidence`] looks for each in
/// the log.
pub async fn change_everything(app: &TestApp, company: &Company) {
    let (admin, manager) = (company.admin(), company.of(Role::ChangeManager));
    let person = company.hire("zhao.lei", &[]).await;
    let user = format!("/users/{}", person.id);
    let department = format!("/departments/{}", company.departments["operations"]);
    let customer = format!("/customers/{}", company.customer);
    let object = format!("/service-objects/{}", company.service_objects[0]);
    admin.put(&user, json!({ "name": "赵磊", "language": "en" })).await.ok();
    admin.put(&format!("{user}/roles"), json!({ "roles": ["auditor"] })).await.ok();
    admin.act(&format!("{user}/password-reset"), json!({})).await.ok();
    let head = admin.get(&department).await.ok()["head"].clone();
    admin.put(&department, json!({ "name": "运维一部", "head": head })).await.ok();
    let representatives = admin.get(&customer).await.ok()["representatives"].clone();
    admin.put(&customer, json!({ "name": "银行", "representatives": representatives })).await.ok();
    let departments = admin.get(&object).await.ok()["departments"].clone();
    let named = json!({ "code": "CBS", "name": "核心", "customer_id": company.customer, "departments": departments });
    admin.put(&object, named).await.ok();
    let deputy = json!({ "principal": manager.id, "deputy": admin.id, "from": "2026-03-02", "until": "2026-03-03" });
    let deputy = manager.post("/deputies", deputy).await.id();
    let _ended = manager.delete(&format!("/deputies/{deputy}")).await.expect(204);
    let day = json!({ "name": "元旦", "date": "2027-01-01", "isOffDay": true });
    admin.put("/calendar/years/2027", json!({ "days": [day] })).await.ok();
    let event = "BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20280101\r\nSUMMARY:元旦（休）\r\nEND:VEVENT\r\n";
    let file = format!("BEGIN:VCALENDAR\r\n{event}END:VCALENDAR\r\n");
    admin.act("/calendar/years/2028/import", json!({ "ics": file })).await.ok();
    let mut change = json!({ "number": "C", "title": "t", "kind": "normal", "service_objects": [company.service_objects[0]],
        "requested_by": "x", "requested_at": "2026-03-01T00:00:00Z" });
    let path = format!("/changes/{}", manager.post("/changes", change.clone()).await.id());
    change["title"] = json!("better");
    manager.put(&path, change).await.ok();
    let evidence =
        json!({ "approved_by": "x", "approved_at": "2026-03-01T00:00:00Z", "reference": "r", "impact": "i", "resources": "r" });
    manager.act(&format!("{path}/approval"), evidence).await.ok();
    manager.act(&format!("{path}/withdrawal"), json!({ "reason": "r" })).await.ok();
    manager.patch("/me", json!({ "language": "en" })).await.ok();
    manager.post("/auth/reauthenticate", json!({ "password": manager.password })).await.ok();
    let nobody = admin.stranger();
    let login = nobody.post("/auth/login", json!({ "login": manager.login, "password": manager.password })).await;
    let cookie = login.header("set-cookie").unwrap();
    let renewed = nobody.send(nobody.request(Method::POST, "/auth/refresh").header("Cookie", cookie)).await;
    let cookie = renewed.header("set-cookie").unwrap();
    let _left = nobody.send(nobody.request(Method::POST, "/auth/logout").header("Cookie", cookie)).await.expect(204);
    let job = app.enqueue("from_another_version", Queue::General, json!({})).await;
    app.work().await;
    admin.act(&format!("/jobs/{job}/requeue"), json!({})).await.ok();
    admin
        .put(&format!("/users/{}", admin.id), json!({ "name": "管理员", "email": "admin@example.cn", "language": "en" }))
        .await
        .ok();
    let mail = admin.post("/deliveries/test-mail", json!({})).await.id();
    app.work().await;
    admin.act(&format!("/deliveries/{mail}/resend"), json!({})).await.ok();
    admin.put("/me/notifications", json!({ "groups": {} })).await.ok();
    let robot = json!({ "name": "群", "maker": "wecom", "base_url": "http://127.0.0.1:1", "language": "zh-CN",
        "kinds": ["verdict"], "credentials": { "token": "t" } });
    let id = admin.post("/robots", robot.clone()).await.id();
    admin.put(&format!("/robots/{id}"), robot).await.ok();
    let test = format!("/robots/{id}/test-message");
    let working = async {
        loop {
            app.work().await;
        }
    };
    tokio::select! {
        tested = admin.post(&test, json!({})) => drop(tested.expect(201)),
        () = working => {}
    }
    let _gone = admin.delete(&format!("/robots/{id}")).await.expect(204);
    crate::registers::change_every_record(company).await;
}
