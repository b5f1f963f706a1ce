//! Who is notified of what: one declared table, from the entry of the log to the message and the people named by the step.
//!
//! Principle 5: each step notifies the people named for it, or their deputy, and nobody else. So a row names an obligation
//! or a role, never a department; who acted is not notified of it; and what is no longer outstanding when the message is made
//! (somebody was faster) is not asked for any more. Entries are of a release or of a record of the company: see [`About`].

mod people;
#[cfg(test)]
mod tests;
mod write;

use crate::{
    ids::UserId,
    notifications::notice::{Notice, NoticeKind},
    people::{
        directory::Directory,
        role::Role::{self, ChangeManager, Implementer, ReleaseAdministrator, ReleaseOwner, ReleaseTester},
    },
    subject::{CompanyRecord, answerable_for, log::LogEntry},
    subjects::{
        registers::robot::group_kinds,
        release::{facts::Facts, seat::Seat},
    },
};
use chrono::{DateTime, Utc};

/// The people of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Members of the panel who have not answered.
    Awaited,
    /// Whoever owes the task.
    Assignee,
    /// Whoever checks the evidence of the task.
    Verifier,
    /// The person whom this field of the payload names.
    Named(&'static str),
    /// Holders of these roles of the release.
    Holders(&'static [Role]),
    /// Everybody who holds a role of the release.
    Team,
    /// Everybody whom a rollback concerns: team, duty roster, panels, the customer's representative, and the heads of the
    /// departments concerned (RA7).
    Concerned,
    /// Members of a go-live panel who have answered: what they agreed to is void (3.3).
    Answered,
    /// Whoever holds this role in the company.
    Company(Role),
    /// Those who got an earlier revision of the report.
    Readers,
}

/// What an entry must be about, besides its kind, for the row to count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Only {
    /// Always.
    Always,
    /// The field of its payload has this value.
    Field(&'static str, &'static str),
}

/// One row: an entry of this kind sends this message to these people. The first row that fits counts, with those that follow it
/// for the same entry; of several messages a person gets the first.
#[derive(Debug, Clone, Copy)]
pub struct StepMail {
    /// The kind of the entry.
    pub event: &'static str,
    /// What it must be about.
    pub only: Only,
    /// Where the procedure asks for it.
    pub clause: &'static str,
    /// The message.
    pub kind: NoticeKind,
    /// Whom it goes to.
    pub to: Audience,
    /// What is to be done, as the end of a request; empty where the approval or the task says it.
    pub action: (&'static str, &'static str),
}

const fn row(
    event: &'static str,
    only: Only,
    clause: &'static str,
    kind: NoticeKind,
    to: Audience,
    action: (&'static str, &'static str),
) -> StepMail {
    StepMail { event, only, clause, kind, to, action }
}

const BY_SUBJECT: (&str, &str) = ("", "");
const RA: &[Role] = &[ReleaseAdministrator];
const RO_RA: &[Role] = &[ReleaseOwner, ReleaseAdministrator];
const RO_RI: &[Role] = &[ReleaseOwner, Implementer];
const RO_RA_RI: &[Role] = &[ReleaseOwner, ReleaseAdministrator, Implementer];
const RI: &[Role] = &[Implementer];
const RT: &[Role] = &[ReleaseTester];
const CA: &[Role] = &[Role::ConfigurationAdministrator];

const fn to_stage(stage: &'static str) -> Only {
    Only::Field("to", stage)
}

