//! What a person may know of (RX, D21), tried with every operation of the description that reads: as a representative of
//! either customer, with an entitlement that has ended or is still to come, without any role, and as the auditor. A new
//! operation is tried without being named here; a parameter that nobody knows how to fill fails the test.

use crate::coverage::{Described, operations};
use fabu_domain::{
    people::role::Role,
    subject::operation::{Grant, Operation},
    subjects::release::stage::Stage,
};
use fabu_scenario::Journey;
use fabu_testkit::{Actor, Company, TestApp, Voyage};
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// What belongs to one customer: values for the parameters of paths, and words that nobody else may read.
struct Property {
    places: BTreeMap<&'static str, String>,
    words: BTreeSet<String>,
}

struct World {
    app: TestApp,
    company: Company,
    ours: Property,
    theirs: Property,
    /// Mail addresses of everybody, by id.
    addresses: BTreeMap<String, String>,
    ended: Actor,
    future: Actor,
    former: Actor,
}

/// A release of the customer with a history, a file, a comment, a panel and tasks.
async fn property(app: &TestApp, company: &Company) -> Property {
    let voyage = Voyage::begin_with(app, company, Journey::new(company.cast(), app.theme(0))).await;
    voyage.travel_to(Stage::Testing).await;
    let administrator = voyage.of(Role::ReleaseAdministrator).await;
    administrator.post(&voyage.path("/comments"), json!({ "text": "内部讨论" })).await.ok();
    let form = reqwest::multipart::Part::bytes(b"%PDF-1.7\n%%EOF\n".to_vec()).file_name("plan.pdf");
    let form = reqwest::multipart::Form::new().part("file", form);
    let file = administrator.send(administrator.request(Method::POST, &voyage.path("/attachments")).multipart(form)).await.id();
    let keeper = voyage.of(Role::ConfigurationAdministrator).await;
    let number = format!("CI-OF-{}", voyage.number);
    let item = json!({ "number": number, "name": "客户系统", "kind": "software", "environment": "production", "state": "live",
        "item_version": "1.0", "customer_id": company.customer });
    let item = keeper.post("/configuration-items", item).await.expect(201).id();
    let release = administrator.get(&voyage.path("")).await.ok();
    let id = |list: &str| release[list][0]["id"].as_str().unwrap().to_owned();
    let places = BTreeMap::from([
        ("number", voyage.number.clone()),
        ("approvals", id("approvals")),
        ("tasks", id("tasks")),
        ("changes", id("changes")),
        ("attachments", file.clone()),
        ("configuration-items", item),
        ("customers", company.customer.clone()),
        ("service-objects", company.service_objects[0].clone()),
        ("users", company.of(Role::CustomerRepresentative).id.clone()),
    ]);
    let mut words: BTreeSet<String> = places.values().cloned().collect();
    let names = ["customer", "changes"].map(|key| release[key].clone());
    words.extend([names[0]["name"].clone(), names[1][0]["number"].clone()].iter().map(|v| v.as_str().unwrap().to_owned()));
    words.insert(release["id"].as_str().unwrap().to_owned());
    Property { places, words }
}

impl World {
    async fn new() -> Self {
        let app = TestApp::start().await;
        let company = app.company().await;
        let other = company.for_another_customer().await;
        let ended = company.hire("ended", &[Role::CustomerRepresentative]).await;
        let future = company.hire("future", &[Role::CustomerRepresentative]).await;
        let former = company.hire("former", &[Role::ReleaseOwner]).await;
        let admin = company.admin();
        let customer = format!("/customers/{}", company.customer);
        let mut stated = admin.get(&customer).await.ok();
        let entitled = |actor: &Actor, from: &str, until: Value| json!({ "user_id": actor.id, "from": from, "until": until });
        let all = stated["representatives"].as_array_mut().unwrap();
        all.push(entitled(&ended, "2025-01-01", json!("2026-03-01")));
        all.push(entitled(&future, "2027-03-03", Value::Null));
        let [name, contract, representatives] = ["name", "contract", "representatives"].map(|key| stated[key].clone());
        admin.put(&customer, json!({ "name": name, "contract": contract, "representatives": representatives })).await.ok();
        let theirs = property(&app, &other).await;
        let ours = property(&app, &company).await;
        let admin = admin.again().await;
        let arrangement = json!({ "principal": other.of(Role::ReleaseOwner).id, "deputy": company.person("second_release_owner").id,
            "from": "2027-01-01", "until": "2027-01-02" });
        admin.post("/deputies", arrangement).await.ok();
        admin.put(&format!("/users/{}/roles", former.id), json!({ "roles": [] })).await.ok();
        let mut addresses = BTreeMap::new();
        let mut page = admin.get("/users?limit=100").await.ok();
        for user in page["items"].as_array_mut().unwrap() {
            let text = |key: &str| user[key].as_str().map(str::to_owned);
            addresses.insert(text("id").unwrap(), text("email").unwrap_or_else(|| "no address".to_owned()));
        }
        app.seal().await;
        let [ended, future] = [ended.again().await, future.again().await];
        let former = former.again().await;
        Self { app, company, ours, theirs, addresses, ended, future, former }
    }

