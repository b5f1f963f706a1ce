//! Customers.

mod create_customer;
mod list_customers;
mod update_customer;
mod view_customer;

use crate::mount::Mount;

/// Mounts the family.
pub(super) fn routes(mount: &mut Mount<'_, '_>) {
    mount
        .service(list_customers::list_customers)
        .service(create_customer::create_customer)
        .service(view_customer::view_customer)
        .service(update_customer::update_customer);
}
