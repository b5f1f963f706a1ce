use crate::{
    answer::Answer,
    dto::{
        Page,
        customers::{CustomerQuery, CustomerView},
    },
    extract::Read,
};
use actix_web::get;
use fabu_app::registers::customers;

/// Customers by name.
#[utoipa::path(
    tag = "customers",
    operation_id = "list_customers",
    params(CustomerQuery),
    responses((status = 200, description = "A part of the list.", body = Page<CustomerView>))
)]
#[get("/customers")]
pub async fn list_customers(call: Read<(), CustomerQuery>) -> Answer {
    call.page(|rx, (), query| Ok(Page::<CustomerView>::from(customers::list_customers(rx, &query.filter())?))).await
}
