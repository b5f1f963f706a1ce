//! The configuration management database (3.4, 5.2, 5.9, 9.2c): items and their relations, what releases write, import, export and
//! outside databases.

use fabu_domain::{
    people::role::Role,
    subjects::release::stage::{Stage, Verdict},
    time::clock::Clock,
};
use fabu_testkit::{Actor, TestApp, Voyage};
use reqwest::Method;
use serde_json::{Value, json};

fn item(number: &str) -> Value {
    json!({ "number": number, "name": format!("组件 {number}"), "kind": "software", "environment": "production", "item_version": "1.0", "state": "live" })
}

fn with(mut item: Value, field: &str, value: Value) -> Value {
    item[field] = value;
    item
}

fn related(item: Value, relations: &[(&str, &str)]) -> Value {
    let relations = relations.iter().map(|(kind, to)| json!({ "kind": kind, "to": to }));
    with(item, "relations", relations.collect())
}

async fn register(keeper: &Actor, item: Value) -> String {
    keeper.post("/configuration-items", item).await.expect(201).id()
}

fn numbers(list: &Value) -> Vec<&str> {
    list["items"].as_array().unwrap().iter().map(|item| item["number"].as_str().unwrap()).collect()
}

async fn send_file(keeper: &Actor, query: &str, bytes: impl Into<Vec<u8>>) -> Value {
    let request = keeper.request(Method::POST, &format!("/configuration-items/import{query}"));
    keeper.send(request.header("Content-Type", "application/octet-stream").body(bytes.into())).await.expect(200).json()
}

#[tokio::test]
async fn neighbours_are_what_an_item_names_and_what_names_it() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let keeper = company.of(Role::ConfigurationAdministrator);
    let host = register(keeper, item("HOST-1")).await;
    register(keeper, item("DB-1")).await;
    let app_1 = register(keeper, related(item("APP-1"), &[("runs_on", "HOST-1"), ("uses", "DB-1")])).await;
    register(keeper, related(item("APP-2"), &[("runs_on", "host-1")])).await;
    let near = keeper.get(&format!("/configuration-items/{app_1}/neighbours")).await.ok();
    let told = |near: &Value| {
        let rows = near["items"].as_array().unwrap().iter();
        rows.map(|n| format!("{} {} {}", n["kind"].as_str().unwrap(), n["outgoing"], n["item"]["number"].as_str().unwrap()))
            .collect::<Vec<_>>()
    };
    assert_eq!(told(&near), ["runs_on true HOST-1", "uses true DB-1"]);
    let first = keeper.get(&format!("/configuration-items/{host}/neighbours?limit=1")).await.ok();
    let next = first["next_cursor"].as_str().unwrap();
    let second = keeper.get(&format!("/configuration-items/{host}/neighbours?limit=1&cursor={next}")).await.ok();
    let mut both = [told(&first), told(&second)].concat();
    both.sort();
    assert_eq!(both, ["runs_on false APP-1", "runs_on false APP-2"], "in whatever spelling they name it");
    assert_eq!(second["next_cursor"], Value::Null);
}

/// 9.2c, and the refusals of the register.
#[tokio::test]
async fn refuses_an_item_above_itself_unknown_relations_and_another_number() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let keeper = company.of(Role::ConfigurationAdministrator);
    let path = |id: &str| format!("/configuration-items/{id}");
    let a = register(keeper, item("A")).await;
    register(keeper, related(item("B"), &[("runs_on", "A")])).await;
    register(keeper, related(item("C"), &[("part_of", "B")])).await;
    let refused = |answer: fabu_testkit::Answered| answer.invalid();
    let invalid = |pointer: &str, code: &str| (pointer.to_owned(), code.to_owned());
    let above = keeper.put(&path(&a), related(item("A"), &[("copy_of", "C")])).await;
    assert_eq!(refused(above), [invalid("/relations/0/to", "field.invalid")], "A is above C over B");
    let itself = keeper.put(&path(&a), related(item("A"), &[("uses", "a")])).await;
    assert_eq!(refused(itself), [invalid("/relations/0/to", "field.invalid")]);
    let unknown = keeper.put(&path(&a), related(item("A"), &[("uses", "NOWHERE")])).await;
    assert_eq!(refused(unknown), [invalid("/relations/0/to", "field.unknown_reference")]);
    let twice = keeper.put(&path(&a), related(item("A"), &[("uses", "C"), ("uses", "c")])).await;
    assert_eq!(refused(twice), [invalid("/relations/1/to", "field.duplicate")]);
    keeper.put(&path(&a), related(item("A"), &[("uses", "C")])).await.ok();
    assert_eq!(refused(keeper.put(&path(&a), item("A2")).await), [invalid("/number", "field.fixed")]);
    keeper.post("/configuration-items", item("a")).await.problem(409, "resource.code_taken");
    let no_version = with(item("D"), "item_version", Value::Null);
    assert_eq!(
        refused(keeper.post("/configuration-items", no_version.clone()).await),
        [invalid("/item_version", "field.invalid")]
    );
    register(keeper, with(no_version, "state", json!("planned"))).await;
    let foreign = with(item("E"), "customer_id", json!("0192f3c1-7b1e-7000-8000-0000000000ff"));
    assert_eq!(refused(keeper.post("/configuration-items", foreign).await), [invalid("/customer_id", "field.unknown_reference")]);
    let owner = with(item("F"), "owner", json!(company.of(Role::CustomerRepresentative).id));
    assert_eq!(refused(keeper.post("/configuration-items", owner).await), [invalid("/owner", "field.invalid")]);
    company.of(Role::ReleaseAdministrator).post("/configuration-items", item("G")).await.not_permitted();
}

