use crate::{
    answer::{Answer, Reply},
    dto::run_sheet::{DeviationRequest, RunSheetView},
    extract::Create,
};
use actix_web::post;
use fabu_app::subjects::releases::{self, Seen};
use fabu_domain::subjects::release::command::Command;

/// Note a departure from the plan (5.8a).
#[utoipa::path(
    tag = "run-sheet",
    operation_id = "record_deviation",
    params(("number" = String, Path, description = "The release's number.", example = "REL-2026-0007")),
    request_body = DeviationRequest,
    responses((status = 201, description = "The run sheet with the new entry.", body = RunSheetView, headers(("Location" = String))))
)]
#[post("/releases/{number}/run-sheet/deviations")]
pub async fn record_deviation(call: Create<String, DeviationRequest>) -> Answer {
    call.answer(|cx, number, body| {
        let command = Command::RecordDeviation { step: body.step.as_ref().map(ToString::to_string), note: body.note.to_string() };
        let context = releases::act_on_release(cx, number, Seen::Nothing, &command)?;
        Reply::created(format!("releases/{number}/run-sheet"), &RunSheetView::new(&context, cx.caller.language))
    })
    .await
}
