//! The log entries of a step.

use crate::Cx;
use fabu_domain::{
    subject::log::LogEntry,
    subjects::{event::ReleaseEvent, release::decide::Outcome},
};

/// The log entries of an outcome.
pub(super) fn entries(cx: &Cx<'_, '_>, outcome: &Outcome) -> Vec<LogEntry> {
    let release = &outcome.dossier.release;
    let subject = format!("releases/{}", release.number);
    let entry = |event: &ReleaseEvent| {
        let (kind, payload) = event.to_log();
        LogEntry {
            release_id: Some(release.id),
            release_version: Some(release.version),
            on_behalf_of: outcome.on_behalf_of,
            occurred_at: event.occurred_at().unwrap_or(cx.now),
            ..cx.entry(&kind, &subject, payload)
        }
    };
    outcome.events.iter().map(entry).collect()
}
