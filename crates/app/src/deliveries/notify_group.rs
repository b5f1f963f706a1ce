//! Putting a message for a chat group in.

use super::notify::{put_in, release_of};
use crate::AppError;
use chrono::{DateTime, Utc};
use fabu_domain::{
    ids::{DeliveryId, EventId, IdSource},
    notifications::{
        delivery::{Channel, DeliveryState},
        notice::Notice,
    },
    subjects::registers::robot::ChatRobot,
};
use fabu_store::{Delivery, Writer};

/// A message for a group.
#[derive(Debug, Clone)]
pub(crate) struct GroupMessage {
    /// What is said; a group hears no more of it than [`Notice::for_group`] leaves.
    pub notice: Notice,
    /// What makes it this message and no other.
    pub cause: String,
    /// The event it tells of, if it is one.
    pub event_id: Option<EventId>,
}

/// Puts a message in, to be said at once by this robot; none when it exists already.
///
/// # Errors
/// [`AppError::Store`].
pub(crate) fn notify_group(
    tx: &mut Writer<'_>,
    ids: &dyn IdSource,
    now: DateTime<Utc>,
    robot: &ChatRobot,
    message: GroupMessage,
) -> Result<Option<Delivery>, AppError> {
    let message = GroupMessage { notice: message.notice.for_group(), ..message };
    let delivery = group_delivery(ids, now, robot, message)?;
    Ok(put_in(tx, ids, now, &delivery)?.then_some(delivery))
}

/// The row of a message that holds no more than a group may hear.
///
/// # Errors
/// [`AppError::Internal`] when it cannot be kept.
pub(super) fn group_delivery(
    ids: &dyn IdSource,
    now: DateTime<Utc>,
    robot: &ChatRobot,
    message: GroupMessage,
) -> Result<Delivery, AppError> {
    let GroupMessage { notice, cause, event_id } = message;
    Ok(Delivery {
        id: DeliveryId(ids.next()),
        dedupe_key: format!("{cause}/{}/{}", Channel::Robot, robot.id),
        channel: Channel::Robot,
        recipient_id: Some(robot.id.0),
        address: robot.name.to_string(),
        kind: notice.kind.as_str().to_owned(),
        release_id: release_of(&notice),
        event_id,
        language: robot.language,
        notice: serde_json::to_value(&notice).map_err(|error| AppError::Internal(error.to_string()))?,
        state: DeliveryState::Pending,
        attempts: 0,
        next_at: Some(now),
        sent_at: None,
        last_error: None,
        created_at: now,
        version: 1,
    })
}
