//! The steps of a report: sent for approval, answered by the general manager, its measures carried out (3.5, 6, 7a). What
//! happened is said by the same events as in a release, and applied by the same code.

use super::{
    figures::QuarterlyFigures,
    report::{Assessment, Measure, QuarterlyReport, ReportState},
    rules,
};
use crate::{
    blocks::{
        approval::{Approval, ApprovalKind, ApprovalState, Capacity, Decision, Member, Quorum, Rule, SignedContent, Vote},
        document::{DocumentContent, DocumentKind, Draft},
        task::{Blocks, Evidence, Ruling, Task, TaskKind, TaskState, task_in},
    },
    ids::{ApprovalId, ReportId, TaskId, UserId},
    people::{directory::Directory, role::Role},
    subject::refusal::{Code, Party, Refusal, Text, Unmet},
    subjects::{
        event::{ReleaseEvent, TaskAction},
        release::{Stamp, command::Ballot, parameters::Parameters},
    },
    time::clock::end_of_company_day,
};
use chrono::{DateTime, Utc};
use std::sync::Arc;

/// Who decides on a report (3.5).
pub const APPROVER: Role = Role::GeneralManager;
/// Who may hand a measure over to somebody else: those who write reports, and who decides on them.
const STEWARDS: [Role; 3] = [Role::ReleaseOwner, Role::ProcessOwner, APPROVER];

/// A step being taken.
#[derive(Debug)]
pub struct Step<'a> {
    /// The company.
    pub directory: &'a Directory,
    /// The procedure version.
    pub parameters: &'a Parameters,
    /// The moment.
    pub now: DateTime<Utc>,
    /// Who takes it.
    pub actor: UserId,
    /// The report as it is by now.
    pub report: QuarterlyReport,
    /// What happened.
    pub events: Vec<ReleaseEvent>,
    /// The person for whom a deputy took it.
    pub on_behalf_of: Option<UserId>,
}

impl<'a> Step<'a> {
    /// Nothing has happened yet.
    #[must_use]
    pub const fn new(
        directory: &'a Directory,
        parameters: &'a Parameters,
        now: DateTime<Utc>,
        actor: UserId,
        report: QuarterlyReport,
    ) -> Self {
        Self { directory, parameters, now, actor, report, events: Vec::new(), on_behalf_of: None }
    }

    fn emit(&mut self, event: ReleaseEvent) {
        self.report.apply(&event);
        self.events.push(event);
    }

    fn name(&self, person: UserId) -> Text {
        Text::same(self.directory.name(person))
    }

    /// Saves what people say about the quarter (7a).
    ///
    /// # Errors
    /// [`Code::ReportState`].
    pub fn assess(&mut self, assessment: &Assessment) -> Result<(), Refusal> {
        rules::may_edit(&self.report)?;
        let content = Arc::new(DocumentContent::from(assessment.clone()));
        let draft = Draft { content, saved: self.stamp(""), on_behalf_of: None };
        let (document, number) = (self.report.document.kind, self.report.number.clone());
        self.emit(ReleaseEvent::DraftSaved { document, number, draft });
        Ok(())
    }

    fn stamp(&self, reason: &str) -> Stamp {
        Stamp { by: self.actor, at: self.now, reason: reason.to_owned() }
    }

    /// Freezes what is written as the next revision; what was sent back and is sent again as it was stays that revision.
    fn freeze(&mut self) {
        let content = DocumentContent::from(self.report.assessment().clone());
        let document = &self.report.document;
        let is_new = document.draft.is_some() || document.revisions.is_empty();
        let revision = document.next_revision(content, [self.actor], self.stamp(""));
        let (document, number) = (document.kind, self.report.number.clone());
        if is_new {
            self.emit(ReleaseEvent::DocumentSubmitted { document, number, revision });
        }
    }

