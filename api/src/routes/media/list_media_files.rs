use crate::{
    answer::{Answer, Reply},
    dto::{media::MediaFileView, records::Items, releases::people::Names},
    extract::Read,
};
use actix_web::get;
use fabu_app::subjects::media;
use fabu_domain::subjects::registers::media_item::MediaItemId;

/// The bills of materials of a medium, oldest first.
#[utoipa::path(
    tag = "media-library",
    operation_id = "list_media_files",
    params(("id" = MediaItemId, Path)),
    responses((status = 200, description = "All of them.", body = Items<MediaFileView>))
)]
#[get("/media-library/{id}/files")]
pub async fn list_media_files(call: Read<MediaItemId>) -> Answer {
    call.answer(|rx, id, _| {
        let found = media::list_media_files(rx, *id)?;
        Reply::ok(&Items { items: found.iter().map(|file| MediaFileView::new(file, Names::of(rx))).collect() })
    })
    .await
}
