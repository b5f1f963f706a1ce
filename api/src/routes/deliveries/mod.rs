//! Messages to people, for administrators.

mod list_deliveries;
mod resend_delivery;
mod send_test_mail;
mod view_delivery;
mod view_delivery_mail;

use crate::mount::Mount;

/// Mounts the family.
pub(super) fn routes(mount: &mut Mount<'_, '_>) {
    mount
        .service(list_deliveries::list_deliveries)
        .service(send_test_mail::send_test_mail)
        .service(view_delivery::view_delivery)
        .service(view_delivery_mail::view_delivery_mail)
        .service(resend_delivery::resend_delivery);
}
