//! Tasks.

use super::{
    Place, SubjectView,
    people::{MarkView, Names, PersonView},
};
use chrono::{DateTime, Utc};
use fabu_app::{
    paging::PageRequest,
    subjects::work::{About, TaskItem, TaskQuery as Wanted},
};
use fabu_domain::{
    blocks::task::{Blocks, Evidence, Ruling, Task, TaskKind, TaskState},
    ids::{AttachmentId, TaskId, UserId},
    subject::Subject,
    subjects::release::{command::NewTask, facts::Facts},
    text::{Line, Note},
};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use utoipa::{IntoParams, ToSchema};

/// A task in a list of its release.
#[derive(Debug, Serialize, ToSchema)]
pub struct TaskSummary<'a> {
    /// Identity.
    pub id: TaskId,
    /// Why it exists.
    pub kind: TaskKind,
    /// The kind's name in the reader's language.
    #[schema(example = "征求部门意见")]
    pub kind_name: Cow<'static, str>,
    /// The clause that asks for it.
    #[schema(example = "5.7d")]
    pub clause: &'static str,
    /// What is to be done, in one line.
    pub title: &'a str,
    /// Who owes it.
    pub assignee: PersonView<'a>,
    /// Who checks the evidence; null when the evidence alone ends it.
    #[schema(required)]
    pub verifier: Option<PersonView<'a>>,
    /// The step that it stops while it is open.
    pub blocks: Blocks,
    /// When it is due.
    pub due_at: DateTime<Utc>,
    /// Where it stands.
    pub state: TaskState,
    /// What If-Match wants.
    #[schema(example = "\"v17\"")]
    pub etag: String,
}

impl<'a> TaskSummary<'a> {
    pub(super) fn new(names: &Names<'a>, facts: &Facts<'_>, task: &'a Task) -> Self {
        Self::verified_by(names, task, facts.verifier(task))
    }

    fn verified_by(names: &Names<'a>, task: &'a Task, verifier: Option<UserId>) -> Self {
        let rule = task.kind.rule();
        Self {
            id: task.id,
            kind: task.kind,
            kind_name: names.pick(task.kind.zh(), task.kind.en()),
            clause: rule.clause,
            title: &task.title,
            assignee: names.person(task.assignee),
            verifier: verifier.map(|id| names.person(id)),
            blocks: task.blocks,
            due_at: task.due_at,
            state: task.state,
            etag: crate::etag::of_version(task.version()),
        }
    }
}

/// What shows that a task was done.
#[derive(Debug, Serialize, ToSchema)]
pub struct EvidenceView<'a> {
    /// In the person's own words.
    pub text: &'a str,
    /// Files that show it.
    pub attachments: &'a [AttachmentId],
    /// Who gave it: the assignee or a deputy.
    pub by: PersonView<'a>,
    /// When.
    pub at: DateTime<Utc>,
}

/// A task with everything that is known of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct TaskView<'a> {
    /// The release, or the number and the title of what else it is about.
    pub release: Place<'a>,
    /// What it is about.
    pub subject: SubjectView,
    /// The task.
    #[serde(flatten)]
    pub task: TaskSummary<'a>,
    /// More about it.
    pub detail: &'a str,
    /// Who or what opened it; null for the system.
    #[schema(required)]
    pub opened_by: Option<PersonView<'a>>,
    /// When.
    pub opened_at: DateTime<Utc>,
    /// What it comes from: a row of a document, an approval.
    pub source: &'a str,
    /// What shows that it was done.
    #[schema(required)]
    pub evidence: Option<EvidenceView<'a>>,
    /// The last verification or return.
    #[schema(required)]
    pub verification: Option<MarkView<'a>>,
    /// Who excused it, when and why.
    #[schema(required)]
    pub waiver: Option<MarkView<'a>>,
}

impl<'a> TaskView<'a> {
    /// A task with what it is about.
    #[must_use]
    pub fn new(names: &Names<'a>, about: &'a About, task: &'a Task) -> Self {
        let subject = about.subject();
        match about {
            About::Release(context) => {
                let (facts, release) = (context.facts(), &context.dossier.release);
                let place = Place { number: Cow::Borrowed(&release.number), title: Cow::Borrowed(&release.title) };
                Self::at(names, place, &subject, task, TaskSummary::new(names, &facts, task))
            }
            About::Company(..) => {
                let place = Place::of(names, &subject, None);
                Self::at(names, place, &subject, task, TaskSummary::verified_by(names, task, None))
            }
        }
    }

