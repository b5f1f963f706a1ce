//! Rights change with a fresh password only, and whom the change concerns is notified (D16, RELIABILITY 4.6).

use fabu_domain::people::role::Role;
use fabu_testkit::{Actor, Company, TestApp};
use reqwest::Method;
use serde_json::{Value, json};

const STALE: &str = "login.reauthentication_required";

fn robot() -> Value {
    json!({ "name": "群", "maker": "wecom", "base_url": "https://qyapi.weixin.qq.com", "language": "zh-CN",
        "kinds": ["verdict"], "credentials": { "token": "t" } })
}

fn schedule(users: Value) -> Value {
    json!({ "name": "季度报告", "report": "quarterly_report", "roles": ["general_manager"], "users": users, "minute": 545,
        "working_day": 5 })
}

fn arrangement(company: &Company) -> Value {
    json!({ "principal": company.of(Role::ReleaseOwner).id, "deputy": company.person("second_release_owner").id,
        "from": "2026-03-02", "until": "2026-03-06" })
}

/// D16, 4.6: an open session is not enough to give rights away.
#[tokio::test]
async fn refuses_to_change_rights_without_a_fresh_password() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let (admin, owner) = (company.admin(), company.of(Role::ProcessOwner));
    let robot_path = format!("/robots/{}", admin.post("/robots", robot()).await.id());
    let schedule_path = format!("/reports/schedules/{}", owner.post("/reports/schedules", schedule(json!([]))).await.id());
    let foreign = format!("/deputies/{}", admin.post("/deputies", arrangement(&company)).await.id());
    let away = company.hire("away", &[Role::ReleaseOwner]).await;
    let person = format!("/users/{}", away.id);
    admin.put(&person, json!({ "name": "away", "language": "en", "active": false })).await.ok();
    app.pass(chrono::TimeDelta::minutes(11));
    let new = |roles: Value| json!({ "login": "chen.jie", "name": "陈洁", "language": "zh-CN", "roles": roles });
    admin.post("/users", new(json!(["auditor"]))).await.problem(403, STALE);
    admin.put(&format!("{person}/roles"), json!({ "roles": ["system_administrator"] })).await.problem(403, STALE);
    admin.put(&person, json!({ "name": "away", "language": "en", "active": true })).await.problem(403, STALE);
    admin.act(&format!("{person}/password-reset"), json!({})).await.problem(403, STALE);
    admin.post("/deputies", arrangement(&company)).await.problem(403, STALE);
    admin.delete(&foreign).await.problem(403, STALE);
    admin.post("/robots", robot()).await.problem(403, STALE);
    admin.put(&robot_path, robot()).await.problem(403, STALE);
    owner.post("/reports/schedules", schedule(json!([]))).await.problem(403, STALE);
    owner.put(&schedule_path, schedule(json!([owner.id]))).await.problem(403, STALE);
    let _made = admin.post("/users", new(json!([]))).await.expect(201);
    let mine = json!({ "principal": owner.id, "deputy": company.of(Role::GeneralManager).id, "from": "2026-03-02", "until": "2026-03-06" });
    let mine = owner.post("/deputies", mine).await.expect(201).id();
    let _ended = owner.delete(&format!("/deputies/{mine}")).await.expect(204);
    let fresh = admin.again().await;
    let _ended = fresh.delete(&foreign).await.expect(204);
    let _changed = fresh.put(&robot_path, robot()).await.expect(200);
}

/// The kinds of message that wait for a person or went to them.
async fn told(admin: &Actor, person: &Actor) -> Vec<String> {
    let found = admin.get(&format!("/deliveries?recipient_id={}&limit=100", person.id)).await.ok();
    let kind = |item: &Value| item["kind"].as_str().unwrap().to_owned();
    let mut kinds: Vec<String> = found["items"].as_array().unwrap().iter().map(kind).collect();
    kinds.sort();
    kinds
}

