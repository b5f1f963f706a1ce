use crate::releases::{path, release};
use fabu_domain::{address::segment, people::role::Role};
use fabu_testkit::{Actor, TestApp};
use reqwest::Method;
use serde_json::{Value, json};

fn numbers(found: &Value) -> Vec<String> {
    found["items"].as_array().unwrap().iter().map(|r| r["number"].as_str().unwrap().to_owned()).collect()
}

/// Every page of a list, two at a time, along its links.
async fn all_pages(reader: &Actor, query: &str) -> Vec<String> {
    let (mut found, mut next) = (Vec::new(), format!("/releases?limit=2{query}"));
    loop {
        let page = reader.get(&next).await.expect(200);
        found.extend(numbers(&page.json()));
        match page.header("link") {
            Some(link) => next = link.split(['<', '>']).nth(1).unwrap().to_owned(),
            None => return found,
        }
    }
}

#[tokio::test]
async fn pages_of_releases_follow_each_other_without_gap_or_double_in_every_order() {
    let app = TestApp::start().await;
    let company = app.company().await;
    for title in ["A", "B", "C", "D", "E"] {
        release(&company, title).await;
        app.pass(chrono::TimeDelta::seconds(1));
    }
    let auditor = company.of(Role::Auditor);
    let ascending: Vec<String> = (1..=5).map(|n| format!("REL-2026-000{n}")).collect();
    let descending: Vec<String> = ascending.iter().rev().cloned().collect();
    assert_eq!(all_pages(auditor, "").await, descending);
    for (sort, expected) in
        [("created_at", &ascending), ("-created_at", &descending), ("number", &ascending), ("-number", &descending)]
    {
        assert_eq!(&all_pages(auditor, &format!("&sort={sort}")).await, expected, "{sort}");
    }
    assert_eq!(all_pages(auditor, "&sort=window_start").await, [""; 0], "none has a window");
    let cursor = auditor.get("/releases?limit=2").await.ok()["next_cursor"].as_str().unwrap().to_owned();
    auditor.get(&format!("/releases?sort=number&cursor={cursor}")).await.problem(400, "query.cursor");
    for wrong in ["sort=title", "limit=0", "limit=101", "stage=nowhere", "quarter=2026Q5", "owner_id=x", "suspended=perhaps"] {
        auditor.get(&format!("/releases?{wrong}")).await.problem(400, "query.invalid");
    }
}

#[tokio::test]
async fn releases_are_found_by_what_they_are_and_by_who_works_on_them() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let (first, second) = (release(&company, "票务升级").await, release(&company, "网关升级").await);
    let (owner, other) = (company.of(Role::ReleaseOwner), company.person("second_release_owner"));
    owner.act(&format!("{}/actions/cancel", path(&first)), json!({ "reason": "撤销" })).await.ok();
    let hand_over = json!({ "role": "release_owner", "user_id": other.id, "reason": "休假" });
    owner.act(&format!("{}/actions/assign_role", path(&second)), hand_over).await.ok();
    let (one, two) = (vec!["REL-2026-0001".to_owned()], vec!["REL-2026-0002".to_owned()]);
    let both = vec![two[0].clone(), one[0].clone()];
    let (customer, object) = (&company.customer, &company.service_objects);
    for (query, expected) in [
        ("stage=planning".to_owned(), two.clone()),
        ("stage=planning,cancelled".to_owned(), both.clone()),
        ("stage=testing".to_owned(), vec![]),
        ("kind=minor,emergency".to_owned(), both.clone()),
        ("kind=major".to_owned(), vec![]),
        ("verdict=successful".to_owned(), vec![]),
        ("quarter=2026Q1".to_owned(), vec![]),
        (format!("customer_id={customer}"), both.clone()),
        (format!("service_object_id={}", object[0]), both.clone()),
        (format!("service_object_id={}", object[1]), vec![]),
        ("owner_id=me".to_owned(), one.clone()),
        (format!("owner_id={}", other.id), two.clone()),
        ("member_id=me".to_owned(), one.clone()),
        (format!("member_id={}", company.of(Role::Implementer).id), both.clone()),
        ("suspended=false".to_owned(), both.clone()),
        ("imported=true".to_owned(), vec![]),
        ("customer_id=none".to_owned(), vec![]),
        ("window_from=2026-01-01T00:00:00Z".to_owned(), vec![]),
        ("q=%E7%A5%A8%E5%8A%A1".to_owned(), one.clone()),
        ("q=rel-2026".to_owned(), both.clone()),
        ("q=%25".to_owned(), vec![]),
    ] {
        assert_eq!(numbers(&owner.get(&format!("/releases?{query}")).await.ok()), expected, "{query}");
    }
    let listed = owner.get("/releases?q=0002").await.ok()["items"][0].clone();
    assert_eq!((&listed["owner"]["id"], &listed["customer"]["name"]), (&json!(other.id), &json!("示例银行")));
    assert_eq!((&listed["stage"]["code"], &listed["status"]), (&json!("planning"), &json!("active")));
}

#[tokio::test]
async fn a_customer_representative_knows_only_of_releases_of_their_customer() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let path = path(&release(&company, "A").await);
    let stranger = company.hire("bai.xuefeng", &[Role::CustomerRepresentative]).await;
    stranger.get(&path).await.problem(404, "resource.not_found");
    stranger.get(&format!("{path}/gate?for=cancel")).await.problem(404, "resource.not_found");
    stranger.get(&format!("{path}/documents/release_plan")).await.problem(404, "resource.not_found");
    let cancel = stranger.change_if(Method::POST, &format!("{path}/actions/cancel"), "\"v1\"", json!({ "reason": "x" })).await;
    cancel.problem(404, "resource.not_found");
    assert_eq!(stranger.get("/releases").await.ok()["items"], json!([]));
    let known = company.of(Role::CustomerRepresentative);
    assert_eq!(known.get(&path).await.expect(200).json()["number"], "REL-2026-0001");
    assert_eq!(numbers(&known.get("/releases").await.ok()), ["REL-2026-0001"]);
}

/// A list is searched by what people remember: several words in any order, the number of a change, the name of a system.
#[tokio::test]
async fn releases_are_found_by_words_in_any_order_by_change_and_by_system() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let made = release(&company, "核心系统 季度补丁").await;
    let other = release(&company, "网络设备").await;
    let auditor = company.of(Role::Auditor);
    let view = auditor.get(&path(&made)).await.ok();
    let (number, other) = (made["number"].as_str().unwrap(), other["number"].as_str().unwrap());
    let found = async |q: &str| numbers(&auditor.get(&format!("/releases?q={}", segment(q))).await.ok());
    assert_eq!(found("补丁 核心").await, [number]);
    assert_eq!(found("补丁 网络").await, [""; 0]);
    assert_eq!(found(&other.to_lowercase()).await, [other]);
    let change = view["changes"][0]["number"].as_str().unwrap().to_lowercase();
    assert_eq!(found(&change).await, [number]);
    let system = view["service_objects"][0]["name"].as_str().unwrap();
    assert_eq!(found(&format!("{system} 补丁")).await, [number]);
}
