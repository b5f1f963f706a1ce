//! Messages of an arrangement that would be sent now.

use fabu_domain::{
    ids::{DeliveryId, UserId},
    notifications::notice::Notice,
};

/// A message that would be sent now, and to whom.
#[derive(Debug, Clone)]
pub struct Prepared {
    /// Who gets it.
    pub reader: UserId,
    /// What it says.
    pub notice: Notice,
    /// The held messages that it takes up.
    pub(super) takes: Vec<DeliveryId>,
}

/// Everything that an arrangement has to say.
#[derive(Debug, Clone, Default)]
pub(super) struct Outgoing {
    /// What it is of: a day, or a quarter and a revision. Empty when there is nothing to send.
    pub slot: String,
    /// The messages.
    pub messages: Vec<Prepared>,
    /// Held messages that need not be told any more.
    pub settled: Vec<DeliveryId>,
}
