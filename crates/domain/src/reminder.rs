//! Reminders and escalation (5.6b, section 13): who is told that something is open for too long, and when. One table says
//! how; [`due_reminders`] says what is due by now. Nobody's decision is ever taken by a timeout.

use crate::{
    approval::{Approval, ApprovalKind},
    facts::Facts,
    ids::UserId,
    parameters::Parameters,
    records::{ConfigurationChange, ConfigurationState},
    refusal::Text,
    role::Role,
    task::{Blocks, Task, TaskKind, TaskState},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

crate::word_enum! {
    /// What is open.
    Owed {
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
        /// Any other task.
        Task = "task",
    }
}

crate::word_enum! {
    /// Who is told, one after the other.
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
    pub owed: Owed,
    /// The clause.
    pub clause: &'static str,
    /// The Chinese word.
    pub zh: &'static str,
    /// The English word.
    pub en: &'static str,
    /// From when days are counted.
    pub since: Since,
}

const fn rule(owed: Owed, clause: &'static str, zh: &'static str, en: &'static str, since: Since) -> ReminderRule {
    ReminderRule { owed, clause, zh, en, since }
}

/// Every kind of open thing. The days come from the procedure version: see [`days_until`].
pub const REMINDER_RULES: [ReminderRule; 8] = [
    rule(Owed::Approval, "5.6b", "表决", "answer of a panel member", Since::Asked),
    rule(Owed::Opinion, "4.RA1", "部门意见", "opinion of a department", Since::Asked),
    rule(Owed::Verification, "5.7d", "核实", "verification", Since::Asked),
    rule(Owed::ConfigurationUpdate, "5.9", "更新配置库", "configuration update", Since::Due),
    rule(Owed::ReleaseReport, "5.11", "发布报告", "release report", Since::Due),
    rule(Owed::EmergencyStep, "D11", "紧急发布补办", "step made up after an emergency", Since::Due),
    rule(Owed::FailedReleaseReview, "3.5", "失败发布回顾", "review of a failed release", Since::Due),
    rule(Owed::Task, "R0", "任务", "task", Since::Due),
];

impl Owed {
    /// How it is brought to mind.
    #[must_use]
    pub fn rule(self) -> &'static ReminderRule {
        REMINDER_RULES.iter().find(|r| r.owed == self).unwrap_or(&REMINDER_RULES[0])
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
    /// Who is told.
    pub to: UserId,
    /// The step.
    pub step: ReminderStep,
    /// What is open.
    pub owed: Owed,
    /// Who owes it.
    pub by: UserId,
    /// What it is, in the words of its author.
    pub title: String,
    /// The number of the release.
    pub release: String,
    /// When it is or was due.
    pub due_at: DateTime<Utc>,
    /// Since when this step has been due.
    pub since: DateTime<Utc>,
    /// The page on which it can be cleared, below the API: `approvals/…`.
    pub place: String,
}

impl Reminder {
    /// The line of a digest.
    #[must_use]
    pub fn text(&self, name: &str) -> Text {
        let rule = self.owed.rule();
        Text::new(
            format!("{}「{}」，{}未完成（{}）", rule.zh, self.title, name, self.release),
            format!("{} \"{}\", open with {name} ({})", rule.en, self.title, self.release),
        )
    }
}

/// What is open about a release.
struct Open {
    owed: Owed,
    key: String,
    by: UserId,
    title: String,
    asked_at: DateTime<Utc>,
    due_at: DateTime<Utc>,
    stops: bool,
    place: String,
}

/// Everything that somebody is to be told about a release by now, in stable order. A suspended or cancelled release asks
/// nothing.
#[must_use]
pub fn due_reminders(facts: &Facts<'_>) -> Vec<Reminder> {
    let release = &facts.dossier.release;
    if release.suspension.is_some() || release.cancelled.is_some() {
        return Vec::new();
    }
    let dossier = facts.dossier;
    let answers = dossier.approvals.iter().filter(|a| a.is_open()).flat_map(answers);
    let tasks = dossier.tasks.iter().filter(|t| t.is_open()).filter_map(|t| task(facts, t));
    let items = dossier.configuration.iter().filter_map(|c| configuration(facts, c));
    answers.chain(tasks).chain(items).flat_map(|open| steps(facts, &open)).collect()
}

fn answers(approval: &Approval) -> impl Iterator<Item = Open> + '_ {
    approval.awaited().map(|member| Open {
        owed: Owed::Approval,
        key: format!("approvals/{}/{member}", approval.id),
        by: member,
        title: approval.kind.zh().to_owned(),
        asked_at: approval.opened_at,
        due_at: approval.due_at,
        stops: approval.kind != ApprovalKind::ReportApproval,
        place: format!("approvals/{}", approval.id),
    })
}