    async fn representatives(&self) -> [Actor; 2] {
        let ours = self.company.of(Role::CustomerRepresentative).again().await;
        let theirs = ours.stranger().sign_in("other_representative", &ours.password).await;
        [ours, theirs]
    }
}

/// Words of a parameter whose value is the same for everybody.
fn shared(parameter: &str) -> Option<&'static str> {
    Some(match parameter {
        "kind" => "release_plan",
        "revision" | "measure" => "1",
        "quarter" => "2026Q1",
        "year" => "2026",
        "version" => "V1.0",
        "group" => "systems",
        "step" => "s1",
        _ => return None,
    })
}

/// Families whose records belong to no customer: nobody outside the company has any business with them.
const OF_THE_COMPANY: [&str; 9] =
    ["departments", "deputies", "deliveries", "files", "freeze-windows", "jobs", "media-library", "robots", "schedules"];

impl Property {
    /// The path of an operation, with what belongs to this customer; whether anything of it does.
    fn path(&self, template: &str) -> (String, bool) {
        let (mut path, mut own, mut family) = (String::new(), false, "");
        for segment in template.split('/').skip(1) {
            path.push('/');
            let Some(parameter) = segment.strip_prefix('{').map(|rest| rest.trim_end_matches('}')) else {
                path.push_str(segment);
                family = segment;
                continue;
            };
            let key = if parameter == "number" { "number" } else { family };
            let value = self.places.get(key).filter(|_| shared(parameter).is_none());
            own |= value.is_some();
            let nobody = "0192f3c1-7b1e-7000-8000-0000000000ff";
            let known = ["configuration-changes", "units", "steps", "rollback"].contains(&family);
            match value.map(String::as_str).or_else(|| shared(parameter)) {
                Some(value) => path.push_str(value),
                None if known || OF_THE_COMPANY.contains(&family) => path.push_str(nobody),
                None => panic!("nobody knows a value of {{{parameter}}} in {template}"),
            }
        }
        (path, own)
    }
}

/// The query that an operation cannot do without.
fn query(described: &Described) -> &'static str {
    match described.id.as_str() {
        "compare_revisions" => "?from=1&to=1",
        "view_procedure_comparison" => "?from=V1.0",
        "view_gate" => "?for=cancel",
        "list_tasks" => "?everybody=true&limit=100",
        "view_calendar_bands" => "?from=2026-01-01&until=2026-01-31",
        "view_calendar" => "",
        id if id.starts_with("list_") && described.documents_parameter("limit") => "?limit=100",
        _ => "",
    }
}

fn reads() -> impl Iterator<Item = Described> {
    // A stream never ends by itself; `live.rs` proves what it tells.
    operations().into_iter().filter(|d| d.method == Method::GET && !["stream_events", "view_setup"].contains(&d.id.as_str()))
}

/// Whom the policy table opens an operation to; what belongs to releases is open to everybody with a role.
fn grant(described: &Described) -> Grant {
    let row = Operation::ALL.iter().find(|operation| operation.as_str() == described.id);
    row.map_or(Grant::Everybody, |operation| operation.grant())
}

fn is_open_to(described: &Described, role: Role) -> bool {
    match grant(described) {
        Grant::Roles(roles) => roles.contains(&role),
        Grant::SignedIn | Grant::Everybody | Grant::OwnOr(_) => true,
    }
}

impl World {
    /// Asserts that the answer holds nothing that this reader may not know.
    fn holds_nothing_foreign(&self, name: &str, reader: &Actor, text: &str, hidden: &[&Property]) {
        for word in hidden.iter().flat_map(|property| &property.words).filter(|word| **word != reader.id) {
            let asked = text.contains("\"instance\"") && text.contains(&format!("/{word}"));
            assert!(asked || !text.contains(word.as_str()), "{name} as {} tells {word}: {text}", reader.login);
        }
        for address in self.addresses.iter().filter(|(id, _)| **id != reader.id).map(|(_, address)| address) {
            assert!(!text.contains(address.as_str()), "{name} as {} tells {address}: {text}", reader.login);
        }
    }