    /// Sends the report for approval with the figures of this moment: every general manager who has not written in it is
    /// asked, and one answer decides.
    ///
    /// # Errors
    /// Everything that is missing.
    pub fn submit(&mut self, figures: QuarterlyFigures) -> Result<(), Refusal> {
        rules::may_submit(&self.report, &figures, self.directory)?;
        self.report.figures = figures;
        self.freeze();
        let due_at = self.directory.calendar.add_working_days(self.now, self.parameters.escalation_working_days);
        let opened = self.stamp("");
        let approval = sign_off(&self.report, asked(&self.report, self.directory), &opened, due_at);
        self.emit(ReleaseEvent::ApprovalOpened(approval));
        Ok(())
    }

    /// Answers for oneself or as a deputy. Agreement freezes the report with the figures of this moment and sets its measures
    /// out as tasks; of those that stand in the revision `before` and are done, the evidence is taken over.
    ///
    /// # Errors
    /// Whoever is asked is somebody else; for agreement everything that [`rules::may_approve`] names.
    pub fn vote(&mut self, figures: QuarterlyFigures, ballot: &Ballot, before: Option<&QuarterlyReport>) -> Result<(), Refusal> {
        rules::in_state(&self.report, ReportState::Submitted)?;
        let Some(approval) = self.report.open_approval().cloned() else { return Err(Refusal::one(Code::ApprovalUnknown)) };
        let member = self.seat(&approval, ballot.on_behalf_of)?;
        match ballot.decision {
            Decision::Pass if ballot.conditions.is_empty() => {
                rules::may_approve(&self.report, &figures, &[self.actor, member], self.directory)?;
            }
            Decision::Return if ballot.conditions.is_empty() => {
                Refusal::unless_empty(
                    ballot.comment.trim().is_empty().then(|| Code::VoteCommentRequired.into()).into_iter().collect(),
                )?;
            }
            _ => return Err(Refusal::one(Code::ReportWithoutConditions)),
        }
        let (approval_id, at) = (approval.id, self.now);
        if !approval.members.iter().any(|seated| seated.user_id == member) {
            let member = Member::new(member, Capacity::Role(APPROVER));
            self.emit(ReleaseEvent::MemberAdded { approval_id, member });
        }
        self.on_behalf_of = Some(member).filter(|member| *member != self.actor);
        let vote = Vote {
            decision: ballot.decision,
            comment: ballot.comment.clone(),
            conditions: Vec::new(),
            by: self.actor,
            at,
            reauthenticated: ballot.decision == Decision::Pass,
            carried_from: None,
        };
        self.emit(ReleaseEvent::VoteCast { approval_id, member, vote });
        let state = if ballot.decision == Decision::Pass { ApprovalState::Passed } else { ApprovalState::Returned };
        self.emit(ReleaseEvent::ApprovalDecided { approval_id, state, at, reason: None });
        if state == ApprovalState::Passed {
            self.report.figures = figures;
            self.report.sha256 = Some(self.report.fingerprint());
            self.set_measures_out(before.map(|before| before.tasks.as_slice()).unwrap_or_default());
        }
        Ok(())
    }

    /// For whom the actor answers: the actor, if general manager; else the one for whom the actor stands in today.
    fn seat(&self, approval: &Approval, wanted: Option<UserId>) -> Result<UserId, Refusal> {
        let Self { directory, actor, now, .. } = *self;
        let holders = directory.holders(APPROVER);
        if directory.holds(actor, APPROVER) && wanted.is_none_or(|wanted| wanted == actor) {
            return Ok(actor);
        }
        let stands_in = |holder: &UserId| {
            wanted.is_none_or(|wanted| wanted == *holder)
                && directory.acts_for_company(actor)
                && directory.is_deputy(actor, *holder, now)
        };
        if let Some(principal) = holders.iter().copied().find(stands_in) {
            return Ok(principal);
        }
        let asked: Vec<UserId> = approval.awaited().chain(holders).collect();
        let unmet = Unmet::new(Code::NotPermitted).of_clause("6").with_text("who", Text::from(APPROVER));
        Err(Refusal::one(unmet.by(asked.into_iter().map(Party::User))))
    }