/// D16: the person whose rights change, both of an arrangement, and the administrators learn of it by mail.
#[tokio::test]
async fn tells_whom_a_change_of_rights_concerns() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let (admin, owner, deputy) = (company.admin(), company.of(Role::ReleaseOwner), company.person("second_release_owner"));
    let tester = company.of(Role::ReleaseTester);
    app.work().await;
    let before = told(admin, admin).await.len();
    admin.put(&format!("/users/{}/roles", tester.id), json!({ "roles": ["release_tester", "system_administrator"] })).await.ok();
    admin.act(&format!("/users/{}/password-reset", owner.id), json!({})).await.ok();
    admin.post("/deputies", arrangement(&company)).await.ok();
    admin.post("/robots", robot()).await.ok();
    let manager = company.of(Role::GeneralManager);
    admin.post("/reports/schedules", schedule(json!([manager.id]))).await.ok();
    app.work().await;
    assert_eq!(told(admin, owner).await, ["deputy_arranged", "password_reset"]);
    assert_eq!(told(admin, deputy).await, ["deputy_arranged"]);
    assert_eq!(told(admin, tester).await, ["robot_changed", "roles_changed"]);
    assert_eq!(told(admin, manager).await, ["report_schedule_changed"]);
    assert_eq!(told(admin, admin).await.len() - before, 2, "a new administrator and a robot");
    company
        .of(Role::Auditor)
        .change_if(
            Method::PUT,
            "/me/notifications",
            "\"v0\"",
            json!({ "groups": { "account": { "mail": false, "pace": "digest" } } }),
        )
        .await
        .ok();
    admin.put(&format!("/users/{}/roles", company.of(Role::Auditor).id), json!({ "roles": [] })).await.ok();
    app.work().await;
    assert_eq!(told(admin, company.of(Role::Auditor)).await, ["roles_changed"], "nobody can switch it off");
}

/// D21: who is outside the company is told nothing of another customer's release, also by a message that waited.
#[tokio::test]
async fn refuses_a_representative_who_is_not_entitled_even_with_a_reason() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let release = format!("/releases/{}", crate::releases::release(&company, "A").await["number"].as_str().unwrap());
    let stranger = company.hire("bai.xuefeng", &[Role::CustomerRepresentative]).await;
    let body = json!({ "role": "customer_representative", "user_id": stranger.id, "reason": "客户口头委托" });
    // Whoever is controlled does not choose who accepts (D19), and nobody who may choose takes an outsider.
    let assign = format!("{release}/actions/assign_role");
    company.of(Role::ReleaseAdministrator).act(&assign, body.clone()).await.not_permitted();
    company.of(Role::ReleaseOwner).act(&assign, body).await.problem(409, "team.not_representative");
    stranger.get(&release).await.problem(404, "resource.not_found");
}

/// D16, RX: nobody grants himself a role with a say in releases; a second administrator does.
#[tokio::test]
async fn refuses_a_role_with_a_say_that_an_administrator_gives_himself() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let admin = company.admin();
    let path = format!("/users/{}/roles", admin.id);
    let roles = json!({ "roles": ["system_administrator", "general_manager"] });
    admin.put(&path, roles.clone()).await.problem(403, "team.self_appointed");
    let second = company.hire("other_admin", &[Role::SystemAdministrator]).await;
    second.put(&path, roles).await.ok();
}

