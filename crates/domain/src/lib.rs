//! The release management procedure as pure code: no clock, no random source, no I/O.
//!
//! Start at [`subjects::release::procedure`] (the tables of stages, commands and documents), then
//! [`subjects::release::decide`]. [`subject`] is what every subject shares, [`blocks`] what it is built of.

pub mod address;
pub mod blocks;
pub mod identity;
pub mod ids;
pub mod language;
pub mod notifications;
pub mod people;
pub mod subject;
pub mod subjects;
mod table;
pub mod tables;
pub mod text;
pub mod time;
pub mod words;
