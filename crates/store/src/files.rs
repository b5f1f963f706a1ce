//! What is known of uploaded files.

pub(crate) mod attachments;
pub(crate) mod media_files;
pub(crate) mod storage;
