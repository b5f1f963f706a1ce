//! The commands, one file each.

pub mod example;
pub mod import;
pub mod media;
pub mod migrate;
pub mod openapi;
pub mod serve;
pub mod tables;
pub mod user;
pub mod verify;
pub mod worker;
