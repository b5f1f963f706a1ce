//! Releases, their documents, approvals and tasks. Views borrow from the release and the directory, so that a release is
//! written as JSON without copies of its parts.

pub mod actions;
pub mod approvals;
pub mod basis;
pub mod conflicts;
pub mod documents;
pub mod parts;
pub mod people;
pub mod release;
pub mod requests;
pub mod summary;
pub mod tasks;

use fabu_domain::{
    subject::{Subject, SubjectKind},
    text::Note,
};
use people::Names;
use serde::Serialize;
use std::borrow::Cow;
use utoipa::ToSchema;

/// The release that something belongs to.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = ReleaseRefView)]
pub struct Place<'a> {
    /// Number; the quarter of a quarterly report.
    #[schema(value_type = String, example = "REL-2026-0007")]
    pub number: Cow<'a, str>,
    /// Title.
    #[schema(value_type = String)]
    pub title: Cow<'a, str>,
}

impl<'a> Place<'a> {
    /// The place of a subject with this title, if it has one of its own.
    pub(super) fn of(names: &Names<'a>, subject: &Subject, title: Option<&'a str>) -> Self {
        let title = title.map_or_else(|| names.name(subject.name()), Cow::Borrowed);
        Self { number: Cow::Owned(subject.key().to_owned()), title }
    }
}

/// What an approval or a task is about.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SubjectView {
    /// What kind of thing it is.
    pub kind: SubjectKind,
    /// Its page; below `/api/v1` the same.
    #[schema(example = "/reports/quarterly/2026Q3")]
    pub path: String,
}

impl From<&Subject> for SubjectView {
    fn from(subject: &Subject) -> Self {
        Self { kind: subject.kind, path: subject.path() }
    }
}

/// A text that may be left out; empty then.
pub(crate) fn optional(note: Option<&Note>) -> String {
    note.map(ToString::to_string).unwrap_or_default()
}
