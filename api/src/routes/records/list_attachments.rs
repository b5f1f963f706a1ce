use crate::{
    answer::{Answer, Reply},
    dto::{attachments::AttachmentView, records::Items, releases::people::Names},
    extract::Read,
};
use actix_web::get;
use fabu_app::subjects::releases;

/// The files of the release, oldest first.
#[utoipa::path(
    tag = "attachments",
    operation_id = "list_attachments",
    params(("number" = String, Path, description = "The release's number.", example = "REL-2026-0007")),
    responses((status = 200, description = "All of them.", body = Items<AttachmentView>))
)]
#[get("/releases/{number}/attachments")]
pub async fn list_attachments(call: Read<String>) -> Answer {
    call.answer(|rx, number, _| {
        let found = releases::list_attachments(rx, number)?;
        Reply::ok(&Items { items: found.iter().map(|a| AttachmentView::new(a, Names::of(rx))).collect() })
    })
    .await
}
