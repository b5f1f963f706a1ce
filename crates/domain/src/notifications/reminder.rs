//! Reminders and escalation (5.6b, 3.5, 7a, section 13): who is told that something is open for too long, and when. One
//! table says how; [`due_reminders`] and [`due_in_record`] say what is due by now. Nobody's decision is ever taken by a timeout.

use crate::{
    blocks::{
        approval::{Approval, ApprovalKind, Member},
        task::{Blocks, Task, TaskKind, TaskState},
    },
    ids::UserId,
    people::{directory::Directory, role::Role},
    subject::{CompanyRecord, answerable_for, awaited, refusal::Text},
    subjects::release::{
        facts::Facts,
        parameters::Parameters,
        records::{ConfigurationChange, ConfigurationState},
        seat::Seat,
    },
    time::{clock::company_day, working_time::WorkingCalendar},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

crate::word_enum! {
    /// What is open.
    Outstanding {
        /// An answer of a panel member.
        Approval = "approval",
        /// The opinion of a department.
        Opinion = "opinion",
        /// The verification of somebody's evidence.
        Verification = "verification",
        /// The update of a configuration item.
        ConfigurationUpdate = "configuration_update",
        /// The release report.
        ReleaseReport = "release_report",
        /// A step that an emergency release makes up.
        EmergencyStep = "emergency_step",
        /// The review of a release without success.
        FailedReleaseReview = "failed_release_review",
        /// An action of such a review.
        ReviewAction = "review_action",
        /// A measure of an approved quarterly report.
        Measure = "measure",
        /// Any other task.
        Task = "task",
    }
}

crate::word_enum! {
    /// Who is notified, one after the other.
    ReminderStep {
        /// Whoever owes it.
        Person = "person",
        /// Whoever stands in for that person today.
        Deputy = "deputy",
        /// The release owner.
        Owner = "owner",
        /// The general manager, for what stops a release.
        GeneralManager = "general_manager",
    }
}

/// From when working days are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Since {
    /// From the moment it was asked for.
    Asked,
    /// From the moment it was due.
    Due,
}

/// How one kind of open thing is brought to mind.
#[derive(Debug, Clone, Copy)]
pub struct ReminderRule {
    /// What.
    pub owed: Outstanding,
    /// The clause.
    pub clause: &'static str,
    /// What is to be done, Chinese, with `{}` for what it is, unless the release says that.
    pub zh: &'static str,
    /// The same in English.
    pub en: &'static str,
    /// From when days are counted.
    pub since: Since,
}

const fn rule(owed: Outstanding, clause: &'static str, since: Since, zh: &'static str, en: &'static str) -> ReminderRule {
    ReminderRule { owed, clause, zh, en, since }
}

/// Every kind of open thing. The days come from the procedure version: see [`days_until`].
#[rustfmt::skip]
pub const REMINDER_RULES: [ReminderRule; 10] = [
    rule(Outstanding::Approval, "5.6b", Since::Asked, "处理{}", "answer the {}"),
    rule(Outstanding::Opinion, "4.RA1", Since::Asked, "提交部门意见“{}”", "give the opinion of the department: “{}”"),
    rule(Outstanding::Verification, "5.7d", Since::Asked, "核实“{}”的完成证据", "verify the evidence for “{}”"),
    rule(Outstanding::ConfigurationUpdate, "5.9", Since::Due, "更新配置项“{}”", "update the configuration item “{}”"),
    rule(Outstanding::ReleaseReport, "5.11", Since::Due, "完成发布报告", "finish the release report"),
    rule(Outstanding::EmergencyStep, "D11", Since::Due, "补办紧急发布步骤“{}”", "make up the step of the emergency release: “{}”"),
    rule(Outstanding::FailedReleaseReview, "3.5", Since::Due, "完成失败发布回顾", "finish the review of the failed release"),
    rule(Outstanding::ReviewAction, "3.5", Since::Due, "落实回顾措施“{}”", "carry out the action of the review: “{}”"),
    rule(Outstanding::Measure, "7a", Since::Due, "落实改进措施“{}”", "carry out the measure “{}”"),
    rule(Outstanding::Task, "R0", Since::Due, "完成“{}”", "complete “{}”"),
];

