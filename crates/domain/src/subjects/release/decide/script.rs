//! What a handler writes: events, each applied at once, so that the next line sees their effect.

use crate::{
    blocks::task::{Blocks, Task, TaskKind, TaskState},
    ids::{TaskId, UserId},
    people::role::Role,
    subjects::{
        event::{ReleaseEvent, TaskAction},
        registers::configuration_item::ConfigurationItem,
        release::{
            Dossier, Stamp,
            facts::{Actor, Facts},
            parameters::Parameters,
            procedure::stage_rule,
            stage::Exit,
        },
    },
};
use chrono::{DateTime, Utc};

/// What a command changes.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// What happened, in order.
    pub events: Vec<ReleaseEvent>,
    /// The dossier after it: the old one with the events applied.
    pub dossier: Dossier,
    /// For whom a deputy acted.
    pub on_behalf_of: Option<UserId>,
}

/// A command being carried out.
pub(super) struct Script<'a> {
    outer: Facts<'a>,
    /// Who gives the command.
    pub actor: Actor,
    /// The release as it is by now.
    pub dossier: Dossier,
    events: Vec<ReleaseEvent>,
    on_behalf_of: Option<UserId>,
}

/// What a task is about.
pub(super) struct TaskDraft {
    pub kind: TaskKind,
    pub title: String,
    pub detail: String,
    pub assignee: UserId,
    pub blocks: Blocks,
    pub due_at: DateTime<Utc>,
    pub source: String,
}

impl<'a> Script<'a> {
    pub(super) fn new(facts: &Facts<'a>, actor: Actor, on_behalf_of: Option<UserId>) -> Self {
        Self { outer: *facts, actor, dossier: facts.dossier.clone(), events: Vec::new(), on_behalf_of }
    }

    pub(super) fn finish(self) -> Outcome {
        let Self { events, mut dossier, on_behalf_of, .. } = self;
        if events.iter().any(|e| !e.is_quiet()) {
            dossier.release.version += 1;
        }
        Outcome { events, dossier, on_behalf_of }
    }

    /// The facts with the release as it is by now.
    pub(super) fn facts(&self) -> Facts<'_> {
        Facts { dossier: &self.dossier, ..self.outer }
    }

    /// A configuration item among those that are asked for.
    pub(super) fn item(&self, number: &str) -> Option<&'a ConfigurationItem> {
        self.outer.item(number)
    }

    pub(super) fn now(&self) -> DateTime<Utc> {
        self.outer.now
    }

    pub(super) fn parameters(&self) -> &'a Parameters {
        self.outer.parameters
    }

    /// The person for whom the step counts: the actor, or whom the actor stands in for.
    pub(super) fn principal(&self) -> UserId {
        self.on_behalf_of.unwrap_or(self.actor.user_id)
    }

    /// The person whom the actor stands in for, if so.
    pub(super) fn on_behalf_of(&self) -> Option<UserId> {
        self.on_behalf_of
    }

    pub(super) fn stamp(&self, reason: &str) -> Stamp {
        Stamp { by: self.actor.user_id, at: self.now(), reason: reason.to_owned() }
    }

    pub(super) fn emit(&mut self, event: ReleaseEvent) {
        self.dossier.apply(&event);
        self.events.push(event);
    }

    /// Says what the stage has ended with: the release goes where the table of the stages leads, or stays.
    pub(super) fn leave(&mut self, exit: Exit, reason: &str) {
        let from = self.dossier.release.stage;
        if let Some(to) = stage_rule(from).next(exit) {
            self.emit(ReleaseEvent::StageChanged { from, to, reason: reason.to_owned() });
        }
    }

    /// The instant `days` working days from now.
    pub(super) fn in_working_days(&self, days: u32) -> DateTime<Utc> {
        self.outer.calendar.add_working_days(self.now(), days)
    }

    /// The holder of a role; the actor when nobody holds it (a task is never without an owner).
    pub(super) fn holder_or_actor(&self, role: Role) -> UserId {
        self.dossier.holder(role).unwrap_or(self.actor.user_id)
    }

    pub(super) fn open_task(&mut self, draft: TaskDraft) {
        let TaskDraft { kind, title, detail, assignee, blocks, due_at, source } = draft;
        let same = |t: &Task| t.kind == kind && t.source == source && t.assignee == assignee && t.state != TaskState::Cancelled;
        if !source.is_empty() && self.dossier.tasks.iter().any(same) {
            return; // it was opened before, and what it is about has not changed
        }
        let task = Task {
            id: TaskId::nth(self.dossier.release.id, self.dossier.tasks.len() + 1),
            kind,
            title,
            detail,
            assignee,
            blocks,
            due_at,
            state: TaskState::Open,
            opened_by: Some(self.actor.user_id),
            opened_at: self.now(),
            source,
            evidence: None,
            verification: None,
            waiver: None,
            changes: 0,
        };
        self.emit(ReleaseEvent::Task { action: TaskAction::Opened, task });
    }

    /// Ends every open task that the filter picks.
    pub(super) fn cancel_tasks(&mut self, pick: impl Fn(&Task) -> bool) {
        let open: Vec<Task> = self.dossier.tasks.iter().filter(|t| t.is_open() && pick(t)).cloned().collect();
        for task in open {
            self.emit(ReleaseEvent::Task { action: TaskAction::Cancelled, task: Task { state: TaskState::Cancelled, ..task } });
        }
    }
}
