use crate::support::Instance;
use fabu_testkit::Actor;
use std::time::{Duration, Instant};

#[tokio::test]
async fn serves_an_empty_instance_and_says_how_to_set_it_up() {
    let instance = Instance::empty();
    let server = instance.serve(&[]).await;
    let nobody = Actor::nobody(&server.url);
    assert_eq!(nobody.get("//livez").await.expect(200).text, "ok");
    assert_eq!(nobody.get("//readyz").await.expect(200).text, "ready");
    assert_eq!(nobody.get("/setup").await.ok()["needed"], true);
    let told = server.stop("TERM").await.ok();
    assert!(told.contains("migrations applied"), "{told}");
    assert!(told.contains("/api/v1/setup") && told.contains("fabu user add"), "{told}");
}

#[tokio::test]
async fn stops_in_time_at_either_signal_while_a_client_keeps_its_connection() {
    let instance = Instance::empty();
    for signal in ["TERM", "INT"] {
        let server = instance.serve(&["--grace", "10"]).await;
        let client = Actor::nobody(&server.url);
        assert_eq!(client.get("//livez").await.text, "ok");
        let begin = Instant::now();
        let stopped = server.stop(signal).await;
        assert!(begin.elapsed() < Duration::from_secs(12), "{:?}", begin.elapsed());
        assert_eq!(stopped.code, Some(0), "{signal}: {}", stopped.err);
        assert!(stopped.err.contains("stopped"), "{}", stopped.err);
        drop(client);
    }
}

#[tokio::test]
async fn seals_what_happened_before_it_ends() {
    let instance = Instance::empty();
    let server = instance.serve(&[]).await;
    instance.administrator(&server).await;
    drop(server.stop("TERM").await.ok());
    let found = instance.run(&["verify"]).await.ok();
    assert!(found.contains(" 0 events wait for their seal") && found.contains("everything is in order"), "{found}");
    assert!(!found.contains("log: 0 events"), "{found}");
}

#[tokio::test]
async fn leaves_the_log_unsealed_without_the_worker() {
    let instance = Instance::empty();
    let server = instance.serve(&["--no-worker"]).await;
    instance.administrator(&server).await;
    drop(server.stop("TERM").await.ok());
    let found = instance.run(&["verify"]).await.ok();
    assert!(found.contains(" 0 seals checked"), "{found}");
}

#[tokio::test]
async fn keeps_sessions_over_a_restart_because_it_keeps_its_key() {
    let instance = Instance::empty();
    // Tokens are for one address; the port changes with the restart.
    let address = ["--base-url", "http://fabu.example.com"];
    let server = instance.serve(&address).await;
    let admin = instance.administrator(&server).await;
    drop(server.stop("TERM").await.ok());
    let server = instance.serve(&address).await;
    assert_eq!(admin.at(&server.url).get("/me").await.ok()["login"], "admin");
    drop(server.stop("TERM").await.ok());
}

#[tokio::test]
async fn refuses_a_port_that_is_taken_and_a_key_that_others_can_read() {
    let instance = Instance::empty();
    let server = instance.serve(&[]).await;
    let taken = server.url.trim_start_matches("http://").to_owned();
    let refused = instance.run(&["serve", "--listen", &taken]).await.refused();
    assert!(refused.contains("--listen"), "{refused}");
    drop(server.stop("TERM").await.ok());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let key = instance.data_dir().join("secret.key");
        std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o640)).unwrap();
        let refused = instance.run(&["serve", "--listen", "127.0.0.1:0"]).await.refused();
        assert!(refused.contains("chmod 600"), "{refused}");
    }
}

#[tokio::test]
async fn answers_a_request_whose_body_is_still_arriving_when_it_is_told_to_stop() {
    use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
    let instance = Instance::empty();
    let server = instance.serve(&["--grace", "10"]).await;
    let admin = instance.administrator(&server).await;
    let connection = tokio::net::TcpStream::connect(server.url.trim_start_matches("http://")).await.unwrap();
    let mut connection = BufReader::new(connection);
    let body = "{\"name\":\"晚到的部门\"}";
    let head = format!(
        "POST /api/v1/departments HTTP/1.1\r\nHost: fabu\r\nAuthorization: Bearer {}\r\nContent-Type: application/json\r\n\
         Idempotency-Key: late\r\nExpect: 100-continue\r\nContent-Length: {}\r\n\r\n",
        admin.token().unwrap(),
        body.len()
    );
    connection.get_mut().write_all(head.as_bytes()).await.unwrap();
    let mut line = String::new();
    connection.read_line(&mut line).await.unwrap();
    assert!(line.starts_with("HTTP/1.1 100 "), "the request runs and waits for its body: {line}");
    let stopping = tokio::spawn(server.stop("TERM"));
    connection.get_mut().write_all(body.as_bytes()).await.unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).await.unwrap();
    assert!(answer.contains("HTTP/1.1 201 ") && answer.contains("晚到的部门"), "{answer}");
    let stopped = stopping.await.unwrap();
    assert_eq!(stopped.code, Some(0), "{}", stopped.err);
}

#[tokio::test]
async fn a_stop_ends_open_streams_instead_of_waiting_for_them() {
    let instance = Instance::empty();
    let server = instance.serve(&["--grace", "60"]).await;
    let administrator = instance.administrator(&server).await;
    let mut stream = administrator.request(reqwest::Method::GET, "/events/stream").send().await.unwrap();
    assert!(stream.chunk().await.unwrap().is_some_and(|first| first.starts_with(b"retry")));
    let begin = Instant::now();
    assert_eq!(server.stop("TERM").await.code, Some(0));
    assert!(begin.elapsed() < Duration::from_secs(30), "{:?}", begin.elapsed());
}
