use crate::{
    answer::{Answer, Reply},
    dto::{
        records::{UnitRequest, UnitView},
        releases::people::Names,
    },
    extract::Create,
};
use actix_web::post;
use fabu_app::{AppError, subjects::releases};

/// Register what goes into production, by hand or from the definitive media library (3.1b, 9.2a).
#[utoipa::path(
    tag = "units",
    operation_id = "register_unit",
    params(("number" = String, Path, description = "The release's number.", example = "REL-2026-0007")),
    request_body = UnitRequest,
    responses((status = 201, description = "The new unit.", body = UnitView, headers(("Location" = String))))
)]
#[post("/releases/{number}/units")]
pub async fn register_unit(call: Create<String, UnitRequest>) -> Answer {
    call.answer(|cx, number, body| {
        let context = releases::register_unit(cx, number, &body.stated())?;
        let new = context.dossier.units.last().ok_or(AppError::NotFound { what: "unit" })?;
        Reply::created(
            format!("releases/{number}/units"),
            &UnitView::new(new, Names { directory: &context.directory, language: cx.caller.language }),
        )
    })
    .await
}
