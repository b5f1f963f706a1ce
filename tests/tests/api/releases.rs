use chrono::TimeDelta;
use fabu_domain::people::role::Role;
use fabu_testkit::{Answered, Company, TestApp};
use reqwest::Method;
use serde_json::{Value, json};

/// A change of the first service object, not yet approved.
async fn change(company: &Company, number: &str) -> String {
    let body = json!({ "number": number, "title": "核心系统升级", "kind": "normal", "service_objects": [company.service_objects[0]],
        "requested_by": "李娜", "requested_at": "2026-03-01T01:00:00Z" });
    company.of(Role::ChangeManager).post("/changes", body).await.id()
}

pub(crate) async fn approved_change(company: &Company, number: &str) -> String {
    let id = change(company, number).await;
    let evidence = json!({ "approved_by": "变更委员会", "approved_at": "2026-03-01T08:00:00Z", "reference": "CAB-11",
        "impact": "停机一小时", "resources": "两人" });
    company.of(Role::ChangeManager).act(&format!("/changes/{id}/approval"), evidence).await.ok();
    id
}

fn wanted(company: &Company, title: &str, changes: &[String]) -> Value {
    let member = |role: &Role| json!({ "role": role, "user_id": company.of(*role).id });
    json!({ "title": title, "kind": "minor", "scope": "delta", "medium": "software", "changes": changes,
        "team": Role::TEAM.iter().map(member).collect::<Vec<_>>() })
}

/// A release with a full team, as its administrator sees it.
pub(crate) async fn release(company: &Company, title: &str) -> Value {
    let change = approved_change(company, &format!("CHG {title}")).await;
    let created = company.of(Role::ReleaseAdministrator).post("/releases", wanted(company, title, &[change])).await;
    created.expect(201).json()
}

pub(crate) fn path(release: &Value) -> String {
    format!("/releases/{}", release["number"].as_str().unwrap())
}

/// The code and clause of every reason of a refusal.
fn reasons(answer: &Answered) -> Vec<(String, String)> {
    assert_eq!(answer.status, 409, "{}: {}", answer.request, answer.text);
    let found = answer.json();
    let text = |reason: &Value, field: &str| reason[field].as_str().unwrap().to_owned();
    found["blocked_by"].as_array().unwrap().iter().map(|r| (text(r, "code"), text(r, "clause"))).collect()
}

fn action<'v>(release: &'v Value, name: &str) -> &'v Value {
    release["actions"].as_array().unwrap().iter().find(|a| a["name"] == name).unwrap()
}

#[tokio::test]
async fn a_release_is_created_from_an_approved_change_and_seen_whole() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let change = approved_change(&company, "CHG-1").await;
    let administrator = company.of(Role::ReleaseAdministrator);
    let created = administrator.post("/releases", wanted(&company, "核心升级", std::slice::from_ref(&change))).await.expect(201);
    let release = created.json();
    assert_eq!(release["number"], "REL-2026-0001");
    assert_eq!(created.header("location").as_deref(), Some("/api/v1/releases/REL-2026-0001"));
    assert_eq!(created.etag(), "\"v1\"");
    let viewed = administrator.get("/releases/REL-2026-0001").await.expect(200);
    assert_eq!((viewed.json(), viewed.etag()), (release.clone(), created.etag()));
    assert_eq!(release["stage"], json!({ "code": "planning", "name": "Planning" }));
    assert_eq!((&release["status"], &release["customer"]["name"]), (&json!("active"), &json!("示例银行")));
    assert_eq!(release["service_objects"][0]["code"], "CBS");
    assert_eq!((&release["changes"][0]["id"], &release["changes"][0]["state"]), (&json!(change), &json!("approved")));
    assert_eq!(release["team"].as_array().unwrap().len(), 6);
    assert_eq!(release["team"][0]["user"], json!({ "id": company.of(Role::ReleaseOwner).id, "name": "release owner" }));
    assert_eq!(release["created"]["by"]["id"], administrator.id.as_str());
    assert!(action(&release, "request_opinions")["allowed"].as_bool().unwrap());
    let carried = administrator.get(&format!("/changes/{change}")).await.ok();
    assert_eq!((&carried["release_id"], &carried["release_number"]), (&release["id"], &release["number"]));
    let listed = administrator.get("/changes").await.ok();
    assert_eq!(listed["items"][0]["release_number"], release["number"]);
}

