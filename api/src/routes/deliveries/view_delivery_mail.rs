use crate::{
    answer::{Answer, Reply},
    drawn_mail,
    dto::deliveries::DeliveryMailView,
    extract::Read,
};
use actix_web::get;
use fabu_app::deliveries;
use fabu_domain::ids::DeliveryId;

/// A message as its reader gets it: subject, page, plain text and the whole mail.
#[utoipa::path(
    tag = "deliveries",
    operation_id = "view_delivery_mail",
    params(("id" = DeliveryId, Path)),
    responses((status = 200, description = "The mail.", body = DeliveryMailView))
)]
#[get("/deliveries/{id}/mail")]
pub async fn view_delivery_mail(call: Read<DeliveryId>) -> Answer {
    call.answer(|rx, id, _| {
        let viewed = deliveries::view_delivery_mail(rx, *id)?;
        let mail: DeliveryMailView = drawn_mail::drawn(rx.settings, &viewed, rx.now)?;
        Reply::ok(&mail)
    })
    .await
}
