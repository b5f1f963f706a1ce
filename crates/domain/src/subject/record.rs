//! What documents, approvals and tasks hang on besides releases, and what the mechanism asks of it.

use super::Subject;
use crate::{
    blocks::{approval::Approval, document::Document, task::Task},
    ids::UserId,
    notifications::notice::{Fact, Notice, NoticeKind, Topic, Wanted},
    people::role::Role,
    subject::{log::LogEntry, refusal::Text},
    subjects::{event::ReleaseEvent, release::apply::apply_to_parts},
};
use chrono::{DateTime, Utc};
use std::{collections::BTreeSet, fmt::Debug};

/// The document, the approvals and the tasks of a record.
#[derive(Debug, Clone, Copy)]
pub struct Parts<'a> {
    /// What is written.
    pub document: &'a Document,
    /// The approvals that were asked for, oldest first.
    pub approvals: &'a [Approval],
    /// What somebody owes.
    pub tasks: &'a [Task],
}

/// The same, to be changed.
#[derive(Debug)]
pub struct PartsMut<'a> {
    /// What is written.
    pub document: &'a mut Document,
    /// The approvals that were asked for, oldest first.
    pub approvals: &'a mut Vec<Approval>,
    /// What somebody owes.
    pub tasks: &'a mut Vec<Task>,
}

/// Makes the request to a reader: what is to be done, and until when.
pub type Ask<'a> = dyn Fn(Text, Option<DateTime<Utc>>) -> Wanted + 'a;

/// A record of the company as a whole: whatever carries a document, approvals and tasks and is no release. Work lists, messages,
/// reminders and the store know no more of it.
pub trait CompanyRecord: Debug + Send + Sync {
    /// What it is.
    fn subject(&self) -> Subject;

    /// What hangs on it.
    fn parts(&self) -> Parts<'_>;

    /// What hangs on it, to be changed.
    fn parts_mut(&mut self) -> PartsMut<'_>;

    /// Whose holders answer for it: they are told of what is late.
    fn owners(&self) -> &'static [Role];

    /// What messages about it are about.
    fn topic(&self) -> Topic;

    /// What every message about it says.
    fn facts(&self) -> Vec<Fact> {
        Vec::new()
    }

    /// The message of a kind that has one of its own, about the record or a task of it; else it reads like that of a release.
    fn notice(&self, _kind: NoticeKind, _task: Option<&Task>, _ask: &Ask<'_>) -> Option<Notice> {
        None
    }

    /// True unless what the message asks for is no longer due.
    fn is_due(&self, _kind: NoticeKind) -> bool {
        true
    }

    /// True when an entry about its address, and about no approval or task, is about this very record.
    fn is_named_in(&self, _entry: &LogEntry) -> bool {
        true
    }

    /// What reminders of a task are known by; the same for ever.
    fn task_key(&self, task: &Task) -> String {
        format!("tasks/{}/{}", task.id, task.assignee)
    }

    /// Everybody whose writing is in it: they decide nothing about it (principle 2).
    fn contributors(&self) -> BTreeSet<UserId> {
        let document = self.parts().document;
        let submitted = document.revisions.iter().flat_map(|revision| &revision.contributors);
        document.contributors.iter().chain(submitted).copied().collect()
    }

    /// The approval that waits for an answer.
    fn open_approval(&self) -> Option<&Approval> {
        self.parts().approvals.last().filter(|approval| approval.is_open())
    }

    /// Brings it to the state after `event`.
    fn apply(&mut self, event: &ReleaseEvent) {
        let PartsMut { document, approvals, tasks } = self.parts_mut();
        match event {
            ReleaseEvent::DraftSaved { draft, .. } => document.save(draft),
            ReleaseEvent::DocumentSubmitted { revision, .. } => document.freeze(revision),
            event => apply_to_parts(approvals, tasks, event),
        }
    }
}
