use crate::{dto::quarterly::RevisionQuery, extract::Read, problem::ApiError};
use actix_web::{HttpResponse, get};
use fabu_app::{AppError, subjects::reports};
use fabu_documents::rate_chart;
use fabu_domain::time::quarter::Quarter;

/// The success rate of a quarter and the four before, as a picture.
#[utoipa::path(
    tag = "reports",
    operation_id = "view_quarterly_chart",
    params(("quarter" = Quarter, Path), RevisionQuery),
    responses((status = 200, description = "The picture (PNG).", body = Vec<u8>, content_type = "image/png"))
)]
#[get("/reports/quarterly/{quarter}/chart")]
pub async fn view_quarterly_chart(call: Read<Quarter, RevisionQuery>) -> Result<HttpResponse, ApiError> {
    let (quarter, revision, language) = (call.path, call.query.revision, call.caller.language);
    let report = call.app.read(&call.caller, move |rx| reports::view_quarterly_chart(rx, quarter, revision)).await?;
    let picture = rate_chart(&report.figures.chart(), language);
    let picture = picture.map_err(|error| AppError::Internal(error.to_string()))?;
    Ok(HttpResponse::Ok().content_type("image/png").body(picture))
}
