//! Releases, their documents, approvals and tasks. Views borrow from the release and the directory, so that a release is
//! written as JSON without copies of its parts.

pub mod actions;
pub mod approvals;
pub mod basis;
pub mod documents;
pub mod parts;
pub mod people;
pub mod release;
pub mod requests;
pub mod summary;
pub mod tasks;

use fabu_domain::text::Note;
use serde::Serialize;
use utoipa::ToSchema;

/// The release that something belongs to.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = ReleaseRefView)]
pub struct Place<'a> {
    /// Number.
    #[schema(example = "REL-2026-0007")]
    pub number: &'a str,
    /// Title.
    pub title: &'a str,
}

/// A text that may be left out; empty then.
pub(crate) fn optional(note: Option<&Note>) -> String {
    note.map(ToString::to_string).unwrap_or_default()
}
