//! The log (§3.2).

mod list_event_kinds;
mod list_events;
mod stream_events;
mod verify_events;

use crate::mount::Mount;

/// Mounts the family.
pub(super) fn routes(mount: &mut Mount<'_, '_>) {
    mount
        .service(list_event_kinds::list_event_kinds)
        .service(list_events::list_events)
        .service(stream_events::stream_events)
        .service(verify_events::verify_events);
}
