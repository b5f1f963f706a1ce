use crate::{
    answer::{Answer, Reply},
    dto::run_sheet::{RunSheetView, StepRequest},
    extract::Create,
};
use actix_web::post;
use fabu_app::subjects::releases::{self, Seen};
use fabu_domain::subjects::release::{command::Command, documents::RollbackGroup};

/// Record a group of the rollback as it was carried out (§5.2).
#[utoipa::path(
    tag = "run-sheet",
    operation_id = "record_rollback",
    params(("number" = String, Path, description = "The release's number.", example = "REL-2026-0007"), ("group" = RollbackGroup, Path)),
    request_body = StepRequest,
    responses((status = 201, description = "The run sheet with the new entry.", body = RunSheetView, headers(("Location" = String))))
)]
#[post("/releases/{number}/run-sheet/rollback/{group}")]
pub async fn record_rollback(call: Create<(String, RollbackGroup), StepRequest>) -> Answer {
    call.answer(|cx, (number, group), body| {
        let command = Command::RecordRollback { group: *group, report: body.report() };
        let context = releases::act_on_release(cx, number, Seen::Nothing, &command)?;
        Reply::created(format!("releases/{number}/run-sheet"), &RunSheetView::new(&context, cx.caller.language))
    })
    .await
}