fn task(facts: &Facts<'_>, task: &Task) -> Option<Open> {
    let waits = task.state == TaskState::Submitted;
    let owed = match task.kind {
        _ if waits => Owed::Verification,
        TaskKind::OpinionRequest => Owed::Opinion,
        TaskKind::ReleaseReport => Owed::ReleaseReport,
        TaskKind::EmergencyMakeUp => Owed::EmergencyStep,
        TaskKind::FailedReleaseReview => Owed::FailedReleaseReview,
        _ => Owed::Task,
    };
    let by = if waits { facts.verifier(task)? } else { task.assignee };
    let evidence = task.evidence.as_ref().filter(|_| waits).map(|e| e.at);
    // Handed over or sent back: the time begins anew.
    let ruled = task.verification.as_ref().map(|ruling| ruling.at);
    Some(Open {
        owed,
        key: format!("tasks/{}/{by}/{owed}", task.id),
        by,
        title: task.title.clone(),
        asked_at: evidence.or(ruled).map_or(task.opened_at, |at| at.max(task.opened_at)),
        due_at: task.due_at,
        stops: matches!(
            task.blocks,
            Blocks::PlanReview | Blocks::GoLiveApproval | Blocks::DeploymentStart | Blocks::RollbackVerdict
        ),
        place: format!("tasks/{}", task.id),
    })
}

fn configuration(facts: &Facts<'_>, change: &ConfigurationChange) -> Option<Open> {
    let role = match change.state {
        ConfigurationState::Requested => Role::ConfigurationAdministrator,
        ConfigurationState::Drafted | ConfigurationState::Returned => Role::Implementer,
        ConfigurationState::Planned | ConfigurationState::Confirmed => return None,
    };
    let (by, due_at) = (facts.holder(role)?, change.due_at?);
    let number = &facts.dossier.release.number;
    Some(Open {
        owed: Owed::ConfigurationUpdate,
        key: format!("configuration/{}/{by}/{}", change.id, change.state),
        by,
        title: format!("{} {}", change.item, change.planned_version),
        asked_at: due_at,
        due_at,
        stops: false,
        place: format!("releases/{number}"),
    })
}

fn steps(facts: &Facts<'_>, open: &Open) -> Vec<Reminder> {
    let since = open.owed.rule().since;
    let begin = match since {
        Since::Asked => open.asked_at,
        Since::Due => open.due_at,
    };
    let mut all = Vec::new();
    for step in ReminderStep::ALL {
        let days = days_until(*step, since, facts.parameters);
        let at = if days == 0 { begin } else { facts.calendar.add_working_days(begin, days) };
        if at > facts.now {
            break;
        }
        for to in recipients(facts, *step, open) {
            all.push(Reminder {
                key: format!("{}/{step}", open.key),
                to,
                step: *step,
                owed: open.owed,
                by: open.by,
                title: open.title.clone(),
                release: facts.dossier.release.number.clone(),
                due_at: open.due_at,
                since: at,
                place: open.place.clone(),
            });
        }
    }
    all
}

/// Who is told at a step; nobody twice about their own debt.
fn recipients(facts: &Facts<'_>, step: ReminderStep, open: &Open) -> Vec<UserId> {
    let active = |id: &UserId| facts.directory.active_user(*id).is_some();
    let mut people: Vec<UserId> = match step {
        ReminderStep::Person => vec![open.by],
        ReminderStep::Deputy => facts.directory.deputies_of(open.by, facts.now).collect(),
        ReminderStep::Owner => facts.holder(Role::ReleaseOwner).filter(|owner| *owner != open.by).into_iter().collect(),
        ReminderStep::GeneralManager if open.stops => {
            let holders = facts.directory.users.values().filter(|u| u.roles.has(Role::GeneralManager));
            holders.map(|u| u.id).filter(|id| *id != open.by).collect()
        }
        ReminderStep::GeneralManager => Vec::new(),
    };
    people.retain(active);
    people.sort();
    people.dedup();
    people
}