/// The whole table.
#[rustfmt::skip]
pub const STEP_MAILS: &[StepMail] = &[
    // Approvals: 5.3 plan, 5.4d acceptance, 5.6 go-live, 5.8b confirmation, 5.11 report.
    row("approval.opened", Only::Field("kind", "quarterly_report_approval"), "3.5", NoticeKind::QuarterlyReportApproval, Audience::Awaited, BY_SUBJECT),
    row("approval.opened", Only::Always, "5.3c", NoticeKind::ApprovalRequested, Audience::Awaited, BY_SUBJECT),
    row("approval.member_replaced", Only::Always, "5.3a", NoticeKind::ApprovalRequested, Audience::Named("successor"), BY_SUBJECT),
    row("approval.decided", Only::Field("state", "passed"), "5.3c", NoticeKind::ApprovalDecided, Audience::Holders(RA), BY_SUBJECT),
    row("approval.decided", Only::Field("state", "returned"), "5.3c", NoticeKind::Returned, Audience::Holders(RA), ("按意见修改后重新提交", "rework it as commented and submit it again")),
    row("approval.decided", Only::Field("state", "void"), "5.3c", NoticeKind::ApprovalVoid, Audience::Awaited, BY_SUBJECT),
    row("approval.decided", Only::Field("state", "void"), "3.3", NoticeKind::ApprovalVoid, Audience::Answered, BY_SUBJECT),
    // Tasks.
    row("task.opened", Only::Field("kind", "failed_release_review"), "3.5", NoticeKind::FailedReleaseReview, Audience::Assignee, BY_SUBJECT),
    row("task.opened", Only::Field("kind", "improvement_measure"), "7a", NoticeKind::Improvement, Audience::Assignee, BY_SUBJECT),
    row("task.opened", Only::Always, "4.RA", NoticeKind::TaskAssigned, Audience::Assignee, BY_SUBJECT),
    row("task.reassigned", Only::Field("kind", "improvement_measure"), "7a", NoticeKind::Improvement, Audience::Assignee, BY_SUBJECT),
    row("task.reassigned", Only::Always, "4.RA", NoticeKind::TaskAssigned, Audience::Assignee, BY_SUBJECT),
    row("task.submitted", Only::Always, "4.RA", NoticeKind::TaskSubmitted, Audience::Verifier, BY_SUBJECT),
    row("task.returned", Only::Always, "4.RA", NoticeKind::TaskReturned, Audience::Assignee, BY_SUBJECT),
    row("task.waived", Only::Always, "4.RA", NoticeKind::TaskWithdrawn, Audience::Assignee, BY_SUBJECT),
    row("task.cancelled", Only::Always, "4.RA", NoticeKind::TaskWithdrawn, Audience::Assignee, BY_SUBJECT),
    // The team.
    row("release.created", Only::Always, "4.R0", NoticeKind::RoleAssigned, Audience::Team, BY_SUBJECT),
    row("release.role_assigned", Only::Always, "4.R0", NoticeKind::RoleAssigned, Audience::Named("user_id"), BY_SUBJECT),
    // Steps that one role takes next.
    row("release.stage_changed", to_stage("planning"), "5.3c", NoticeKind::TaskAssigned, Audience::Holders(RA), ("修订发布方案", "revise the release plan")),
    row("release.stage_changed", to_stage("testing"), "5.4a", NoticeKind::TaskAssigned, Audience::Holders(RT), ("按方案测试并提交测试报告", "test as planned and submit the test report")),
    row("document.submitted", Only::Field("document", "test_report"), "5.4c", NoticeKind::TaskSubmitted, Audience::Holders(RA), ("接收测试报告", "receive the test report")),
    row("release.stage_changed", to_stage("go_live_planning"), "5.5", NoticeKind::TaskAssigned, Audience::Holders(RA), ("编制上线计划", "write the go-live plan")),
    row("release.stage_changed", to_stage("readiness"), "5.7", NoticeKind::TaskAssigned, Audience::Holders(RA), ("组织沟通和培训", "see to communication and training")),
    row("release.stage_changed", to_stage("configuration_update"), "5.9", NoticeKind::TaskAssigned, Audience::Holders(RI), ("通知更新配置库", "send the requests to update the configuration database")),
    row("release.stage_changed", to_stage("closure"), "5.10b", NoticeKind::TaskAssigned, Audience::Holders(RI), ("关闭发布", "close the release")),
    row("release.reopened", Only::Always, "5.10b", NoticeKind::TaskAssigned, Audience::Holders(RI), ("处理后再次关闭发布", "see to what is left and close the release again")),
    // Configuration.
    row("configuration_change.requested", Only::Always, "5.9", NoticeKind::ConfigurationRequested, Audience::Holders(CA), ("更新配置库并确认", "update the configuration database and confirm")),
    row("configuration_change.returned", Only::Always, "5.9", NoticeKind::ConfigurationReturned, Audience::Holders(RI), ("补正后重新提交更新请求", "correct the request and send it again")),
    row("change.reopened", Only::Always, "9.1e", NoticeKind::ConfigurationReturned, Audience::Company(ChangeManager), ("核对重新打开的变更：配置管理员退回了它的配置结果", "look at the change that is open again: the configuration administrator sent its result back")),
    // The window of an approved release (5.5.4).
    row("release.conflict_found", Only::Field("after", "approval"), "5.5.4", NoticeKind::ConflictFound, Audience::Holders(RO_RA), ("查看新的时间冲突：改期、说明理由或申请封网例外", "look at the new conflict: move the window, give a reason, or ask for an exception")),
    // Deployment.
    row("run_sheet.entry_recorded", Only::Field("result", "failed"), "5.8c", NoticeKind::DeploymentFailed, Audience::Holders(RO_RA), ("决定继续部署或回退", "decide whether to go on or to roll back")),
    row("deployment.rollback_started", Only::Always, "5.2.5", NoticeKind::TaskAssigned, Audience::Holders(RI), ("按回退方案执行回退", "carry out the rollback plan")),
    row("deployment.rollback_started", Only::Always, "4.RA7", NoticeKind::RollbackStarted, Audience::Concerned, BY_SUBJECT),
    row("release.verdict_recorded", Only::Field("verdict", "rolled_back"), "5.2.5", NoticeKind::RolledBack, Audience::Holders(RO_RA_RI), BY_SUBJECT),
    row("release.verdict_recorded", Only::Always, "5.8b", NoticeKind::Verdict, Audience::Holders(RO_RA_RI), BY_SUBJECT),
    // The release as a whole.
    row("release.suspended", Only::Always, "4.RO2", NoticeKind::Suspended, Audience::Team, BY_SUBJECT),
    row("release.resumed", Only::Always, "4.RO2", NoticeKind::Resumed, Audience::Team, BY_SUBJECT),
    row("release.cancelled", Only::Always, "4.RO2", NoticeKind::Cancelled, Audience::Team, BY_SUBJECT),
    row("release.closed", Only::Always, "5.10b", NoticeKind::Closed, Audience::Holders(RO_RA), BY_SUBJECT),
    // What is late (5.10b, D6): told once when it becomes so, nobody closes anything for them.
    row("release.closure_overdue", Only::Always, "5.10b", NoticeKind::ClosureOverdue, Audience::Holders(RO_RI), ("关闭发布", "close the release")),
    row("release.report_overdue", Only::Always, "5.11", NoticeKind::ReportOverdue, Audience::Holders(RO_RA), ("完成发布报告", "finish the release report")),
    // What is open for too long (section 13); the clause is that of what is outstanding.
    row("reminder.raised", Only::Field("step", "person"), "5.6b", NoticeKind::Reminder, Audience::Named("to"), BY_SUBJECT),
    row("reminder.raised", Only::Always, "5.6b", NoticeKind::Escalation, Audience::Named("to"), BY_SUBJECT),
    // The report of a quarter. Approved, it goes out by schedule.
    row("quarterly_report.drafted", Only::Always, "6", NoticeKind::QuarterlyReportDraft, Audience::Company(ReleaseOwner), BY_SUBJECT),
    row("quarterly_report.returned", Only::Always, "6", NoticeKind::QuarterlyReportDraft, Audience::Company(ReleaseOwner), BY_SUBJECT),
    row("quarterly_report.restated", Only::Always, "6", NoticeKind::QuarterlyReportDraft, Audience::Company(ReleaseOwner), BY_SUBJECT),
    row("quarterly_report.restated", Only::Always, "6", NoticeKind::Restatement, Audience::Readers, BY_SUBJECT),
    // A version of the procedure. Who reviews and approves it is asked like any panel.
    row("procedure_version.returned", Only::Always, "7b", NoticeKind::Returned, Audience::Named("prepared_by"), ("按意见修改后重新提交", "rework it as commented and submit it again")),
    row("procedure_version.approved", Only::Always, "7b", NoticeKind::ApprovalDecided, Audience::Named("prepared_by"), BY_SUBJECT),
];

