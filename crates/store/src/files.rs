//! What is known of uploaded files.

pub(crate) mod attachments;
pub(crate) mod storage;