/// 3.2, 3.4, 5.9: from the item to who, when and under which approval; the item says what the release confirmed.
#[tokio::test]
async fn a_release_writes_its_items_and_stands_in_their_history() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let voyage = Voyage::begin(&app, &company).await;
    let number = voyage.journey.theme.item_number(&voyage.journey.theme.units[0]);
    let keeper = voyage.of(Role::ConfigurationAdministrator).await;
    let id = keeper.get(&format!("/configuration-items?q={number}")).await.ok()["items"][0]["id"].as_str().unwrap().to_owned();
    let path = format!("/configuration-items/{id}");
    let before = keeper.get(&path).await.ok();
    voyage.travel_to(Stage::Testing).await;
    let mut retired = before.clone();
    retired
        .as_object_mut()
        .unwrap()
        .retain(|field, _| !["id", "version", "confirmed", "last_seen", "library"].contains(&field.as_str()));
    let keeper = voyage.of(Role::ConfigurationAdministrator).await;
    keeper.put(&path, with(retired, "state", json!("retired"))).await.problem(409, "configuration_item.in_use");
    let since = app.clock.now();
    voyage.travel_to(Stage::Closure).await;
    let keeper = voyage.of(Role::ConfigurationAdministrator).await;
    let after = keeper.get(&path).await.ok();
    let unit = &voyage.journey.theme.units[0];
    assert_eq!((&before["item_version"], &after["item_version"]), (&json!(unit.previous_version), &json!(unit.version)));
    assert_eq!(after["attributes"], before["attributes"], "what the confirmation does not say stays");
    let confirmed = &after["confirmed"];
    assert_eq!((&confirmed["release"], &confirmed["by"]), (&json!(voyage.number), &json!(keeper.id)));
    let history = keeper.get(&format!("{path}/releases")).await.ok();
    let row = &history["items"][0];
    assert_eq!(history["items"].as_array().map(Vec::len), Some(1));
    assert_eq!(
        (&row["release"], &row["state"], &row["verdict"]),
        (&json!(voyage.number), &json!("confirmed"), &json!("successful"))
    );
    assert_eq!((&row["baseline"]["version"], &row["actual"]["version"]), (&before["item_version"], &after["item_version"]));
    assert_eq!(row["decided_by"]["id"], json!(keeper.id));
    assert_eq!(row["deployed_by"]["id"], json!(voyage.of(Role::Implementer).await.id));
    let approval = keeper.get(&format!("/approvals/{}", row["approval_id"].as_str().unwrap())).await.ok();
    assert_eq!(approval["kind"], "go_live_approval");
    let feed = keeper.get(&format!("/configuration-items/confirmed?since={}", since.format("%Y-%m-%dT%H:%M:%SZ"))).await.ok();
    assert!(numbers(&feed).contains(&number.as_str()));
    let later = app.clock.now() + chrono::TimeDelta::hours(1);
    let later = keeper.get(&format!("/configuration-items/confirmed?since={}", later.format("%Y-%m-%dT%H:%M:%SZ"))).await.ok();
    assert_eq!(numbers(&later), [""; 0]);
    app.seal().await;
    let events = company.admin().again().await.get(&format!("/events?subject=configuration-items/{id}")).await.ok();
    let updated = events["items"].as_array().unwrap().iter().find(|event| event["kind"] == "configuration_item.updated");
    let updated = updated.unwrap_or_else(|| panic!("{events}"));
    assert_eq!(updated["payload"]["confirmed"]["to"]["release"], json!(voyage.number));
}

