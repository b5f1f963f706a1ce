//! What people are notified, who is notified, and when: step mails, reminders, digests.

pub mod account_mail;
pub mod delivery;
pub mod digest;
pub mod notice;
pub mod preferences;
pub mod reminder;
pub mod robot_reach;
pub mod step_mail;