    /// Calls every reading operation with what belongs to one of the customers.
    async fn read_everything(&self, reader: &Actor, known: Option<&Property>, hidden: &[&Property]) {
        let auditor = self.company.of(Role::Auditor).again().await;
        for described in reads() {
            for property in hidden.iter().copied().chain(known) {
                let (path, own) = property.path(&described.template);
                let name = format!("{} {path}", described.id);
                let answer = reader.get(&format!("{path}{}", query(&described))).await;
                self.holds_nothing_foreign(&name, reader, &answer.text, hidden);
                if !is_open_to(&described, Role::CustomerRepresentative) {
                    answer.not_permitted();
                } else if own && hidden.iter().any(|foreign| std::ptr::eq(*foreign, property)) {
                    answer.problem(404, "resource.not_found");
                } else {
                    let whole = auditor.get(&format!("{path}{}", query(&described))).await;
                    let outside = OF_THE_COMPANY.iter().any(|family| path.contains(&format!("/{family}/")));
                    assert!(outside || answer.status == whole.status, "{name}: {} {}", answer.text, whole.text);
                }
            }
        }
    }
}

/// RX, D21: a representative reads what concerns the customer, and of another customer nothing.
#[tokio::test]
async fn a_representative_reads_nothing_of_another_customer_by_any_operation() {
    let world = World::new().await;
    let [ours, theirs] = world.representatives().await;
    world.read_everything(&ours, Some(&world.ours), &[&world.theirs]).await;
    world.read_everything(&theirs, Some(&world.theirs), &[&world.ours]).await;
}

/// D21: the entitlement counts by the day; before and after it there is nothing to know.
#[tokio::test]
async fn an_entitlement_that_has_ended_or_is_still_to_come_opens_nothing() {
    let world = World::new().await;
    for reader in [&world.ended, &world.future] {
        world.read_everything(reader, None, &[&world.ours, &world.theirs]).await;
    }
}

/// RX: less rights never widen the view; without a role there is the own account and nothing else.
#[tokio::test]
async fn without_a_role_everything_but_the_own_account_is_refused() {
    let world = World::new().await;
    for reader in [&world.former, &world.company.person("nobody_special").again().await] {
        for described in operations().iter().filter(|d| !crate::coverage::OPEN.contains(&d.id.as_str())) {
            // A file comes as a form, which is asked for first.
            let apart = ["stream_events", "change_password", "reauthenticate", "add_attachment", "add_addendum"];
            if apart.contains(&described.id.as_str()) {
                continue;
            }
            let (path, _) = world.ours.path(&described.template);
            let answer = described.call_at(reader, &format!("{path}{}", query(described))).await;
            let name = format!("{} as {}", described.id, reader.login);
            world.holds_nothing_foreign(&name, reader, &answer.text, &[&world.ours, &world.theirs]);
            match grant(described) {
                Grant::SignedIn => assert_ne!(answer.status, 403, "{name}: {}", answer.text),
                _ => assert!(matches!(answer.status.as_u16(), 403 | 404), "{name}: {} {}", answer.status, answer.text),
            }
            if described.method == Method::GET && !matches!(grant(described), Grant::SignedIn) {
                answer.problem(403, "role.none");
            }
        }
    }
}

/// RX: what a person may not know of cannot be acted on either, and the refusal does not say that it exists.
#[tokio::test]
async fn acting_on_what_is_out_of_sight_answers_that_it_does_not_exist() {
    let world = World::new().await;
    let [ours, _] = world.representatives().await;
    for reader in [&ours, &world.ended] {
        for described in operations().iter().filter(|d| d.method != Method::GET && d.is_by_procedure()) {
            let (path, own) = world.theirs.path(&described.template);
            // A file comes as a form; who brings one is asked by the same rule.
            if own && !["add_attachment", "add_addendum"].contains(&described.id.as_str()) {
                let answer = described.call_at(reader, &path).await;
                answer.problem(404, "resource.not_found");
            }
        }
    }
}

/// The auditor reads everything and changes nothing (RX): only the own account and the own notifications.
#[tokio::test]
async fn the_auditor_reads_both_customers_and_writes_no_register() {
    let world = World::new().await;
    let auditor = world.company.of(Role::Auditor).again().await;
    for described in operations() {
        let open = crate::coverage::OPEN.contains(&described.id.as_str()) || described.is_by_procedure();
        if !open && described.method != Method::GET && !matches!(grant(&described), Grant::SignedIn) {
            let (path, _) = world.ours.path(&described.template);
            let answer = described.call_at(&auditor, &path).await;
            assert!(matches!(answer.status.as_u16(), 403 | 404), "{}: {}", described.id, answer.text);
        }
    }
    for property in [&world.ours, &world.theirs] {
        for described in reads().filter(Described::is_by_procedure) {
            let (path, own) = property.path(&described.template);
            if own {
                let answer = auditor.get(&format!("{path}{}", query(&described))).await;
                let nothing_yet = answer.status == 404 && path.ends_with("ff");
                assert!(nothing_yet || answer.status.is_success(), "{} {path}: {}", described.id, answer.text);
            }
        }
    }
}

