use crate::{
    answer::{Answer, Reply},
    dto::configuration_items::{ImportQuery, ImportView},
    extract::FileBody,
};
use actix_web::post;
use fabu_app::{AppError, FieldError, subjects::configuration};
use fabu_documents::{is_workbook, plain, read_table};

/// Take configuration items over from a table, CSV or XLSX: rows that are right are taken, the others are told with line and column.
/// Repeating it changes nothing more.
#[utoipa::path(
    tag = "configuration-items",
    operation_id = "import_configuration_items",
    params(ImportQuery),
    request_body(
        content = Vec<u8>, content_type = "application/octet-stream",
        description = "The file: CSV with a heading (UTF-8 or GB18030) or the first sheet of an XLSX workbook; at most 15 MiB."
    ),
    responses((status = 200, description = "What was taken over, and what was not.", body = ImportView))
)]
#[post("/configuration-items/import")]
pub async fn import_configuration_items(call: FileBody<ImportQuery>) -> Answer {
    let FileBody { app, caller, query, bytes, .. } = call;
    configuration::permit_import(&app, &caller).await?;
    let unreadable = |zh: String, en: String| AppError::from(FieldError::invalid("/file", zh, en));
    let table = if is_workbook(&bytes) {
        let (header, rows) = read_table(&bytes)
            .map_err(|error| unreadable(format!("工作簿无法读取：{error}"), format!("the workbook cannot be read: {error}")))?;
        configuration::Table::new(header, rows)
    } else {
        configuration::csv_table(&bytes, plain).map_err(|(zh, en)| unreadable(zh, en))?
    };
    drop(bytes);
    let outcome = configuration::import_items(&app, &caller, table, query.dry_run).await?;
    Ok(Reply::ok(&ImportView::new(outcome, query.dry_run, caller.language))?)
}