    fn set_measures_out(&mut self, before: &[Task]) {
        let opened = self.stamp("");
        let (id, measures) = (self.report.id, self.report.assessment().measures.clone());
        for task in (1..).zip(&measures).filter_map(|(number, measure)| task_of(id, number, measure, &opened)) {
            let same = |t: &&Task| {
                (&t.title, &t.detail, t.assignee, t.due_at) == (&task.title, &task.detail, task.assignee, task.due_at)
            };
            let evidence = before.iter().filter(|t| t.state == TaskState::Done).find(same).and_then(|done| done.evidence.clone());
            self.emit(ReleaseEvent::Task { action: TaskAction::Opened, task: task.clone() });
            if evidence.is_some() {
                self.emit(ReleaseEvent::Task {
                    action: TaskAction::Done,
                    task: Task { state: TaskState::Done, evidence, ..task },
                });
            }
        }
    }

    /// Ends the measures that a later revision has set out anew.
    pub fn withdraw_measures(&mut self) {
        let open: Vec<Task> = self.report.open_measures().cloned().collect();
        for task in open {
            let task = Task { state: TaskState::Cancelled, ..task };
            self.emit(ReleaseEvent::Task { action: TaskAction::Cancelled, task });
        }
    }

    /// Says that a measure is done, with what shows it. Only its owner or somebody who stands in for the owner may.
    ///
    /// # Errors
    /// [`Code::TaskUnknown`], [`Code::TaskNotOpen`], [`Code::NotPermitted`].
    pub fn complete(&mut self, id: TaskId, text: &str) -> Result<(), Refusal> {
        let task = task_in(&self.report.tasks, id, &[TaskState::Open], Code::TaskNotOpen)?.clone();
        if !self.may_complete(&task) {
            let unmet = Unmet::new(Code::NotPermitted).of_clause("7a").with_text("who", self.name(task.assignee));
            return Err(Refusal::one(unmet.by([Party::User(task.assignee)])));
        }
        self.on_behalf_of = Some(task.assignee).filter(|owner| *owner != self.actor);
        let evidence = Some(Evidence { text: text.to_owned(), attachments: Vec::new(), by: self.actor, at: self.now });
        self.emit(ReleaseEvent::Task { action: TaskAction::Done, task: Task { state: TaskState::Done, evidence, ..task } });
        Ok(())
    }

    /// For whom a person could answer the sign-off that is open: oneself, those for whom the person stands in today.
    #[must_use]
    pub fn can_answer_for(&self) -> Vec<UserId> {
        let Some(approval) = self.report.open_approval() else { return Vec::new() };
        let authors = self.report.contributors();
        let seats = self.directory.holders(APPROVER).into_iter().filter(|holder| self.seat(approval, Some(*holder)).is_ok());
        seats.filter(|holder| [*holder, self.actor].iter().all(|id| !authors.contains(id))).collect()
    }

    /// True when the person owes the measure, or stands in for whoever does.
    #[must_use]
    pub fn may_complete(&self, task: &Task) -> bool {
        let Self { directory, actor, now, .. } = *self;
        task.assignee == actor || (directory.acts_for_company(actor) && directory.is_deputy(actor, task.assignee, now))
    }

    /// True when the person answers for reports: writes them, or decides on them.
    #[must_use]
    pub fn may_hand_over(&self) -> bool {
        STEWARDS.iter().any(|role| self.directory.holds(self.actor, *role))
    }

    /// Gives a measure to somebody else of the company.
    ///
    /// # Errors
    /// [`Code::TaskUnknown`], [`Code::TaskNotOpen`], [`Code::AssigneeUnfit`], [`Code::NotPermitted`].
    pub fn reassign(&mut self, id: TaskId, assignee: UserId, reason: &str) -> Result<(), Refusal> {
        let task = task_in(&self.report.tasks, id, &[TaskState::Open], Code::TaskNotOpen)?.clone();
        if !self.may_hand_over() {
            let who = Text::list(&STEWARDS.map(Text::from));
            let unmet = Unmet::new(Code::NotPermitted).of_clause("7a").with_text("who", who);
            return Err(Refusal::one(unmet.by(STEWARDS.map(Party::Role))));
        }
        if !self.directory.acts_for_company(assignee) {
            return Err(Refusal::one(Unmet::new(Code::AssigneeUnfit).with_text("name", self.name(assignee))));
        }
        let verification = Some(Ruling { by: self.actor, at: self.now, reason: reason.to_owned() });
        self.emit(ReleaseEvent::Task { action: TaskAction::Reassigned, task: Task { assignee, verification, ..task } });
        Ok(())
    }
}

