use crate::{
    answer::{Answer, Reply},
    dto::deputies::DeputyView,
    extract::Read,
};
use actix_web::get;
use fabu_app::registers::deputies;
use fabu_domain::ids::DeputyId;

/// One stand-in arrangement.
#[utoipa::path(
    tag = "deputies",
    operation_id = "view_deputy",
    params(("id" = DeputyId, Path)),
    responses((status = 200, description = "The arrangement.", body = DeputyView, headers(("ETag" = String))))
)]
#[get("/deputies/{id}")]
pub async fn view_deputy(call: Read<DeputyId>) -> Answer {
    call.answer(|rx, id, _| {
        let deputy = DeputyView::from(deputies::view_deputy(rx, *id)?);
        Ok(Reply::ok(&deputy)?.version(deputy.version))
    })
    .await
}