/// 5.2: after a rollback the items are what they were, each confirmed so.
#[tokio::test]
async fn a_rolled_back_release_leaves_its_items_as_they_were() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let journey = fabu_scenario::Journey::new(company.cast(), app.theme(0)).ending(Verdict::RolledBack);
    let voyage = Voyage::begin_with(&app, &company, journey).await;
    let number = voyage.journey.theme.item_number(&voyage.journey.theme.units[0]);
    let found = format!("/configuration-items?q={number}");
    let before = voyage.of(Role::ConfigurationAdministrator).await.get(&found).await.ok()["items"][0].clone();
    voyage.travel_to(Stage::Closure).await;
    let after = voyage.of(Role::ConfigurationAdministrator).await.get(&found).await.ok()["items"][0].clone();
    assert_eq!((&after["item_version"], &after["attributes"]), (&before["item_version"], &before["attributes"]));
    assert_eq!(after["confirmed"]["release"], json!(voyage.number), "that it is as it was has been confirmed");
}

/// 5.2.5, 5.3a: what a release touches besides its own items, over two steps and not three.
#[tokio::test]
async fn what_a_release_touches_is_found_over_two_steps_of_relations() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let voyage = Voyage::begin(&app, &company).await;
    let own = voyage.journey.theme.item_number(&voyage.journey.theme.units[0]);
    let keeper = voyage.of(Role::ConfigurationAdministrator).await;
    let object = &company.service_objects[1];
    register(&keeper, with(related(item("NEAR"), &[("uses", &own)]), "service_object_id", json!(object))).await;
    register(&keeper, related(item("FAR"), &[("connects_to", "NEAR")])).await;
    register(&keeper, related(item("FARTHER"), &[("connects_to", "FAR")])).await;
    voyage.travel_to(Stage::PlanReview).await;
    let touched = voyage.of(Role::ReleaseAdministrator).await.get(&voyage.path("/affected-items")).await.ok();
    let ways: Vec<String> = touched["items"].as_array().unwrap().iter().map(|row| row["path"].to_string()).collect();
    assert_eq!(ways, [json!([own, "NEAR"]).to_string(), json!([own, "NEAR", "FAR"]).to_string()]);
    assert_eq!(touched["service_objects"], json!([object]));
}

/// 9.2c: an outside database is the master of its items; what a release has confirmed since is kept.
#[tokio::test]
async fn an_outside_database_is_the_master_of_its_items() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let keeper = company.of(Role::ConfigurationAdministrator);
    let said = |id: &str, item: Value| with(item, "external_id", json!(id));
    let call = |items: Vec<Value>| json!({ "source": "CMDB", "as_of": app.clock.now(), "items": items });
    let outcomes = |answer: &Value| -> Vec<String> {
        answer["items"].as_array().unwrap().iter().map(|row| row["outcome"].as_str().unwrap().to_owned()).collect()
    };
    register(keeper, item("OWN")).await;
    let items = vec![said("1", item("X-1")), said("2", related(item("X-2"), &[("runs_on", "X-1")])), said("3", item("OWN"))];
    let first = keeper.post("/configuration-items/sync", call(items.clone())).await.expect(200).json();
    assert_eq!(
        outcomes(&first),
        ["created", "created", "updated"],
        "an item that nobody is the master of is taken by its number"
    );
    let again = keeper.post("/configuration-items/sync", call(items)).await.expect(200).json();
    assert_eq!(outcomes(&again), ["unchanged"; 3]);
    let changed = vec![
        said("1", with(item("X-1"), "item_version", json!("2.0"))),
        said("2", item("X-9")),
        said("9", item("X-2")),
        said("4", related(item("X-4"), &[("uses", "NOWHERE")])),
    ];
    let second = keeper.post("/configuration-items/sync", call(changed)).await.expect(200).json();
    assert_eq!(outcomes(&second), ["updated", "refused", "refused", "refused"]);
    let pointer = |n: usize| second["items"][n]["errors"][0]["pointer"].as_str().unwrap().to_owned();
    assert_eq!([pointer(1), pointer(2), pointer(3)], ["/number", "/number", "/relations/0/to"]);
    let x1 = keeper.get("/configuration-items?q=X-1").await.ok()["items"][0].clone();
    assert_eq!((&x1["source"], &x1["external_id"], &x1["item_version"]), (&json!("CMDB"), &json!("1"), &json!("2.0")));
    assert!(x1["last_seen"].is_string());
    let path = format!("/configuration-items/{}", x1["id"].as_str().unwrap());
    let hand = with(with(item("X-1"), "source", json!("CMDB")), "external_id", json!("1"));
    keeper.put(&path, with(hand, "name", json!("手工"))).await.problem(409, "configuration_item.kept_elsewhere");
    keeper.put(&path, item("X-1")).await.ok();
    let future = json!({ "source": "CMDB", "as_of": app.clock.now() + chrono::TimeDelta::hours(1), "items": [] });
    assert_eq!(keeper.post("/configuration-items/sync", future).await.invalid()[0].0, "/as_of");
}

