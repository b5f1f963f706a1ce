//! What the caller of a use case may know of now (D21), and who is notified of what the caller changed.

use crate::{AppError, Caller, Cx, Rx, Via, deliveries::enqueue_dispatch};
use chrono::{DateTime, Utc};
use fabu_domain::{
    ids::UserId,
    people::directory::Directory,
    subject::log::LogEntry,
    subjects::visibility::{Scope, scope_of},
    time::clock::company_day,
};
use std::collections::BTreeSet;

/// The operator at the command line and the system know everything.
fn scope(caller: &Caller, directory: &Directory, now: DateTime<Utc>) -> Scope {
    match caller.via {
        Via::System => Scope::All,
        Via::Anonymous => Scope::Nothing,
        Via::Session { .. } => scope_of(directory, caller.user_id, company_day(now)),
    }
}

impl Cx<'_, '_> {
    /// What the caller may know of now.
    #[must_use]
    pub fn scope(&self) -> Scope {
        scope(self.caller, &self.directory, self.now)
    }

    /// Asks the worker to tell the people whom a change of rights concerns ([`fabu_domain::notifications::account_mail`]).
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub(crate) fn notify_concerned(&mut self, entry: &LogEntry) -> Result<(), AppError> {
        enqueue_dispatch(self, std::slice::from_ref(entry))
    }
}

impl Rx<'_, '_> {
    /// What the caller may know of now.
    #[must_use]
    pub fn scope(&self) -> Scope {
        scope(self.caller, &self.directory, self.now)
    }

    /// Everybody who is named in what an outsider may know of; asked for by nobody else (D21).
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub(crate) fn people_named(&mut self) -> Result<BTreeSet<UserId>, AppError> {
        let scope = self.scope();
        let mut named = self.tx.people_named_in(&scope)?;
        if !scope.is_all() {
            named.extend(scope.people_in_registers(&self.directory, self.caller.user_id));
        }
        Ok(named)
    }
}
