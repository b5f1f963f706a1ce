use crate::{
    answer::{Answer, Reply},
    dto::{
        records::{TestCaseRequest, TestCaseView},
        releases::people::Names,
    },
    extract::Create,
};
use actix_web::post;
use fabu_app::{
    AppError,
    subjects::releases::{self, Seen},
};

/// Write a test case (§5.4).
#[utoipa::path(
    tag = "tests",
    operation_id = "add_test_case",
    params(("number" = String, Path, description = "The release's number.", example = "REL-2026-0007")),
    request_body = TestCaseRequest,
    responses((status = 201, description = "The new test case.", body = TestCaseView, headers(("Location" = String))))
)]
#[post("/releases/{number}/test-cases")]
pub async fn add_test_case(call: Create<String, TestCaseRequest>) -> Answer {
    call.answer(|cx, number, body| {
        let context = releases::act_on_release(cx, number, Seen::Nothing, &body.command())?;
        let new = context.dossier.test_cases.last().ok_or(AppError::NotFound { what: "test case" })?;
        Reply::created(
            format!("releases/{number}/test-cases"),
            &TestCaseView::new(&context.dossier, new, Names { directory: &context.directory, language: cx.caller.language }),
        )
    })
    .await
}