    /// A task of a list.
    #[must_use]
    pub fn listed(names: &Names<'a>, item: &'a TaskItem) -> Self {
        let place = Place::of(names, &item.subject, item.title.as_deref());
        let summary = TaskSummary::verified_by(names, &item.task, item.verifier);
        Self::at(names, place, &item.subject, &item.task, summary)
    }

    fn at(names: &Names<'a>, release: Place<'a>, subject: &Subject, task: &'a Task, summary: TaskSummary<'a>) -> Self {
        let evidence =
            |e: &'a Evidence| EvidenceView { text: &e.text, attachments: &e.attachments, by: names.person(e.by), at: e.at };
        let ruling = |r: &'a Ruling| MarkView { by: names.person(r.by), at: r.at, reason: Cow::Borrowed(r.reason.as_str()) };
        Self {
            release,
            subject: subject.into(),
            task: summary,
            detail: &task.detail,
            opened_by: task.opened_by.map(|id| names.person(id)),
            opened_at: task.opened_at,
            source: &task.source,
            evidence: task.evidence.as_ref().map(evidence),
            verification: task.verification.as_ref().map(ruling),
            waiver: task.waiver.as_ref().map(ruling),
        }
    }
}

/// Which tasks are wanted.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct TaskQuery {
    /// True: of everybody; else those that the caller, or somebody the caller stands in for, owes or verifies.
    pub everybody: Option<bool>,
    /// Of this kind.
    pub kind: Option<TaskKind>,
    /// In this state.
    pub state: Option<TaskState>,
    /// Open (also while the evidence waits for verification), or not.
    pub open: Option<bool>,
    /// Due before this instant.
    pub due_before: Option<DateTime<Utc>>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// Items per page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<u32>,
}

impl TaskQuery {
    /// The query of the use case.
    #[must_use]
    pub fn wanted(&self) -> Wanted {
        let Self { everybody, kind, state, open, due_before, cursor, limit } = self.clone();
        let page = PageRequest { cursor, limit };
        Wanted { everybody: everybody.unwrap_or(false), kind, state, open, due_before, page }
    }
}

/// A task to be added by hand.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "kind": "preparation", "title": "准备备用服务器", "detail": "两台，机房 B",
    "assignee": "0192f3c1-7b1e-7000-8000-000000000001", "due_at": "2026-03-05T09:00:00Z"
}))]
pub struct AddTaskRequest {
    /// Why it exists; only kinds that may be added by hand.
    pub kind: TaskKind,
    /// What is to be done, in one line.
    pub title: Line,
    /// More about it.
    pub detail: Option<Note>,
    /// Who.
    pub assignee: UserId,
    /// Until when.
    pub due_at: DateTime<Utc>,
}

impl AddTaskRequest {
    /// The new task.
    #[must_use]
    pub fn task(&self) -> NewTask {
        NewTask {
            kind: self.kind,
            title: self.title.to_string(),
            detail: super::optional(self.detail.as_ref()),
            assignee: self.assignee,
            due_at: self.due_at,
        }
    }
}

/// What shows that a task is done.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "text": "已恢复到备用库并核对记录数", "attachments": [] }))]
pub struct CompleteTaskRequest {
    /// In own words.
    pub text: Note,
    /// Files of the release that show it.
    #[serde(default)]
    #[schema(max_items = 100)]
    pub attachments: Vec<AttachmentId>,
}

/// A remark on the evidence.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "remark": "已核对" }))]
pub struct VerifyTaskRequest {
    /// The remark.
    pub remark: Option<Note>,
}

/// To whom a task goes.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "assignee": "0192f3c1-7b1e-7000-8000-000000000001", "reason": "休假" }))]
pub struct ReassignTaskRequest {
    /// To whom.
    pub assignee: UserId,
    /// Why.
    pub reason: Note,
}
