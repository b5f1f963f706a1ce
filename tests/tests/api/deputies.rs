use fabu_domain::people::role::Role;
use fabu_testkit::TestApp;
use serde_json::{Value, json};

#[tokio::test]
async fn everybody_arranges_their_own_stand_in_and_ends_it() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let (owner, deputy) = (company.of(Role::ReleaseOwner), company.person("second_release_owner"));
    let body = json!({ "principal": owner.id, "deputy": deputy.id, "from": "2026-03-02", "until": "2026-03-06", "absent": true });
    let path = format!("/deputies/{}", owner.post("/deputies", body).await.expect(201).id());
    let count = |found: Value| found["items"].as_array().map(Vec::len);
    assert_eq!(count(deputy.get(&format!("/deputies?user_id={}&on=2026-03-06", deputy.id)).await.ok()), Some(1));
    assert_eq!(count(deputy.get("/deputies?on=2026-03-07").await.ok()), Some(0));
    deputy.delete(&path).await.not_permitted();
    let _ended = owner.delete(&path).await.expect(204);
    owner.get(&path).await.problem(404, "resource.not_found");
}

#[tokio::test]
async fn refuses_affairs_of_others_oneself_past_days_reversed_days_and_overlaps() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let (owner, deputy) = (company.of(Role::ReleaseOwner), company.person("second_release_owner"));
    let body = |principal: &str, deputy: &str, from: &str, until: &str| json!({ "principal": principal, "deputy": deputy, "from": from, "until": until });
    let problem = deputy.post("/deputies", body(&owner.id, &deputy.id, "2026-03-02", "2026-03-06")).await.not_permitted();
    let who: Vec<&str> = problem.blocked_by[0].who.iter().map(|who| who.name.as_str()).collect();
    assert_eq!(who, ["release owner", "system administrator"]);
    let own = owner.post("/deputies", body(&owner.id, &owner.id, "2026-03-05", "2026-03-04")).await.invalid();
    let expected = [("/deputy", "field.unknown_reference"), ("/until", "field.dates")];
    assert_eq!(own, expected.map(|(p, c)| (p.to_owned(), c.to_owned())));
    assert_eq!(
        owner.post("/deputies", body(&owner.id, &deputy.id, "2026-02-01", "2026-03-01")).await.invalid()[0].1,
        "field.past"
    );
    company.admin().post("/deputies", body(&owner.id, &deputy.id, "2026-03-02", "2026-03-06")).await.expect(201).ok();
    owner.post("/deputies", body(&owner.id, &deputy.id, "2026-03-06", "2026-03-09")).await.problem(409, "deputy.overlap");
}
