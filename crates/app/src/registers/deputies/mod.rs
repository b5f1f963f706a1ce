//! Stand-ins: "on these days, the deputy may decide and act for the principal". An arrangement is never edited; it is
//! ended and made anew, so that the log says who could act when.

mod create_deputy;
mod delete_deputy;
mod list_deputies;
mod view_deputy;

pub use create_deputy::{NewDeputy, create_deputy};
pub use delete_deputy::delete_deputy;
pub use list_deputies::{DeputyFilter, list_deputies};
pub use view_deputy::view_deputy;
