//! Messages to people and chat groups: one row each, which is the truth about what was sent.

use crate::{
    Cursor, Page, Reader, StoreError, Writer,
    dialect::{InsertExt, LockExt},
    registers::users::as_limit,
    row::Place,
    schema::{deliveries, delivery_attempts},
    types::{Id, Instant, Json, instant_text, parse_instant},
};
use chrono::{DateTime, Utc};
use diesel::{dsl::min, prelude::*};
use fabu_domain::{
    ids::{DeliveryId, EventId, ReleaseId, RobotId},
    language::Language,
    notifications::delivery::{AttemptOutcome, Channel, DeliveryState},
    subject::log::LogEntry,
};
use uuid::Uuid;

/// One message to one recipient.
#[derive(Debug, Clone, PartialEq)]
pub struct Delivery {
    /// Identity; also what its Message-ID is made of.
    pub id: DeliveryId,
    /// A second message with this key is not put in: event, channel and recipient.
    pub dedupe_key: String,
    /// The way it goes.
    pub channel: Channel,
    /// The person, or the robot.
    pub recipient_id: Option<Uuid>,
    /// The address used.
    pub address: String,
    /// What kind of message.
    pub kind: String,
    /// The release it is about.
    pub release_id: Option<ReleaseId>,
    /// The event it tells of.
    pub event_id: Option<EventId>,
    /// The language of the recipient.
    pub language: Language,
    /// What it says, before it is put into words.
    pub notice: serde_json::Value,
    /// Where it stands.
    pub state: DeliveryState,
    /// How often it was tried.
    pub attempts: i32,
    /// When it is tried next, or when the next digest takes it.
    pub next_at: Option<DateTime<Utc>>,
    /// When the recipient's server accepted it.
    pub sent_at: Option<DateTime<Utc>>,
    /// What went wrong last.
    pub last_error: Option<String>,
    /// When it was asked for.
    pub created_at: DateTime<Utc>,
    /// Concurrency version of the record (ETag).
    pub version: i64,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = deliveries)]
pub(super) struct DeliveryRow {
    id: Id<DeliveryId>,
    dedupe_key: String,
    channel: String,
    recipient_id: Option<Id<Uuid>>,
    address: String,
    kind: String,
    release_id: Option<Id<ReleaseId>>,
    event_id: Option<Id<EventId>>,
    language: String,
    notice: Json,
    state: String,
    attempts: i32,
    next_at: Option<Instant>,
    sent_at: Option<Instant>,
    last_error: Option<String>,
    created_at: Instant,
    version: i64,
}

impl From<&Delivery> for DeliveryRow {
    fn from(delivery: &Delivery) -> Self {
        Self {
            id: Id(delivery.id),
            dedupe_key: delivery.dedupe_key.clone(),
            channel: delivery.channel.as_str().to_owned(),
            recipient_id: delivery.recipient_id.map(Id),
            address: delivery.address.clone(),
            kind: delivery.kind.clone(),
            release_id: delivery.release_id.map(Id),
            event_id: delivery.event_id.map(Id),
            language: delivery.language.as_str().to_owned(),
            notice: Json(delivery.notice.clone()),
            state: delivery.state.as_str().to_owned(),
            attempts: delivery.attempts,
            next_at: delivery.next_at.map(Instant),
            sent_at: delivery.sent_at.map(Instant),
            last_error: delivery.last_error.clone(),
            created_at: Instant(delivery.created_at),
            version: delivery.version,
        }
    }
}

impl TryFrom<DeliveryRow> for Delivery {
    type Error = StoreError;
    fn try_from(row: DeliveryRow) -> Result<Self, StoreError> {
        let place = Place { table: "deliveries", key: row.id.0 };
        Ok(Self {
            id: row.id.0,
            dedupe_key: row.dedupe_key,
            channel: place.word("channel", &row.channel)?,
            recipient_id: row.recipient_id.map(|id| id.0),
            address: row.address,
            kind: row.kind,
            release_id: row.release_id.map(|id| id.0),
            event_id: row.event_id.map(|id| id.0),
            language: place.word("language", &row.language)?,
            notice: row.notice.0,
            state: place.word("state", &row.state)?,
            attempts: row.attempts,
            next_at: row.next_at.map(|at| at.0),
            sent_at: row.sent_at.map(|at| at.0),
            last_error: row.last_error,
            created_at: row.created_at.0,
            version: row.version,
        })
    }
}

