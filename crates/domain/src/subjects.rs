//! The subjects: what has an identity, a version and a history.

pub mod change;
pub mod change_standing;
pub mod event;
pub mod event_kinds;
pub mod policy;
pub mod procedure_version;
pub mod quarterly_report;
pub mod registers;
pub mod release;
pub mod visibility;
