//! What rules may look at: the release, the company, the parameters of the procedure, and the time.

use crate::{
    blocks::{
        approval::Capacity,
        task::{Task, TaskKind},
    },
    identity::same,
    ids::UserId,
    people::{directory::Directory, role::Role},
    subject::refusal::{Party, Text},
    subjects::{
        registers::configuration_item::ConfigurationItem,
        release::{Dossier, conflicts::Conflict, library::Medium, parameters::Parameters},
    },
    time::working_time::WorkingCalendar,
};
use chrono::{DateTime, Utc};

/// What is true at one moment.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// The release.
    pub dossier: &'a Dossier,
    /// The company.
    pub directory: &'a Directory,
    /// Parameters of the procedure version that the release follows.
    pub parameters: &'a Parameters,
    /// Working days.
    pub calendar: &'a WorkingCalendar,
    /// What stands against the window; read only where a gate needs it.
    pub conflicts: &'a [Conflict],
    /// The configuration items that are asked for ([`super::items::items_asked`]).
    pub items: &'a [ConfigurationItem],
    /// What the definitive media library has under the names of the units.
    pub library: &'a [Medium],
    /// The present instant.
    pub now: DateTime<Utc>,
}

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Actor {
    /// The person.
    pub user_id: UserId,
    /// When the person last entered the password.
    pub reauthenticated_at: Option<DateTime<Utc>>,
}

impl<'a> Facts<'a> {
    /// A configuration item among those that are asked for, by its number in whatever spelling.
    #[must_use]
    pub fn item(&self, number: &str) -> Option<&'a ConfigurationItem> {
        let exactly = self.items.iter().find(|item| item.number.as_str() == number);
        exactly.or_else(|| self.items.iter().find(|item| same(item.number.as_str(), number)))
    }
}

impl Facts<'_> {
    /// The holder of a role in the release's team.
    #[must_use]
    pub fn holder(&self, role: Role) -> Option<UserId> {
        self.dossier.holder(role)
    }

    /// Who checks the evidence of a task. The author of a condition who can act no more is followed by whoever sits in his
    /// seat now (5.3b).
    #[must_use]
    pub fn verifier(&self, task: &Task) -> Option<UserId> {
        let verifier = self.dossier.verifier(task)?;
        if task.kind != TaskKind::Condition || self.directory.active_user(verifier).is_some() {
            return Some(verifier);
        }
        self.successor_of_author(task).or(Some(verifier))
    }

    /// Everybody who may check the evidence of a task: the verifier, and for a condition whose author can act no more, or has
    /// met it himself, also whoever sits in his seat now (5.3b).
    #[must_use]
    pub fn verifiers(&self, task: &Task) -> Vec<UserId> {
        let author_checks = task.condition_of().is_some_and(|(_, author)| self.has_say(author) && !task.is_own_work_of(author));
        let seat = self.successor_of_author(task).filter(|user| !author_checks && !task.is_own_work_of(*user));
        let mut all: Vec<UserId> = self.verifier(task).into_iter().chain(seat).collect();
        all.dedup();
        all
    }

    /// Who may excuse a task. A condition is lifted by its author alone; when he can act no more, by whoever sits in his seat
    /// now or the general manager (5.3b).
    #[must_use]
    pub fn waivers(&self, task: &Task) -> Vec<UserId> {
        match (task.kind, task.condition_of()) {
            (TaskKind::Condition, Some((_, author))) if self.has_say(author) => vec![author],
            (TaskKind::Condition, _) => {
                let managers = self.directory.holders(Role::GeneralManager);
                self.successor_of_author(task).into_iter().chain(managers).collect()
            }
            (TaskKind::OpinionRequest, _) => {
                [Role::ReleaseOwner, Role::ReleaseAdministrator].into_iter().filter_map(|role| self.holder(role)).collect()
            }
            _ => task.kind.rule().waivable_by.and_then(|role| self.holder(role)).into_iter().collect(),
        }
    }

    /// Whoever sits in the seat of a condition's author now: the holder of the role, the reviewer of the department.
    fn successor_of_author(&self, task: &Task) -> Option<UserId> {
        let (approval, author) = task.condition_of()?;
        let member = self.dossier.approval(approval)?.members.iter().find(|m| m.user_id == author)?;
        match member.capacity {
            Capacity::Role(role) if Role::TEAM.contains(&role) => self.holder(role),
            Capacity::Role(role) => self.directory.holders(role).first().copied(),
            Capacity::Department(department) => self.directory.reviewer_of(department),
            Capacity::Stakeholder => None,
        }
        .filter(|user| *user != author)
    }

    /// The holder as someone who can clear a reason; the role itself when nobody holds it.
    #[must_use]
    pub fn party(&self, role: Role) -> Party {
        self.holder(role).map_or(Party::Role(role), Party::User)
    }

    /// A role with the name of its holder, for a sentence.
    #[must_use]
    pub fn role_text(&self, role: Role) -> Text {
        match self.holder(role) {
            Some(id) => {
                let name = self.directory.name(id);
                Text::new(format!("{}（{name}）", role.zh()), format!("{} ({name})", role.en()))
            }
            None => role.into(),
        }
    }

    /// Names of people, for a sentence.
    #[must_use]
    pub fn names(&self, users: impl IntoIterator<Item = UserId>) -> Text {
        let names: Vec<Text> = users.into_iter().map(|id| self.directory.name(id)).map(|n| Text::new(n.clone(), n)).collect();
        Text::list(&names)
    }

    /// An instant as people read it: company time, to the minute.
    #[must_use]
    pub fn time(&self, at: DateTime<Utc>) -> String {
        at.with_timezone(&crate::time::clock::COMPANY_ZONE).format("%Y-%m-%d %H:%M").to_string()
    }
}
