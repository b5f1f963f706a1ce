//! The procedure walked through and refused by commands alone: no state in these tests is made by hand.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test ends at the first failure")]

mod configuration;
mod gates;
mod journeys;
mod panels;
mod permissions;
mod readers;
mod refusals;
mod reminders;
mod support;
mod tasks;
mod votes;
