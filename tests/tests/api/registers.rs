//! Every declared register does what its declaration says: one walk for all of them, also for those to come.

use fabu_domain::{
    blocks::document::shape::Input,
    identity::folded,
    people::role::Role,
    subjects::registers::{Declared, RecordField, all::REGISTERS},
};
use fabu_testkit::{Actor, Answered, Company, TestApp};
use reqwest::Method;
use serde_json::{Value, json};

/// What tells records of one register apart.
const MARKS: [&str; 4] = ["甲", "乙", "丙", "丁"];

/// What people state about the `n`-th record: the example of the description with people and things of this company in it.
fn stated(company: &Company, register: &Declared, n: usize) -> Value {
    let api: Value = serde_json::from_str(&fabu_testkit::openapi()).unwrap();
    let path = format!("/api/v1/{}", register.path);
    let schema = &api["paths"][&path]["post"]["requestBody"]["content"]["application/json"]["schema"]["$ref"];
    let name = schema.as_str().unwrap().rsplit('/').next().unwrap();
    let mut example = api["components"]["schemas"][name]["example"].clone();
    let fields = register.fields.iter().filter(|field| field.stated && !example[field.field.name].is_null());
    for RecordField { field, .. } in fields.collect::<Vec<_>>() {
        let value = &mut example[field.name];
        match field.input {
            Input::Person => *value = json!(person(company, field.name, n)),
            Input::Customer => *value = json!(company.customer),
            Input::Text if register.unique == Some(field.name) => {
                *value = json!(format!("{} {}", value.as_str().unwrap(), MARKS[n]))
            }
            _ => {}
        }
    }
    example
}

/// Different people in different fields and records.
fn person<'a>(company: &'a Company, field: &str, n: usize) -> &'a str {
    let roles = [Role::DepartmentHead, Role::ReleaseOwner, Role::ConfigurationAdministrator, Role::Implementer];
    let place = n + usize::from(field == "deputy") * 2;
    &company.of(roles[place % roles.len()]).id
}

/// Somebody who may give all commands of the register; with a fresh password.
fn master<'a>(company: &'a Company, register: &Declared) -> &'a Actor {
    let role_of = |person: &Actor| match person.login.as_str() {
        "admin" => Some(Role::SystemAdministrator),
        login => login.parse().ok(),
    };
    let may = |person: &&Actor| {
        let role = role_of(person);
        role.is_some()
            && register.commands().all(|command| command.operation.reach(role) == fabu_domain::subject::operation::Reach::All)
    };
    company.people().find(may).unwrap()
}

/// What the log tells of a record, but for refused attempts.
async fn events(company: &Company, subject: &str) -> Vec<String> {
    let log = company.of(Role::Auditor).get(&format!("/events?subject={subject}&limit=100")).await.ok();
    let mut kinds: Vec<String> =
        log["items"].as_array().unwrap().iter().map(|e| e["kind"].as_str().unwrap().to_owned()).collect();
    kinds.retain(|kind| kind != "attempt.refused");
    kinds.sort();
    kinds
}

fn subset(part: &Value, whole: &Value) -> bool {
    part.as_object().unwrap().iter().all(|(name, value)| name == "credentials" || is_same(value, &whole[name]))
}

/// A view may show a person by name where an id was stated.
fn is_same(stated: &Value, shown: &Value) -> bool {
    stated == shown
        || shown["id"] == *stated
        || matches!((stated, shown), (Value::Array(a), Value::Array(b)) if a.len() == b.len())
}

/// Created, viewed, changed and deleted with its version and its entries; refused twice under one name, stale, and to others.
#[tokio::test]
async fn every_register_is_kept_as_declared() {
    let app = TestApp::start().await;
    let company = app.company().await;
    for register in REGISTERS {
        let (kind, list) = (register.kind, format!("/{}", register.path));
        let master = master(&company, register);
        let body = stated(&company, register, 0);
        let made = master.post(&list, body.clone()).await.expect(201);
        let path = format!("{list}/{}", made.id());
        let subject = format!("{}/{}", register.path, made.id());
        assert_eq!(made.header("location"), Some(format!("/api/v1{path}")), "{kind}");
        assert_eq!((made.etag().as_str(), subset(&body, &made.json())), ("\"v1\"", true), "{kind}: {}", made.text);
        assert_eq!(master.get(&path).await.ok(), made.json(), "{kind}");
        let mut expected = vec![register.create.event.to_owned()];
        let foreign = company.of(Role::CustomerRepresentative);
        foreign.post(&list, body.clone()).await.not_permitted();
        if let Some(unique) = register.unique {
            refuses_a_twin(master, &list, &body, unique).await;
        }
        if let Some(update) = register.update {
            let mut changed = stated(&company, register, 1);
            if let Some(field) = register.fixed {
                let other = master.put(&path, changed.clone()).await.invalid();
                assert_eq!(other, [(format!("/{field}"), "field.fixed".to_owned())], "{kind}");
                changed[field] = body[field].clone();
            }
            foreign.put(&path, changed.clone()).await.not_permitted();
            master.send(master.request(Method::PUT, &path).json(&changed)).await.problem(428, "request.version_required");
            let after = master.put(&path, changed.clone()).await.expect(200);
            assert_eq!((after.etag().as_str(), subset(&changed, &after.json())), ("\"v2\"", true), "{kind}: {}", after.text);
            let stale = master.change_if(Method::PUT, &path, "\"v1\"", changed).await.problem(412, "resource.stale");
            assert_eq!(stale.current_etag.as_deref(), Some("\"v2\""), "{kind}");
            expected.push(update.event.to_owned());
        }
        if let Some(delete) = register.delete {
            let request = foreign.request(Method::DELETE, &path).header("If-Match", "\"v1\"");
            foreign.send(request).await.refused_or_hidden(kind);
            let _gone = master.delete(&path).await.expect(204);
            master.get(&path).await.problem(404, "resource.not_found");
            expected.push(delete.event.to_owned());
        }
        expected.sort();
        app.seal().await;
        assert_eq!(events(&company, &subject).await, expected, "{kind}");
        let malformed = master.post(&list, json!({ "surprise": 1 })).await;
        assert_eq!(malformed.status, 422, "{kind}: {}", malformed.text);
    }
}

