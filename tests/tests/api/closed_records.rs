//! A closed record is closed for everybody, and readers by office write nothing, over HTTP (5.10a, D20).

use crate::records::reasons;
use fabu_domain::{people::role::Role, subjects::release::stage::Stage};
use fabu_testkit::{Actor, Answered, TestApp, Voyage};
use reqwest::{
    Method,
    multipart::{Form, Part},
};
use serde_json::json;

const TEXT: &[u8] = b"late evidence";

async fn upload(actor: &Actor, path: &str, reason: Option<&str>) -> Answered {
    let form = Form::new().part("file", Part::bytes(TEXT.to_vec()).file_name("late.txt"));
    let form = match reason {
        Some(reason) => form.text("reason", reason.to_owned()),
        None => form,
    };
    actor.send(actor.request(Method::POST, path).multipart(form)).await
}

/// D20: after closing only its administrator adds a file, as a marked addendum with its reason, by an event of its own.
#[tokio::test]
async fn refuses_comments_and_files_after_closing_but_for_an_addendum_of_its_administrator() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_owned();
    let app = TestApp::start_with(move |settings| settings.data_dir = path).await;
    let company = app.company().await;
    let voyage = Voyage::begin(&app, &company).await;
    let addenda = voyage.path("/addenda");
    let administrator = voyage.of(Role::ReleaseAdministrator).await;
    assert_eq!(reasons(&upload(&administrator, &addenda, Some("早了")).await), ["release.wrong_stage"]);
    voyage.travel_to(Stage::Closed).await;
    let administrator = voyage.of(Role::ReleaseAdministrator).await;
    for person in company.people() {
        let person = person.again().await;
        let comment = person.post(&voyage.path("/comments"), json!({ "text": "补充说明" })).await;
        let file = upload(&person, &voyage.path("/attachments"), None).await;
        assert!([403, 404, 409].contains(&comment.status.as_u16()), "{}: {}", person.login, comment.text);
        assert!([403, 404, 409].contains(&file.status.as_u16()), "{}: {}", person.login, file.text);
        if person.id != administrator.id {
            let late = upload(&person, &addenda, Some("现场照片晚到")).await;
            assert!([403, 404].contains(&late.status.as_u16()), "{}: {}", person.login, late.text);
        }
    }
    administrator.post(&voyage.path("/comments"), json!({ "text": "补充" })).await.problem(409, "release.closed");
    assert_eq!(upload(&administrator, &addenda, None).await.invalid()[0].0, "/reason");
    let made = upload(&administrator, &addenda, Some("现场照片晚到")).await.expect(201).json();
    assert_eq!((&made["file_name"], &made["addendum_reason"]), (&json!("late.txt"), &json!("现场照片晚到")));
    let events = administrator.get(&voyage.path("/events")).await.ok();
    let newest = &events["items"][0];
    assert_eq!((&newest["kind"], &newest["payload"]["reason"]), (&json!("attachment.addendum_added"), &json!("现场照片晚到")));
    let listed = administrator.get(&voyage.path("/attachments")).await.ok();
    assert_eq!(listed["items"][0]["addendum_reason"], "现场照片晚到");
}

/// 5.10a: whoever reads by office (auditor) or runs the program writes nothing, in any stage.
#[tokio::test]
async fn refuses_comments_and_files_of_the_auditor_and_the_system_administrator() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_owned();
    let app = TestApp::start_with(move |settings| settings.data_dir = path).await;
    let company = app.company().await;
    let voyage = Voyage::begin(&app, &company).await;
    for role in [Role::Auditor, Role::SystemAdministrator] {
        let reader = company.of(role);
        reader.get(&voyage.path("")).await.ok();
        reader.post(&voyage.path("/comments"), json!({ "text": "看过了" })).await.not_permitted();
        upload(reader, &voyage.path("/attachments"), None).await.not_permitted();
        let release = reader.get(&voyage.path("")).await.ok();
        let allowed = release["actions"].as_array().unwrap().iter().filter(|action| action["allowed"] == true).count();
        assert_eq!(allowed, 0, "nothing is offered");
    }
}