/// One try to send a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryAttempt {
    /// 1 for the first.
    pub number: i32,
    /// When it ended.
    pub at: DateTime<Utc>,
    /// How.
    pub outcome: AttemptOutcome,
    /// What the other side said.
    pub detail: String,
}

/// What becomes of a message after a try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryOutcome {
    /// How the try ended.
    pub outcome: AttemptOutcome,
    /// What the other side said.
    pub detail: String,
    /// Where the message stands now.
    pub state: DeliveryState,
    /// When it is tried next: with [`DeliveryState::Pending`] only.
    pub next_at: Option<DateTime<Utc>>,
}

/// Which deliveries to list; every part that is given must fit.
#[derive(Debug, Clone, Default)]
pub struct DeliveryFilter {
    /// Where it stands.
    pub state: Option<DeliveryState>,
    /// The way it goes.
    pub channel: Option<Channel>,
    /// The person.
    pub recipient_id: Option<Uuid>,
    /// The robot.
    pub robot_id: Option<RobotId>,
    /// The release it is about.
    pub release_id: Option<ReleaseId>,
    /// What kind of message.
    pub kind: Option<String>,
}

impl Reader<'_> {
    /// One delivery.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when the row cannot be read.
    pub fn delivery(&mut self, id: DeliveryId) -> Result<Option<Delivery>, StoreError> {
        let row = deliveries::table.find(Id(id)).select(DeliveryRow::as_select()).first(self.conn).optional()?;
        row.map(Delivery::try_from).transpose()
    }

    /// The tries of a delivery, the first first.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when a row cannot be read.
    pub fn delivery_attempts(&mut self, id: DeliveryId) -> Result<Vec<DeliveryAttempt>, StoreError> {
        use delivery_attempts as a;
        let rows = a::table.filter(a::delivery_id.eq(Id(id))).order(a::number).select((a::number, a::at, a::outcome, a::detail));
        let place = Place { table: "delivery_attempts", key: id };
        rows.load::<(i32, Instant, String, String)>(self.conn)?
            .into_iter()
            .map(|(number, at, outcome, detail)| {
                Ok(DeliveryAttempt { number, at: at.0, outcome: place.word("outcome", &outcome)?, detail })
            })
            .collect()
    }

    /// Deliveries, the newest first.
    ///
    /// # Errors
    /// [`StoreError::Cursor`] when `after` is not from this list.
    pub fn list_deliveries(
        &mut self,
        filter: &DeliveryFilter,
        after: Option<&Cursor>,
        limit: usize,
    ) -> Result<Page<Delivery>, StoreError> {
        const LIST: &str = "deliveries.newest";
        let mut query = deliveries::table.select(DeliveryRow::as_select()).into_boxed();
        if let Some(state) = filter.state {
            query = query.filter(deliveries::state.eq(state.as_str()));
        }
        if let Some(channel) = filter.channel {
            query = query.filter(deliveries::channel.eq(channel.as_str()));
        }
        if let Some(recipient) = filter.recipient_id {
            query = query.filter(deliveries::recipient_id.eq(Some(Id(recipient))));
        }
        if let Some(robot) = filter.robot_id {
            query = query.filter(deliveries::recipient_id.eq(Some(Id(robot.0))));
        }
        if let Some(release) = filter.release_id {
            query = query.filter(deliveries::release_id.eq(Some(Id(release))));
        }
        if let Some(kind) = &filter.kind {
            query = query.filter(deliveries::kind.eq(kind.clone()));
        }
        if let Some(cursor) = after {
            let [at, id] = cursor.keys(LIST)?;
            let at = Instant(parse_instant(at).ok_or(StoreError::Cursor)?);
            let id: Id<DeliveryId> = Id(id.parse().map_err(|_| StoreError::Cursor)?);
            query = query.filter(deliveries::created_at.le(at).and(deliveries::created_at.lt(at).or(deliveries::id.lt(id))));
        }
        let rows = query.order((deliveries::created_at.desc(), deliveries::id.desc())).limit(as_limit(limit));
        let found = rows.load::<DeliveryRow>(self.conn)?.into_iter().map(Delivery::try_from).collect::<Result<Vec<_>, _>>()?;
        Ok(Page::cut(found, limit, |last| Cursor::new(LIST, &[&instant_text(last.created_at), &last.id.to_string()])))
    }

    /// True when a message with this key exists.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn has_delivery(&mut self, dedupe_key: &str) -> Result<bool, StoreError> {
        let found = deliveries::table.filter(deliveries::dedupe_key.eq(dedupe_key));
        Ok(diesel::select(diesel::dsl::exists(found)).get_result(self.conn)?)
    }

    /// Since when the oldest message waits that should have been tried by now; none when there is none.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn oldest_due_delivery(&mut self, now: DateTime<Utc>) -> Result<Option<DateTime<Utc>>, StoreError> {
        let due = deliveries::table.filter(deliveries::next_at.le(Some(Instant(now)))).select(min(deliveries::next_at));
        Ok(due.first::<Option<Instant>>(self.conn)?.map(|at| at.0))
    }
}

