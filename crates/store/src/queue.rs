//! Background jobs and their periodic slots.

pub(crate) mod jobs;
pub(crate) mod schedules;
