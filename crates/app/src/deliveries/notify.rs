//! Putting a message in.

use crate::{
    AppError,
    jobs::{Ask, DELIVER_MAIL, DELIVER_ROBOT, enqueue},
};
use chrono::{DateTime, Utc};
use fabu_domain::{
    ids::{DeliveryId, EventId, IdSource, ReleaseId, UserId},
    notifications::{
        delivery::{Channel, DeliveryState},
        notice::{Notice, Topic},
        preferences::Route,
    },
    people::directory::Directory,
};
use fabu_store::{Delivery, Writer};
use serde_json::json;

/// A message for one person.
#[derive(Debug, Clone)]
pub struct Message {
    /// Who reads it.
    pub reader: UserId,
    /// What is said.
    pub notice: Notice,
    /// What makes it this message and no other: an event, or a task and the number of its reminder. With the channel and the
    /// reader it is the key under which the message exists once.
    pub cause: String,
    /// The event it tells of, if it is one.
    pub event_id: Option<EventId>,
}

/// Puts a message in, by mail, at the time that the reader chose; false when it exists already or the reader does without it.
/// Somebody without an address gets a row that is parked, so that it is seen.
///
/// # Errors
/// [`AppError::Store`].
pub fn notify(
    tx: &mut Writer<'_>,
    ids: &dyn IdSource,
    directory: &Directory,
    now: DateTime<Utc>,
    message: Message,
) -> Result<bool, AppError> {
    Ok(notify_once(tx, ids, directory, now, message)?.is_some())
}

/// [`tell`], with the row that was put in.
pub(super) fn notify_once(
    tx: &mut Writer<'_>,
    ids: &dyn IdSource,
    directory: &Directory,
    now: DateTime<Utc>,
    message: Message,
) -> Result<Option<Delivery>, AppError> {
    let Message { reader, notice, cause, event_id } = message;
    let Some(user) = directory.active_user(reader) else { return Ok(None) };
    let (choices, _) = tx.notification_choices(reader)?;
    let (state, next_at) = match (choices.route(notice.kind, &directory.calendar, now), &user.email) {
        (Route::Off, _) => return Ok(None),
        (_, None) => (DeliveryState::Parked, None),
        (Route::At(at), _) => (DeliveryState::Pending, Some(at)),
        (Route::Digest(at), _) => (DeliveryState::Held, Some(at)),
    };
    let release_id = release_of(&notice);
    let delivery = Delivery {
        id: DeliveryId(ids.next()),
        dedupe_key: key_of(&cause, reader),
        channel: Channel::Mail,
        recipient_id: Some(reader.0),
        address: user.email.clone().unwrap_or_default(),
        kind: notice.kind.as_str().to_owned(),
        release_id,
        event_id,
        language: user.language,
        notice: serde_json::to_value(&notice).map_err(|error| AppError::Internal(error.to_string()))?,
        state,
        attempts: 0,
        next_at,
        sent_at: None,
        last_error: user.email.is_none().then(|| "the person has no mail address".to_owned()),
        created_at: now,
        version: 1,
    };
    Ok(put_in(tx, ids, now, &delivery)?.then_some(delivery))
}

/// Puts the row in, and the job that sends it; false when a message with its key exists already.
pub(super) fn put_in(tx: &mut Writer<'_>, ids: &dyn IdSource, now: DateTime<Utc>, delivery: &Delivery) -> Result<bool, AppError> {
    let added = tx.insert_delivery(delivery)?;
    if added && delivery.state == DeliveryState::Pending {
        ask_to_send(tx, ids, now, delivery)?;
    }
    Ok(added)
}

/// The key under which a message exists once.
pub(crate) fn key_of(cause: &str, reader: UserId) -> String {
    format!("{cause}/{}/{reader}", Channel::Mail)
}

/// Puts in the job that sends a pending message when it is due.
pub(super) fn ask_to_send(
    tx: &mut Writer<'_>,
    ids: &dyn IdSource,
    now: DateTime<Utc>,
    delivery: &Delivery,
) -> Result<(), AppError> {
    let kind = match delivery.channel {
        Channel::Mail => &DELIVER_MAIL,
        Channel::Robot => &DELIVER_ROBOT,
    };
    let ask = Ask {
        payload: json!({ "delivery_id": delivery.id }),
        unique_key: Some(format!("{}:{}:{}", kind.name, delivery.id, delivery.version)),
        run_at: delivery.next_at,
    };
    enqueue(tx, ids, now, kind, ask)?;
    Ok(())
}

pub(super) fn release_of(notice: &Notice) -> Option<ReleaseId> {
    match &notice.topic {
        Topic::Release { id, .. } => Some(*id),
        _ => None,
    }
}
