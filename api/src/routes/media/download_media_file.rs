use crate::{extract::Read, problem::ApiError, routes::records::saved};
use actix_web::{HttpResponse, get};
use fabu_app::subjects::media;
use fabu_domain::subjects::registers::media_item::{MediaFileId, MediaItemId};

/// The bytes of a bill of materials, always to be saved and never to be shown.
#[utoipa::path(
    tag = "media-library",
    operation_id = "download_media_file",
    params(("id" = MediaItemId, Path), ("file" = MediaFileId, Path)),
    responses((
        status = 200, description = "The bytes.", body = Vec<u8>, content_type = "application/octet-stream",
        headers(("Content-Disposition" = String))
    ))
)]
#[get("/media-library/{id}/files/{file}")]
pub async fn download_media_file(call: Read<(MediaItemId, MediaFileId)>) -> Result<HttpResponse, ApiError> {
    let (id, file) = call.path;
    let found = call.app.read(&call.caller, move |rx| media::view_media_file(rx, id, file)).await?;
    let bytes = call.app.open_file(&found.storage_key, &found.sha256).await?;
    Ok(saved(&found.file_name, found.size, bytes))
}
