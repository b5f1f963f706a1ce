use crate::{dto::quarterly::RevisionQuery, extract::Read, problem::ApiError, routes::records::disposition};
use actix_web::{HttpResponse, get, http::header::CONTENT_DISPOSITION};
use fabu_app::{AppError, subjects::reports};
use fabu_documents::quarterly_file;
use fabu_domain::time::quarter::Quarter;

/// The report of a quarter as a workbook: figures, assessment, and every release behind them.
#[utoipa::path(
    tag = "reports",
    operation_id = "download_quarterly_workbook",
    params(("quarter" = Quarter, Path), RevisionQuery),
    responses((
        status = 200, description = "The workbook (XLSX).", body = Vec<u8>, content_type = "application/octet-stream",
        headers(("Content-Disposition" = String))
    ))
)]
#[get("/reports/quarterly/{quarter}/workbook")]
pub async fn download_quarterly_workbook(call: Read<Quarter, RevisionQuery>) -> Result<HttpResponse, ApiError> {
    let (quarter, revision, language) = (call.path, call.query.revision, call.caller.language);
    let (report, directory) = call
        .app
        .read(&call.caller, move |rx| {
            let report = reports::download_quarterly_workbook(rx, quarter, revision)?;
            Ok((report, std::sync::Arc::clone(&rx.directory)))
        })
        .await?;
    let file = quarterly_file(&report, &directory, language).map_err(|error| AppError::Internal(error.to_string()))?;
    Ok(HttpResponse::Ok()
        .content_type(file.content_type)
        .insert_header((CONTENT_DISPOSITION, disposition(&file.name)))
        .body(file.bytes))
}
