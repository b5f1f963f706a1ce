use crate::{
    answer::{Answer, Reply},
    dto::{
        records::{Items, TestCaseView},
        releases::people::Names,
    },
    extract::Read,
};
use actix_web::get;
use fabu_app::subjects::releases;

/// The test cases.
#[utoipa::path(
    tag = "tests",
    operation_id = "list_test_cases",
    params(("number" = String, Path, description = "The release's number.", example = "REL-2026-0007")),
    responses((status = 200, description = "All of them.", body = Items<TestCaseView>))
)]
#[get("/releases/{number}/test-cases")]
pub async fn list_test_cases(call: Read<String>) -> Answer {
    call.answer(|rx, number, _| {
        let context = releases::view_release(rx, number)?;
        let items =
            context.dossier.test_cases.iter().map(|item| TestCaseView::new(&context.dossier, item, Names::of(rx))).collect();
        Reply::ok(&Items { items })
    })
    .await
}