impl Outstanding {
    /// How it is brought to mind.
    #[must_use]
    pub fn rule(self) -> &'static ReminderRule {
        &REMINDER_RULES[crate::table::places!(REMINDER_RULES, owed, Outstanding)[self as usize]]
    }
}

/// Working days until a step is told. What was asked for is brought to mind after the days of the procedure version (1 and
/// 2 in V1.0), then the deputy hears of it; what has a due date at that date. The owner and the general manager follow,
/// one reminder's length after the step before.
#[must_use]
pub const fn days_until(step: ReminderStep, since: Since, parameters: &Parameters) -> u32 {
    let (remind, escalate) = (parameters.reminder_working_days, parameters.escalation_working_days);
    match (since, step) {
        (Since::Due, ReminderStep::Person) => 0,
        (Since::Due, ReminderStep::Deputy) | (Since::Asked, ReminderStep::Person) => remind,
        (Since::Due, ReminderStep::Owner) | (Since::Asked, ReminderStep::Deputy) => escalate,
        (Since::Due, ReminderStep::GeneralManager) | (Since::Asked, ReminderStep::Owner) => escalate + remind,
        (Since::Asked, ReminderStep::GeneralManager) => escalate + 2 * remind,
    }
}

/// Something that one person is to be told, once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reminder {
    /// The same for ever: what is open, by whom, and the step. With the recipient it is told once.
    pub key: String,
    /// Who is notified.
    pub to: UserId,
    /// The step.
    pub step: ReminderStep,
    /// What is open.
    pub owed: Outstanding,
    /// Who owes it.
    pub by: UserId,
    /// What it is, in the words of its author or by its name.
    pub title: Text,
    /// When it is or was due.
    pub due_at: DateTime<Utc>,
    /// Since when this step has been due.
    pub since: DateTime<Utc>,
    /// The page on which it can be cleared, below the API: `approvals/…`.
    pub place: String,
}

impl Reminder {
    /// What is to be done by whoever owes it, as the end of a request.
    #[must_use]
    pub fn action(&self) -> Text {
        let rule = self.owed.rule();
        Text::new(rule.zh.replace("{}", &self.title.zh), rule.en.replace("{}", &self.title.en))
    }
}

/// What is open.
struct Open {
    owed: Outstanding,
    key: String,
    by: UserId,
    /// Who may act for that person today.
    deputies: Vec<UserId>,
    title: Text,
    asked_at: DateTime<Utc>,
    due_at: DateTime<Utc>,
    stops: bool,
    place: String,
    /// Who answers for the whole: the owner of the release, those of all releases.
    owners: Vec<UserId>,
}

/// What decides on the steps.
#[derive(Clone, Copy)]
struct Context<'a> {
    directory: &'a Directory,
    calendar: &'a WorkingCalendar,
    parameters: &'a Parameters,
    now: DateTime<Utc>,
}

/// Everything that somebody is to be told about a release by now, in stable order. A suspended or cancelled release asks
/// nothing.
#[must_use]
pub fn due_reminders(facts: &Facts<'_>) -> Vec<Reminder> {
    let release = &facts.dossier.release;
    if release.suspension.is_some() || release.cancelled.is_some() {
        return Vec::new();
    }
    let Facts { directory, calendar, parameters, now, .. } = *facts;
    let ground = Context { directory, calendar, parameters, now };
    open_in(facts).iter().flat_map(|open| steps(ground, open)).collect()
}

/// Everything that is open about a release.
fn open_in(facts: &Facts<'_>) -> Vec<Open> {
    let dossier = facts.dossier;
    let answers = dossier.approvals.iter().filter(|a| a.is_open()).flat_map(|a| answers(facts, a));
    let tasks = dossier.tasks.iter().filter(|t| t.is_open()).filter_map(|t| task(facts, t));
    let items = dossier.configuration.iter().filter_map(|c| configuration(facts, c));
    answers.chain(tasks).chain(items).collect()
}

