use crate::{
    answer::{Answer, Reply},
    dto::deliveries::DeliveryView,
    extract::Create,
};
use actix_web::post;
use fabu_app::deliveries;

/// Send the caller a mail, the way that all mails go; look at the delivery to see what became of it.
#[utoipa::path(
    tag = "deliveries",
    operation_id = "send_test_mail",
    responses((status = 201, description = "The message.", body = DeliveryView, headers(("Location" = String), ("ETag" = String))))
)]
#[post("/deliveries/test-mail")]
pub async fn send_test_mail(call: Create) -> Answer {
    call.answer(|cx, (), _| {
        let delivery = DeliveryView::from(deliveries::send_test_mail(cx)?);
        Ok(Reply::created(format!("deliveries/{}", delivery.id), &delivery)?.version(delivery.version))
    })
    .await
}