/// Every list with the record that its items lead to.
const LISTS: [(&str, &str, &str); 8] = [
    ("/releases", "number", ""),
    ("/tasks", "id", "everybody=true&"),
    ("/changes", "id", ""),
    ("/customers", "id", ""),
    ("/service-objects", "id", ""),
    ("/departments", "id", ""),
    ("/users", "id", ""),
    ("/deputies", "id", ""),
];

/// D21: a list and a record are two questions with one answer, for everybody.
#[tokio::test]
async fn a_list_holds_exactly_the_records_that_can_be_opened() {
    let world = World::new().await;
    let [ours, theirs] = world.representatives().await;
    let owner = world.company.of(Role::ReleaseOwner).again().await;
    let whole = world.company.of(Role::Auditor).again().await;
    for (list, key, query) in LISTS {
        let names = |page: &Value| -> BTreeSet<String> {
            page["items"].as_array().unwrap().iter().map(|item| item[key].as_str().unwrap().to_owned()).collect()
        };
        let all = names(&whole.get(&format!("{list}?{query}limit=100")).await.ok());
        assert!(!all.is_empty(), "{list} is empty");
        for reader in [&ours, &theirs, &world.ended, &world.future, &owner] {
            let listed = names(&reader.get(&format!("{list}?{query}limit=100")).await.ok());
            let mut opened = BTreeSet::new();
            for name in &all {
                let answer = reader.get(&format!("{list}/{name}")).await;
                assert!(answer.status == 200 || answer.status == 404, "{list}/{name}: {}", answer.text);
                opened.extend((answer.status == 200).then(|| name.clone()));
            }
            assert_eq!(listed, opened, "{list} as {}", reader.login);
        }
    }
    let approvals = |page: Value| page["items"].as_array().map(Vec::len);
    let convened = format!("/approvals?opened_by={}&awaited=false", world.company.of(Role::ReleaseAdministrator).id);
    assert_eq!(approvals(world.ended.get(&convened).await.ok()), Some(0));
    assert!(approvals(whole.get(&convened).await.ok()) > approvals(ours.get(&convened).await.ok()));
}

/// D21: of people an outsider learns those who are named in what concerns the customer, and of those name and role alone.
#[tokio::test]
async fn an_outsider_learns_of_named_people_the_name_and_the_role() {
    let world = World::new().await;
    let [ours, _] = world.representatives().await;
    let administrator = world.company.of(Role::ReleaseAdministrator);
    let seen = ours.get(&format!("/users/{}", administrator.id)).await.ok();
    assert_eq!(seen["name"], "release administrator");
    assert_eq!(seen["roles"], json!(["release_administrator"]));
    for hidden in ["login", "email", "phone", "department_id", "position"] {
        assert_eq!(seen[hidden], Value::Null, "{hidden}");
    }
    ours.get(&format!("/users/{}", world.company.of(Role::ProcessOwner).id)).await.problem(404, "resource.not_found");
    assert_eq!(ours.get(&format!("/users/{}", ours.id)).await.ok()["login"], "customer_representative");
    let by_login = ours.get("/users?q=release_admin").await.ok();
    assert_eq!(by_login["items"], json!([]), "what is hidden cannot be searched for");
    let department = ours.get(&format!("/departments/{}", world.company.departments["operations"])).await.ok();
    assert_eq!((&department["name"], &department["head"]), (&json!("运维部"), &Value::Null));
    let change = ours.get(&format!("/changes/{}", world.ours.places["changes"])).await.ok();
    assert_eq!(change["approval"], Value::Null, "the evidence of change management names other people's work");
}

/// D21: figures of the customers represented today, and of no other.
#[tokio::test]
async fn figures_and_work_lists_follow_the_day() {
    let world = World::new().await;
    let future = &world.future;
    assert_eq!(future.get("/releases").await.ok()["items"], json!([]));
    world.app.pass(chrono::TimeDelta::days(366));
    let future = future.again().await;
    let listed = future.get("/releases").await.ok();
    assert_eq!(listed["items"][0]["number"], json!(world.ours.places["number"]), "from the first day on");
    assert_eq!(listed["items"].as_array().map(Vec::len), Some(1));
}
