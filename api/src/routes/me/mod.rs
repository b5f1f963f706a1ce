//! The caller.

mod change_password;
mod update_me;
mod update_notifications;
mod view_me;
mod view_notifications;

use crate::mount::Mount;

/// Mounts the family.
pub(super) fn routes(mount: &mut Mount<'_, '_>) {
    mount
        .service(view_me::view_me)
        .service(update_me::update_me)
        .service(change_password::change_password)
        .service(view_notifications::view_notifications)
        .service(update_notifications::update_notifications);
}
