use crate::{
    answer::{Answer, Reply},
    dto::{
        records::{UnitView, WithdrawUnitRequest},
        releases::people::Names,
    },
    extract::Create,
};
use actix_web::post;
use fabu_app::{
    AppError,
    subjects::releases::{self, Seen},
};
use fabu_domain::{ids::UnitId, subjects::release::command::Command};

/// Take a unit out of the release; it stays on record.
#[utoipa::path(
    tag = "units",
    operation_id = "withdraw_unit",
    params(("number" = String, Path, description = "The release's number.", example = "REL-2026-0007"), ("unit_id" = UnitId, Path)),
    request_body = WithdrawUnitRequest,
    responses((status = 200, description = "The withdrawn unit.", body = UnitView))
)]
#[post("/releases/{number}/units/{unit_id}/withdrawal")]
pub async fn withdraw_unit(call: Create<(String, UnitId), WithdrawUnitRequest>) -> Answer {
    call.answer(|cx, (number, unit_id), body| {
        let command = Command::WithdrawUnit { unit_id: *unit_id, reason: body.reason.to_string() };
        let context = releases::act_on_release(cx, number, Seen::Nothing, &command)?;
        let unit = context.dossier.units.iter().find(|unit| unit.id == *unit_id);
        Reply::ok(&UnitView::new(
            unit.ok_or(AppError::NotFound { what: "unit" })?,
            Names { directory: &context.directory, language: cx.caller.language },
        ))
    })
    .await
}
