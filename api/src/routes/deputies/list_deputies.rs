use crate::{
    answer::Answer,
    dto::{
        Page,
        deputies::{DeputyQuery, DeputyView},
    },
    extract::Read,
};
use actix_web::get;
use fabu_app::registers::deputies;

/// Stand-in arrangements by first day.
#[utoipa::path(
    tag = "deputies",
    operation_id = "list_deputies",
    params(DeputyQuery),
    responses((status = 200, description = "A part of the list.", body = Page<DeputyView>))
)]
#[get("/deputies")]
pub async fn list_deputies(call: Read<(), DeputyQuery>) -> Answer {
    call.page(|rx, (), query| Ok(Page::<DeputyView>::from(deputies::list_deputies(rx, &query.filter())?))).await
}
