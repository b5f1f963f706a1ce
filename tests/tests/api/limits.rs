//! Nobody can take all memory or all connections (RELIABILITY targets 20 and 21).

use crate::releases::release;
use fabu_domain::people::role::Role;
use fabu_testkit::{Actor, LimitOptions, RawRequest, TestApp, Voyage};
use futures::{StreamExt, stream::FuturesUnordered};
use reqwest::Method;
use serde_json::json;
use std::time::Duration;

fn bearer(actor: &Actor) -> String {
    format!("Authorization: Bearer {}", actor.token().unwrap_or_default())
}

fn json_of(length: usize) -> [String; 2] {
    ["Content-Type: application/json".to_owned(), format!("Content-Length: {length}")]
}

/// A request with a JSON body of which only the beginning is sent.
async fn half_sent(app: &TestApp, line: &str, actor: Option<&Actor>, length: usize, body: &[u8]) -> RawRequest {
    let mut headers: Vec<String> = json_of(length).to_vec();
    headers.extend(actor.map(bearer));
    RawRequest::begin(&app.url, line, &headers, body).await
}

fn assert_answer(answer: &str, status: u16, code: &str) {
    assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{answer}");
    assert!(answer.contains(&format!("\"code\":\"{code}\"")), "{answer}");
}

#[tokio::test]
async fn somebody_who_has_not_signed_in_may_send_8_kib() {
    let app = TestApp::start().await;
    for path in ["/setup", "/auth/login", "/auth/refresh", "/auth/logout"] {
        let line = format!("POST /api/v1{path}");
        let announced = half_sent(&app, &line, None, 8193, b"").await.answer().await;
        assert_answer(&announced, 413, "body.too_large");
        let chunked = ["Content-Type: application/json".to_owned(), "Transfer-Encoding: chunked".to_owned()];
        let body = [b"2328\r\n".as_slice(), &[b' '; 9000], b"\r\n0\r\n\r\n"].concat();
        assert_answer(&RawRequest::begin(&app.url, &line, &chunked, &body).await.answer().await, 413, "body.too_large");
    }
    // Elsewhere nothing at all.
    assert_answer(&half_sent(&app, "POST /api/v1/departments", None, 100, b"").await.answer().await, 401, "token.missing");
}

#[tokio::test]
async fn the_session_is_checked_before_the_body_is_read() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let number = release(&company, "x").await["number"].as_str().unwrap_or_default().to_owned();
    let person = company.of(Role::ReleaseAdministrator);
    let change = json!({ "current_password": person.password, "new_password": "marble-comet-58-lantern" });
    person.send(person.request(Method::PUT, "/me/password").json(&change)).await.ok();
    let answer = half_sent(&app, "POST /api/v1/departments", Some(person), 1000, b"{").await.answer().await;
    assert_answer(&answer, 401, "session.ended");
    let headers =
        ["Content-Type: multipart/form-data; boundary=x".to_owned(), "Content-Length: 900000".to_owned(), bearer(person)];
    let line = format!("POST /api/v1/releases/{number}/attachments");
    assert_answer(&RawRequest::begin(&app.url, &line, &headers, b"--x\r\n").await.answer().await, 401, "session.ended");
}

#[tokio::test]
async fn an_account_has_so_many_requests_under_way_and_others_go_on() {
    let limits = LimitOptions { requests_per_account: 50, ..LimitOptions::default() };
    let app = TestApp::start_limited(limits, |_| {}).await;
    let company = app.company().await;
    let (admin, other) = (company.admin(), company.of(Role::Auditor));
    let mut open = FuturesUnordered::new();
    for _ in 0..55 {
        let mut request = half_sent(&app, "POST /api/v1/departments", Some(admin), 20, b"{").await;
        open.push(async move { request.answer().await });
    }
    // Five are refused at once; the others wait for the rest of their body.
    for _ in 0..5 {
        assert_answer(&open.next().await.unwrap(), 429, "request.too_many");
    }
    let refused = admin.get("/me").await;
    refused.problem(429, "request.too_many");
    assert_eq!(refused.header("retry-after").as_deref(), Some("1"));
    other.get("/me").await.ok();
    drop(open);
    until(200, admin, "/me").await;
}

