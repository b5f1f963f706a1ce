//! What every subject is built of: controlled documents, approvals, tasks.

pub mod approval;
pub mod document;
pub mod task;
