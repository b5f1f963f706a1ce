use fabu_domain::{notifications::delivery::Queue, people::role::Role};
use fabu_testkit::TestApp;
use serde_json::json;

#[tokio::test]
async fn a_job_of_another_version_is_given_up_listed_and_queued_again() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let admin = company.admin();
    let id = app.enqueue("count_stars", Queue::General, json!({ "sky": "north" })).await;
    assert!(app.work().await >= 1);
    let dead = admin.get("/jobs?status=dead").await.ok();
    assert_eq!((&dead["items"][0]["id"], &dead["items"][0]["attempts"]), (&json!(id), &json!(1)));
    assert!(dead["items"][0]["last_error"].as_str().is_some_and(|error| error.contains("count_stars")));
    let path = format!("/jobs/{id}");
    let again = admin.act(&format!("{path}/requeue"), json!({})).await.ok();
    assert_eq!((&again["status"], &again["attempts"]), (&json!("pending"), &json!(0)));
    admin.act(&format!("{path}/requeue"), json!({})).await.problem(409, "job.not_dead");
    assert_eq!(app.work().await, 1, "it ran again");
    assert_eq!(admin.get(&path).await.ok()["status"], "dead");
}

#[tokio::test]
async fn only_administrators_see_jobs() {
    let app = TestApp::start().await;
    let company = app.company().await;
    for path in ["/jobs", "/jobs/0192f3c1-7b1e-7000-8000-0000000000ff"] {
        company.of(Role::ProcessOwner).get(path).await.not_permitted();
    }
}

#[tokio::test]
async fn what_is_due_too_long_turns_the_health_of_the_worker_red() {
    let app = TestApp::start().await;
    app.work().await;
    let nobody = app.nobody();
    let healthy = nobody.get("//workerz").await;
    assert_eq!(healthy.status, 200);
    app.enqueue("count_stars", Queue::General, json!({})).await;
    app.pass(chrono::TimeDelta::seconds(31));
    let stalled = nobody.get("//workerz").await;
    assert_eq!(stalled.status, 503, "{}", stalled.text);
    assert!(stalled.json()["detail"].as_str().is_some_and(|detail| detail.contains("31 s")));
    let ready = nobody.get("//readyz?verbose").await;
    let worker = ready.json()["checks"].as_array().unwrap().last().cloned().unwrap();
    assert_eq!((ready.status.as_u16(), &worker["ok"]), (200, &json!(false)), "people can go on");
    app.work().await;
    assert_eq!(nobody.get("//workerz").await.status, 200);
}