#[tokio::test]
async fn what_a_release_confirmed_is_kept_until_the_outside_database_has_read_it() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let voyage = Voyage::begin(&app, &company).await;
    let unit = voyage.journey.theme.units[0].clone();
    let number = voyage.journey.theme.item_number(&unit);
    let read_at = app.clock.now();
    voyage.travel_to(Stage::Closure).await;
    let keeper = voyage.of(Role::ConfigurationAdministrator).await;
    let mut said = with(item(&number), "item_version", json!(unit.previous_version));
    said["external_id"] = json!("7");
    let call = |as_of| json!({ "source": "CMDB", "as_of": as_of, "items": [said] });
    let old = keeper.post("/configuration-items/sync", call(read_at)).await.expect(200).json();
    assert_eq!(old["items"][0]["outcome"], "kept_confirmed");
    let found = format!("/configuration-items?q={number}");
    assert_eq!(keeper.get(&found).await.ok()["items"][0]["item_version"], json!(unit.version));
    let new = keeper.post("/configuration-items/sync", call(app.clock.now())).await.expect(200).json();
    assert_eq!(new["items"][0]["outcome"], "updated", "it has seen the confirmation and says otherwise");
    assert_eq!(keeper.get(&found).await.ok()["items"][0]["item_version"], json!(unit.previous_version));
}

/// 9.2c: a table is taken row by row; what is wrong is told with line and column, and nothing else is lost.
#[tokio::test]
async fn a_table_is_taken_row_by_row_and_comes_back_unchanged() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let keeper = company.of(Role::ConfigurationAdministrator);
    let csv = "编号,名称,类型,环境,状态,当前版本,负责人,运行于,属性:机房\n\
        H-1,主机,硬件,生产,在用,R740,,,昆明\n\
        A-1,应用,software,production,live,1.0,operations,H-1;H-2,昆明\n\
        A-2,坏行,软件,生产,不明,1.0,,,\n\
        H-2,主机二,硬件,生产,在用,R740,,A-1,昆明\n\
        A-3,无版本,软件,生产,在用,,,,\n\
        a-1,重复,软件,生产,计划,,,,\n\
        A-4,悬空,软件,生产,计划,,,H-9,\n";
    let dry = send_file(keeper, "?dry_run=true", csv).await;
    assert_eq!((&dry["created"], &dry["refused"], &dry["dry_run"]), (&json!(1), &json!(6), &json!(true)));
    assert_eq!(numbers(&keeper.get("/configuration-items").await.ok()), [""; 0], "nothing was written");
    let taken = send_file(keeper, "", csv).await;
    let errors: Vec<String> =
        taken["errors"].as_array().unwrap().iter().map(|e| format!("{} {}", e["line"], e["column"].as_str().unwrap())).collect();
    assert_eq!(errors, ["3 runs_on", "4 状态", "5 runs_on", "6 item_version", "7 number", "8 runs_on"]);
    let good =
        csv.replace("H-1;H-2", "H-1").replace("不明", "计划").replace("R740,,A-1", "R740,,").replace("在用,,,,", "计划,,,,");
    let good: String = good
        .lines()
        .filter(|line| !line.starts_with("a-1") && !line.starts_with("A-4"))
        .map(|line| format!("{line}\n"))
        .collect();
    let all = send_file(keeper, "", good.clone()).await;
    assert_eq!(
        (&all["created"], &all["changed"], &all["unchanged"], &all["refused"]),
        (&json!(4), &json!(0), &json!(1), &json!(0))
    );
    let again = send_file(keeper, "", good).await;
    assert_eq!((&again["created"], &again["changed"], &again["unchanged"]), (&json!(0), &json!(0), &json!(5)));
    for format in ["csv", "xlsx"] {
        let export = keeper.request(Method::GET, &format!("/configuration-items/export?format={format}"));
        let file = export.send().await.unwrap().error_for_status().unwrap();
        assert!(file.headers()["content-disposition"].to_str().unwrap().contains(&format!(".{format}")));
        let back = send_file(keeper, "", file.bytes().await.unwrap()).await;
        assert_eq!((&back["unchanged"], &back["refused"]), (&json!(5), &json!(0)), "{format}: {back}");
    }
    let part = send_file(keeper, "", "number,name,type,environment,state\nA-1,新名,software,production,live\n").await;
    assert_eq!(part["changed"], json!(1));
    let kept = keeper.get("/configuration-items?q=A-1").await.ok()["items"][0].clone();
    assert_eq!((&kept["name"], &kept["item_version"]), (&json!("新名"), &json!("1.0")), "columns that are not there stay");
    assert_eq!((&kept["relations"][0]["to"], &kept["attributes"][0]["value"]), (&json!("H-1"), &json!("昆明")));
    for (bytes, why) in [("编号,怪列\n1,2\n", "怪列"), ("编号,名称\n1,2\n", "type"), ("编号,编号\n", "编号")] {
        let request = keeper.request(Method::POST, "/configuration-items/import").body(bytes);
        let answer = keeper.send(request).await;
        assert_eq!(answer.invalid(), [("/file".to_owned(), "field.invalid".to_owned())]);
        assert!(answer.json().to_string().contains(why), "{}", answer.json());
    }
    let broken = keeper.request(Method::POST, "/configuration-items/import").body(b"PK\x03\x04 broken".to_vec());
    assert_eq!(keeper.send(broken).await.invalid(), [("/file".to_owned(), "field.invalid".to_owned())]);
    let stranger = company.of(Role::ReleaseAdministrator);
    let request = stranger.request(Method::POST, "/configuration-items/import").body("编号\n");
    stranger.send(request).await.not_permitted();
}

