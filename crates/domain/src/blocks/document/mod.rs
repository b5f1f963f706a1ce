//! The controlled documents of a release: typed contents, what each still lacks, by clause, and their fingerprints.
//!
//! A draft may be half filled: every content type parses with fields left out. [`DocumentContent::missing`] lists what
//! stands between a draft and its submission. [`canonical`] says how the SHA-256 that a sign-off binds to is made.

pub mod canonical;
mod content;
pub mod difference;
mod kind;
pub mod limits;
pub(crate) mod missing;
mod revision;
pub mod shape;
pub mod types;

pub use content::DocumentContent;
pub use difference::FieldChange;
pub(crate) use kind::section;
pub use kind::{DocumentKind, DocumentState, Section};
pub use missing::{DocumentContext, Missing, MissingCode};
pub use revision::{Document, Draft, Revision};
