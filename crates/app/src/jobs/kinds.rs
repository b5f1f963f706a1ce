//! Every kind of background job: its name, its queue, how often it is tried and how long it waits in between.

use chrono::TimeDelta;
use fabu_domain::notifications::delivery::Queue;

/// What is known of a kind of job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JobKind {
    /// What it does: `deliver_mail`.
    pub name: &'static str,
    /// Who takes it.
    pub queue: Queue,
    /// How often it is tried before it is given up (dead). A job that takes three workers down is given up earlier.
    pub max_attempts: i32,
    /// How many seconds it waits after the first failure; doubled after each further one, up to an hour.
    pub first_wait: i64,
}

/// Makes the deliveries that events ask for.
pub const DISPATCH_EVENTS: JobKind = JobKind { name: "dispatch_events", queue: Queue::Events, max_attempts: 10, first_wait: 5 };
/// Sends one message by mail. When to try again is written with the message; a failure of the job itself is one of ours.
pub const DELIVER_MAIL: JobKind = JobKind { name: "deliver_mail", queue: Queue::Mail, max_attempts: 40, first_wait: 5 };
/// Says one message in a chat group. Its turns are limited: a job that waits for one uses up no try.
pub const DELIVER_ROBOT: JobKind = JobKind { name: "deliver_robot", queue: Queue::Robots, max_attempts: 40, first_wait: 5 };
/// Looks whether ways that were closed are open again. The next look is the next try.
pub const CHECK_ENDPOINTS: JobKind = JobKind { name: "check_ways", queue: Queue::General, max_attempts: 1, first_wait: 30 };
/// Sends what every arrangement owes: digests, with what was held for each person, and quarterly reports.
pub const SEND_DUE_REPORTS: JobKind =
    JobKind { name: "send_due_reports", queue: Queue::General, max_attempts: 10, first_wait: 30 };
/// Forgets Idempotency-Keys older than a day.
pub const PRUNE_IDEMPOTENCY_KEYS: JobKind =
    JobKind { name: "prune_idempotency_keys", queue: Queue::General, max_attempts: 3, first_wait: 60 };
/// Forgets login sessions that ended more than a day ago.
pub const PRUNE_SESSIONS: JobKind = JobKind { name: "prune_sessions", queue: Queue::General, max_attempts: 3, first_wait: 60 };
/// Forgets limits on attempts that are whole again.
pub const PRUNE_ATTEMPT_LIMITS: JobKind =
    JobKind { name: "prune_attempt_limits", queue: Queue::General, max_attempts: 3, first_wait: 60 };
/// Removes files that no attachment knows.
pub const SWEEP_FILES: JobKind = JobKind { name: "sweep_files", queue: Queue::General, max_attempts: 3, first_wait: 60 };
/// Hashes what lies in the media library and compares it with what was checked in.
pub const CHECK_MEDIA: JobKind = JobKind { name: "check_media", queue: Queue::General, max_attempts: 3, first_wait: 600 };
/// Forgets jobs that were done long ago.
pub const PURGE_JOBS: JobKind = JobKind { name: "purge_jobs", queue: Queue::General, max_attempts: 3, first_wait: 60 };

/// Drafts the report of every quarter that lacks one, and restates approved ones whose count has changed.
pub const DRAFT_QUARTERLY_REPORTS: JobKind =
    JobKind { name: "draft_quarterly_reports", queue: Queue::Reports, max_attempts: 10, first_wait: 60 };
/// Flags releases that have become late.
pub const FLAG_OVERDUE_RELEASES: JobKind =
    JobKind { name: "flag_overdue_releases", queue: Queue::General, max_attempts: 5, first_wait: 30 };
/// Looks at every window ahead for what stands against it.
pub const CHECK_CONFLICTS: JobKind = JobKind { name: "check_conflicts", queue: Queue::General, max_attempts: 5, first_wait: 30 };
/// Looks at the window of one release that changed, and at those that it collides with.
pub const CHECK_RELEASE_CONFLICTS: JobKind =
    JobKind { name: "check_release_conflicts", queue: Queue::General, max_attempts: 5, first_wait: 30 };
/// Raises the reminders that are due.
pub const RAISE_REMINDERS: JobKind = JobKind { name: "raise_reminders", queue: Queue::General, max_attempts: 5, first_wait: 30 };

/// Every kind.
pub const KINDS: &[JobKind] = &[
    DISPATCH_EVENTS,
    DELIVER_MAIL,
    DELIVER_ROBOT,
    CHECK_ENDPOINTS,
    SEND_DUE_REPORTS,
    PRUNE_IDEMPOTENCY_KEYS,
    PRUNE_SESSIONS,
    PRUNE_ATTEMPT_LIMITS,
    PURGE_JOBS,
    SWEEP_FILES,
    CHECK_MEDIA,
    DRAFT_QUARTERLY_REPORTS,
    FLAG_OVERDUE_RELEASES,
    CHECK_CONFLICTS,
    CHECK_RELEASE_CONFLICTS,
    RAISE_REMINDERS,
];

/// The kind of this name; none when another version of the program put the job in.
#[must_use]
pub fn kind(name: &str) -> Option<&'static JobKind> {
    KINDS.iter().find(|kind| kind.name == name)
}

impl JobKind {
    /// How long to wait after the try with this number (from 1) has failed.
    #[must_use]
    pub fn wait_after(&self, attempt: i32) -> TimeDelta {
        let doubled = u32::try_from(attempt - 1).ok().and_then(|n| 2_i64.checked_pow(n)).unwrap_or(i64::MAX);
        TimeDelta::seconds(self.first_wait.saturating_mul(doubled).min(3600))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn has_each_name_once() {
        for one in KINDS {
            assert_eq!(KINDS.iter().filter(|other| other.name == one.name).count(), 1, "{}", one.name);
        }
    }

    #[test]
    fn waits_twice_as_long_each_time_but_never_over_an_hour() {
        let waits: Vec<i64> = [1, 2, 3, 40, i32::MAX].map(|n| DISPATCH_EVENTS.wait_after(n).num_seconds()).to_vec();
        assert_eq!(waits, [5, 10, 20, 3600, 3600]);
    }
}
