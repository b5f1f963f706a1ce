//! The use cases of each kind of subject.

pub mod changes;
pub mod configuration;
pub mod media;
pub mod procedure_versions;
pub mod registers;
pub mod releases;
pub mod reports;
pub mod work;
