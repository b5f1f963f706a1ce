//! What a robot of a chat group can be asked besides its record.

mod send_test_message;

use crate::mount::Mount;

/// Mounts the family.
pub(super) fn routes(mount: &mut Mount<'_, '_>) {
    mount.service(send_test_message::send_test_message);
}