/// Gives every command of every register once; [`crate::evidence`] looks for each in the log.
pub async fn change_every_record(company: &Company) {
    for register in REGISTERS {
        let (master, list) = (master(company, register), format!("/{}", register.path));
        let path = format!("{list}/{}", master.post(&list, stated(company, register, 2)).await.expect(201).id());
        if register.update.is_some() {
            let mut changed = stated(company, register, 3);
            if let Some(field) = register.fixed {
                changed[field] = stated(company, register, 2)[field].clone();
            }
            master.put(&path, changed).await.ok();
        }
        if register.delete.is_some() {
            let _gone = master.delete(&path).await.expect(204);
        }
    }
}

trait Closed {
    fn refused_or_hidden(&self, kind: &str);
}

impl Closed for Answered {
    /// Where people look after what is their own, others' records are hidden from an outsider.
    fn refused_or_hidden(&self, kind: &str) {
        assert!(matches!(self.status.as_u16(), 403 | 404), "{kind}: {}", self.text);
    }
}

/// The same name in another spelling is the same name.
async fn refuses_a_twin(master: &Actor, list: &str, body: &Value, unique: &str) {
    let name = body[unique].as_str().unwrap();
    let wide: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() { char::from_u32(c as u32 + 0xFEE0).unwrap() } else { c }).collect();
    assert_eq!(folded(&wide), folded(name));
    for spelling in [name, &wide, &name.to_uppercase()] {
        let mut twin = body.clone();
        twin[unique] = json!(spelling);
        let code = if ["code", "number"].contains(&unique) { "resource.code_taken" } else { "resource.name_taken" };
        master.post(list, twin).await.problem(409, code);
    }
}

/// Found by words in any spelling, by activity, and page by page in the order of the list.
#[tokio::test]
async fn every_register_is_searched_and_paged_as_declared() {
    let app = TestApp::start().await;
    let company = app.company().await;
    for register in REGISTERS {
        let (kind, list) = (register.kind, format!("/{}", register.path));
        let master = master(&company, register);
        let mut made = Vec::new();
        for (n, mark) in MARKS.iter().enumerate().take(3) {
            let mut body = stated(&company, register, n);
            if register.unique.is_none() && register.fields.iter().any(|f| f.field.name == "name") {
                body["name"] = json!(format!("{} {}", body["name"].as_str().unwrap(), mark));
            }
            made.push(master.post(&list, body).await.expect(201).json());
        }
        let ids = |page: &Value| -> Vec<String> {
            page["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
        };
        let (mut seen, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = master.get(&format!("{list}?limit=1{cursor}")).await.ok();
            seen.extend(ids(&page));
            let Some(next) = page["next_cursor"].as_str() else { break };
            cursor = format!("&cursor={next}");
        }
        assert_eq!(seen, ids(&master.get(&format!("{list}?limit=100")).await.ok()), "{kind}");
        assert!(made.iter().all(|one| seen.contains(&one["id"].as_str().unwrap().to_owned())), "{kind}");
        master.get(&format!("{list}?cursor=6162")).await.problem(400, "query.cursor");
        if let Some(text) = register.unique.or(Some("name")).and_then(|field| made[1][field].as_str()) {
            let upper = text.to_uppercase();
            let found = ids(&master.get(&format!("{list}?limit=100&q={upper}")).await.ok());
            assert_eq!(found, [made[1]["id"].as_str().unwrap()], "{kind}: {upper}");
            assert_eq!(ids(&master.get(&format!("{list}?q=nothing-like-it")).await.ok()), [""; 0], "{kind}");
        }
        if made[0]["active"].is_boolean() {
            let mut rests = stated(&company, register, 0);
            rests["active"] = json!(false);
            let path = format!("{list}/{}", made[0]["id"].as_str().unwrap());
            master.put(&path, rests).await.ok();
            assert_eq!(ids(&master.get(&format!("{list}?active=false")).await.ok()), [made[0]["id"].as_str().unwrap()], "{kind}");
            let active = ids(&master.get(&format!("{list}?active=true&limit=100")).await.ok());
            assert!(!active.contains(&made[0]["id"].as_str().unwrap().to_owned()), "{kind}");
        }
    }
}
