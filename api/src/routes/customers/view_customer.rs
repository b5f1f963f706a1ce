use crate::{
    answer::{Answer, Reply},
    dto::customers::CustomerView,
    extract::Read,
};
use actix_web::get;
use fabu_app::registers::customers;
use fabu_domain::ids::CustomerId;

/// One customer.
#[utoipa::path(
    tag = "customers",
    operation_id = "view_customer",
    params(("id" = CustomerId, Path)),
    responses((status = 200, description = "The customer.", body = CustomerView, headers(("ETag" = String))))
)]
#[get("/customers/{id}")]
pub async fn view_customer(call: Read<CustomerId>) -> Answer {
    call.answer(|rx, id, _| {
        let customer = CustomerView::from(customers::view_customer(rx, *id)?);
        Ok(Reply::ok(&customer)?.version(customer.version))
    })
    .await
}
