//! People, their roles and credentials.

use super::update_versioned;
use crate::{
    Reader, StoreError, Writer,
    dialect::LockExt,
    row::Place,
    schema::{user_credentials, user_roles, users},
    types::{Id, Instant},
};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use fabu_domain::{
    ids::{DepartmentId, UserId},
    people::{directory::User, role::Roles},
    subject::log::LogEntry,
};
use std::collections::HashMap;

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = users, treat_none_as_null = true)]
struct UserRow {
    id: Id<UserId>,
    login: String,
    name: String,
    email: Option<String>,
    phone: Option<String>,
    department_id: Option<Id<DepartmentId>>,
    position: Option<String>,
    language: String,
    active: bool,
    session_version: i64,
    version: i64,
}

impl UserRow {
    fn new(user: &User, version: i64) -> Self {
        Self {
            id: Id(user.id),
            login: user.login.clone(),
            name: user.name.to_string(),
            email: user.email.clone(),
            phone: user.phone.clone(),
            department_id: user.department_id.map(Id),
            position: user.position.as_ref().map(ToString::to_string),
            language: user.language.to_string(),
            active: user.active,
            session_version: user.session_version,
            version,
        }
    }

    fn with_roles(self, roles: Vec<String>) -> Result<User, StoreError> {
        let place = Place { table: "users", key: self.id.0 };
        let of_roles = Place { table: "user_roles", key: self.id.0 };
        Ok(User {
            id: self.id.0,
            login: self.login,
            name: place.text("name", self.name)?,
            email: self.email,
            phone: self.phone,
            department_id: self.department_id.map(|id| id.0),
            position: place.optional("position", self.position)?,
            roles: roles.iter().map(|role| of_roles.word("role", role)).collect::<Result<Roles, _>>()?,
            language: place.word("language", &self.language)?,
            active: self.active,
            session_version: self.session_version,
            version: self.version,
        })
    }
}

/// How a person proves who they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credentials {
    /// Argon2 hash in PHC form.
    pub password_hash: String,
    /// The password was set by somebody else and serves only to choose another.
    pub must_change: bool,
    /// The end of an initial password.
    pub expires_at: Option<DateTime<Utc>>,
    /// Wrong passwords since the last right one.
    pub failed_attempts: i32,
    /// No attempt counts before this instant.
    pub locked_until: Option<DateTime<Utc>>,
    /// When the password was last set.
    pub changed_at: DateTime<Utc>,
}

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = user_credentials, treat_none_as_null = true)]
struct CredentialsRow {
    user_id: Id<UserId>,
    password_hash: String,
    must_change: bool,
    expires_at: Option<Instant>,
    failed_attempts: i32,
    locked_until: Option<Instant>,
    changed_at: Instant,
}

impl CredentialsRow {
    fn new(user_id: UserId, credentials: &Credentials) -> Self {
        Self {
            user_id: Id(user_id),
            password_hash: credentials.password_hash.clone(),
            must_change: credentials.must_change,
            expires_at: credentials.expires_at.map(Instant),
            failed_attempts: credentials.failed_attempts,
            locked_until: credentials.locked_until.map(Instant),
            changed_at: Instant(credentials.changed_at),
        }
    }
}

impl From<CredentialsRow> for Credentials {
    fn from(row: CredentialsRow) -> Self {
        Self {
            password_hash: row.password_hash,
            must_change: row.must_change,
            expires_at: row.expires_at.map(|at| at.0),
            failed_attempts: row.failed_attempts,
            locked_until: row.locked_until.map(|at| at.0),
            changed_at: row.changed_at.0,
        }
    }
}

