//! Messages to people and to chat groups: each is one row, put in with what it tells of, sent by the worker, and the truth about delivery.
//!
//! [`tell`] is the one way to put a message to a person in, `tell_group` the one to a group; [`crate::App::dispatch_events`] does so for the entries of the log by the table
//! `fabu_domain::notifications::step_mail`. [`crate::App::letter`] and [`crate::App::record_delivery`] are what the sending job needs.

mod audience;
mod bundle;
mod dispatch;
mod endpoints;
mod event_subject;
mod list_deliveries;
mod notify;
mod notify_group;
mod outgoing_group_message;
mod resend_delivery;
mod send;
mod send_test_mail;
mod send_test_message;

pub(crate) use audience::may_still_be_notified;
pub use dispatch::Dispatched;
pub(crate) use dispatch::enqueue_dispatch;
pub use endpoints::{ClosedEndpoint, Endpoint};
pub(crate) use event_subject::notifications_of;
pub use fabu_store::{Delivery, DeliveryAttempt};
pub use list_deliveries::{DeliveryQuery, ViewedDelivery, list_deliveries, view_delivery, view_delivery_mail};
pub(crate) use notify::key_of;
pub use notify::{Message, notify};
pub use outgoing_group_message::OutgoingGroupMessage;
pub use resend_delivery::resend_delivery;
pub(crate) use send::park;
pub use send::{OutgoingMail, Sent};
pub use send_test_mail::send_test_mail;
pub use send_test_message::send_test_message;
