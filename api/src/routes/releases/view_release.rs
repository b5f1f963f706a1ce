use crate::{
    answer::{Answer, Reply},
    dto::releases::release::ReleaseView,
    extract::Read,
};
use actix_web::get;
use fabu_app::subjects::releases;

/// One release with everything that belongs to it, and what the caller can do.
#[utoipa::path(
    tag = "releases",
    operation_id = "view_release",
    params(("number" = String, Path)),
    responses((status = 200, description = "The release.", body = ReleaseView, headers(("ETag" = String))))
)]
#[get("/releases/{number}")]
pub async fn view_release(call: Read<String>) -> Answer {
    call.answer(|rx, number, _| {
        let context = releases::view_release(rx, number)?;
        let view = ReleaseView::new(&context, &rx.as_actor(), rx.caller.language);
        Ok(Reply::ok(&view)?.version(view.version).live())
    })
    .await
}