/// Who is asked: every general manager who has not written in the report.
pub(crate) fn asked(report: &QuarterlyReport, directory: &Directory) -> Vec<UserId> {
    let authors = report.contributors();
    directory.holders(APPROVER).into_iter().filter(|person| !authors.contains(person)).collect()
}

/// The next sign-off of a report: one answer decides on exactly what people say in it. (The figures are the system's; they are
/// counted again when it is decided.)
pub(super) fn sign_off(report: &QuarterlyReport, people: Vec<UserId>, opened: &Stamp, due_at: DateTime<Utc>) -> Approval {
    let revision = report.document.latest();
    Approval {
        id: ApprovalId::nth(report.id, report.approvals.len() + 1),
        kind: ApprovalKind::QuarterlyReportApproval,
        subject: SignedContent {
            document: DocumentKind::QuarterlyReport,
            revision: revision.map_or(0, |revision| revision.revision),
            sha256: revision.map(|revision| revision.sha256.clone()).unwrap_or_default(),
            sections: revision.map(|revision| revision.sections.clone()).unwrap_or_default(),
            phase: None,
        },
        rule: Rule { quorum: Quorum::AtLeast, count: Some(1), must_include: Vec::new() },
        members: people.into_iter().map(|person| Member::new(person, Capacity::Role(APPROVER))).collect(),
        state: ApprovalState::Open,
        place: String::new(),
        opened_by: opened.by,
        opened_at: opened.at,
        due_at,
        decided_at: None,
        void_reason: None,
        remarks: Vec::new(),
    }
}

/// A measure as the task of whoever owes it; none as long as it lacks an owner or a day.
pub(super) fn task_of(report: ReportId, number: usize, measure: &Measure, opened: &Stamp) -> Option<Task> {
    let (assignee, due_at) = measure.owner.zip(measure.due.and_then(end_of_company_day))?;
    let (title, detail) = headline(&measure.text);
    Some(Task {
        id: TaskId::nth(report, number),
        kind: TaskKind::ImprovementMeasure,
        title,
        detail,
        assignee,
        blocks: Blocks::Nothing,
        due_at,
        state: TaskState::Open,
        opened_by: Some(opened.by),
        opened_at: opened.at,
        source: format!("measures/{number}"),
        evidence: None,
        verification: None,
        waiver: None,
        changes: 0,
    })
}

/// The number of a measure in its report, from 1.
#[must_use]
pub fn measure_number(task: &Task) -> u32 {
    task.source.strip_prefix("measures/").and_then(|number| number.parse().ok()).unwrap_or_default()
}

/// A text as one line, and in full when it has more.
fn headline(text: &str) -> (String, String) {
    let text = text.trim();
    match text.split_once('\n') {
        None => (text.to_owned(), String::new()),
        Some((first, _)) => (first.trim().to_owned(), text.to_owned()),
    }
}

/// The words of a measure, in full.
#[must_use]
pub fn measure_text(task: &Task) -> &str {
    if task.detail.is_empty() { &task.title } else { &task.detail }
}

/// The measure with this number that is not done.
///
/// # Errors
/// [`Code::MeasureUnknown`].
pub fn open_measure(report: &QuarterlyReport, number: u32) -> Result<TaskId, Refusal> {
    let task = report.open_measures().find(|task| measure_number(task) == number);
    task.map(|task| task.id).ok_or_else(|| Refusal::one(Unmet::new(Code::MeasureUnknown).with("number", number)))
}