impl Reader<'_> {
    /// A person, active or not.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when the row cannot be read.
    pub fn user(&mut self, id: UserId) -> Result<Option<User>, StoreError> {
        let row = users::table.find(Id(id)).select(UserRow::as_select()).first(self.conn).optional()?;
        self.with_roles(row)
    }

    /// The person who signs in with this name.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when the row cannot be read.
    pub fn user_by_login(&mut self, login: &str) -> Result<Option<User>, StoreError> {
        let row = users::table.filter(users::login.eq(login)).select(UserRow::as_select()).first(self.conn).optional()?;
        self.with_roles(row)
    }

    fn with_roles(&mut self, row: Option<UserRow>) -> Result<Option<User>, StoreError> {
        let Some(row) = row else { return Ok(None) };
        let roles = user_roles::table.filter(user_roles::user_id.eq(row.id)).select(user_roles::role).load(self.conn)?;
        row.with_roles(roles).map(Some)
    }

    /// The person's credentials; none for somebody who cannot sign in.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn credentials(&mut self, id: UserId) -> Result<Option<Credentials>, StoreError> {
        let row = user_credentials::table.find(Id(id)).select(CredentialsRow::as_select()).first(self.conn).optional()?;
        Ok(row.map(Credentials::from))
    }

    fn roles_of(&mut self, ids: Option<Vec<Id<UserId>>>) -> Result<HashMap<UserId, Vec<String>>, StoreError> {
        let mut query = user_roles::table.into_boxed();
        if let Some(ids) = ids {
            query = query.filter(user_roles::user_id.eq_any(ids));
        }
        let mut roles: HashMap<UserId, Vec<String>> = HashMap::new();
        for (id, role) in query.load::<(Id<UserId>, String)>(self.conn)? {
            roles.entry(id.0).or_default().push(role);
        }
        Ok(roles)
    }

    pub(super) fn all_users(&mut self) -> Result<Vec<User>, StoreError> {
        let mut roles = self.roles_of(None)?;
        let rows: Vec<UserRow> = users::table.select(UserRow::as_select()).load(self.conn)?;
        rows.into_iter()
            .map(|row| {
                let granted = roles.remove(&row.id.0).unwrap_or_default();
                row.with_roles(granted)
            })
            .collect()
    }
}

/// One more than asked, to learn whether there is a next page.
pub(crate) fn as_limit(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1)
}

impl Writer<'_> {
    /// Adds a person.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] `users.login`.
    pub fn insert_user(&mut self, user: &User, credentials: Option<&Credentials>, entry: &LogEntry) -> Result<(), StoreError> {
        self.touch_directory()?;
        diesel::insert_into(users::table).values(UserRow::new(user, user.version)).execute(self.conn)?;
        self.insert_roles(user)?;
        if let Some(credentials) = credentials {
            diesel::insert_into(user_credentials::table).values(CredentialsRow::new(user.id, credentials)).execute(self.conn)?;
        }
        self.append(std::slice::from_ref(entry))
    }

    /// Replaces a person's record; its new version.
    ///
    /// # Errors
    /// [`StoreError::Stale`], [`StoreError::Duplicate`].
    pub fn update_user(&mut self, user: &User, expected: i64, entry: &LogEntry) -> Result<i64, StoreError> {
        self.touch_directory()?;
        update_versioned!(self, users, user.id, expected, UserRow::new(user, expected + 1));
        diesel::delete(user_roles::table.filter(user_roles::user_id.eq(Id(user.id)))).execute(self.conn)?;
        self.insert_roles(user)?;
        self.append(std::slice::from_ref(entry))?;
        Ok(expected + 1)
    }

    fn insert_roles(&mut self, user: &User) -> Result<(), StoreError> {
        for role in user.roles.iter() {
            diesel::insert_into(user_roles::table)
                .values((user_roles::user_id.eq(Id(user.id)), user_roles::role.eq(role.as_str())))
                .execute(self.conn)?;
        }
        Ok(())
    }

    /// The person's credentials, held until the end of the transaction: attempts made at the same time are all counted.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn credentials_for_update(&mut self, id: UserId) -> Result<Option<Credentials>, StoreError> {
        let found = user_credentials::table.find(Id(id)).select(CredentialsRow::as_select()).lock();
        Ok(found.get_result::<CredentialsRow>(self.conn).optional()?.map(Credentials::from))
    }

    /// Sets a person's credentials: a new password, a counted attempt, a lock.
    ///
    /// # Errors
    /// [`StoreError::Reference`] when there is no such person.
    pub fn set_credentials(&mut self, id: UserId, credentials: &Credentials, entries: &[LogEntry]) -> Result<(), StoreError> {
        let row = CredentialsRow::new(id, credentials);
        if diesel::update(user_credentials::table.find(Id(id))).set(&row).execute(self.conn)? == 0 {
            diesel::insert_into(user_credentials::table).values(&row).execute(self.conn)?;
        }
        self.append(entries)
    }
}
