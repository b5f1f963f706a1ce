use crate::{
    answer::Answer,
    dto::{
        Page,
        deliveries::{DeliveryQuery, DeliveryView},
    },
    extract::Read,
};
use actix_web::get;
use fabu_app::deliveries;

/// Messages to people and chat groups, the newest first: pending, sent, failed, parked, held for a digest.
#[utoipa::path(
    tag = "deliveries",
    operation_id = "list_deliveries",
    params(DeliveryQuery),
    responses((status = 200, description = "A part of the list.", body = Page<DeliveryView>))
)]
#[get("/deliveries")]
pub async fn list_deliveries(call: Read<(), DeliveryQuery>) -> Answer {
    call.page(|rx, (), query| Ok(Page::<DeliveryView>::from(deliveries::list_deliveries(rx, &query.wanted())?))).await
}
