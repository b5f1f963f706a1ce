//! The signatures under a version of the procedure (F1, 7b): who gives them, for whom, until when.

use crate::procedure_versions::{Cast, VERSION, VERSIONS, begun, cast, longer, pass, reasons, states, submitted, vote, waiting};
use fabu_domain::people::role::Role;
use fabu_testkit::{Actor, TestApp};
use serde_json::{Value, json};

/// Whoever is asked is told and reminded, and so is a deputy; whoever wrote it is told of the answer.
#[tokio::test]
async fn the_approval_is_mailed_and_brought_to_mind_like_any_other() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let Cast { author, reviewer, manager } = cast(&company);
    submitted(author, reviewer).await;
    app.work().await;
    let mails = async |kind: &str| -> Vec<Value> {
        let path = format!("/deliveries?kind={kind}&limit=100");
        let all = company.admin().again().await.get(&path).await.ok();
        all["items"].as_array().unwrap().iter().map(|mail| mail["recipient_id"].clone()).collect()
    };
    let asked = mails("approval_requested").await;
    assert_eq!((asked.len(), asked.contains(&json!(reviewer.id)), asked.contains(&json!(manager.id))), (2, true, true));
    app.pass(chrono::TimeDelta::days(1));
    assert_eq!(app.app.raise_reminders().await.unwrap(), 2, "reviewer and general manager");
    vote(&reviewer.again().await, json!({ "decision": "return", "comment": "第13章须写明期限" })).await.ok();
    app.work().await;
    assert_eq!(mails("returned").await, [json!(author.id)]);
    let author = author.again().await;
    let draft = author.get(VERSION).await.ok();
    assert_eq!(
        (&draft["state"], &draft["returned"]["reason"], &draft["prepared"]),
        (&json!("draft"), &json!("第13章须写明期限"), &Value::Null)
    );
    author.act(&format!("{VERSION}/submission"), json!({ "reviewer": reviewer.id })).await.ok();
    vote(&reviewer.again().await, pass()).await.ok();
    vote(&manager.again().await, pass()).await.ok();
    app.work().await;
    assert_eq!(mails("approval_decided").await, [json!(author.id)]);
}

#[tokio::test]
async fn refuses_an_approval_after_the_effective_day_until_a_new_day_is_set() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let Cast { author, reviewer, manager } = cast(&company);
    submitted(author, reviewer).await;
    vote(reviewer, pass()).await.ok();
    // In force nothing is without all three, whatever the day.
    app.clock.set("2026-03-10T01:00:00Z".parse().unwrap());
    let [author, reviewer, manager] = [author.again().await, reviewer.again().await, manager.again().await];
    assert_eq!(states(&author.get(VERSIONS).await.ok()), [("V1.1", "in_review"), ("V1.0", "in_force")]);
    let late = vote(&manager, pass()).await;
    assert_eq!(reasons(&late, "procedure_version.day_missed")[0].1, "F2");
    assert!(late.json()["blocked_by"][0]["message"].as_str().unwrap().contains("sets a new day"), "{}", late.text);
    vote(&manager, json!({ "decision": "return", "comment": "请重新设定实施日期" })).await.ok();
    author.put(&format!("{VERSION}/text"), longer(&author, Some("2026-03-10")).await).await.ok();
    author.act(&format!("{VERSION}/submission"), json!({ "reviewer": reviewer.id })).await.ok();
    vote(&manager, pass()).await.ok();
    assert_eq!(author.get(VERSION).await.ok()["state"], "in_review");
    vote(&reviewer, pass()).await.ok();
    assert_eq!(states(&author.get(VERSIONS).await.ok()), [("V1.1", "in_force"), ("V1.0", "superseded")]);
}

