//! Bills of materials of media (9.2a): read for the hash, kept as they came.

use crate::attachments::{form, start, upload};
use fabu_domain::people::role::Role;
use fabu_testkit::{Actor, Company};
use serde_json::{Value, json};

const OURS: &str = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

async fn medium(company: &Company) -> (Actor, String) {
    let keeper = company.of(Role::ConfigurationAdministrator);
    let body = json!({ "name": "core", "item_version": "1", "kind": "application", "sha256": OURS, "source": "git",
        "custodian": keeper.id, "place": "/media/core.tar.gz" });
    let made = keeper.post("/media-library", body).await.expect(201);
    (keeper.clone(), format!("/media-library/{}", made.id()))
}

fn cyclone_dx(sha256: &str) -> String {
    json!({ "bomFormat": "CycloneDX", "specVersion": "1.6", "metadata": { "component": { "name": "core", "type": "application",
        "hashes": [{ "alg": "SHA-256", "content": sha256 }] } }, "components": [{ "name": "a" }, { "name": "b" }] })
    .to_string()
}

/// A medium with a bill of materials.
pub async fn described(company: &Company) {
    let (keeper, medium) = medium(company).await;
    upload(&keeper, &format!("{medium}/files"), form("core.cdx.json", cyclone_dx(OURS).as_bytes())).await.ok();
}

fn spdx(sha256: Option<&str>) -> String {
    let sums: Vec<Value> = sha256.iter().map(|sum| json!({ "algorithm": "SHA256", "checksumValue": sum })).collect();
    json!({ "spdxVersion": "SPDX-2.3", "documentDescribes": ["SPDXRef-core"],
        "packages": [{ "SPDXID": "SPDXRef-core", "name": "core", "checksums": sums }] })
    .to_string()
}

#[tokio::test]
async fn a_bill_of_materials_comes_back_byte_for_byte_with_what_was_read_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let app = start(&folder).await;
    let company = app.company().await;
    let (keeper, medium) = medium(&company).await;
    let files = format!("{medium}/files");
    let text = cyclone_dx(&OURS.to_uppercase());
    let made = upload(&keeper, &files, form("核心.cdx.json", text.as_bytes())).await.expect(201);
    let view = made.json();
    assert_eq!((&view["format"], &view["format_version"], &view["components"]), (&json!("cyclonedx"), &json!("1.6"), &json!(2)));
    assert_eq!((&view["names_hash"], &view["size"]), (&json!(true), &json!(text.len())));
    let got = company.of(Role::Auditor).get(&made.header("location").unwrap()).await.expect(200);
    assert_eq!((got.text.as_str(), got.header("content-type").as_deref()), (text.as_str(), Some("application/octet-stream")));
    let without = upload(&keeper, &files, form("core.spdx.json", spdx(None).as_bytes())).await.expect(201).json();
    assert_eq!((&without["format"], &without["names_hash"]), (&json!("spdx"), &json!(false)), "accepted with a remark");
    let listed = company.of(Role::Implementer).get(&files).await.ok();
    assert_eq!(listed["items"], json!([view, without]));
    app.seal().await;
    let log = company.of(Role::Auditor).get(&format!("/events?subject={}", &medium[1..])).await.ok();
    let added = log["items"].as_array().unwrap().iter().rfind(|entry| entry["kind"] == json!("media_item.file_added")).unwrap();
    assert_eq!(added["payload"]["file_name"], json!("core.spdx.json"));
    let storage = company.admin().get("/storage").await.ok();
    assert_eq!(
        (&storage["files"], &storage["people"][0]["files"]),
        (&json!(2), &json!(2)),
        "counted with all other files: {storage}"
    );
    assert!(app.app.verify(Vec::new(), |_| ()).await.unwrap().sound());
    let kept = company.of(Role::Auditor).get(&made.header("location").unwrap()).await.expect(200);
    assert_eq!(kept.text, text);
}

#[tokio::test]
async fn refuses_the_bill_of_materials_of_another_file_and_what_is_none() {
    let folder = tempfile::tempdir().unwrap();
    let app = start(&folder).await;
    let company = app.company().await;
    let (keeper, medium) = medium(&company).await;
    let files = format!("{medium}/files");
    let other = "1".repeat(64);
    for (text, place) in [
        (cyclone_dx(&other), "/metadata/component/hashes/0/content"),
        (spdx(Some(&other)), "/packages/0/checksums/0/checksumValue"),
    ] {
        let refused = upload(&keeper, &files, form("sbom.json", text.as_bytes())).await;
        assert_eq!(refused.invalid(), [("/file".to_owned(), "sbom.hash_differs".to_owned())]);
        let message = refused.json()["errors"][0]["message"].as_str().unwrap().to_owned();
        assert!([place, &other, OURS].iter().all(|said| message.contains(said)), "{message}");
    }
    for text in ["{}", "[]", "not json", r#"{ "bomFormat": "CycloneDX", "specVersion": "2.0" }"#] {
        let refused = upload(&keeper, &files, form("sbom.json", text.as_bytes())).await;
        assert_eq!(refused.invalid(), [("/file".to_owned(), "sbom.refused".to_owned())], "{text}");
    }
    let fits = cyclone_dx(OURS);
    upload(company.of(Role::Implementer), &files, form("sbom.json", fits.as_bytes())).await.not_permitted();
    let unknown = "/media-library/0192f3c1-7b1e-7000-8000-000000000001/files";
    upload(&keeper, unknown, form("sbom.json", fits.as_bytes())).await.problem(404, "resource.not_found");
    keeper.get(unknown).await.problem(404, "resource.not_found");
    keeper.get(&format!("{files}/0192f3c1-7b1e-7000-8000-000000000001")).await.problem(404, "resource.not_found");
    assert_eq!(keeper.get(&files).await.ok(), json!({ "items": [] }));
    assert_eq!(crate::attachments::files(&folder), 0, "what was refused leaves no file");
}
