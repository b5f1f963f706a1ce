//! Large and odd bodies (RELIABILITY target 20, F11).

use fabu_testkit::{Actor, Answered, TestApp};
use reqwest::Method;

async fn put_in(actor: &Actor, kind: &str, body: Vec<u8>) -> Answered {
    actor.send(actor.request(Method::POST, "/departments").header("Content-Type", kind).body(body)).await
}

#[tokio::test]
async fn odd_json_is_refused_with_a_problem_and_changes_nothing() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let deep = |depth: usize| format!("{{\"name\":{}1{}}}", "[".repeat(depth), "]".repeat(depth));
    let nested = |depth: usize| "{\"name\":".repeat(depth) + "1" + &"}".repeat(depth);
    let keys: String = (0..100_000).map(|n| format!("\"k{n}\":1,")).collect();
    let utf16: Vec<u8> = "{\"name\":\"x\"}".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let corpus: Vec<(&str, Vec<u8>, u16, &str)> = vec![
        ("empty", b"".to_vec(), 400, "body.malformed"),
        ("white space", b"  \n".to_vec(), 400, "body.malformed"),
        ("cut", b"{\"name\":\"x\"".to_vec(), 400, "body.malformed"),
        ("two values", b"{\"name\":\"x\"}{}".to_vec(), 400, "body.malformed"),
        ("trailing comma", b"{\"name\":\"x\",}".to_vec(), 400, "body.malformed"),
        ("comment", b"{/*x*/\"name\":\"x\"}".to_vec(), 400, "body.malformed"),
        ("single quotes", b"{'name':'x'}".to_vec(), 400, "body.malformed"),
        ("NaN", b"{\"name\":NaN}".to_vec(), 400, "body.malformed"),
        ("byte order mark", "\u{FEFF}{\"name\":\"x\"}".as_bytes().to_vec(), 400, "body.malformed"),
        ("UTF-16", utf16, 400, "body.malformed"),
        ("not UTF-8", b"{\"name\":\"\xff\xfe\"}".to_vec(), 400, "body.malformed"),
        ("lone surrogate", b"{\"name\":\"\\ud800\"}".to_vec(), 400, "body.malformed"),
        ("raw line break in a string", b"{\"name\":\"a\nb\"}".to_vec(), 400, "body.malformed"),
        ("form", b"name=x".to_vec(), 400, "body.malformed"),
        ("null", b"null".to_vec(), 422, "field.wrong_type"),
        ("number", b"1".to_vec(), 422, "field.wrong_type"),
        ("list for an object", b"[\"x\",null,null,true]".to_vec(), 422, "field.wrong_type"),
        ("list in a field", b"{\"name\":[\"x\"]}".to_vec(), 422, "field.wrong_type"),
        ("deep list", deep(100_000).into_bytes(), 422, "field.wrong_type"),
        ("deep object", nested(100_000).into_bytes(), 422, "field.wrong_type"),
        ("huge number", b"{\"name\":1e400}".to_vec(), 400, "body.malformed"),
        ("missing field", b"{}".to_vec(), 422, "field.missing"),
        ("unknown field", b"{\"name\":\"x\",\"id\":1}".to_vec(), 422, "field.unknown"),
        ("prototype", b"{\"name\":\"x\",\"__proto__\":{}}".to_vec(), 422, "field.unknown"),
        ("many keys", format!("{{{keys}\"name\":\"x\"}}").into_bytes(), 422, "field.unknown"),
        ("duplicate key", b"{\"name\":\"x\",\"name\":\"y\"}".to_vec(), 422, "field.duplicate"),
        ("U+0000", b"{\"name\":\"a\\u0000b\"}".to_vec(), 422, "field.control_character"),
        ("line break in a name", b"{\"name\":\"a\\r\\nBcc: x\"}".to_vec(), 422, "field.control_character"),
        ("white space only", b"{\"name\":\" \"}".to_vec(), 422, "field.empty"),
        ("long name", format!("{{\"name\":\"{}\"}}", "x".repeat(201)).into_bytes(), 422, "field.too_long"),
        ("boolean as text", b"{\"name\":\"x\",\"active\":\"true\"}".to_vec(), 422, "field.wrong_type"),
        ("id that is none", b"{\"name\":\"x\",\"head\":\"../x\"}".to_vec(), 422, "field.invalid"),
        ("large", vec![b' '; 2 * 1024 * 1024 + 1], 413, "body.too_large"),
    ];
    for (name, body, status, code) in corpus {
        let answer = put_in(company.admin(), "application/json", body).await;
        assert_eq!(answer.status, status, "{name}: {}", answer.text);
        if status == 422 {
            assert_eq!(answer.invalid()[0].1, code, "{name}");
        } else {
            answer.problem(status, code);
        }
    }
    let departments = company.admin().get("/departments").await.ok();
    assert_eq!(departments["items"].as_array().map(Vec::len), Some(2));
}