#[tokio::test]
async fn texts_are_chinese_unless_the_reader_wants_another_language() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let path = path(&release(&company, "A").await);
    let auditor = company.of(Role::Auditor);
    let wanted = reqwest::header::HeaderMap::from_iter([(reqwest::header::ACCEPT_LANGUAGE, "zh-CN".parse().unwrap())]);
    let chinese = auditor.send(auditor.request(Method::GET, &path).headers(wanted)).await.ok();
    assert_eq!(chinese["stage"]["name"], "制定发布方案");
    assert_eq!(chinese["team"][0]["role_name"], "发布负责人");
    let convene = action(&chinese, "convene_plan_review");
    assert_eq!((&convene["label"], &convene["allowed"]), (&json!("召集方案评审"), &json!(false)));
    assert!(convene["blocked_by"].to_string().contains("发布方案尚未提交"), "{convene}");
    assert_eq!(action(&auditor.get(&path).await.ok(), "convene_plan_review")["label"], "Convene the plan review");
}

#[tokio::test]
async fn refuses_a_release_without_an_approved_change() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let administrator = company.of(Role::ReleaseAdministrator);
    let none = administrator.post("/releases", wanted(&company, "A", &[])).await;
    let codes = reasons(&none);
    assert!(codes.contains(&("change.none".to_owned(), "2a".to_owned())), "{codes:?}");
    let unapproved = change(&company, "CHG-1").await;
    let refused = administrator.post("/releases", wanted(&company, "A", std::slice::from_ref(&unapproved))).await;
    let problem = refused.problem(409, "change.not_approved");
    assert_eq!((problem.blocked_by[0].clause.as_str(), problem.blocked_by[0].who[0].id.as_str()), ("9.1b", "change_manager"));
    let unknown = "0192f3c1-7b1e-7000-8000-000000000009".to_owned();
    let errors = administrator.post("/releases", wanted(&company, "A", &[unapproved, unknown])).await.invalid();
    assert_eq!(errors, [("/changes/1".to_owned(), "field.unknown_reference".to_owned())]);
    assert_eq!(administrator.get("/releases").await.ok()["items"], json!([]));
}

