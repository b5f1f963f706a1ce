use crate::{
    answer::{Answer, Reply},
    dto::{
        media::{MediaFileForm, MediaFileView},
        releases::people::Names,
    },
    extract::{OfMedium, Upload},
};
use actix_web::post;
use fabu_app::subjects::media;
use fabu_domain::subjects::registers::media_item::MediaItemId;

/// Add a bill of materials to a medium (9.2a): the hash that it names must be that of the medium.
#[utoipa::path(
    tag = "media-library",
    operation_id = "add_media_file",
    params(("id" = MediaItemId, Path)),
    request_body(content = MediaFileForm, content_type = "multipart/form-data"),
    responses((status = 201, description = "What was read in the file.", body = MediaFileView, headers(("Location" = String))))
)]
#[post("/media-library/{id}/files")]
pub async fn add_media_file(call: Upload<OfMedium>) -> Answer {
    call.answer(|cx, id, file, sbom| {
        let added = media::add_media_file(cx, *id, file, sbom)?;
        let place = format!("media-library/{id}/files/{}", added.id);
        Reply::created(place, &MediaFileView::new(&added, Names { directory: &cx.directory, language: cx.caller.language }))
    })
    .await
}