/// Asks again until the answer has this status.
async fn until(status: u16, actor: &Actor, path: &str) -> fabu_testkit::Answered {
    let asked = async {
        loop {
            let answer = actor.get(path).await;
            if answer.status == status {
                return answer;
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(20), asked).await.unwrap()
}

#[tokio::test]
async fn an_account_has_eight_event_streams_and_everybody_together_as_many_as_the_operator_says() {
    let limits = LimitOptions { streams: 10, ..LimitOptions::default() };
    let app = TestApp::start_limited(limits, |_| {}).await;
    let company = app.company().await;
    let open = |actor: &Actor| actor.request(Method::GET, "/events/stream").send();
    let (first, second) = (company.of(Role::Auditor), company.admin());
    let mut streams = Vec::new();
    for _ in 0..8 {
        let stream = open(first).await.unwrap();
        assert_eq!(stream.status(), 200);
        streams.push(stream);
    }
    first.get("/events/stream").await.problem(429, "stream.too_many");
    for _ in 0..2 {
        let stream = open(second).await.unwrap();
        assert_eq!(stream.status(), 200);
        streams.push(stream);
    }
    second.get("/events/stream").await.problem(503, "server.busy");
    first.get("/me").await.ok();
    drop(streams);
    let again = async { while open(first).await.unwrap().status() != 200 {} };
    tokio::time::timeout(Duration::from_secs(20), again).await.unwrap();
}

#[tokio::test]
async fn an_account_sends_four_files_at_once() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let voyage = Voyage::begin(&app, &company).await;
    let tester = voyage.of(Role::ReleaseTester).await;
    let line = format!("POST /api/v1{}", voyage.path("/attachments"));
    let headers =
        ["Content-Type: multipart/form-data; boundary=x".to_owned(), "Content-Length: 900000".to_owned(), bearer(&tester)];
    let begin = b"--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nbeginning";
    let mut answers = FuturesUnordered::new();
    for _ in 0..9 {
        let mut upload = RawRequest::begin(&app.url, &line, &headers, begin).await;
        answers.push(async move { upload.answer().await });
    }
    // Five are refused at once; the other four wait for the rest of their file.
    for _ in 0..5 {
        assert_answer(&answers.next().await.unwrap(), 429, "request.too_many");
    }
    assert_eq!(answers.len(), 4);
    tester.get("/me").await.ok();
}

#[tokio::test]
async fn bodies_under_way_share_a_budget_of_which_an_account_has_a_part() {
    let limits = LimitOptions { body_bytes: 40_000, body_bytes_per_account: 30_000, ..LimitOptions::default() };
    let app = TestApp::start_limited(limits, |_| {}).await;
    let company = app.company().await;
    let (hog, other) = (company.admin(), company.of(Role::Auditor));
    let beginning = [b"{\"name\":\"".as_slice(), &[b'x'; 28_000]].concat();
    let _open = half_sent(&app, "POST /api/v1/departments", Some(hog), 40_000, &beginning).await;
    let text = |length: usize| json!({ "name": "x".repeat(length) });
    let sent = async {
        loop {
            let answer = hog.post("/departments", text(4_000)).await;
            if answer.status != 422 {
                return answer;
            }
        }
    };
    let refused = tokio::time::timeout(Duration::from_secs(20), sent).await.unwrap();
    refused.problem(429, "request.too_much_under_way");
    let busy = other.post("/departments", text(14_000)).await;
    busy.problem(503, "server.busy");
    assert_eq!(busy.header("retry-after").as_deref(), Some("2"));
    assert_eq!(other.post("/departments", text(4_000)).await.status, 422, "what fits is read");
}

#[tokio::test]
async fn an_address_has_so_many_connections_and_one_more_is_closed() {
    let limits = LimitOptions { connections_per_address: Some(3), ..LimitOptions::default() };
    let app = TestApp::start_limited(limits, |_| {}).await;
    let mut open = Vec::new();
    for _ in 0..3 {
        let mut connection = RawRequest::begin(&app.url, "GET /api/v1/setup", &[], b"").await;
        assert!(connection.answer().await.starts_with("HTTP/1.1 200 "));
        open.push(connection);
    }
    let answer = RawRequest::begin(&app.url, "GET /api/v1/setup", &[], b"").await.answer().await;
    assert_answer(&answer, 429, "request.too_many_connections");
    let lower = answer.to_ascii_lowercase();
    for header in ["connection: close", "x-content-type-options: nosniff", "retry-after: 10", "x-request-id: "] {
        assert!(lower.contains(header), "{header}: {answer}");
    }
    drop(open);
    let again = async {
        while !RawRequest::begin(&app.url, "GET /api/v1/setup", &[], b"").await.answer().await.starts_with("HTTP/1.1 200 ") {}
    };
    tokio::time::timeout(Duration::from_secs(20), again).await.unwrap();
}
