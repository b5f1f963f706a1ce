use crate::{
    answer::{Answer, Reply},
    dto::run_sheet::{RunSheetView, StepRequest},
    extract::Create,
};
use actix_web::post;
use fabu_app::subjects::releases::{self, Seen};
use fabu_domain::subjects::release::command::Command;

/// Record a step as it was carried out; a correction names the entry it corrects.
#[utoipa::path(
    tag = "run-sheet",
    operation_id = "record_step",
    params(("number" = String, Path, description = "The release's number.", example = "REL-2026-0007"), ("step" = String, Path, description = "The step's key in the plan.", example = "s1")),
    request_body = StepRequest,
    responses((status = 201, description = "The run sheet with the new entry.", body = RunSheetView, headers(("Location" = String))))
)]
#[post("/releases/{number}/run-sheet/steps/{step}")]
pub async fn record_step(call: Create<(String, String), StepRequest>) -> Answer {
    call.answer(|cx, (number, step), body| {
        let command = Command::RecordStep { step: step.clone(), report: body.report() };
        let context = releases::act_on_release(cx, number, Seen::Nothing, &command)?;
        Reply::created(format!("releases/{number}/run-sheet"), &RunSheetView::new(&context, cx.caller.language))
    })
    .await
}
