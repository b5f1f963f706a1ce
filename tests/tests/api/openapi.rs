use fabu_testkit::TestApp;
use serde_json::Value;

#[test]
fn the_committed_description_is_the_generated_one() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../openapi/openapi.json");
    let generated = fabu_testkit::openapi();
    if std::env::var_os("UPDATE_OPENAPI").is_some() {
        std::fs::write(path, &generated).unwrap();
    }
    assert_eq!(std::fs::read_to_string(path).unwrap_or_default(), generated, "run with UPDATE_OPENAPI=1");
}

#[tokio::test]
async fn the_description_and_its_page_are_served_without_outside_addresses() {
    let app = TestApp::start().await;
    let nobody = app.nobody();
    let served: Value = nobody.get("/openapi.json").await.expect(200).json();
    assert_eq!(served["openapi"], "3.1.0");
    let page = nobody.get("//api/docs/").await.expect(200);
    assert!(page.text.contains("swagger-ui") && !page.text.contains("https://"), "{}", page.text);
    let script = nobody.get("//api/docs/swagger-initializer.js").await.expect(200);
    assert!(script.text.contains("/api/v1/openapi.json"), "{}", script.text);
}