/// What entries are about, as it stands now.
#[derive(Debug, Clone, Copy)]
pub enum About<'a> {
    /// A release.
    Release(&'a Facts<'a>),
    /// A record of the company.
    Company {
        /// The very record that the entry names.
        record: &'a dyn CompanyRecord,
        /// Who got an earlier revision of it.
        readers: &'a [UserId],
    },
}

/// A message for one person.
#[derive(Debug, Clone, PartialEq)]
pub struct Notification {
    /// Who reads it: the person named by the step, or a deputy.
    pub reader: UserId,
    /// The person named by the step, when the reader is a deputy.
    pub instead_of: Option<UserId>,
    /// What is said.
    pub notice: Notice,
}

/// The rows that an entry falls under: the first that fits, and those that follow it for the same entry.
pub fn rules_of(entry: &LogEntry) -> impl Iterator<Item = &'static StepMail> {
    let first = STEP_MAILS.iter().find(|row| row.event == entry.kind && row.only.fits(entry));
    STEP_MAILS.iter().filter(move |row| first.is_some_and(|first| (first.event, first.only) == (row.event, row.only)))
}

impl Only {
    fn fits(self, entry: &LogEntry) -> bool {
        match self {
            Self::Always => true,
            Self::Field(name, value) => [&entry.payload[name], &entry.payload["task"][name]].iter().any(|found| *found == value),
        }
    }
}

