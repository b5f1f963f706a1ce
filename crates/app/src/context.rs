//! The application, who calls it, and the context in which a use case runs.

use crate::{
    attempts::Attempts,
    auth::Hashing,
    error::{AppError, Failure, Subject},
    fault::Fault,
    health::Probe,
    settings::Settings,
};
use chrono::{DateTime, Utc};
use fabu_domain::{
    ids::{EventId, IdSource, ReleaseId, SessionId, UserId},
    language::Language,
    people::directory::Directory,
    subject::{
        log::LogEntry,
        operation::{Hold, Operation},
        refusal::Refusal,
    },
    subjects::policy::permit,
    time::clock::Clock,
};
use fabu_store::{DirectoryLock, Reader, Store, StoreError, Writer};
use std::{num::NonZeroU32, sync::Arc};
use uuid::Uuid;

/// The application: cheap to clone, shared by all requests.
#[derive(Clone)]
pub struct App {
    /// The database.
    pub store: Store,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Makes ids.
    pub ids: Arc<dyn IdSource>,
    /// What the operator decided.
    pub settings: Arc<Settings>,
    pub(crate) shared: Arc<Shared>,
}

/// State of this process that no transaction holds.
pub(crate) struct Shared {
    /// Refused attempts that are logged, per person: an attacker cannot fill the disk.
    pub logged_refusals: Attempts,
    /// Limits how many passwords are hashed at a time, and how many wait for it.
    pub hashing: Hashing,
    /// Limits how many uploaded files are looked into at a time.
    pub checking: tokio::sync::Semaphore,
    /// The last answer of the storage, for [`App::checks`].
    pub probe: tokio::sync::Mutex<Option<Probe>>,
}

impl App {
    /// Puts the application together.
    #[must_use]
    pub fn new(store: Store, clock: Arc<dyn Clock>, ids: Arc<dyn IdSource>, settings: Settings) -> Self {
        let (burst, per_minute) = (NonZeroU32::MIN.saturating_add(59), NonZeroU32::MIN.saturating_add(5));
        let shared = Shared {
            logged_refusals: Attempts::new(Arc::clone(&clock), burst, per_minute),
            hashing: Hashing::new(settings.password_cost),
            checking: tokio::sync::Semaphore::new(1),
            probe: tokio::sync::Mutex::default(),
        };
        Self { store, clock, ids, settings: Arc::new(settings), shared: Arc::new(shared) }
    }

    /// Runs a use case that changes something, in one transaction. `f` may run again after a serialisation failure, so it
    /// must do nothing outside its context. A refusal is itself logged, after the rollback.
    ///
    /// # Errors
    /// [`Failure`] with everything a reader needs; nothing was changed.
    pub async fn write<T, F>(&self, caller: &Caller, f: F) -> Result<T, Failure>
    where
        T: Send + 'static,
        F: Fn(&mut Cx<'_, '_>) -> Result<T, AppError> + Send + 'static,
    {
        let (app, who) = (self.clone(), caller.clone());
        let result = self.store.write(move |tx| {
            let directory = who.authenticate(tx, app.clock.now())?;
            let mut cx = Cx {
                tx,
                now: app.clock.now(),
                ids: app.ids.as_ref(),
                caller: &who,
                directory,
                settings: app.settings.as_ref(),
                subject: None,
            };
            f(&mut cx).map_err(|error| Failure { error, subject: cx.subject.map(Box::new), directory: Some(cx.directory) })
        });
        let result = result.await;
        if let Err(failure) = &result {
            self.log_refusal(caller, failure).await;
        }
        result
    }

    /// Runs a use case that only reads.
    ///
    /// # Errors
    /// [`Failure`] with everything a reader needs.
    pub async fn read<T, F>(&self, caller: &Caller, f: F) -> Result<T, Failure>
    where
        T: Send + 'static,
        F: FnOnce(&mut Rx<'_, '_>) -> Result<T, AppError> + Send + 'static,
    {
        let (app, who) = (self.clone(), caller.clone());
        let result = self.store.read(move |tx| {
            let directory = who.authenticate(tx, app.clock.now())?;
            let settings = app.settings.as_ref();
            let mut rx = Rx { tx, now: app.clock.now(), caller: &who, directory, settings, subject: None };
            f(&mut rx).map_err(|error| Failure { error, subject: rx.subject.map(Box::new), directory: Some(rx.directory) })
        });
        let result = result.await;
        if let Err(failure) = &result {
            self.log_refusal(caller, failure).await;
        }
        result
    }

