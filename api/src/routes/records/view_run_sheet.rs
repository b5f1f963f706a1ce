use crate::{
    answer::{Answer, Reply},
    dto::run_sheet::RunSheetView,
    extract::Read,
};
use actix_web::get;
use fabu_app::subjects::releases;

/// The run sheet: phases, steps, rollback, and every entry (§5.8).
#[utoipa::path(
    tag = "run-sheet",
    operation_id = "view_run_sheet",
    params(("number" = String, Path, description = "The release's number.", example = "REL-2026-0007")),
    responses((status = 200, description = "The run sheet.", body = RunSheetView))
)]
#[get("/releases/{number}/run-sheet")]
pub async fn view_run_sheet(call: Read<String>) -> Answer {
    call.answer(|rx, number, _| {
        let context = releases::view_release(rx, number)?;
        Reply::ok(&RunSheetView::new(&context, rx.caller.language))
    })
    .await
}