#[tokio::test]
async fn refuses_a_change_that_another_open_release_carries_out() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let (administrator, manager) = (company.of(Role::ReleaseAdministrator), company.of(Role::ChangeManager));
    let first = approved_change(&company, "CHG-1").await;
    let carrier = administrator.post("/releases", wanted(&company, "A", std::slice::from_ref(&first))).await.expect(201).json();
    let again = administrator.post("/releases", wanted(&company, "B", std::slice::from_ref(&first))).await;
    let problem = again.problem(409, "change.in_release");
    assert_eq!((problem.blocked_by.len(), problem.blocked_by[0].clause.as_str()), (1, "5.1"));
    assert!(problem.title.contains("REL-2026-0001"), "{}", problem.title);
    let other = path(&release(&company, "C").await);
    manager.act(&format!("{other}/actions/add_change"), json!({ "change_id": first })).await.problem(409, "change.in_release");
    let owner = company.of(Role::ReleaseOwner);
    owner.act(&format!("{}/actions/cancel", path(&carrier)), json!({ "reason": "需求撤销" })).await.ok();
    let added = manager.act(&format!("{other}/actions/add_change"), json!({ "change_id": first })).await.expect(200).json();
    assert_eq!(added["changes"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn changes_are_grouped_confirmed_and_taken_out_by_change_management() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let manager = company.of(Role::ChangeManager);
    let (first, second) = (approved_change(&company, "CHG-1").await, approved_change(&company, "CHG-2").await);
    let created = wanted(&company, "A", &[first, second.clone()]);
    let path = path(&company.of(Role::ReleaseAdministrator).post("/releases", created).await.expect(201).json());
    let act = |name: &str, body: Value| {
        let path = format!("{path}/actions/{name}");
        async move { manager.act(&path, body).await }
    };
    let unknown = json!({ "change_id": "0192f3c1-7b1e-7000-8000-000000000009" });
    assert_eq!(act("add_change", unknown).await.invalid()[0].0, "/change_id");
    company.of(Role::ReleaseAdministrator).act(&format!("{path}/actions/confirm_grouping"), json!({})).await.not_permitted();
    assert_eq!(act("confirm_grouping", json!({})).await.ok()["grouping"]["by"]["id"], manager.id.as_str());
    act("confirm_grouping", json!({})).await.problem(409, "change.grouping_confirmed");
    let without = act("remove_change", json!({ "change_id": second, "reason": "推迟" })).await.ok();
    assert_eq!(without["changes"].as_array().unwrap().len(), 1);
    let last = without["changes"][0]["id"].clone();
    act("remove_change", json!({ "change_id": last, "reason": "x" })).await.problem(409, "change.last");
}

#[tokio::test]
async fn only_release_administrators_and_change_managers_create_releases() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let change = approved_change(&company, "CHG-1").await;
    let may = ["release_administrator", "second_release_administrator", "change_manager", "nobody_special"];
    for person in company.people().filter(|person| !may.contains(&person.login.as_str())) {
        let refused = person.post("/releases", wanted(&company, "A", std::slice::from_ref(&change))).await.not_permitted();
        let who: Vec<&str> = refused.blocked_by[0].who.iter().map(|who| who.id.as_str()).collect();
        assert_eq!(who, ["release_administrator", "change_manager"]);
    }
}

#[tokio::test]
async fn a_repeated_creation_makes_one_release() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let administrator = company.of(Role::ReleaseAdministrator);
    let body = wanted(&company, "A", &[approved_change(&company, "CHG-1").await]);
    let send = || administrator.send(administrator.request(Method::POST, "/releases").header("Idempotency-Key", "k").json(&body));
    let (first, again) = (send().await.expect(201), send().await.expect(201));
    assert_eq!((&first.text, again.header("idempotent-replayed").as_deref()), (&again.text, Some("true")));
    assert_eq!(administrator.get("/releases").await.ok()["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn refuses_a_step_of_somebody_else_and_says_whose_it_is() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let path = path(&release(&company, "A").await);
    let owner = company.of(Role::ReleaseOwner);
    let suspend = format!("{path}/actions/suspend");
    let reason = json!({ "reason": "等待供应商" });
    for login in ["implementer", "second_release_owner", "admin", "general_manager", "support_staff", "auditor"] {
        let person = if login == "admin" { company.admin() } else { company.person(login) };
        let refused = person.act(&suspend, reason.clone()).await.not_permitted();
        assert_eq!(refused.blocked_by[0].who[0].id, owner.id);
        assert!(refused.title.contains("release owner"), "{}", refused.title);
    }
    let viewed = company.of(Role::Implementer).get(&path).await.ok();
    assert_eq!(action(&viewed, "suspend")["blocked_by"][0]["kind"], "not_permitted");
}

#[tokio::test]
async fn a_suspended_release_allows_nothing_but_to_resume_or_cancel() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let path = path(&release(&company, "A").await);
    let (owner, administrator) = (company.of(Role::ReleaseOwner), company.of(Role::ReleaseAdministrator));
    owner.act(&format!("{path}/actions/resume"), json!({ "reason": "x" })).await.problem(409, "release.not_suspended");
    let suspended = owner.act(&format!("{path}/actions/suspend"), json!({ "reason": "等待供应商" })).await.expect(200).json();
    assert_eq!((&suspended["status"], &suspended["suspension"]["reason"]), (&json!("suspended"), &json!("等待供应商")));
    let opinions = json!({ "question": "有无影响？" });
    let refused = administrator.act(&format!("{path}/actions/request_opinions"), opinions.clone()).await;
    assert!(refused.problem(409, "release.suspended").title.contains("等待供应商"));
    assert_eq!(owner.get("/releases?suspended=true").await.ok()["items"][0]["status"], "suspended");
    let resumed = owner.act(&format!("{path}/actions/resume"), json!({ "reason": "补丁已到" })).await.ok();
    assert_eq!((&resumed["status"], &resumed["suspension"]), (&json!("active"), &Value::Null));
    administrator.act(&format!("{path}/actions/request_opinions"), opinions).await.expect(200).ok();
}

