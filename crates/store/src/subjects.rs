//! What every subject has: its row, documents, approvals, tasks, reminders.

pub(crate) mod documents;
pub(crate) mod parts;
pub(crate) mod procedure_versions;
pub(crate) mod quarterly_reports;
pub(crate) mod reminders;
pub(crate) mod subject;
pub(crate) mod work;
