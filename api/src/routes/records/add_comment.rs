use crate::{
    answer::{Answer, Reply},
    dto::{
        history::{CommentRequest, CommentView},
        releases::people::Names,
    },
    extract::Create,
};
use actix_web::post;
use fabu_app::subjects::releases;

/// Comment on the release.
#[utoipa::path(
    tag = "comments",
    operation_id = "add_comment",
    params(("number" = String, Path, description = "The release's number.", example = "REL-2026-0007")),
    request_body = CommentRequest,
    responses((status = 201, description = "The new comment.", body = CommentView, headers(("Location" = String))))
)]
#[post("/releases/{number}/comments")]
pub async fn add_comment(call: Create<String, CommentRequest>) -> Answer {
    call.answer(|cx, number, body| {
        let entry = releases::add_comment(cx, number, body.text.as_str())?;
        Reply::created(
            format!("releases/{number}/comments"),
            &CommentView::new(&entry, Names { directory: &cx.directory, language: cx.caller.language }),
        )
    })
    .await
}
