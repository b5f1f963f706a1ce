//! What each kind of job does: one function, one file, one row in [`HANDLERS`].
//!
//! A handler gets the [`Context`] and the [`Job`], whose payload holds ids or nothing. It may run twice (after a crash, or
//! when its lease ended), so it looks first whether its work is done already. It answers `Ok`, [`JobError::Again`] for what may
//! succeed later (any `?` on an [`AppError`] does so), or [`JobError::GiveUp`].

mod check_conflicts;
mod check_endpoints;
mod check_media;
mod check_release_conflicts;
mod deliver_mail;
mod deliver_robot;
mod delivery;
mod dispatch_events;
mod draft_quarterly_reports;
mod flag_overdue_releases;
mod prune_attempt_limits;
mod prune_idempotency_keys;
mod prune_sessions;
mod purge_jobs;
mod raise_reminders;
mod send_due_reports;
mod sweep_files;

use chrono::{DateTime, TimeDelta, Utc};
use fabu_app::{
    App, AppError,
    jobs::{
        CHECK_CONFLICTS, CHECK_ENDPOINTS, CHECK_MEDIA, CHECK_RELEASE_CONFLICTS, DELIVER_MAIL, DELIVER_ROBOT, DISPATCH_EVENTS,
        DRAFT_QUARTERLY_REPORTS, FLAG_OVERDUE_RELEASES, Job, JobKind, PRUNE_ATTEMPT_LIMITS, PRUNE_IDEMPOTENCY_KEYS,
        PRUNE_SESSIONS, PURGE_JOBS, Queue, RAISE_REMINDERS, SEND_DUE_REPORTS, SWEEP_FILES,
    },
};
use fabu_outbound::{
    SenderIdentity,
    mail::{FileMailer, Mailer},
    robots::{RobotError, Speaker},
};
use futures::future::BoxFuture;
use serde::de::DeserializeOwned;
use std::sync::Arc;

/// What jobs work with.
#[derive(Clone)]
pub struct Context {
    /// The application.
    pub app: App,
    /// The way that mails take.
    pub mailer: Mailer,
    /// Speaks to robots; one for the process, because it counts what they said.
    pub speaker: Arc<Speaker>,
}

impl Context {
    /// What jobs work with; mails become files in the data directory until another way is set.
    ///
    /// # Errors
    /// When the way to robots cannot be made: TLS cannot be prepared.
    pub fn new(app: App) -> Result<Self, RobotError> {
        let speaker = Speaker::new(app.settings.robot_reach.clone())?;
        let mailer = Mailer::Files(FileMailer { folder: app.settings.data_dir.join("mail") });
        Ok(Self { app, mailer, speaker: Arc::new(speaker) })
    }

    /// Where messages come from.
    pub(crate) fn sender(&self) -> SenderIdentity {
        let settings = &self.app.settings;
        let from = settings.mail_from.clone();
        SenderIdentity {
            base_url: settings.base_url.to_string(),
            sender_name: from.name,
            sender_address: from.address,
            company: from.company,
        }
    }
}

/// Why a job is not done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JobError {
    /// It may succeed later.
    Again {
        /// What went wrong.
        error: String,
        /// How long to wait; none: as the kind says.
        wait: Option<TimeDelta>,
    },
    /// Its time has not come after all. It was not tried.
    NotYet {
        /// When it comes.
        at: DateTime<Utc>,
    },
    /// It never will.
    GiveUp(String),
}

impl JobError {
    /// A failure that may pass.
    pub fn again(error: impl ToString) -> Self {
        Self::Again { error: error.to_string(), wait: None }
    }
}

impl From<AppError> for JobError {
    fn from(error: AppError) -> Self {
        Self::again(error)
    }
}

/// Does a job.
pub type Handler = for<'a> fn(&'a Context, &'a Job) -> BoxFuture<'a, Result<(), JobError>>;

/// Which function does which kind.
const HANDLERS: &[(&JobKind, Handler)] = &[
    (&DISPATCH_EVENTS, |context, job| Box::pin(dispatch_events::run(context, job))),
    (&DELIVER_MAIL, |context, job| Box::pin(deliver_mail::run(context, job))),
    (&DELIVER_ROBOT, |context, job| Box::pin(deliver_robot::run(context, job))),
    (&CHECK_ENDPOINTS, |context, _| Box::pin(check_endpoints::run(context))),
    (&CHECK_CONFLICTS, |context, _| Box::pin(check_conflicts::run(context))),
    (&CHECK_RELEASE_CONFLICTS, |context, job| Box::pin(check_release_conflicts::run(context, job))),
    (&SEND_DUE_REPORTS, |context, _| Box::pin(send_due_reports::run(context))),
    (&PRUNE_IDEMPOTENCY_KEYS, |context, _| Box::pin(prune_idempotency_keys::run(context))),
    (&PRUNE_SESSIONS, |context, _| Box::pin(prune_sessions::run(context))),
    (&PRUNE_ATTEMPT_LIMITS, |context, _| Box::pin(prune_attempt_limits::run(context))),
    (&SWEEP_FILES, |context, _| Box::pin(sweep_files::run(context))),
    (&CHECK_MEDIA, |context, _| Box::pin(check_media::run(context))),
    (&PURGE_JOBS, |context, _| Box::pin(purge_jobs::run(context))),
    (&DRAFT_QUARTERLY_REPORTS, |context, _| Box::pin(draft_quarterly_reports::run(context))),
    (&FLAG_OVERDUE_RELEASES, |context, _| Box::pin(flag_overdue_releases::run(context))),
    (&RAISE_REMINDERS, |context, _| Box::pin(raise_reminders::run(context))),
];

/// The function for jobs of this kind.
pub(crate) fn handler(kind: &str) -> Option<Handler> {
    HANDLERS.iter().find(|(known, _)| known.name == kind).map(|(_, handler)| *handler)
}

/// Whether some kind of job of this queue has a function; a queue without one has no worker.
pub(crate) fn serves(queue: Queue) -> bool {
    HANDLERS.iter().any(|(kind, _)| kind.queue == queue)
}

/// What a job was asked to do.
///
/// # Errors
/// [`JobError::GiveUp`] when the payload is of another shape: another version of the program put it in.
pub fn payload<T: DeserializeOwned>(job: &Job) -> Result<T, JobError> {
    serde_json::from_value(job.payload.clone()).map_err(|error| JobError::GiveUp(format!("the payload is unreadable: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_exactly_one_function() {
        for kind in fabu_app::jobs::KINDS {
            assert_eq!(HANDLERS.iter().filter(|(known, _)| *known == kind).count(), 1, "{}", kind.name);
        }
        assert_eq!(HANDLERS.len(), fabu_app::jobs::KINDS.len());
    }
}