/// Everything that somebody is to be told by now about a record of the company: its approval (3.5, 7), its measures (7a).
#[must_use]
pub fn due_in_record(
    record: &dyn CompanyRecord,
    directory: &Directory,
    parameters: &Parameters,
    now: DateTime<Utc>,
) -> Vec<Reminder> {
    let ground = Context { directory, calendar: &directory.calendar, parameters, now };
    open_in_record(record, directory, now).iter().flat_map(|open| steps(ground, open)).collect()
}

/// Everything that is open about a record of the company.
fn open_in_record(record: &dyn CompanyRecord, directory: &Directory, now: DateTime<Utc>) -> Vec<Open> {
    let owners = |by: UserId| {
        let holders = record.owners().iter().flat_map(|role| directory.holders(*role));
        holders.filter(|owner| *owner != by).collect()
    };
    let place = record.subject().address;
    let can_answer = |deputy: UserId, by: UserId| answerable_for(record, directory, deputy, now).contains(&by);
    let answer = |approval: &Approval, by: UserId| Open {
        owed: Outstanding::Approval,
        key: format!("approvals/{}/{by}", approval.id),
        by,
        deputies: directory.deputies_of(by, now).filter(|deputy| can_answer(*deputy, by)).collect(),
        title: approval.kind.text(),
        asked_at: approval.opened_at,
        due_at: approval.due_at,
        stops: false,
        place: place.clone(),
        owners: owners(by),
    };
    let measure = |task: &Task| Open {
        owed: Outstanding::Measure,
        key: record.task_key(task),
        by: task.assignee,
        deputies: directory.deputies_of(task.assignee, now).collect(),
        title: Text::same(&task.title),
        asked_at: task.due_at,
        due_at: task.due_at,
        stops: false,
        place: place.clone(),
        owners: owners(task.assignee),
    };
    // Whoever has become general manager since may answer as well, and is notified.
    let answers = record.open_approval().into_iter().flat_map(|approval| {
        let asked = awaited(record, approval, directory);
        asked.into_iter().map(|by| answer(approval, by)).collect::<Vec<_>>()
    });
    answers.chain(record.parts().tasks.iter().filter(|task| task.is_open()).map(measure)).collect()
}

/// True while what a reminder is about is still open with whoever owed it.
#[must_use]
pub fn is_open(facts: &Facts<'_>, reminder: &Reminder) -> bool {
    open_in(facts).iter().any(|open| reminder.key == format!("{}/{}", open.key, reminder.step))
}

/// True while what a reminder about a record of the company is about is still open with whoever owed it.
#[must_use]
pub fn is_open_in_record(record: &dyn CompanyRecord, directory: &Directory, reminder: &Reminder, now: DateTime<Utc>) -> bool {
    let open = open_in_record(record, directory, now);
    open.iter().any(|open| reminder.key == format!("{}/{}", open.key, reminder.step))
}

fn owner_but(facts: &Facts<'_>, by: UserId) -> Vec<UserId> {
    facts.holder(Role::ReleaseOwner).filter(|owner| *owner != by).into_iter().collect()
}

fn answers(facts: &Facts<'_>, approval: &Approval) -> Vec<Open> {
    let one = |member: &Member| Open {
        owed: Outstanding::Approval,
        key: format!("approvals/{}/{}", approval.id, member.user_id),
        by: member.user_id,
        deputies: facts.fit_deputies(member.user_id, Seat::Member(approval, member)),
        title: approval.kind.text(),
        asked_at: approval.opened_at,
        due_at: approval.due_at,
        stops: approval.kind != ApprovalKind::ReportApproval,
        place: format!("approvals/{}", approval.id),
        owners: owner_but(facts, member.user_id),
    };
    approval.members.iter().filter(|m| m.vote.is_none()).map(one).collect()
}

