//! What happens when several people act at the same moment: exactly one effect, and nobody is told that the database is busy.

#![expect(clippy::unwrap_used, reason = "a test that cannot be prepared has failed")]

mod actions;
mod acts;
mod arena;
mod changes;
mod crowd;
mod parts;
mod quarters;
mod registers;
mod reports;
mod retries;
mod sendings;
mod sessions;
mod table;
mod writers;