#[tokio::test]
async fn refuses_two_signatures_of_one_person_also_as_a_deputy() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let Cast { author, reviewer, manager } = cast(&company);
    author.post(VERSIONS, begun("V1.1", "2026-03-09")).await.ok();
    let submit = async |who: &str| author.act(&format!("{VERSION}/submission"), json!({ "reviewer": who })).await;
    for person in [author, manager] {
        let refused = submit(&person.id).await;
        assert_eq!(
            reasons(&refused, "procedure_version.signatory_twice"),
            [("procedure_version.signatory_twice".into(), "F1".into())]
        );
    }
    for person in [company.of(Role::CustomerRepresentative), company.of(Role::Auditor), company.person("nobody_special")] {
        reasons(&submit(&person.id).await, "procedure_version.reviewer_unfit");
    }
    assert_eq!(submit("0192f3c1-7b1e-7000-8000-0000000000ff").await.invalid()[0].0, "/reviewer");
    submit(&reviewer.id).await.ok();

    // Whoever acts for somebody is checked as if he held the seat.
    let helper = company.of(Role::Operations);
    let stands_in = async |principal: &Actor, deputy: &Actor| {
        let arranged = json!({ "principal": principal.id, "deputy": deputy.id, "from": "2026-03-01", "until": "2026-03-31" });
        principal.post("/deputies", arranged).await.ok();
    };
    stands_in(manager, author).await;
    stands_in(manager, reviewer).await;
    stands_in(manager, helper).await;
    stands_in(reviewer, helper).await;
    stands_in(reviewer, manager).await;
    let instead = |principal: &Actor| json!({ "decision": "pass", "on_behalf_of": principal.id });
    vote(author, instead(manager)).await.problem(403, "approval.contributor");
    vote(reviewer, instead(manager)).await.problem(403, "approval.one_vote_each");
    vote(manager, instead(reviewer)).await.problem(403, "approval.one_vote_each");
    vote(company.of(Role::Implementer), pass()).await.not_permitted();
    assert!(waiting(author).await.is_none());
    let can = reviewer.get(&format!("/approvals/{}", waiting(reviewer).await.unwrap()["id"].as_str().unwrap())).await.ok();
    assert_eq!(
        can["can_answer_for"].as_array().unwrap().iter().map(|p| p["id"].clone()).collect::<Vec<_>>(),
        [json!(reviewer.id)]
    );

    vote(helper, instead(reviewer)).await.ok();
    vote(helper, instead(manager)).await.problem(403, "approval.one_vote_each");
    assert!(waiting(helper).await.is_none() && waiting(reviewer).await.is_none() && waiting(manager).await.is_some());
    vote(reviewer, pass()).await.problem(403, "approval.answered");
    vote(manager, json!({ "decision": "pass_with_conditions", "comment": "x", "conditions": [{ "text": "x" }] }))
        .await
        .problem(409, "procedure_version.without_conditions");
    vote(manager, pass()).await.ok();
    let approved = author.get(VERSION).await.ok();
    assert_eq!((&approved["state"], &approved["reviewed"]["by"]["id"]), (&json!("approved"), &json!(helper.id)));
}

#[tokio::test]
async fn a_version_withdrawn_in_review_asks_nobody_any_more() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let Cast { author, reviewer, manager } = cast(&company);
    let approval = submitted(author, reviewer).await["approval_id"].as_str().unwrap().to_owned();
    let seen = reviewer.get(&format!("/approvals/{approval}")).await.etag();
    let gone = author.act(&format!("{VERSION}/withdrawal"), json!({ "reason": "方案有变" })).await.ok();
    assert_eq!(
        (&gone["state"], &gone["withdrawn"]["reason"], &gone["withdrawn"]["by"]["id"], &gone["approval_id"]),
        (&json!("withdrawn"), &json!("方案有变"), &json!(author.id), &Value::Null)
    );
    assert!(waiting(reviewer).await.is_none() && waiting(manager).await.is_none());
    let viewed = reviewer.get(&format!("/approvals/{approval}")).await.ok();
    assert_eq!((&viewed["state"], &viewed["void_reason"]), (&json!("void"), &json!("方案有变")));
    let path = format!("/approvals/{approval}/votes");
    reviewer.change_if(reqwest::Method::POST, &path, &seen, pass()).await.problem(412, "resource.stale");
}
