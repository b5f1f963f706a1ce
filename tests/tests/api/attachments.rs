use fabu_domain::{
    people::role::Role,
    time::clock::{Clock, SystemClock},
};
use fabu_testkit::{Actor, Answered, TestApp, Voyage};
use reqwest::{
    Method,
    multipart::{Form, Part},
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n";
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0";

pub fn form(name: &str, bytes: &[u8]) -> Form {
    Form::new().part("file", Part::bytes(bytes.to_vec()).file_name(name.to_owned()))
}

pub async fn upload(actor: &Actor, path: &str, form: Form) -> Answered {
    actor.send(actor.request(Method::POST, path).multipart(form)).await
}

pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A server whose files lie in a folder of its own, and a release on it.
pub async fn start(folder: &tempfile::TempDir) -> TestApp {
    let path = folder.path().to_owned();
    TestApp::start_with(move |settings| settings.data_dir = path).await
}

pub fn files(folder: &tempfile::TempDir) -> usize {
    let entries = |path: std::path::PathBuf| std::fs::read_dir(path).into_iter().flatten().flatten().map(|entry| entry.path());
    entries(folder.path().join("attachments")).flat_map(entries).count()
}

#[tokio::test]
async fn a_file_comes_back_byte_for_byte_and_never_opens_in_the_browser() {
    let folder = tempfile::tempdir().unwrap();
    let app = start(&folder).await;
    let company = app.company().await;
    let voyage = Voyage::begin(&app, &company).await;
    let (tester, path) = (voyage.of(Role::ReleaseTester).await, voyage.path("/attachments"));
    let made = upload(&tester, &path, form("测试 报告.pdf", PDF)).await.expect(201);
    let view = made.json();
    assert_eq!((&view["file_name"], &view["media_type"]), (&json!("测试 报告.pdf"), &json!("application/pdf")));
    assert_eq!((&view["size"], &view["sha256"]), (&json!(PDF.len()), &json!(sha256(PDF))));
    let place = made.header("location").unwrap();
    assert_eq!(place, format!("/api/v1{path}/{}", made.id()));
    let got = company.of(Role::Auditor).get(&place).await.expect(200);
    assert_eq!(got.text.as_bytes(), PDF);
    let header = |name: &str| got.header(name).unwrap_or_default();
    assert_eq!(
        header("content-disposition"),
        "attachment; filename=\"__ __.pdf\"; filename*=UTF-8''%E6%B5%8B%E8%AF%95%20%E6%8A%A5%E5%91%8A.pdf"
    );
    assert_eq!(
        (header("content-type").as_str(), header("x-content-type-options").as_str()),
        ("application/octet-stream", "nosniff")
    );
    assert_eq!(
        (header("content-security-policy").as_str(), header("cache-control").as_str()),
        ("default-src 'none'; sandbox", "no-store")
    );
    assert_eq!(tester.get(&path).await.ok()["items"], json!([view]));
    let events = tester.get(&voyage.path("/events")).await.ok();
    assert_eq!(
        (&events["items"][0]["kind"], &events["items"][0]["payload"]["sha256"]),
        (&json!("attachment.added"), &view["sha256"])
    );
}

#[tokio::test]
async fn the_same_file_may_be_attached_twice_and_to_several_releases() {
    let folder = tempfile::tempdir().unwrap();
    let app = start(&folder).await;
    let company = app.company().await;
    let (one, other) = (Voyage::begin(&app, &company).await, Voyage::begin(&app, &company).await);
    let tester = one.of(Role::ReleaseTester).await;
    for path in [one.path("/attachments"), one.path("/attachments"), other.path("/attachments")] {
        upload(&tester, &path, form("log.txt", b"ok")).await.expect(201).ok();
    }
    assert_eq!(files(&folder), 3);
}

#[tokio::test]
async fn names_never_choose_the_place_and_folders_in_them_are_dropped() {
    let folder = tempfile::tempdir().unwrap();
    let app = start(&folder).await;
    let company = app.company().await;
    let voyage = Voyage::begin(&app, &company).await;
    let (tester, path) = (voyage.of(Role::ReleaseTester).await, voyage.path("/attachments"));
    for (name, kept) in [
        ("../../../../tmp/evil.txt", "evil.txt"),
        ("/etc/cron.d/evil.txt", "evil.txt"),
        ("C:\\Windows\\evil.txt", "evil.txt"),
        ("..%2f..%2fevil.txt", "..%2f..%2fevil.txt"),
        ("con.txt", "con.txt"),
        ("a;b=\"c\".txt", "a;b=\"c\".txt"),
    ] {
        let made = upload(&tester, &path, form(name, b"text")).await.expect(201);
        assert_eq!(made.json()["file_name"], kept, "{name}");
        let got = tester.get(&made.header("location").unwrap()).await.expect(200);
        assert!(!got.header("content-disposition").unwrap().contains("/.."), "{name}");
    }
    assert_eq!(files(&folder), 6, "every file lies where we put it");
    let long = format!("{}.txt", "长".repeat(300));
    for (name, code) in [
        ("..", "file.type_refused"),
        ("dir/", "field.empty"),
        (long.as_str(), "field.too_long"),
        ("pay\u{202E}txt.fdp", "file.type_refused"),
    ] {
        let answer = upload(&tester, &path, form(name, b"text")).await;
        assert_eq!(answer.invalid(), [("/file".to_owned(), code.to_owned())], "{name}");
    }
    // A control character ends the head of the part: the form itself is malformed, and no name is read from it.
    upload(&tester, &path, form("pay\u{7}.txt", b"text")).await.problem(400, "body.malformed");
    assert_eq!(files(&folder), 6, "a refused file leaves nothing");
}

#[tokio::test]
async fn refuses_types_that_are_not_allowed_or_do_not_fit_the_name() {
    let folder = tempfile::tempdir().unwrap();
    let app = start(&folder).await;
    let company = app.company().await;
    let voyage = Voyage::begin(&app, &company).await;
    let (tester, path) = (voyage.of(Role::ReleaseTester).await, voyage.path("/attachments"));
    let exe = b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0\xb8\0\0\0\0\0\0\0@\0";
    for (name, bytes) in [
        ("report.pdf", exe.as_slice()),
        ("report.pdf", PNG),
        ("picture.png", PDF),
        ("setup.exe", exe),
        ("page.html", b"<!DOCTYPE html><script>alert(1)</script>"),
        ("picture.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>"),
        ("run.sh", b"#!/bin/sh\nrm -rf /\n"),
        ("notes.txt", b"\xff\xfe\x00broken"),
        ("notes.txt", PDF),
        ("report", PDF),
        ("report.pdf", b"just text"),
    ] {
        let answer = upload(&tester, &path, form(name, bytes)).await;
        assert_eq!(answer.invalid(), [("/file".to_owned(), "file.type_refused".to_owned())], "{name}");
    }
    assert_eq!(upload(&tester, &path, form("empty.txt", b"")).await.invalid()[0].1, "file.size_refused");
    let (gb, _, _) = encoding_rs::GB18030.encode("编号,名称\n");
    let accepted: [(&str, &[u8]); 6] = [
        ("shot.png", PNG),
        ("REPORT.PDF", PDF),
        ("data.csv", "编号,名称\n".as_bytes()),
        ("data.sql", &gb),
        ("web.config", b"<?xml version=\"1.0\"?><configuration/>"),
        ("README.md", b"<!-- toc -->\n# x\n"),
    ];
    for (name, bytes) in accepted {
        upload(&tester, &path, form(name, bytes)).await.expect(201).ok();
    }
    assert_eq!(files(&folder), 6);
    let refused = upload(&tester, &path, form("plan.docx", PNG)).await;
    assert!(refused.text.contains("The name ends in .docx, the content is a PNG picture"), "{}", refused.text);
}

#[tokio::test]
async fn refuses_files_that_are_too_large_while_they_arrive() {
    let folder = tempfile::tempdir().unwrap();
    let app = start(&folder).await;
    let company = app.company().await;
    let voyage = Voyage::begin(&app, &company).await;
    let (tester, path) = (voyage.of(Role::ReleaseTester).await, voyage.path("/attachments"));
    let limit = 20 * 1024 * 1024;
    upload(&tester, &path, form("big.txt", &vec![b'x'; limit])).await.expect(201).ok();
    for more in [1, 10 * 1024 * 1024] {
        upload(&tester, &path, form("big.txt", &vec![b'x'; limit + more])).await.problem(413, "body.too_large");
    }
    assert_eq!(files(&folder), 1);
}

#[tokio::test]
async fn refuses_other_bodies_other_fields_and_two_files() {
    let folder = tempfile::tempdir().unwrap();
    let app = start(&folder).await;
    let company = app.company().await;
    let voyage = Voyage::begin(&app, &company).await;
    let (tester, path) = (voyage.of(Role::ReleaseTester).await, voyage.path("/attachments"));
    tester.post(&path, json!({ "file": "x" })).await.problem(415, "body.form_type");
    let text = |name: &'static str| Form::new().part(name, Part::bytes(b"text".to_vec()).file_name("a.txt"));
    assert_eq!(upload(&tester, &path, text("other")).await.invalid(), [("/other".to_owned(), "field.unknown".to_owned())]);
    let two = form("a.txt", b"a").part("file", Part::bytes(b"b".to_vec()).file_name("b.txt"));
    assert_eq!(upload(&tester, &path, two).await.invalid(), [("/file".to_owned(), "field.duplicate".to_owned())]);
    let request = tester.request(Method::POST, &path).header("Content-Type", "multipart/form-data; boundary=x");
    assert_eq!(tester.send(request.body("--x--\r\n")).await.invalid(), [("/file".to_owned(), "field.missing".to_owned())]);
    let request = tester.request(Method::POST, &path).header("Content-Type", "multipart/form-data");
    tester.send(request.body("nothing")).await.problem(400, "body.malformed");
    let nobody = app.nobody();
    upload(&nobody, &path, form("a.txt", b"a")).await.problem(401, "token.missing");
    upload(&tester, "/releases/REL-2026-9999/attachments", form("a.txt", b"a")).await.problem(404, "resource.not_found");
    assert_eq!(files(&folder), 0);
}

#[tokio::test]
async fn a_file_of_another_release_is_not_found_and_cannot_be_named_as_evidence() {
    let folder = tempfile::tempdir().unwrap();
    let app = start(&folder).await;
    let company = app.company().await;
    let (one, other) = (Voyage::begin(&app, &company).await, Voyage::begin(&app, &company).await);
    let tester = one.of(Role::ReleaseTester).await;
    let id = upload(&tester, &one.path("/attachments"), form("a.txt", b"a")).await.id();
    tester.get(&other.path(&format!("/attachments/{id}"))).await.problem(404, "resource.not_found");
    let stranger = company.hire("stranger", &[Role::CustomerRepresentative]).await;
    stranger.get(&one.path(&format!("/attachments/{id}"))).await.problem(404, "resource.not_found");
    upload(&stranger, &one.path("/attachments"), form("a.txt", b"a")).await.problem(404, "resource.not_found");
    assert_eq!(files(&folder), 1);
}

#[tokio::test]
async fn a_repeated_upload_gives_the_same_bytes_and_leaves_one_file() {
    let folder = tempfile::tempdir().unwrap();
    let app = start(&folder).await;
    let company = app.company().await;
    let voyage = Voyage::begin(&app, &company).await;
    let (tester, path) = (voyage.of(Role::ReleaseTester).await, voyage.path("/attachments"));
    let send = async |name: &str, bytes: &[u8]| {
        let request = tester.request(Method::POST, &path).header("Idempotency-Key", "once").multipart(form(name, bytes));
        tester.send(request).await
    };
    let first = send("a.txt", b"one").await.expect(201);
    let again = send("a.txt", b"one").await.expect(201);
    assert_eq!((first.text.as_str(), again.header("idempotent-replayed").as_deref()), (again.text.as_str(), Some("true")));
    send("a.txt", b"two").await.problem(422, "idempotency.key_reused");
    send("b.txt", b"one").await.problem(422, "idempotency.key_reused");
    assert_eq!(files(&folder), 1);
    let list: Value = tester.get(&path).await.ok();
    assert_eq!(list["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_file_that_was_changed_on_disk_is_not_handed_out() {
    let folder = tempfile::tempdir().unwrap();
    let app = start(&folder).await;
    let company = app.company().await;
    let voyage = Voyage::begin(&app, &company).await;
    let tester = voyage.of(Role::ReleaseTester).await;
    let made = upload(&tester, &voyage.path("/attachments"), form("a.txt", b"one")).await.expect(201);
    let folders = std::fs::read_dir(folder.path().join("attachments")).unwrap().map(|entry| entry.unwrap().path());
    let file = folders.flat_map(|path| std::fs::read_dir(path).unwrap()).next().unwrap().unwrap().path();
    std::fs::write(file, b"two").unwrap();
    let answer = tester.get(&made.header("location").unwrap()).await;
    answer.problem(500, "server.internal");
    assert!(!answer.text.contains("differs"), "{}", answer.text);
}

#[tokio::test]
async fn sweeps_files_that_no_attachment_knows_after_a_day_and_no_others() {
    let folder = tempfile::tempdir().unwrap();
    let app = start(&folder).await;
    assert_eq!(app.app.sweep_files().await.unwrap(), 0, "nothing was uploaded yet");
    let company = app.company().await;
    let voyage = Voyage::begin(&app, &company).await;
    let tester = company.of(Role::ReleaseTester);
    let attached = upload(tester, &voyage.path("/attachments"), form("证据.pdf", PDF)).await.expect(201).json();
    let lost = folder.path().join("attachments/7f/019f0000-0000-7000-8000-00000000007f");
    std::fs::create_dir_all(lost.parent().unwrap()).unwrap();
    std::fs::write(&lost, PDF).unwrap();
    // Files bear the time of the machine: the instance looks at them from there.
    let since = Clock::now(&SystemClock) - app.app.clock.now();
    app.pass(since);
    assert_eq!(app.app.sweep_files().await.unwrap(), 0, "an upload may be under way");
    app.pass(chrono::TimeDelta::hours(25));
    assert_eq!(app.app.sweep_files().await.unwrap(), 1);
    assert!(!lost.exists());
    let tester = tester.again().await;
    let id = attached["id"].as_str().unwrap();
    assert_eq!(tester.get(&voyage.path(&format!("/attachments/{id}"))).await.expect(200).text.as_bytes(), PDF);
    assert_eq!(app.app.sweep_files().await.unwrap(), 0);
}

/// §3.2: a file is what was uploaded, or the check says so; a file that nobody uploaded is named.
#[tokio::test]
async fn the_check_finds_a_file_that_was_changed_cut_swapped_removed_or_added() {
    let folder = tempfile::tempdir().unwrap();
    let app = start(&folder).await;
    let company = app.company().await;
    let voyage = Voyage::begin(&app, &company).await;
    let (tester, path) = (voyage.of(Role::ReleaseTester).await, voyage.path("/attachments"));
    drop(upload(&tester, &path, form("a.pdf", PDF)).await.expect(201));
    drop(upload(&tester, &path, form("b.png", PNG)).await.expect(201));
    app.seal().await;
    let faults = async || {
        let found = app.app.verify(Vec::new(), |_| {}).await.unwrap();
        assert_eq!(found.files, 2);
        found.faults.into_iter().map(|fault| format!("{}: {}", fault.record, fault.what)).collect::<Vec<_>>()
    };
    assert_eq!(faults().await, Vec::<String>::new());
    let place = |kind: &str| {
        let entries = |path: std::path::PathBuf| std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path());
        let of_kind = |file: &std::path::PathBuf| std::fs::read(file).unwrap().starts_with(kind.as_bytes());
        entries(folder.path().join("attachments")).flat_map(entries).find(of_kind).unwrap()
    };
    let pdf = place("%PDF");
    let named = format!("release {}, file a.pdf: ", voyage.number);
    let changed = PDF.iter().rev().copied().collect::<Vec<_>>();
    for (bytes, what) in [(changed.as_slice(), "its SHA-256 differs"), (&PDF[..9], "has 9 bytes instead of"), (PNG, "instead of")]
    {
        std::fs::write(&pdf, bytes).unwrap();
        let found = faults().await;
        assert!(found.len() == 1 && found[0].starts_with(&named) && found[0].contains(what), "{found:?}");
    }
    std::fs::remove_file(&pdf).unwrap();
    let found = faults().await;
    assert!(found.len() == 1 && found[0].starts_with(&format!("{named}cannot be read")), "{found:?}");
    std::fs::write(&pdf, PDF).unwrap();
    std::fs::write(pdf.with_file_name("another.pdf"), PDF).unwrap();
    let found = faults().await;
    assert!(found.len() == 1 && found[0].contains("another.pdf: belongs to no attachment"), "{found:?}");
}

/// What is granted to a release, to a person and to all is not exceeded, also not by two at once; the refusal has the figures.
#[tokio::test]
async fn refuses_files_beyond_the_room_of_a_release_a_person_and_the_instance() {
    let size = i64::try_from(PDF.len()).unwrap();
    let room = |release: i64, person: i64, instance: i64| fabu_app::subjects::releases::StorageQuota {
        release: release * size,
        person: person * size,
        instance: instance * size,
    };
    for (quota, status, code) in [
        (room(2, 9, 9), 413, "attachment.release_quota"),
        (room(9, 2, 9), 413, "attachment.person_quota"),
        (room(9, 9, 2), 507, "attachment.instance_quota"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().to_owned();
        let app = TestApp::start_with(move |settings| (settings.data_dir, settings.storage_quota) = (path, quota)).await;
        let company = app.company().await;
        let voyage = Voyage::begin(&app, &company).await;
        let (tester, path) = (voyage.of(Role::ReleaseTester).await, voyage.path("/attachments"));
        let uploads = (0..4).map(|n| upload(&tester, &path, form(&format!("{n}.pdf"), PDF)));
        let answers = futures::future::join_all(uploads).await;
        let (taken, refused): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| answer.status == 201);
        assert_eq!(taken.len(), 2, "{code}: {answers:?}");
        for answer in refused {
            assert!(answer.problem(status, code).title.contains("0.1 of 0.1 MiB"), "{code}");
        }
        assert_eq!(files(&folder), 2, "{code}: what was refused is gone");
        let shown = company.admin().get("/storage").await.ok();
        assert_eq!((&shown["files"], &shown["bytes"]), (&json!(2), &json!(2 * size)));
        assert_eq!(shown["instance_quota"], json!(quota.instance));
        assert_eq!(shown["releases"], json!([{ "number": voyage.number, "bytes": 2 * size, "files": 2 }]));
        assert_eq!(shown["people"][0]["id"], json!(tester.id));
        tester.get("/storage").await.not_permitted();
    }
}
