use crate::{
    answer::{Answer, Reply},
    dto::deliveries::DeliveryView,
    extract::{IfMatch, Update},
};
use actix_web::post;
use fabu_app::deliveries;
use fabu_domain::ids::DeliveryId;

/// Send a message again, to the address that the person has now or by the robot; the Message-ID of a mail stays.
#[utoipa::path(
    tag = "deliveries",
    operation_id = "resend_delivery",
    params(("id" = DeliveryId, Path), IfMatch),
    responses((status = 200, description = "The message.", body = DeliveryView, headers(("ETag" = String))))
)]
#[post("/deliveries/{id}/resend")]
pub async fn resend_delivery(call: Update<DeliveryId>) -> Answer {
    call.answer(|cx, id, version, _| {
        let delivery = DeliveryView::from(deliveries::resend_delivery(cx, *id, version)?);
        Ok(Reply::ok(&delivery)?.version(delivery.version))
    })
    .await
}
