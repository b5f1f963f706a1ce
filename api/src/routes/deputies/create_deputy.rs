use crate::{
    answer::{Answer, Reply},
    dto::deputies::{DeputyRequest, DeputyView},
    extract::Create,
};
use actix_web::post;
use fabu_app::registers::deputies;

/// Arrange a stand-in.
#[utoipa::path(
    tag = "deputies",
    operation_id = "create_deputy",
    request_body = DeputyRequest,
    responses((status = 201, description = "The arrangement.", body = DeputyView, headers(("ETag" = String), ("Location" = String))))
)]
#[post("/deputies")]
pub async fn create_deputy(call: Create<(), DeputyRequest>) -> Answer {
    call.answer(|cx, (), body| {
        let deputy = DeputyView::from(deputies::create_deputy(cx, &body.command())?);
        Ok(Reply::created(format!("deputies/{}", deputy.id), &deputy)?.version(deputy.version))
    })
    .await
}
