use crate::{extract::Read, problem::ApiError, routes::records::disposition};
use actix_web::{HttpResponse, get, http::header::CONTENT_DISPOSITION};
use fabu_app::{AppError, subjects::configuration};
use fabu_documents::{TableFile, table_file};
use fabu_domain::{
    ids::{CustomerId, ServiceObjectId, UserId},
    subjects::registers::configuration_item::{ConfigurationItemAsked, ItemEnvironment, ItemKind, ItemLifecycle},
    time::clock::company_day,
};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

/// The form of a table.
#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum TableFormat {
    /// Comma-separated values, UTF-8.
    #[default]
    Csv,
    /// A workbook.
    Xlsx,
}

/// Which items are wanted, and in which form.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ExportQuery {
    /// The form.
    #[serde(default)]
    #[param(inline, default = "csv")]
    format: TableFormat,
    /// Words, in any order.
    #[param(max_length = 200)]
    q: Option<String>,
    /// Of this type only.
    kind: Option<ItemKind>,
    /// Of this customer only.
    customer_id: Option<CustomerId>,
    /// Of this service object only.
    service_object_id: Option<ServiceObjectId>,
    /// In this environment only.
    environment: Option<ItemEnvironment>,
    /// Looked after by this person.
    owner: Option<UserId>,
    /// In this state only.
    state: Option<ItemLifecycle>,
}

/// Configuration items as a table that an import takes back.
#[utoipa::path(
    tag = "configuration-items",
    operation_id = "download_configuration_items",
    params(ExportQuery),
    responses((
        status = 200, description = "The table.", body = Vec<u8>, content_type = "application/octet-stream",
        headers(("Content-Disposition" = String))
    ))
)]
#[get("/configuration-items/export")]
pub async fn download_configuration_items(call: Read<(), ExportQuery>) -> Result<HttpResponse, ApiError> {
    let ExportQuery { format, q, kind, customer_id, service_object_id, environment, owner, state } = call.query;
    let asked = ConfigurationItemAsked {
        q,
        kind,
        customer_id,
        service_object_id,
        environment,
        owner,
        state,
        ..ConfigurationItemAsked::default()
    };
    let (found, day) =
        call.app.read(&call.caller, move |rx| Ok((configuration::export_items(rx, &asked)?, company_day(rx.now)))).await?;
    let form = match format {
        TableFormat::Csv => TableFile::Csv,
        TableFormat::Xlsx => TableFile::Xlsx,
    };
    let file = table_file(form, &format!("configuration-items-{day}"), &found.header, &found.rows)
        .map_err(|error| AppError::Internal(error.to_string()))?;
    Ok(HttpResponse::Ok()
        .content_type(file.content_type)
        .insert_header((CONTENT_DISPOSITION, disposition(&file.name)))
        .body(file.bytes))
}
