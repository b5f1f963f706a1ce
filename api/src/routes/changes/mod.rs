//! Changes (§9, §9.1).

mod approve_change;
mod create_change;
mod list_changes;
mod update_change;
mod view_change;
mod withdraw_change;

use crate::mount::Mount;

/// Mounts the family.
pub(super) fn routes(mount: &mut Mount<'_, '_>) {
    mount
        .service(list_changes::list_changes)
        .service(create_change::create_change)
        .service(view_change::view_change)
        .service(update_change::update_change)
        .service(approve_change::approve_change)
        .service(withdraw_change::withdraw_change);
}
