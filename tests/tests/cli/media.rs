use crate::support::Instance;
use serde_json::json;

const EMPTY: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/// 9.2a: the exit code tells whether the library is what was checked in.
#[tokio::test]
async fn the_check_of_the_library_fails_when_a_file_differs_and_passes_when_it_is_put_right() {
    let instance = Instance::empty();
    let server = instance.serve(&[]).await;
    let _administrator = instance.administrator(&server).await;
    let keeper = instance.person(&server, "keeper", "configuration_administrator").await;
    let id = keeper.get("/me").await.ok()["id"].clone();
    // The folder of the instance is no library: nothing in it is looked at.
    let library = tempfile::tempdir().unwrap();
    let file = library.path().join("core.tar.gz").display().to_string();
    let write = |content: &[u8]| std::fs::write(&file, content).unwrap();
    write(b"");
    let medium = json!({ "name": "core", "item_version": "1.0", "kind": "application", "sha256": EMPTY, "source": "git",
        "custodian": id, "place": file });
    let _made = keeper.post("/media-library", medium).await.expect(201);
    let told = instance.run(&["media", "check"]).await.ok();
    assert!(told.contains("1 media are as they were checked in, 0 differ or are gone"), "{told}");
    write(b"another");
    let failed = instance.run(&["media", "check"]).await;
    assert_eq!(failed.code, Some(1), "{}{}", failed.out, failed.err);
    assert!(failed.out.contains(&format!("DIFFERS core 1.0 ({file}): found SHA-256")), "{}", failed.out);
    write(b"");
    drop(instance.run(&["media", "check", "--minutes", "5"]).await.ok());
    drop(server.stop("TERM").await.ok());
}
