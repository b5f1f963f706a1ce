use fabu_domain::role::Role;
use fabu_testkit::TestApp;

#[tokio::test]
async fn the_feed_is_read_without_gap_and_the_chain_verifies() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let auditor = company.of(Role::Auditor);
    assert_eq!(auditor.get("/events").await.ok()["items"].as_array().map(Vec::len), Some(0), "nothing is sealed yet");
    app.seal().await;
    let (mut after, mut seen) = (0, Vec::new());
    loop {
        let page = auditor.get(&format!("/events?after={after}&limit=7")).await.ok();
        seen.extend(page["items"].as_array().unwrap().iter().map(|e| e["seq"].as_i64().unwrap()));
        if page["next_after"] == after {
            break;
        }
        after = page["next_after"].as_i64().unwrap();
    }
    assert_eq!(seen, (1..=seen.len() as i64).collect::<Vec<_>>());
    let created = auditor.get("/events?kind=user.created&limit=100").await.ok();
    assert_eq!(created["items"].as_array().map(Vec::len), Some(company.people().count()));
    let found = auditor.get("/events/verification").await.ok();
    assert_eq!((&found["sound"], &found["unsealed"], &found["seals"]), (&true.into(), &0.into(), &seen.len().into()));
}

#[tokio::test]
async fn only_administrators_process_owners_and_auditors_read_the_log() {
    let app = TestApp::start().await;
    let company = app.company().await;
    for person in company.people() {
        let may = ["admin", "process_owner", "auditor"].contains(&person.login.as_str());
        for path in ["/events", "/events/verification"] {
            let answer = person.get(path).await;
            if may { drop(answer.ok()) } else { drop(answer.not_permitted()) }
        }
    }
}