impl Writer<'_> {
    /// Puts a message in; false when one with its key exists already.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn insert_delivery(&mut self, delivery: &Delivery) -> Result<bool, StoreError> {
        let insert = diesel::insert_into(deliveries::table).values(DeliveryRow::from(delivery));
        Ok(insert.or("(dedupe_key) DO NOTHING").execute(self.conn)? == 1)
    }

    /// Writes down how a try ended and what becomes of the message. False, and nothing is written, when it is no longer
    /// pending: somebody else has ended it.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn record_attempt(&mut self, id: DeliveryId, end: &DeliveryOutcome, now: DateTime<Utc>) -> Result<bool, StoreError> {
        let pending = deliveries::table.find(Id(id)).filter(deliveries::state.eq(DeliveryState::Pending.as_str()));
        let sent = end.state == DeliveryState::Sent;
        let attempts = diesel::update(pending)
            .set((
                deliveries::state.eq(end.state.as_str()),
                deliveries::attempts.eq(deliveries::attempts + 1),
                deliveries::next_at.eq(end.next_at.map(Instant)),
                deliveries::sent_at.eq(sent.then_some(Instant(now))),
                deliveries::last_error.eq((!sent).then_some(&end.detail)),
                deliveries::version.eq(deliveries::version + 1),
            ))
            .returning(deliveries::attempts)
            .get_result::<i32>(self.conn)
            .optional()?;
        let Some(number) = attempts else { return Ok(false) };
        let row = (
            delivery_attempts::delivery_id.eq(Id(id)),
            delivery_attempts::number.eq(number),
            delivery_attempts::at.eq(Instant(now)),
            delivery_attempts::outcome.eq(end.outcome.as_str()),
            delivery_attempts::detail.eq(&end.detail),
        );
        diesel::insert_into(delivery_attempts::table).values(row).execute(self.conn)?;
        Ok(true)
    }

    /// A pending message is not tried before this instant; no try was made.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn put_off_delivery(&mut self, id: DeliveryId, until: DateTime<Utc>) -> Result<(), StoreError> {
        let pending = deliveries::table.find(Id(id)).filter(deliveries::state.eq(DeliveryState::Pending.as_str()));
        let later = (deliveries::next_at.eq(Some(Instant(until))), deliveries::version.eq(deliveries::version + 1));
        diesel::update(pending).set(later).execute(self.conn)?;
        Ok(())
    }

    /// Takes up a message again that was given up, parked or sent, to this address; it is due at once.
    ///
    /// # Errors
    /// [`StoreError::Stale`] when it was changed since it was seen.
    pub fn resend_delivery(
        &mut self,
        id: DeliveryId,
        seen: i64,
        address: &str,
        now: DateTime<Utc>,
        entry: &LogEntry,
    ) -> Result<(), StoreError> {
        let found = deliveries::table.find(Id(id));
        let changed = diesel::update(found.filter(deliveries::version.eq(seen)))
            .set((
                deliveries::state.eq(DeliveryState::Pending.as_str()),
                deliveries::address.eq(address),
                deliveries::next_at.eq(Some(Instant(now))),
                deliveries::sent_at.eq(None::<Instant>),
                deliveries::version.eq(seen + 1),
            ))
            .execute(self.conn)?;
        if changed == 0 {
            let current = found.select(deliveries::version).first(self.conn).optional()?;
            return Err(StoreError::Stale { current });
        }
        self.append(std::slice::from_ref(entry))
    }

    /// A delivery, held until the end of the transaction.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when the row cannot be read.
    pub fn delivery_for_update(&mut self, id: DeliveryId) -> Result<Option<Delivery>, StoreError> {
        let found = deliveries::table.find(Id(id)).select(DeliveryRow::as_select()).lock();
        found.get_result::<DeliveryRow>(self.conn).optional()?.map(Delivery::try_from).transpose()
    }
}