    /// Writes `attempt.refused` with the codes of all reasons. A failure to do so is logged and changes nothing for the caller.
    async fn log_refusal(&self, caller: &Caller, failure: &Failure) {
        let AppError::Refused(refusal) = &failure.error else { return };
        let now = self.clock.now();
        if !self.shared.logged_refusals.take(&caller.user_id.to_string()) {
            return;
        }
        let subject = failure.subject.as_deref().cloned().unwrap_or_else(|| caller.own_subject());
        let codes: Vec<&str> = refusal.unmet().iter().map(|unmet| unmet.code.as_str()).collect();
        let payload = serde_json::json!({ "codes": codes });
        let entry = LogEntry {
            release_id: subject.release_id,
            ..caller.entry(self.ids.next(), now, "attempt.refused", subject.path, payload)
        };
        let written = self.store.write(move |tx| tx.append(std::slice::from_ref(&entry))).await;
        if let Err(error) = written {
            let error: StoreError = error;
            tracing::error!(error = %error, "a refused attempt could not be logged");
        }
    }
}

/// How a caller proved who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Via {
    /// An access token of a login session, made when the person had this session version.
    Session {
        /// The login session; it ends with the refresh token's family.
        session_id: SessionId,
        /// [`fabu_domain::people::directory::User::session_version`] at login.
        session_version: i64,
    },
    /// Nobody has signed in: only setup, login and refresh run so.
    Anonymous,
    /// A command of the operator, or the system itself.
    System,
}

/// Who calls.
#[derive(Debug, Clone)]
pub struct Caller {
    /// The person; nil for [`Via::Anonymous`] and [`Via::System`].
    pub user_id: UserId,
    /// How they proved it.
    pub via: Via,
    /// When the password was last given.
    pub reauthenticated_at: Option<DateTime<Utc>>,
    /// The session began with a one-time password: nothing but changing it is allowed.
    pub must_change_password: bool,
    /// The HTTP request or the command, for the log.
    pub request_id: String,
    /// The language of texts in answers.
    pub language: Language,
}

impl Caller {
    /// Somebody who has not signed in.
    #[must_use]
    pub fn anonymous(request_id: impl Into<String>) -> Self {
        Self {
            user_id: UserId(Uuid::nil()),
            via: Via::Anonymous,
            reauthenticated_at: None,
            must_change_password: false,
            request_id: request_id.into(),
            language: Language::Chinese,
        }
    }

    /// The operator at the command line, or the system itself: every register operation is permitted, no release command is.
    #[must_use]
    pub fn system(request_id: impl Into<String>) -> Self {
        Self { via: Via::System, ..Self::anonymous(request_id) }
    }

    /// The person, unless nobody has signed in.
    #[must_use]
    pub fn actor(&self) -> Option<UserId> {
        matches!(self.via, Via::Session { .. }).then_some(self.user_id)
    }

    /// An entry of the log by this caller.
    #[must_use]
    pub fn entry(&self, id: Uuid, now: DateTime<Utc>, kind: &str, subject: String, payload: serde_json::Value) -> LogEntry {
        LogEntry {
            id: EventId(id),
            kind: kind.to_owned(),
            version: 1,
            subject,
            release_id: None,
            release_version: None,
            actor: self.actor(),
            on_behalf_of: None,
            request_id: self.request_id.clone(),
            occurred_at: now,
            recorded_at: now,
            payload,
        }
    }

    /// Checks that the person is still active and the session still valid (RELIABILITY 4.6: per request).
    fn authenticate(&self, tx: &mut Reader<'_>, now: DateTime<Utc>) -> Result<Arc<Directory>, AppError> {
        let directory = tx.directory()?;
        if let Via::Session { session_id, session_version } = self.via {
            let same = directory.active_user(self.user_id).is_some_and(|user| user.session_version == session_version);
            let session = if same { tx.session(session_id)? } else { None };
            let live = session
                .is_some_and(|session| session.user_id == self.user_id && session.revoked_at.is_none() && now < session.ends_at);
            if !live {
                return Err(Fault::SessionEnded.into());
            }
        }
        Ok(directory)
    }

    fn own_subject(&self) -> Subject {
        Subject { path: format!("users/{}", self.user_id), release_id: None }
    }

    fn permit(&self, directory: &Directory, operation: Operation, own: Option<UserId>) -> Result<(), AppError> {
        match self.via {
            Via::System => Ok(()),
            Via::Anonymous => Err(Fault::TokenMissing.into()),
            Via::Session { .. } if self.must_change_password && !operation.allowed_with_one_time_password() => {
                Err(Fault::PasswordChangeRequired.into())
            }
            Via::Session { .. } => permit(directory, self.user_id, operation, own).map_err(|refusal: Refusal| refusal.into()),
        }
    }
}

/// The context of a use case that changes something.
pub struct Cx<'a, 'c> {
    /// The open transaction.
    pub tx: &'a mut Writer<'c>,
    /// The present moment; the same in the whole use case.
    pub now: DateTime<Utc>,
    /// Makes ids.
    pub ids: &'a dyn IdSource,
    /// Who calls.
    pub caller: &'a Caller,
    /// People and things, as of this transaction.
    pub directory: Arc<Directory>,
    /// What the operator decided.
    pub settings: &'a Settings,
    subject: Option<Subject>,
}