/// D19: whoever holds a role in an open release does not choose its reviewers or its customer's voice in the registers.
#[tokio::test]
async fn refuses_registers_that_control_the_own_release() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let release = format!("/releases/{}", crate::releases::release(&company, "A").await["number"].as_str().unwrap());
    let both = company.hire("owner_and_process_owner", &[Role::ProcessOwner, Role::ReleaseOwner]).await;
    let assigned = json!({ "role": "release_owner", "user_id": both.id, "reason": "休假" });
    company.of(Role::ReleaseOwner).act(&format!("{release}/actions/assign_role"), assigned).await.ok();
    let object = format!("/service-objects/{}", company.service_objects[0]);
    let named = |departments: Vec<&String>| json!({ "code": "CBS", "name": "核心业务系统", "customer_id": company.customer, "departments": departments });
    let fewer = named(vec![&company.departments["operations"]]);
    both.put(&object, fewer.clone()).await.problem(403, "register.own_release");
    let customer = format!("/customers/{}", company.customer);
    both.put(&customer, json!({ "name": "示例银行", "representatives": [] })).await.problem(403, "register.own_release");
    company.of(Role::ProcessOwner).put(&object, fewer).await.ok();
    // Also after the role is given away: a day off changes no side.
    let back = json!({ "role": "release_owner", "user_id": company.of(Role::ReleaseOwner).id, "reason": "回来" });
    both.act(&format!("{release}/actions/assign_role"), back).await.ok();
    both.put(&customer, json!({ "name": "示例银行", "representatives": [] })).await.problem(403, "register.own_release");
    let days = json!({ "year": 2026, "days": [{ "name": "元旦", "date": "2026-12-31", "isOffDay": true }] });
    both.put("/calendar/years/2026", days).await.problem(403, "register.own_release");
}

/// Principle 2, D19: whoever administers people and takes part in a release neither chooses its reviewers nor enters the account
/// of somebody in it.
#[tokio::test]
async fn refuses_the_administration_of_people_of_the_own_release() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let release = format!("/releases/{}", crate::releases::release(&company, "A").await["number"].as_str().unwrap());
    let both = company.hire("administers_both", &[Role::SystemAdministrator, Role::ReleaseAdministrator]).await;
    let assigned = json!({ "role": "release_administrator", "user_id": both.id, "reason": "接替" });
    company.of(Role::ReleaseOwner).act(&format!("{release}/actions/assign_role"), assigned).await.ok();
    let owner = company.of(Role::ReleaseOwner);
    let department = format!("/departments/{}", company.departments["operations"]);
    let found = both.get(&department).await.ok();
    let friend = json!({ "name": found["name"], "head": both.id, "deputy_head": null, "active": true });
    both.put(&department, friend.clone()).await.problem(403, "register.own_release");
    let person = format!("/users/{}", owner.id);
    both.act(&format!("{person}/password-reset"), json!({})).await.problem(403, "register.own_release");
    both.put(&format!("{person}/roles"), json!({ "roles": ["support_staff"] })).await.problem(403, "register.own_release");
    both.put(&person, json!({ "name": "x", "language": "en", "active": false })).await.problem(403, "register.own_release");
    // Nor does he make up people who decide, or deputies for those who do.
    let new = |roles: Value| json!({ "login": "made.up", "name": "新人", "language": "zh-CN", "roles": roles });
    both.post("/users", new(json!(["general_manager"]))).await.problem(403, "register.own_release");
    let stand_in = json!({ "principal": owner.id, "deputy": company.of(Role::SupportStaff).id, "from": "2026-03-02", "until": "2026-03-06" });
    both.post("/deputies", stand_in.clone()).await.problem(403, "register.own_release");
    let _stands_in = company.admin().post("/deputies", stand_in).await.expect(201);
    // Of others, and by somebody who has nothing to do with the release, all of it goes.
    let other = company.hire("somebody_else", &[Role::SupportStaff]).await;
    both.act(&format!("/users/{}/password-reset", other.id), json!({})).await.ok();
    company.admin().put(&department, friend).await.ok();
    company.admin().act(&format!("{person}/password-reset"), json!({})).await.ok();
}

/// RX, principle 8: readers by office never write.
#[tokio::test]
async fn refuses_an_auditor_with_a_say() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let admin = company.admin();
    let auditor = company.hire("reads_only", &[Role::Auditor]).await;
    let roles = json!({ "roles": ["auditor", "release_owner"] });
    let refused = admin.put(&format!("/users/{}/roles", auditor.id), roles.clone()).await.invalid();
    assert_eq!(refused, [("/roles".to_owned(), "field.invalid".to_owned())]);
    let new = json!({ "login": "chen.jie", "name": "陈洁", "language": "zh-CN", "roles": roles["roles"] });
    assert_eq!(admin.post("/users", new).await.invalid()[0].0, "/roles");
}
