//! The steps of a report: sent for approval, answered by the general manager, its measures carried out (3.5, 6, 7a). What
//! happened is said by the same events as in a release, and applied by the same code.

use super::{
    figures::QuarterlyFigures,
    report::{Assessment, Measure, QuarterlyReport, ReportState},
    rules,
};
use crate::{
    blocks::{
        approval::{ApprovalKind, ApprovalState, Capacity, Decision, Member, Quorum, Rule},
        task::{Blocks, Evidence, Ruling, Task, TaskKind, TaskState, task_in},
    },
    ids::{ReportId, TaskId, UserId},
    people::{directory::Directory, role::Role},
    subject::{
        CompanyRecord, Step,
        refusal::{Code, Party, Refusal, Text, Unmet},
        stands_for,
    },
    subjects::{
        event::{ReleaseEvent, TaskAction},
        release::{Stamp, command::Ballot},
    },
    time::clock::end_of_company_day,
};

/// Who decides on a report (3.5).
pub const APPROVER: Role = Role::GeneralManager;
/// Who may hand a measure over to somebody else: those who write reports, and who decides on them.
const STEWARDS: [Role; 3] = [Role::ReleaseOwner, Role::ProcessOwner, APPROVER];

impl Step<'_, QuarterlyReport> {
    /// Saves what people say about the quarter (7a).
    ///
    /// # Errors
    /// [`Code::ReportState`].
    pub fn assess(&mut self, assessment: &Assessment) -> Result<(), Refusal> {
        rules::may_edit(&self.record)?;
        self.save_draft(assessment.clone());
        Ok(())
    }

    /// Sends the report for approval with the figures of this moment: every general manager who has not written in it is
    /// asked, and one answer decides.
    ///
    /// # Errors
    /// Everything that is missing.
    pub fn submit(&mut self, figures: QuarterlyFigures) -> Result<(), Refusal> {
        rules::may_submit(&self.record, &figures, self.directory)?;
        self.record.figures = figures;
        self.freeze();
        let members = asked(&self.record, self.directory).into_iter().map(seated).collect();
        self.ask(ApprovalKind::QuarterlyReportApproval, one_decides(), members);
        Ok(())
    }

    /// Answers for oneself or as a deputy. Agreement freezes the report with the figures of this moment and sets its measures
    /// out as tasks; of those that stand in the revision `before` and are done, the evidence is taken over.
    ///
    /// # Errors
    /// Whoever is asked is somebody else; for agreement everything that [`rules::may_approve`] names.
    pub fn vote(&mut self, figures: QuarterlyFigures, ballot: &Ballot, before: Option<&QuarterlyReport>) -> Result<(), Refusal> {
        rules::in_state(&self.record, ReportState::Submitted)?;
        let (actor, directory) = (self.actor, self.directory);
        let state = self.answer(ballot, Code::ReportWithoutConditions, |report, _, (member, _)| match ballot.decision {
            Decision::Return => Ok(()),
            _ => rules::may_approve(report, &figures, &[actor, member], directory),
        })?;
        if state == ApprovalState::Passed {
            self.record.figures = figures;
            self.record.sha256 = Some(self.record.fingerprint());
            self.set_measures_out(before.map(|before| before.tasks.as_slice()).unwrap_or_default());
        }
        Ok(())
    }

    fn set_measures_out(&mut self, before: &[Task]) {
        let opened = self.stamp("");
        let (id, measures) = (self.record.id, self.record.assessment().measures.clone());
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
        let open: Vec<Task> = self.record.open_measures().cloned().collect();
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
        let task = task_in(&self.record.tasks, id, &[TaskState::Open], Code::TaskNotOpen)?.clone();
        if !stands_for(self.directory, self.actor, task.assignee, self.now) {
            let owner = Text::same(self.directory.name(task.assignee));
            let unmet = Unmet::new(Code::NotPermitted).of_clause("7a").with_text("who", owner);
            return Err(Refusal::one(unmet.by([Party::User(task.assignee)])));
        }
        self.on_behalf_of = Some(task.assignee).filter(|owner| *owner != self.actor);
        let evidence = Some(Evidence { text: text.to_owned(), attachments: Vec::new(), by: self.actor, at: self.now });
        self.emit(ReleaseEvent::Task { action: TaskAction::Done, task: Task { state: TaskState::Done, evidence, ..task } });
        Ok(())
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
        let task = task_in(&self.record.tasks, id, &[TaskState::Open], Code::TaskNotOpen)?.clone();
        if !self.may_hand_over() {
            let who = Text::list(&STEWARDS.map(Text::from));
            let unmet = Unmet::new(Code::NotPermitted).of_clause("7a").with_text("who", who);
            return Err(Refusal::one(unmet.by(STEWARDS.map(Party::Role))));
        }
        if !self.directory.acts_for_company(assignee) {
            return Err(Refusal::one(
                Unmet::new(Code::AssigneeUnfit).with_text("name", Text::same(self.directory.name(assignee))),
            ));
        }
        let verification = Some(Ruling { by: self.actor, at: self.now, reason: reason.to_owned() });
        self.emit(ReleaseEvent::Task { action: TaskAction::Reassigned, task: Task { assignee, verification, ..task } });
        Ok(())
    }
}

/// Who is asked: every general manager who has not written in the report.
pub(super) fn asked(report: &QuarterlyReport, directory: &Directory) -> Vec<UserId> {
    let authors = report.contributors();
    directory.holders(APPROVER).into_iter().filter(|person| !authors.contains(person)).collect()
}

/// One answer decides, on exactly what people say. (The figures are the system's; they are counted again when it is decided.)
pub(super) fn one_decides() -> Rule {
    Rule { quorum: Quorum::AtLeast, count: Some(1), must_include: Vec::new() }
}

/// The seat of somebody who decides.
pub(super) const fn seated(person: UserId) -> Member {
    Member::new(person, Capacity::Role(APPROVER))
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