#[tokio::test]
async fn refuses_commands_of_another_stage_with_the_reason() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let path = path(&release(&company, "A").await);
    let implementer = company.of(Role::Implementer);
    let start = json!({ "units": [], "note": "开始" });
    let refused = implementer.act(&format!("{path}/actions/start_deployment"), start).await.problem(409, "release.wrong_stage");
    assert_eq!((refused.blocked_by.len(), refused.blocked_by[0].clause.as_str()), (1, "5"));
    let verdict = json!({ "verdict": "successful", "reason": "完成" });
    company
        .of(Role::ReleaseOwner)
        .act(&format!("{path}/actions/record_verdict"), verdict)
        .await
        .problem(409, "release.wrong_stage");
    let gate = implementer.get(&format!("{path}/gate?for=start_deployment")).await.expect(200).json();
    assert_eq!((&gate["for"], &gate["allowed"]), (&json!("start_deployment"), &json!(false)));
    assert_eq!(gate["blocked_by"], serde_json::to_value(&refused.blocked_by).unwrap());
    implementer.get(&format!("{path}/gate?for=nonsense")).await.problem(400, "query.invalid");
}

#[tokio::test]
async fn the_gate_of_the_plan_review_tells_everything_missing_with_its_place() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let path = path(&release(&company, "A").await);
    let administrator = company.of(Role::ReleaseAdministrator);
    let refused = administrator.act(&format!("{path}/actions/convene_plan_review"), json!({})).await;
    let expected = [("document.not_submitted", "5.1"), ("opinion.none", "4.RA1")].map(|(c, p)| (c.to_owned(), p.to_owned()));
    assert_eq!(&reasons(&refused)[..2], expected);
    let gate = administrator.get(&format!("{path}/gate?for=convene_plan_review")).await.ok();
    let viewed = administrator.get(&path).await.ok();
    assert_eq!(gate["blocked_by"], action(&viewed, "convene_plan_review")["blocked_by"]);
    administrator.get(gate["blocked_by"][0]["href"].as_str().unwrap()).await.expect(200).ok();
    administrator.act(&format!("{path}/actions/request_opinions"), json!({ "question": "？" })).await.ok();
    let gate = administrator.get(&format!("{path}/gate?for=convene_plan_review")).await.ok();
    let open = gate["blocked_by"].as_array().unwrap().iter().find(|r| r["code"] == "task.open").unwrap();
    let task = administrator.get(open["href"].as_str().unwrap()).await.expect(200).json();
    assert_eq!((&task["kind"], &open["clause"]), (&json!("opinion_request"), &json!("4.RA1")));
}