/// The messages of one entry, as things stand now.
#[must_use]
pub fn notifications(entry: &LogEntry, about: About<'_>, directory: &Directory, now: DateTime<Utc>) -> Vec<Notification> {
    let did_it = |person: UserId| [entry.actor, entry.on_behalf_of].contains(&Some(person));
    let mut all: Vec<Notification> = Vec::new();
    for rule in rules_of(entry) {
        let Some(matter) = people::matter(rule, entry, about, directory, now) else { continue };
        for named in people::named(rule.to, &matter, entry, about, directory) {
            let (reader, instead_of) = reader_for(rule, &matter, about, directory, (named, now));
            let heard = all.iter().any(|told| told.reader == reader && told.instead_of == instead_of);
            if heard || did_it(named) || did_it(reader) || directory.active_user(reader).is_none() {
                continue;
            }
            let to = write::Addressee { directory, reader: Some(reader), instead_of };
            all.push(Notification { reader, instead_of, notice: write::notice(rule, &matter, about, to) });
        }
    }
    all
}

/// The row of an entry that a group is told: a row that informs goes before one that asks a single person.
fn rule_for_groups(entry: &LogEntry) -> Option<&'static StepMail> {
    let kinds = group_kinds();
    let told: Vec<&StepMail> = rules_of(entry).filter(|rule| kinds.contains(&rule.kind)).collect();
    told.iter().find(|rule| rule.to == Audience::Concerned).or(told.first()).copied()
}

/// The message of one entry for a group, as things stand now; see [`crate::robot`].
#[must_use]
pub fn group_notice(entry: &LogEntry, facts: &Facts<'_>) -> Option<Notice> {
    let rule = rule_for_groups(entry)?;
    let about = About::Release(facts);
    let matter = people::matter(rule, entry, about, facts.directory, facts.now)?;
    let nobody = write::Addressee { directory: facts.directory, reader: None, instead_of: None };
    Some(write::notice(rule, &matter, about, nobody).for_group())
}

/// Who reads what is meant for a person: while the person is away, the first deputy who may act in the seat (D16).
fn reader_for(
    rule: &StepMail,
    matter: &people::Matter<'_>,
    about: About<'_>,
    directory: &Directory,
    (named, now): (UserId, DateTime<Utc>),
) -> (UserId, Option<UserId>) {
    if !directory.is_absent(named, crate::time::clock::company_day(now)) {
        return (named, None);
    }
    let deputy = match (about, people::seat(rule, matter, about, named)) {
        (About::Release(facts), Some(seat)) => facts.fit_deputies(named, seat).first().copied(),
        (About::Release(facts), None) => directory.deputies_of(named, now).find(|deputy| facts.has_say(*deputy)),
        (About::Company { record, .. }, Some(Seat::Member(..))) => {
            directory.deputies_of(named, now).find(|deputy| answerable_for(record, directory, *deputy, now).contains(&named))
        }
        (About::Company { .. }, _) => directory.deputies_of(named, now).next(),
    };
    deputy.map_or((named, None), |deputy| (deputy, Some(named)))
}
