//! Customers.

mod create_customer;
mod list_customers;
mod update_customer;
mod view_customer;

use utoipa_actix_web::service_config::ServiceConfig;

/// Mounts the family.
pub(super) fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_customers::list_customers)
        .service(create_customer::create_customer)
        .service(view_customer::view_customer)
        .service(update_customer::update_customer);
}
