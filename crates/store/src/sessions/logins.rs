//! Login sessions: one row for each refresh token, rotated at every use.

use crate::{
    Reader, StoreError, Writer,
    dialect::LockExt,
    row::Place,
    schema::sessions,
    types::{Id, Instant},
};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use fabu_domain::ids::{SessionId, UserId};

/// A refresh token of a login. The token itself is never stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Identity of this token.
    pub id: SessionId,
    /// Whose login it is.
    pub user_id: UserId,
    /// The login: the id of its first token. Using a rotated token again revokes the whole family.
    pub family: SessionId,
    /// SHA-256 of the token.
    pub token_hash: [u8; 32],
    /// The person's `session_version` at the login; a session of an older one is over.
    pub session_version: i64,
    /// When the person last gave the password.
    pub authenticated_at: DateTime<Utc>,
    /// When this token was issued.
    pub issued_at: DateTime<Utc>,
    /// When it ends without use.
    pub expires_at: DateTime<Utc>,
    /// When the login ends whatever happens.
    pub ends_at: DateTime<Utc>,
    /// When it was exchanged for its successor.
    pub rotated_at: Option<DateTime<Utc>>,
    /// The token it was exchanged for.
    pub successor: Option<SessionId>,
    /// When it was revoked.
    pub revoked_at: Option<DateTime<Utc>>,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = sessions)]
struct SessionRow {
    id: Id<SessionId>,
    user_id: Id<UserId>,
    family: Id<SessionId>,
    token_hash: Vec<u8>,
    session_version: i64,
    authenticated_at: Instant,
    issued_at: Instant,
    expires_at: Instant,
    ends_at: Instant,
    rotated_at: Option<Instant>,
    successor: Option<Id<SessionId>>,
    revoked_at: Option<Instant>,
}

impl TryFrom<SessionRow> for Session {
    type Error = StoreError;
    fn try_from(row: SessionRow) -> Result<Self, StoreError> {
        let place = Place { table: "sessions", key: row.id.0 };
        Ok(Self {
            id: row.id.0,
            user_id: row.user_id.0,
            family: row.family.0,
            token_hash: place.bytes("token_hash", row.token_hash)?,
            session_version: row.session_version,
            authenticated_at: row.authenticated_at.0,
            issued_at: row.issued_at.0,
            expires_at: row.expires_at.0,
            ends_at: row.ends_at.0,
            rotated_at: row.rotated_at.map(|at| at.0),
            successor: row.successor.map(|id| id.0),
            revoked_at: row.revoked_at.map(|at| at.0),
        })
    }
}

impl Reader<'_> {
    /// The session of a token, whatever its state.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn session_by_token(&mut self, token_hash: &[u8; 32]) -> Result<Option<Session>, StoreError> {
        let found = sessions::table.filter(sessions::token_hash.eq(token_hash.to_vec())).select(SessionRow::as_select());
        found.first(self.conn).optional()?.map(Session::try_from).transpose()
    }

    /// A session by its id, whatever its state.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn session(&mut self, id: SessionId) -> Result<Option<Session>, StoreError> {
        let found = sessions::table.find(Id(id)).select(SessionRow::as_select());
        found.first(self.conn).optional()?.map(Session::try_from).transpose()
    }

    /// The person's tokens that are neither rotated nor revoked, oldest first: one for each login.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn sessions_of(&mut self, user: UserId) -> Result<Vec<Session>, StoreError> {
        let live = sessions::table
            .filter(sessions::user_id.eq(Id(user)))
            .filter(sessions::rotated_at.is_null())
            .filter(sessions::revoked_at.is_null());
        let rows = live.order((sessions::issued_at, sessions::id)).select(SessionRow::as_select()).load(self.conn)?;
        rows.into_iter().map(Session::try_from).collect()
    }
}

impl Writer<'_> {
    /// [`Reader::session_by_token`], with its login held until the end of the transaction: two who renew at once, or one
    /// who renews and one who logs out, come one after the other.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn lock_session_by_token(&mut self, token_hash: &[u8; 32]) -> Result<Option<Session>, StoreError> {
        let Some(found) = self.session_by_token(token_hash)? else { return Ok(None) };
        self.lock_login(found.family)?;
        self.session_by_token(token_hash)
    }

    /// Holds a login by the row of its first token.
    fn lock_login(&mut self, family: SessionId) -> Result<(), StoreError> {
        let first = sessions::table.find(Id(family)).select(sessions::id).lock();
        let _held: Option<Id<SessionId>> = first.get_result(self.conn).optional()?;
        Ok(())
    }

    /// Adds a session. A login is logged by its caller; a rotation is no event.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] `sessions.token_hash`.
    pub fn insert_session(&mut self, session: &Session) -> Result<(), StoreError> {
        let row = SessionRow {
            id: Id(session.id),
            user_id: Id(session.user_id),
            family: Id(session.family),
            token_hash: session.token_hash.to_vec(),
            session_version: session.session_version,
            authenticated_at: Instant(session.authenticated_at),
            issued_at: Instant(session.issued_at),
            expires_at: Instant(session.expires_at),
            ends_at: Instant(session.ends_at),
            rotated_at: session.rotated_at.map(Instant),
            successor: session.successor.map(Id),
            revoked_at: session.revoked_at.map(Instant),
        };
        diesel::insert_into(sessions::table).values(row).execute(self.conn)?;
        Ok(())
    }

    /// Exchanges a token for its successor; false when it was rotated or revoked already (and nothing changed).
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn rotate_session(&mut self, id: SessionId, successor: SessionId, at: DateTime<Utc>) -> Result<bool, StoreError> {
        let live = sessions::table.find(Id(id)).filter(sessions::rotated_at.is_null()).filter(sessions::revoked_at.is_null());
        let changed = diesel::update(live)
            .set((sessions::rotated_at.eq(Some(Instant(at))), sessions::successor.eq(Some(Id(successor)))))
            .execute(self.conn)?;
        Ok(changed == 1)
    }

    /// Notes that the person of a login gave the password again.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn reauthenticate_family(&mut self, family: SessionId, at: DateTime<Utc>) -> Result<usize, StoreError> {
        self.lock_login(family)?;
        let found = sessions::table.filter(sessions::family.eq(Id(family)));
        Ok(diesel::update(found).set(sessions::authenticated_at.eq(Instant(at))).execute(self.conn)?)
    }

    /// Ends a login; the number of tokens revoked.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn revoke_family(&mut self, family: SessionId, at: DateTime<Utc>) -> Result<usize, StoreError> {
        self.lock_login(family)?;
        let live = sessions::table.filter(sessions::family.eq(Id(family))).filter(sessions::revoked_at.is_null());
        Ok(diesel::update(live).set(sessions::revoked_at.eq(Some(Instant(at)))).execute(self.conn)?)
    }

    /// Ends all logins of a person; the number of tokens revoked.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn revoke_sessions_of(&mut self, user: UserId, at: DateTime<Utc>) -> Result<usize, StoreError> {
        let live = sessions::table.filter(sessions::user_id.eq(Id(user))).filter(sessions::revoked_at.is_null());
        Ok(diesel::update(live).set(sessions::revoked_at.eq(Some(Instant(at)))).execute(self.conn)?)
    }

    /// Removes the tokens of logins that ended before `before`; their number.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn prune_sessions(&mut self, before: DateTime<Utc>) -> Result<usize, StoreError> {
        Ok(diesel::delete(sessions::table.filter(sessions::ends_at.lt(Instant(before)))).execute(self.conn)?)
    }
}
