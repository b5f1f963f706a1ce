use crate::{
    answer::{Answer, Reply},
    extract::{IfMatch, Update},
};
use actix_web::delete;
use fabu_app::registers::deputies;
use fabu_domain::ids::DeputyId;

/// End a stand-in arrangement.
#[utoipa::path(
    tag = "deputies",
    operation_id = "delete_deputy",
    params(("id" = DeputyId, Path), IfMatch),
    responses((status = 204, description = "It has ended."))
)]
#[delete("/deputies/{id}")]
pub async fn delete_deputy(call: Update<DeputyId>) -> Answer {
    call.answer(|cx, id, version, _| {
        deputies::delete_deputy(cx, *id, version)?;
        Ok(Reply::no_content())
    })
    .await
}
