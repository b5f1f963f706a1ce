//! Changes (§9, §9.1).

mod approve_change;
mod create_change;
mod list_changes;
mod preview_change_withdrawal;
mod update_change;
mod view_change;
mod view_change_progress;
mod view_change_quarter;
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
        .service(preview_change_withdrawal::preview_change_withdrawal)
        .service(view_change_progress::view_change_progress)
        .service(view_change_quarter::view_change_quarter)
        .service(withdraw_change::withdraw_change);
}
