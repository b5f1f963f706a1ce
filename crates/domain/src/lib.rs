//! The release management procedure as pure code: no clock, no random source, no I/O.
//!
//! Start at [`procedure`] (the tables of stages, commands and documents), then [`decide`].

pub mod account_mail;
pub mod address;
mod apply;
pub mod approval;
pub mod archive;
#[cfg(test)]
mod calendar_table;
#[cfg(test)]
mod calendar_tests;
pub mod change;
pub mod clock;
pub mod command;
pub mod covered;
pub mod decide;
pub mod delivery;
pub mod digest;
pub mod directory;
pub mod documents;
pub mod duty;
pub mod event;
pub mod event_kinds;
pub mod facts;
pub mod forecast;
pub mod gate;
pub mod ics;
pub mod identity;
pub mod ids;
mod in_force;
pub mod kpi;
pub mod language;
pub mod log;
pub mod notice;
pub mod operation;
pub mod overdue;
pub mod panel;
pub mod parameters;
pub mod policy;
pub mod preferences;
pub mod procedure;
pub mod quarter;
pub mod quarterly;
pub mod records;
pub mod refusal;
pub mod registers;
pub mod release;
pub mod reminder;
pub mod robot_reach;
pub mod role;
pub mod run;
pub mod safe_start;
pub mod seat;
pub mod separation;
pub mod stage;
pub mod step_mail;
pub mod subject;
mod table;
pub mod tables;
pub mod task;
pub mod text;
pub mod visibility;
pub mod words;
pub mod working_time;
