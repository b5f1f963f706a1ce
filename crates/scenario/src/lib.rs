//! An example company and complete, realistic documents, from which tests, example data and load runs are made.
//!
//! [`company`] describes people, departments, customers and service objects as plain data; [`cast`] picks the people of
//! one release; [`theme`] is what a release is about; [`contents`] writes its documents. [`world`] and [`journey`] walk
//! a release through the procedure with the pure core; [`http`] gives the same commands by requests.

pub mod cast;
pub mod company;
pub mod contents;
pub mod http;
mod ids;

pub mod journey;
pub mod media;
#[cfg(feature = "network")]
pub mod replay;
pub mod snapshot;
pub mod story;
pub mod theme;
pub mod world;

pub use cast::Cast;
pub use journey::Journey;
pub use snapshot::Snapshot;
pub use theme::Theme;
pub use world::World;
