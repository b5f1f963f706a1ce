//! Versions of the procedure (F1-F3, 7): written by its owner, signed by two others, in force from their day.

mod read;
mod steps;

pub use read::{VersionQuery, ViewedVersion, list_procedure_versions, view_procedure_comparison, view_procedure_version};
pub(crate) use steps::cast_vote;
pub use steps::{create_procedure_version, save_procedure_draft, submit_procedure_version, withdraw_procedure_version};
