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
    assert!(told.contains("/setup#token=") && told.contains("fabu user add"), "{told}");
}

/// Only whoever reads what the program printed can set it up; the token outlives a restart and is not printed afterwards.
#[tokio::test]
async fn prints_the_token_for_the_first_administrator_until_there_is_one() {
    let instance = Instance::empty();
    let token_in = |told: &str| told.split("/setup#token=").nth(1).map(|rest| rest[..27].to_owned());
    let first = token_in(&instance.serve(&[]).await.stop("TERM").await.ok()).unwrap();
    let server = instance.serve(&[]).await;
    let body = |token: &str| serde_json::json!({ "login": "admin", "name": "管理员", "password": "tulip-orbit-93-kettle", "language": "zh-CN", "token": token });
    let nobody = Actor::nobody(&server.url);
    nobody.post("/setup", body("000000-000000-000000-000000")).await.problem(403, "setup.token_wrong");
    nobody.post("/setup", body(&first)).await.ok();
    assert_eq!(token_in(&server.stop("TERM").await.ok()), Some(first));
    assert_eq!(token_in(&instance.serve(&[]).await.stop("TERM").await.ok()), None);
}

/// An address that browsers cannot open would end up in every link and cookie: it is refused before anything is made.
#[tokio::test]
async fn refuses_a_base_url_that_nobody_can_open() {
    let instance = Instance::empty();
    for wrong in
        ["release.example.com", "ftp://host", "https://u:geheim@host", "https://host/?x", "https://host/#x", "https://host/api"]
    {
        let answer = instance.run(&["serve", "--listen", "127.0.0.1:0", "--base-url", wrong]).await;
        assert_eq!(answer.code, Some(2), "{wrong}: {}{}", answer.out, answer.err);
        assert!(answer.err.contains("https://intranet.example.com/fabu"), "{}", answer.err);
    }
    assert!(!instance.data_dir().join("secret.key").exists());
}

/// A key copied from an example opens every session: it is refused with what to do.
#[tokio::test]
async fn refuses_a_key_that_somebody_could_guess() {
    use std::os::unix::fs::PermissionsExt;
    let instance = Instance::empty();
    for wrong in [
        "00".repeat(32),
        "0123456789abcdef".repeat(4),
        b"change-this-secret-key-right-now".iter().map(|byte| format!("{byte:02x}")).collect(),
        "ab".repeat(16),
    ] {
        let file = instance.file("keys", format!("{wrong}\n"));
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
        let refused = instance.run(&["serve", "--listen", "127.0.0.1:0", "--secret-file", &file]).await.refused();
        assert!(refused.contains("can be guessed") && refused.contains("openssl rand -hex 32"), "{wrong}: {refused}");
        assert!(!refused.contains(&wrong));
    }
}

/// Nobody else on the machine reads the records, whatever the umask of the service manager is.
#[tokio::test]
async fn what_it_writes_can_be_read_by_its_own_account_only() {
    use std::os::unix::fs::PermissionsExt;
    let instance = Instance::empty();
    let data = instance.data_dir().join("deeper/data");
    let server = instance.serve(&["--data-dir", data.to_str().unwrap()]).await;
    let administrator = instance.administrator(&server).await;
    drop(administrator.get("/me").await.ok());
    drop(server.stop("TERM").await.ok());
    let mut seen = vec![data];
    let mut files = 0;
    while let Some(path) = seen.pop() {
        let about = std::fs::metadata(&path).unwrap();
        assert_eq!(about.permissions().mode() & 0o077, 0, "{}", path.display());
        if about.is_dir() {
            seen.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else {
            files += 1;
        }
    }
    assert!(files > 0);
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

/// A process that was given another folder, or a share that is not mounted, would answer 500 for the files of the others: it does
/// not start.
#[tokio::test]
async fn refuses_another_folder_of_files_than_the_first_process_marked() {
    let instance = Instance::empty();
    let shared = instance.data_dir().join("shared");
    let (shared, other) = (shared.to_str().unwrap(), instance.data_dir().join("other"));
    let first = instance.serve(&["--attachments", shared]).await;
    let second = instance.serve(&["--attachments", shared]).await;
    for server in [first, second] {
        drop(server.stop("TERM").await.ok());
    }
    let refused = instance.run(&["serve", "--listen", "127.0.0.1:0", "--attachments", other.to_str().unwrap()]).await.refused();
    assert!(refused.contains("the mark is missing") && refused.contains("--attachments"), "{refused}");
    let marker = other.join("fabu-attachments");
    std::fs::write(&marker, "another instance").unwrap();
    let refused = instance.run(&["serve", "--listen", "127.0.0.1:0", "--attachments", other.to_str().unwrap()]).await.refused();
    assert!(refused.contains("it belongs to another"), "{refused}");
    let refused = instance.run(&["serve", "--listen", "127.0.0.1:0"]).await.refused();
    assert!(refused.contains("the mark is missing"), "the folder in the data directory is another one, too: {refused}");
}