impl Cx<'_, '_> {
    /// Says what this is about: for the log if it is refused, and for the links of the reasons.
    pub fn about(&mut self, path: impl Into<String>, release_id: Option<ReleaseId>) {
        self.subject = Some(Subject { path: path.into(), release_id });
    }

    /// Holds the directory as the operation needs it, and checks the policy table by what it says then.
    ///
    /// # Errors
    /// The session has ended; a refusal that names the roles that may.
    pub fn permit(&mut self, operation: Operation) -> Result<(), AppError> {
        self.hold_for(operation)?;
        self.caller.permit(&self.directory, operation, None)
    }

    /// The same for a thing that belongs to `owner`.
    ///
    /// # Errors
    /// The session has ended; a refusal that names the owner and the roles that may.
    pub fn permit_own(&mut self, operation: Operation, owner: UserId) -> Result<(), AppError> {
        self.hold_for(operation)?;
        self.caller.permit(&self.directory, operation, Some(owner))
    }

    /// Holds the directory up to the end of the transaction, and reads it and the session again if others may have
    /// written meanwhile: for use cases that ask for no permission, before they look at it.
    ///
    /// # Errors
    /// The session has ended.
    pub(crate) fn hold(&mut self, lock: DirectoryLock) -> Result<(), AppError> {
        if self.tx.lock_directory(lock)? {
            self.directory = self.caller.authenticate(self.tx, self.now)?;
        }
        Ok(())
    }

    fn hold_for(&mut self, operation: Operation) -> Result<(), AppError> {
        match operation.hold() {
            Hold::Nothing => Err(AppError::Internal(format!("{} is declared as reading only", operation.as_str()))),
            Hold::Shared => self.hold(DirectoryLock::Shared),
            Hold::Exclusive => self.hold(DirectoryLock::Exclusive),
        }
    }

    /// A fresh id.
    #[must_use]
    pub fn new_id<T: From<Uuid>>(&self) -> T {
        self.ids.next().into()
    }

    /// An entry of the log about `subject`, by the caller, now.
    #[must_use]
    pub fn entry(&self, kind: &str, subject: impl Into<String>, payload: serde_json::Value) -> LogEntry {
        self.caller.entry(self.ids.next(), self.now, kind, subject.into(), payload)
    }

    /// Checks the version that the caller saw.
    ///
    /// # Errors
    /// [`AppError::Stale`] with the current version.
    pub fn fresh(&self, seen: i64, current: i64) -> Result<(), AppError> {
        if seen == current { Ok(()) } else { Err(AppError::Stale { current }) }
    }

    /// Requires the password to have been given within the last ten minutes.
    ///
    /// # Errors
    /// [`Fault::ReauthenticationRequired`].
    pub fn require_reauthentication(&self) -> Result<(), AppError> {
        let limit = self.settings.session_times.reauthentication;
        match self.caller.reauthenticated_at {
            Some(at) if at <= self.now && self.now - at <= limit => Ok(()),
            _ if self.caller.via == Via::System => Ok(()),
            _ => Err(Fault::ReauthenticationRequired.into()),
        }
    }

    /// The same moment for a use case that only reads.
    pub fn reading<T>(&mut self, f: impl FnOnce(&mut Rx<'_, '_>) -> Result<T, AppError>) -> Result<T, AppError> {
        f(&mut Rx {
            tx: self.tx,
            now: self.now,
            caller: self.caller,
            directory: Arc::clone(&self.directory),
            settings: self.settings,
            subject: None,
        })
    }
}

/// The context of a use case that only reads.
pub struct Rx<'a, 'c> {
    /// The open transaction.
    pub tx: &'a mut Reader<'c>,
    /// The present moment.
    pub now: DateTime<Utc>,
    /// Who calls.
    pub caller: &'a Caller,
    /// People and things, as of this transaction.
    pub directory: Arc<Directory>,
    /// What the operator decided.
    pub settings: &'a Settings,
    subject: Option<Subject>,
}

impl Rx<'_, '_> {
    /// Says what this is about: for the log if it is refused, and for the links of the reasons.
    pub fn about(&mut self, path: impl Into<String>, release_id: Option<ReleaseId>) {
        self.subject = Some(Subject { path: path.into(), release_id });
    }

    /// Checks the policy table.
    ///
    /// # Errors
    /// A refusal that names the roles that may.
    pub fn permit(&self, operation: Operation) -> Result<(), AppError> {
        self.caller.permit(&self.directory, operation, None)
    }

    /// Checks the policy table for a thing that belongs to `owner`.
    ///
    /// # Errors
    /// A refusal that names the owner and the roles that may.
    pub fn permit_own(&self, operation: Operation, owner: UserId) -> Result<(), AppError> {
        self.caller.permit(&self.directory, operation, Some(owner))
    }
}
