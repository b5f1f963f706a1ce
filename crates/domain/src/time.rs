//! The company's time: one clock, quarters, working days and hours, published calendars.

#[cfg(test)]
mod calendar_table;
#[cfg(test)]
mod calendar_tests;
pub mod clock;
pub mod ics;
pub mod quarter;
pub mod recurrence;
pub mod window;
pub mod working_time;