fn task(facts: &Facts<'_>, task: &Task) -> Option<Open> {
    let waits = task.state == TaskState::Submitted;
    let owed = match task.kind {
        _ if waits => Outstanding::Verification,
        TaskKind::OpinionRequest => Outstanding::Opinion,
        TaskKind::ReleaseReport => Outstanding::ReleaseReport,
        TaskKind::EmergencyMakeUp => Outstanding::EmergencyStep,
        TaskKind::FailedReleaseReview => Outstanding::FailedReleaseReview,
        TaskKind::ReviewAction => Outstanding::ReviewAction,
        TaskKind::ImprovementMeasure => Outstanding::Measure,
        _ => Outstanding::Task,
    };
    let (by, seat) = if waits { (facts.verifier(task)?, Seat::Verifier(task)) } else { (task.assignee, Seat::Assignee(task)) };
    let evidence = task.evidence.as_ref().filter(|_| waits).map(|e| e.at);
    // Handed over or sent back: the time begins anew.
    let ruled = task.verification.as_ref().map(|ruling| ruling.at);
    Some(Open {
        owed,
        key: format!("tasks/{}/{by}/{owed}", task.id),
        by,
        deputies: facts.fit_deputies(by, seat),
        title: task.name(),
        asked_at: evidence.or(ruled).map_or(task.opened_at, |at| at.max(task.opened_at)),
        due_at: task.due_at,
        stops: matches!(
            task.blocks,
            Blocks::PlanReview | Blocks::GoLiveApproval | Blocks::DeploymentStart | Blocks::RollbackVerdict
        ),
        place: format!("tasks/{}", task.id),
        owners: owner_but(facts, by),
    })
}

fn configuration(facts: &Facts<'_>, change: &ConfigurationChange) -> Option<Open> {
    let role = match change.state {
        ConfigurationState::Requested => Role::ConfigurationAdministrator,
        ConfigurationState::Drafted | ConfigurationState::Returned => Role::Implementer,
        ConfigurationState::Planned | ConfigurationState::Confirmed | ConfigurationState::Dropped => return None,
    };
    let (by, due_at) = (facts.holder(role)?, change.due_at?);
    let number = &facts.dossier.release.number;
    Some(Open {
        owed: Outstanding::ConfigurationUpdate,
        key: format!("configuration/{}/{by}/{}", change.id, change.state),
        by,
        deputies: facts.fit_deputies(by, Seat::Team(role)),
        title: Text::same(format!("{} {}", change.item, change.planned_version)),
        asked_at: due_at,
        due_at,
        stops: false,
        place: format!("releases/{number}"),
        owners: owner_but(facts, by),
    })
}

fn steps(ground: Context<'_>, open: &Open) -> Vec<Reminder> {
    let since = open.owed.rule().since;
    let begin = match since {
        Since::Asked => open.asked_at,
        Since::Due => open.due_at,
    };
    let mut all = Vec::new();
    for step in ReminderStep::ALL {
        let days = days_until(*step, since, ground.parameters);
        let at = if days == 0 { begin } else { ground.calendar.add_working_days(begin, days) };
        // Whoever catches up after a stop bothers nobody else on a day off: escalation waits for the next working day.
        let waits = *step != ReminderStep::Person && !ground.calendar.is_working_day(company_day(ground.now));
        if at > ground.now || waits {
            break;
        }
        for to in recipients(ground, *step, open) {
            all.push(Reminder {
                key: format!("{}/{step}", open.key),
                to,
                step: *step,
                owed: open.owed,
                by: open.by,
                title: open.title.clone(),
                due_at: open.due_at,
                since: at,
                place: open.place.clone(),
            });
        }
    }
    all
}

/// Who is notified at a step; nobody twice about their own debt.
fn recipients(ground: Context<'_>, step: ReminderStep, open: &Open) -> Vec<UserId> {
    let directory = ground.directory;
    let mut people: Vec<UserId> = match step {
        ReminderStep::Person => vec![open.by],
        ReminderStep::Deputy => open.deputies.clone(),
        ReminderStep::Owner => open.owners.clone(),
        ReminderStep::GeneralManager if open.stops => {
            directory.holders(Role::GeneralManager).into_iter().filter(|id| *id != open.by).collect()
        }
        ReminderStep::GeneralManager => Vec::new(),
    };
    people.retain(|id| directory.active_user(*id).is_some());
    people.sort();
    people.dedup();
    people
}
