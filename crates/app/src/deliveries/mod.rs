//! Messages to people: each is one row, put in with what it tells of, sent by the worker, and the truth about delivery.
//!
//! [`tell`] is the one way to put a message in; [`crate::App::dispatch_events`] does so for the entries of the log by the table
//! `fabu_domain::step_mail`. [`crate::App::letter`] and [`crate::App::record_delivery`] are what the sending job needs.

mod digest;
mod dispatch;
mod list_deliveries;
mod resend_delivery;
mod send;
mod send_test_mail;
mod tell;

pub use fabu_store::{Delivery, DeliveryAttempt};
pub use list_deliveries::{DeliveryQuery, ViewedDelivery, list_deliveries, view_delivery};
pub use resend_delivery::resend_delivery;
pub(crate) use send::park;
pub use send::{Letter, Sent};
pub use send_test_mail::send_test_mail;
pub use tell::{Message, tell};
