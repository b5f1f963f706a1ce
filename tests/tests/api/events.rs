use fabu_domain::people::role::Role;
use fabu_testkit::TestApp;
use serde_json::{Value, json};

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
async fn the_latest_entries_come_first_when_asked_for_and_every_kind_has_a_name() {
    let app = TestApp::start().await;
    let company = app.company().await;
    app.seal().await;
    let auditor = company.of(Role::Auditor);
    let (mut seen, mut before) = (Vec::new(), String::new());
    loop {
        let page = auditor.get(&format!("/events?order=newest&limit=30{before}")).await.ok();
        seen.extend(page["items"].as_array().unwrap().clone());
        match page["next_before"].as_i64() {
            Some(seq) => before = format!("&before={seq}"),
            None => break,
        }
    }
    let numbers: Vec<i64> = seen.iter().map(|event| event["seq"].as_i64().unwrap()).collect();
    assert_eq!(numbers, (1..=numbers.len() as i64).rev().collect::<Vec<_>>());
    assert!(numbers.len() > 60, "more than two pages");
    let newer = auditor.get(&format!("/events?after={}&order=newest&limit=100", numbers.len() - 3)).await.ok();
    assert_eq!((newer["items"].as_array().unwrap().len(), &newer["next_after"]), (3, &numbers.len().into()));
    let kinds = company.of(Role::SupportStaff).get("/events/kinds").await.ok();
    let kinds = kinds["items"].as_array().unwrap().clone();
    for event in seen {
        assert!(kinds.iter().any(|known| known["kind"] == event["kind"]), "{} has no name", event["kind"]);
    }
}

#[tokio::test]
async fn the_description_tells_each_kind_that_the_api_lists() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let api: Value = serde_json::from_str(&fabu_testkit::openapi()).unwrap();
    let described = &api["components"]["schemas"]["EventKindsView"]["x-event-kinds"];
    let words =
        |list: &str| -> Vec<Value> { described[list].as_array().unwrap().iter().map(|row| row["word"].clone()).collect() };
    let (families, topics) = (words("families"), words("topics"));
    let listed = company.of(Role::Auditor).get("/events/kinds").await.ok();
    let (listed, kinds) = (listed["items"].as_array().unwrap(), described["kinds"].as_array().unwrap());
    assert_eq!(listed.len(), kinds.len());
    for (listed, kind) in listed.iter().zip(kinds) {
        let word = kind["kind"].as_str().unwrap();
        assert_eq!((&listed["kind"], &listed["zh"]), (&kind["kind"], &kind["name"]["zh-CN"]));
        assert!(families.iter().any(|family| word.starts_with(&format!("{}.", family.as_str().unwrap()))), "{word}");
        assert!(topics.contains(&kind["topic"]), "{word}");
    }
    let of = |word: &str| kinds.iter().find(|kind| kind["kind"] == word).unwrap();
    assert_eq!(
        of("release.stage_changed"),
        &json!({
            "kind": "release.stage_changed", "topic": "stage", "tone": "neutral",
            "name": { "zh-CN": "进入新阶段", "en": "Stage changed" },
            "sentence": { "zh-CN": "进入“{{stage}}”", "en": "Now in “{{stage}}”" },
        })
    );
    assert_eq!((&of("task.returned")["tone"], &of("document.draft_saved")["tone"]), (&json!("bad"), &json!("quiet")));
    assert_eq!((&of("department.created")["topic"], &of("department.created")["sentence"]), (&json!("other"), &Value::Null));
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
