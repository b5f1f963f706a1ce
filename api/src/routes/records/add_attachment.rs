use crate::{
    answer::{Answer, Reply},
    dto::{
        attachments::{AttachmentView, FileForm},
        releases::people::Names,
    },
    extract::Upload,
};
use actix_web::post;
use fabu_app::subjects::releases;

/// Attach a file; its type is found in its bytes and must fit its name.
#[utoipa::path(
    tag = "attachments",
    operation_id = "add_attachment",
    params(("number" = String, Path, description = "The release's number.", example = "REL-2026-0007")),
    request_body(content = FileForm, content_type = "multipart/form-data"),
    responses((status = 201, description = "What is known of the file.", body = AttachmentView, headers(("Location" = String))))
)]
#[post("/releases/{number}/attachments")]
pub async fn add_attachment(call: Upload) -> Answer {
    call.answer(|cx, number, file, ()| {
        let attachment = releases::add_attachment(cx, number, file)?;
        let place = format!("releases/{number}/attachments/{}", attachment.id);
        Reply::created(place, &AttachmentView::new(&attachment, Names { directory: &cx.directory, language: cx.caller.language }))
    })
    .await
}
