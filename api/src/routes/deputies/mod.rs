//! Stand-ins.

mod create_deputy;
mod delete_deputy;
mod list_deputies;
mod view_deputy;

use crate::mount::Mount;

/// Mounts the family.
pub(super) fn routes(mount: &mut Mount<'_, '_>) {
    mount
        .service(list_deputies::list_deputies)
        .service(create_deputy::create_deputy)
        .service(view_deputy::view_deputy)
        .service(delete_deputy::delete_deputy);
}
