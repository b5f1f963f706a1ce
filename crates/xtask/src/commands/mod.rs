//! The commands, one file each.

pub mod bench;
mod bench_configuration;
mod bench_worker;
pub mod conformance;
pub mod mails;
pub mod openapi;
pub mod postgres;
pub mod replay;
pub mod run;
pub mod tables;
pub mod test;
pub mod tidy;
