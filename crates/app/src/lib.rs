//! The use cases: one plain function each, named as the operation of the API that calls it.
//!
//! A use case gets a [`Cx`] (or, for reading, an [`Rx`]): the open transaction, the time, the ids, the caller and the
//! directory, all of one moment. It checks the policy, decides, saves together with the events, and returns domain types.
//! [`App::write`] and [`App::read`] open that context; nothing else does.

pub mod attempts;
pub mod auth;
pub mod base_url;
pub mod company_records;
pub mod context;
pub mod database;
pub mod deliveries;
pub mod error;
pub mod events;
pub mod example;
pub mod fault;
pub mod file_folder;
pub mod health;
pub mod imports;
pub mod jobs;
pub mod key_strength;
pub mod me;
pub mod once;
pub mod paging;
pub mod secrets;
pub mod settings;
mod sight;
pub mod subjects;
pub mod upkeep;
pub mod verification;

pub use base_url::BaseUrl;
pub use context::{App, Caller, Cx, Rx, Via};
pub use error::{AppError, Failure, FieldError};
pub use fault::Fault;
pub use settings::Settings;
