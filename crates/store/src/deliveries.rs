//! Messages to people and chat groups, and what people chose about them.

pub(crate) mod endpoints;
pub(crate) mod merging;
pub(crate) mod messages;
pub(crate) mod notification_settings;
pub(crate) mod report_schedules;
