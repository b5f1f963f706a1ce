use crate::{
    answer::{Answer, Reply},
    dto::{
        records::{TestRunRequest, TestRunView},
        releases::people::Names,
    },
    extract::Create,
};
use actix_web::post;
use fabu_app::{
    AppError,
    subjects::releases::{self, Seen},
};

/// Record a test run, bound to the version and hash that are registered (RT1).
#[utoipa::path(
    tag = "tests",
    operation_id = "record_test_run",
    params(("number" = String, Path, description = "The release's number.", example = "REL-2026-0007")),
    request_body = TestRunRequest,
    responses((status = 201, description = "The new test run.", body = TestRunView, headers(("Location" = String))))
)]
#[post("/releases/{number}/test-runs")]
pub async fn record_test_run(call: Create<String, TestRunRequest>) -> Answer {
    call.answer(|cx, number, body| {
        let context = releases::act_on_release(cx, number, Seen::Nothing, &body.command())?;
        let new = context.dossier.test_runs.last().ok_or(AppError::NotFound { what: "test run" })?;
        Reply::created(
            format!("releases/{number}/test-runs"),
            &TestRunView::new(new, Names { directory: &context.directory, language: cx.caller.language }),
        )
    })
    .await
}
