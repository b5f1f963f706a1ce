//! The log as others read it (§3.2): the whole feed, and the check of its chain.

mod list_event_kinds;
mod list_events;
mod stream_events;
mod verify_events;

pub use list_event_kinds::list_event_kinds;
pub use list_events::{EventQuery, list_events};
pub use stream_events::{Hint, events_after, last_event, stream_events};
pub use verify_events::verify_events;

pub use fabu_store::LogRecord;