#[tokio::test]
async fn refuses_actions_without_or_with_an_old_version_and_with_unknown_fields() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let path = path(&release(&company, "A").await);
    let owner = company.of(Role::ReleaseOwner);
    let (suspend, reason) = (format!("{path}/actions/suspend"), json!({ "reason": "x" }));
    owner.post(&suspend, reason.clone()).await.problem(428, "request.version_required");
    owner.change_if(Method::POST, &suspend, "\"v1\"", reason.clone()).await.expect(200).ok();
    let stale = owner.change_if(Method::POST, &format!("{path}/actions/resume"), "\"v1\"", reason).await;
    assert_eq!(stale.problem(412, "resource.stale").current_etag.as_deref(), Some("\"v2\""));
    let resume = format!("{path}/actions/resume");
    let errors = owner.act(&resume, json!({ "reason": "x", "stage": "closed" })).await.invalid();
    assert_eq!(errors, [("/stage".to_owned(), "field.unknown".to_owned())]);
    assert_eq!(owner.act(&resume, json!({})).await.invalid(), [("/reason".to_owned(), "field.missing".to_owned())]);
    assert_eq!(owner.act(&resume, json!({ "reason": " " })).await.invalid()[0].1, "field.empty");
    owner.act(&format!("{path}/actions/explode"), json!({})).await.problem(404, "resource.not_found");
    let nothing = "/releases/REL-2026-9999/actions/suspend";
    owner.change_if(Method::POST, nothing, "\"v1\"", json!({ "reason": "x" })).await.problem(404, "resource.not_found");
}

#[tokio::test]
async fn an_answer_from_before_does_not_stand_for_a_release_that_time_has_changed() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let path = path(&release(&company, "A").await);
    let owner = company.of(Role::ReleaseOwner);
    let etag = owner.get(&path).await.etag();
    let known = owner.send(owner.request(Method::GET, &path).header("If-None-Match", etag)).await;
    assert_eq!(known.expect(200).json()["number"], "REL-2026-0001", "the view depends on reader and time as well");
}

#[tokio::test]
async fn duties_stay_separated_unless_the_general_manager_says_otherwise() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let path = path(&release(&company, "A").await);
    let both = company.hire("wu.gang", &[Role::ReleaseTester, Role::Implementer]).await;
    let (administrator, owner) = (company.of(Role::ReleaseAdministrator), company.of(Role::ReleaseOwner));
    let assign = |role: &str| json!({ "role": role, "user_id": both.id, "reason": "人手不足" });
    let act = |name: &str| format!("{path}/actions/{name}");
    administrator.act(&act("assign_role"), assign("implementer")).await.expect(200).ok();
    administrator.act(&act("assign_role"), assign("release_tester")).await.not_permitted();
    owner.act(&act("assign_role"), assign("release_tester")).await.problem(409, "team.duties_not_separated");
    owner.act(&act("assign_role"), assign("release_owner")).await.problem(409, "team.role_not_granted");
    app.pass(TimeDelta::minutes(1));
    let exception = json!({ "kind": "tester_is_implementer", "reason": "仅此一次" });
    administrator.act(&act("grant_exception"), exception.clone()).await.not_permitted();
    company.of(Role::GeneralManager).act(&act("grant_exception"), exception).await.expect(200).ok();
    let release = owner.act(&act("assign_role"), assign("release_tester")).await.expect(200).json();
    assert_eq!(release["exceptions"][0]["by"]["name"], "general manager");
    let held = release["team"].as_array().unwrap().iter().filter(|m| m["user"]["id"] == both.id.as_str()).count();
    assert_eq!(held, 2);
    let former = release["former_team"].as_array().unwrap();
    let held_before: Vec<_> = former.iter().map(|m| (&m["role"], &m["user"]["id"], &m["assigned_by"]["id"])).collect();
    let given_by = json!(administrator.id);
    let [implementer, tester] = [Role::Implementer, Role::ReleaseTester].map(|role| json!(company.of(role).id));
    let expected = [(&json!("implementer"), &implementer, &given_by), (&json!("release_tester"), &tester, &given_by)];
    assert_eq!(held_before, expected);
    assert!(former.iter().all(|m| m["until"].is_string()), "{former:?}");
}
