//! What tests of every layer share.

mod database;
mod postgres;

pub use database::{Engine, TestDatabase};