/// What is invisible in pasted text is taken out, nothing is refused for it.
#[tokio::test]
async fn invisible_characters_are_taken_out() {
    let app = TestApp::start().await;
    let company = app.company().await;
    for (n, hidden) in ["\u{200B}", "\u{FEFF}", "\u{200E}", "\u{2060}", "\u{202E}", "\u{E0041}"].into_iter().enumerate() {
        let body = serde_json::json!({ "name": format!("{hidden}部门{hidden}{n}") });
        let made = company.admin().post("/departments", body).await.expect(201).json();
        assert_eq!(made["name"], format!("部门{n}"), "{hidden:?}");
    }
    let nothing = serde_json::json!({ "name": "\u{200B}\u{FEFF}" });
    assert_eq!(company.admin().post("/departments", nothing).await.invalid()[0].1, "field.empty");
}

/// Chinese readers are told in Chinese words, the JSON reader's own ones too.
#[tokio::test]
async fn chinese_readers_are_told_in_chinese_what_is_wrong_with_a_field() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let ask = async |body: serde_json::Value| {
        let request = company.admin().request(Method::POST, "/departments").json(&body);
        let mut headers = reqwest::header::HeaderMap::new();
        headers.insert("accept-language", "zh-CN".parse().unwrap());
        company.admin().send(request.headers(headers)).await.text
    };
    let long = ask(serde_json::json!({ "name": "长".repeat(201) })).await;
    assert!(long.contains("最多 200 个字符，现有 201 个"), "{long}");
    let wrong = ask(serde_json::json!({ "name": 7 })).await;
    assert!(wrong.contains("类型不正确：应为文本，实际为整数"), "{wrong}");
}

#[tokio::test]
async fn pointers_name_the_field() {
    let app = TestApp::start().await;
    let company = app.company().await;
    for (body, pointer, code) in [
        (
            "{\"name\":\"x\",\"representatives\":[{\"user_id\":1,\"from\":\"2026-01-01\"}]}",
            "/representatives/0/user_id",
            "field.wrong_type",
        ),
        ("{\"name\":\"x\",\"representatives\":[{\"from\":\"2026-01-01\"}]}", "/representatives/0/user_id", "field.missing"),
        ("{\"name\":\"x\",\"representatives\":[{\"state/~x\":1}]}", "/representatives/0/state~1~0x", "field.unknown"),
        ("{\"name\":\"x\",\"contract\":\"\"}", "/contract", "field.empty"),
    ] {
        let request = company.admin().request(Method::POST, "/customers").header("Content-Type", "application/json").body(body);
        assert_eq!(company.admin().send(request).await.invalid(), [(pointer.to_owned(), code.to_owned())], "{body}");
    }
}

#[tokio::test]
async fn other_media_types_and_compressed_bodies_are_refused() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let body = || b"{\"name\":\"x\"}".to_vec();
    for kind in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/json; charset=utf-16",
        "application/jsonp",
        "multipart/form-data",
    ] {
        put_in(company.admin(), kind, body()).await.problem(415, "body.media_type");
    }
    let admin = company.admin();
    let zipped =
        admin.request(Method::POST, "/departments").header("Content-Type", "application/json").header("Content-Encoding", "gzip");
    admin.send(zipped.body(body())).await.problem(415, "body.media_type");
    admin.send(admin.request(Method::POST, "/departments").body(body())).await.problem(415, "body.media_type");
    put_in(admin, "Application/JSON; charset=UTF-8", body()).await.expect(201).ok();
}

#[tokio::test]
async fn odd_queries_are_refused() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let admin = company.admin();
    admin.get(&format!("/departments?q={}", "发".repeat(200))).await.ok();
    admin.get(&format!("/departments?q={}", "发".repeat(201))).await.problem(400, "query.invalid");
    let unknown = admin.get("/departments?nmae=x").await.problem(400, "query.unknown_parameter");
    assert_eq!(unknown.title, "Unknown query parameter nmae; allowed: active, q, cursor, limit");
    for query in ["active=maybe", "limit=-1", "limit=1e3", "q=a&q=b", "q=%00", "q=a%0Db", "active"] {
        admin.get(&format!("/departments?{query}")).await.problem(400, "query.invalid");
    }
    admin
        .send(admin.request(Method::POST, "/departments?x=1").json(&serde_json::json!({})))
        .await
        .problem(400, "query.unknown_parameter");
}

#[tokio::test]
async fn a_body_that_does_not_arrive_in_time_is_answered_and_changes_nothing() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let app = TestApp::start_with(|settings| settings.body_deadline = std::time::Duration::from_millis(200)).await;
    let company = app.company().await;
    let known = company.admin().get("/departments?limit=100").await.ok();
    let mut connection = tokio::net::TcpStream::connect(app.url.trim_start_matches("http://")).await.unwrap();
    let head = format!(
        "POST /api/v1/departments HTTP/1.1\r\nHost: fabu\r\nAuthorization: Bearer {}\r\nContent-Type: application/json\r\n\
         Idempotency-Key: slow\r\nContent-Length: 20\r\n\r\n{{\"name\":",
        company.admin().token().unwrap()
    );
    connection.write_all(head.as_bytes()).await.unwrap();
    let mut answer = String::new();
    // The rest never comes; the server answers and closes.
    tokio::time::timeout(std::time::Duration::from_secs(20), connection.read_to_string(&mut answer)).await.unwrap().unwrap();
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
    assert!(answer.contains("\"code\":\"request.timeout\""), "{answer}");
    assert_eq!(company.admin().get("/departments?limit=100").await.ok(), known);
}
