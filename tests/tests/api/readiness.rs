//! `/readyz` (RELIABILITY target 6): not ready when nothing more can be written.

use fabu_testkit::TestApp;

#[tokio::test]
async fn is_ready_when_rows_and_files_can_be_written() {
    let app = TestApp::start().await;
    let checks = app.nobody().get("//readyz?verbose").await.expect(200).json();
    let named: Vec<&str> = checks["checks"].as_array().into_iter().flatten().filter_map(|check| check["name"].as_str()).collect();
    assert_eq!(named, ["database.read", "database.write", "disk.space", "files.folder", "worker.oldest_due"]);
    assert_eq!(app.app.prune_attempt_limits().await.unwrap(), 1, "the probe wrote a row, and leaves nothing behind");
}

#[tokio::test]
async fn is_not_ready_on_a_full_disk() {
    // A file system without any space, on every Linux.
    let app = TestApp::start_with(|settings| settings.data_dir = "/proc".into()).await;
    let checks = app.nobody().get("//readyz?verbose").await.expect(503).json();
    let space = &checks["checks"][2];
    assert_eq!((space["name"].as_str(), space["ok"].as_bool()), (Some("disk.space"), Some(false)), "{checks}");
    assert_eq!(app.nobody().get("//readyz").await.expect(503).text, "not ready");
}
