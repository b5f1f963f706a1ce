use crate::{
    answer::{Answer, Reply},
    dto::releases::{release::ReleaseView, requests::CreateReleaseRequest},
    extract::Create,
};
use actix_web::post;
use fabu_app::subjects::releases;

/// Create a release from approved changes (5.1, 9.1).
#[utoipa::path(
    tag = "releases",
    operation_id = "create_release",
    request_body = CreateReleaseRequest,
    responses((status = 201, description = "The new release.", body = ReleaseView, headers(("ETag" = String), ("Location" = String))))
)]
#[post("/releases")]
pub async fn create_release(call: Create<(), CreateReleaseRequest>) -> Answer {
    call.answer(|cx, (), body| {
        let context = releases::create_release(cx, &body.command())?;
        let view = ReleaseView::new(&context, &cx.as_actor(), cx.caller.language);
        Ok(Reply::created(format!("releases/{}", view.number), &view)?.version(view.version))
    })
    .await
}
