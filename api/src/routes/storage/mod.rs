//! The room that uploaded files take, for administrators.

mod view_storage;

use crate::mount::Mount;

/// Mounts the family.
pub(super) fn routes(mount: &mut Mount<'_, '_>) {
    mount.service(view_storage::view_storage);
}
