use crate::{
    answer::{Answer, Reply},
    dto::customers::{CustomerRequest, CustomerView},
    extract::Create,
};
use actix_web::post;
use fabu_app::registers::customers;

/// Add a customer.
#[utoipa::path(
    tag = "customers",
    operation_id = "create_customer",
    request_body = CustomerRequest,
    responses((status = 201, description = "The new customer.", body = CustomerView, headers(("ETag" = String), ("Location" = String))))
)]
#[post("/customers")]
pub async fn create_customer(call: Create<(), CustomerRequest>) -> Answer {
    call.answer(|cx, (), body| {
        let customer = CustomerView::from(customers::create_customer(cx, &body.fields())?);
        Ok(Reply::created(format!("customers/{}", customer.id), &customer)?.version(customer.version))
    })
    .await
}