/// Whether what is asked for is rare or not, a list is the same, page by page.
#[tokio::test]
async fn lists_and_searches_find_the_same_among_many_and_among_few() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let keeper = company.of(Role::ConfigurationAdministrator);
    let row = |n: usize| {
        let (kind, environment) =
            (if n.is_multiple_of(7) { "database" } else { "software" }, if n.is_multiple_of(2) { "production" } else { "test" });
        format!("CI-{n:04},核心业务{}系统 v{},{kind},{environment},live,{n}.0\n", ["支付", "清算", "柜面"][n % 3], n % 5)
    };
    let csv: String = "number,name,type,environment,state,version\n".to_owned() + &(0..900).map(row).collect::<String>();
    assert_eq!(send_file(keeper, "", csv).await["created"], json!(900));
    let expect = |fits: &dyn Fn(usize) -> bool| (0..900).filter(|n| fits(*n)).map(|n| format!("CI-{n:04}")).collect::<Vec<_>>();
    type Fits<'a> = &'a dyn Fn(usize) -> bool;
    let cases: [(&str, Fits<'_>); 9] = [
        ("kind=software", &|n| n % 7 != 0),
        ("kind=database", &|n| n % 7 == 0),
        ("kind=database&environment=test", &|n| n % 7 == 0 && n % 2 == 1),
        ("q=CI-0123", &|n| n == 123),
        ("q=清算", &|n| n % 3 == 1),
        ("q=业务清", &|n| n % 3 == 1),
        ("q=清算+v3&kind=software", &|n| n % 3 == 1 && n % 5 == 3 && n % 7 != 0),
        ("q=ci+核心&environment=production", &|n| n % 2 == 0),
        ("q=nothing-of-the-kind", &|_| false),
    ];
    for (query, fits) in cases {
        let mut found: Vec<String> = Vec::new();
        let mut cursor = String::new();
        loop {
            let page = keeper.get(&format!("/configuration-items?limit=100&{query}{cursor}")).await.ok();
            found.extend(numbers(&page).into_iter().map(str::to_owned));
            match page["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        assert_eq!(found, expect(fits), "{query}");
    }
}

/// RX: a customer's people see what belongs to the customer.
#[tokio::test]
async fn a_customer_sees_its_own_items_alone() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let keeper = company.of(Role::ConfigurationAdministrator);
    register(keeper, item("COMPANY")).await;
    let own = register(keeper, with(related(item("OURS"), &[("uses", "COMPANY")]), "customer_id", json!(company.customer))).await;
    let representative = company.of(Role::CustomerRepresentative);
    assert_eq!(numbers(&representative.get("/configuration-items").await.ok()), ["OURS"]);
    let near = representative.get(&format!("/configuration-items/{own}/neighbours")).await.ok();
    assert_eq!(near["items"], json!([]), "not even as a neighbour");
    representative.get("/configuration-items/export").await.not_permitted();
}
