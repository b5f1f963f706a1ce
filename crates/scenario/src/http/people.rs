//! People who are signed in.

use super::{Client, HttpError, Method, Response, Timeline, Transport, client::Call};
use chrono::{DateTime, TimeDelta, Utc};
use fabu_domain::ids::UserId;
use serde::Deserialize;
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

/// A token is renewed by a new login before the server ends it (after 15 minutes).
const KEEP: TimeDelta = TimeDelta::minutes(14);

/// The people of a company, with their sessions. All have the same password.
#[derive(Debug, Default)]
pub struct People {
    password: String,
    accounts: BTreeMap<UserId, Account>,
}

#[derive(Debug)]
struct Account {
    login: String,
    session: Mutex<Option<Session>>,
}

#[derive(Debug, Clone)]
struct Session {
    token: String,
    since: DateTime<Utc>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Token {
    pub access_token: String,
}

impl People {
    pub(super) fn new(password: &str) -> Self {
        Self { password: password.to_owned(), accounts: BTreeMap::new() }
    }

    pub(super) fn add(&mut self, id: UserId, login: &str) {
        self.accounts.insert(id, Account { login: login.to_owned(), session: Mutex::default() });
    }

    /// The id of a login.
    #[must_use]
    pub fn id(&self, login: &str) -> Option<UserId> {
        self.accounts.iter().find(|(_, account)| account.login == login).map(|(id, _)| *id)
    }

    /// The login of a person.
    #[must_use]
    pub fn login(&self, id: UserId) -> &str {
        self.accounts.get(&id).map_or("nobody", |account| account.login.as_str())
    }

    /// Sends a request as this person, who is signed in first when there is no session or it is old.
    pub(super) async fn send<T: Transport, L: Timeline>(
        &self,
        client: &Client<T, L>,
        by: UserId,
        sending: Sent<'_>,
    ) -> Result<Response, HttpError> {
        let token = self.token(client, by).await?;
        let Sent { kind, method, path, if_match, body } = sending;
        client.send(Call { kind, who: self.login(by), method, path, token: Some(token), if_match, body }).await
    }

    /// The access token of a person, from a new login when the last is too long ago.
    ///
    /// # Errors
    /// When nobody has this id or the login is refused.
    pub async fn token<T: Transport, L: Timeline>(&self, client: &Client<T, L>, by: UserId) -> Result<String, HttpError> {
        let account = self.account(by)?;
        let now = client.timeline().now();
        let usable = |s: &&Session| now - s.since < KEEP && s.since <= now;
        let current = account.session.lock().unwrap_or_else(PoisonError::into_inner).as_ref().filter(usable).cloned();
        if let Some(session) = current {
            return Ok(session.token);
        }
        let body = json!({ "login": account.login, "password": self.password });
        self.renew(client, account, "log_in", "/auth/login", None, body).await
    }

    /// Lets a person enter the password again, for a decision that asks for it (§5.6b).
    ///
    /// # Errors
    /// When the server refuses.
    pub async fn reauthenticate<T: Transport, L: Timeline>(&self, client: &Client<T, L>, by: UserId) -> Result<(), HttpError> {
        let token = self.token(client, by).await?;
        let body = json!({ "password": self.password });
        let account = self.account(by)?;
        self.renew(client, account, "reauthenticate", "/auth/reauthenticate", Some(token), body).await.map(drop)
    }

    async fn renew<T: Transport, L: Timeline>(
        &self,
        client: &Client<T, L>,
        account: &Account,
        kind: &str,
        path: &str,
        token: Option<String>,
        body: Value,
    ) -> Result<String, HttpError> {
        let call = Call { kind, who: &account.login, method: Method::Post, path, token, if_match: None, body: Some(body) };
        let token: Token = client.send(call).await?.read(path)?;
        let session = Session { token: token.access_token.clone(), since: client.timeline().now() };
        *account.session.lock().unwrap_or_else(PoisonError::into_inner) = Some(session);
        Ok(token.access_token)
    }

    fn account(&self, id: UserId) -> Result<&Account, HttpError> {
        let unknown = || HttpError::Unexpected { request: "sign in".to_owned(), reason: format!("nobody has the id {id}") };
        self.accounts.get(&id).ok_or_else(unknown)
    }
}

/// A request of a person.
#[derive(Debug)]
pub(super) struct Sent<'s> {
    pub kind: &'s str,
    pub method: Method,
    pub path: &'s str,
    pub if_match: Option<String>,
    pub body: Option<Value>,
}
