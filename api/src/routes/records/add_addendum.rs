use crate::{
    answer::{Answer, Reply},
    dto::{
        attachments::{AddendumForm, AttachmentView},
        releases::people::Names,
    },
    extract::Upload,
};
use actix_web::post;
use fabu_app::subjects::releases;

/// Add a file to a release that is closed: a marked addendum with its reason, by the release administrator (5.10a).
#[utoipa::path(
    tag = "attachments",
    operation_id = "add_addendum",
    params(("number" = String, Path, description = "The release's number.", example = "REL-2026-0007")),
    request_body(content = AddendumForm, content_type = "multipart/form-data"),
    responses((status = 201, description = "What is known of the file.", body = AttachmentView, headers(("Location" = String))))
)]
#[post("/releases/{number}/addenda")]
pub async fn add_addendum(call: Upload) -> Answer {
    call.answer_reasoned(|cx, number, file, reason| {
        let attachment = releases::add_addendum(cx, number, file, reason.as_str())?;
        let place = format!("releases/{number}/attachments/{}", attachment.id);
        Reply::created(place, &AttachmentView::new(&attachment, Names { directory: &cx.directory, language: cx.caller.language }))
    })
    .await
}
