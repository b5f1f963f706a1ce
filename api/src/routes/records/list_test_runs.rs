use crate::{
    answer::{Answer, Reply},
    dto::{
        records::{Items, TestRunView},
        releases::people::Names,
    },
    extract::Read,
};
use actix_web::get;
use fabu_app::subjects::releases;

/// The test runs, oldest first.
#[utoipa::path(
    tag = "tests",
    operation_id = "list_test_runs",
    params(("number" = String, Path, description = "The release's number.", example = "REL-2026-0007")),
    responses((status = 200, description = "All of them.", body = Items<TestRunView>))
)]
#[get("/releases/{number}/test-runs")]
pub async fn list_test_runs(call: Read<String>) -> Answer {
    call.answer(|rx, number, _| {
        let context = releases::view_release(rx, number)?;
        let items = context.dossier.test_runs.iter().map(|item| TestRunView::new(item, Names::of(rx))).collect();
        Reply::ok(&Items { items })
    })
    .await
}
