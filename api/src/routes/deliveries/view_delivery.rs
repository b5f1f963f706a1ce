use crate::{
    answer::{Answer, Reply},
    dto::deliveries::DeliveryDetailView,
    extract::Read,
};
use actix_web::get;
use fabu_app::deliveries;
use fabu_domain::ids::DeliveryId;

/// One message, with every try to send it.
#[utoipa::path(
    tag = "deliveries",
    operation_id = "view_delivery",
    params(("id" = DeliveryId, Path)),
    responses((status = 200, description = "The message.", body = DeliveryDetailView, headers(("ETag" = String))))
)]
#[get("/deliveries/{id}")]
pub async fn view_delivery(call: Read<DeliveryId>) -> Answer {
    call.answer(|rx, id, _| {
        let viewed = DeliveryDetailView::new(deliveries::view_delivery(rx, *id)?, rx.now);
        Ok(Reply::ok(&viewed)?.version(viewed.delivery.version))
    })
    .await
}
