use crate::{
    answer::{Answer, Reply},
    dto::customers::{CustomerRequest, CustomerView},
    extract::{IfMatch, Update},
};
use actix_web::put;
use fabu_app::registers::customers;
use fabu_domain::ids::CustomerId;

/// Replace what is stated about a customer.
#[utoipa::path(
    tag = "customers",
    operation_id = "update_customer",
    params(("id" = CustomerId, Path), IfMatch),
    request_body = CustomerRequest,
    responses((status = 200, description = "The customer.", body = CustomerView, headers(("ETag" = String))))
)]
#[put("/customers/{id}")]
pub async fn update_customer(call: Update<CustomerId, CustomerRequest>) -> Answer {
    call.answer(|cx, id, version, body| {
        let customer = CustomerView::from(customers::update_customer(cx, *id, version, &body.fields())?);
        Ok(Reply::ok(&customer)?.version(customer.version))
    })
    .await
}
