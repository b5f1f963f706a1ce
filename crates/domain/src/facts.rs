//! What rules may look at: the release, the company, the parameters of the procedure, and the time.

use crate::{
    directory::Directory,
    ids::UserId,
    parameters::Parameters,
    refusal::{Party, Text},
    release::{Dossier, Window},
    role::Role,
    task::Task,
    working_time::WorkingCalendar,
};
use chrono::{DateTime, Utc};

/// Another release whose window overlaps on the same service object (5.5.4).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overlap {
    /// The other release's number.
    pub number: String,
    /// Its window.
    pub window: Window,
}

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
    /// Other releases in the same window.
    pub overlaps: &'a [Overlap],
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

impl Facts<'_> {
    /// For whom `user` may act as `principal`: `Some(None)` as oneself, `Some(Some(principal))` as a deputy.
    #[must_use]
    pub fn acting(&self, user: UserId, principal: UserId) -> Option<Option<UserId>> {
        if user == principal {
            Some(None)
        } else {
            self.directory.is_deputy(user, principal, self.now).then_some(Some(principal))
        }
    }

    /// The holder of a role in the release's team.
    #[must_use]
    pub fn holder(&self, role: Role) -> Option<UserId> {
        self.dossier.holder(role)
    }

    /// Who checks the evidence of a task.
    #[must_use]
    pub fn verifier(&self, task: &Task) -> Option<UserId> {
        self.dossier.verifier(task)
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
        at.with_timezone(&crate::clock::COMPANY_ZONE).format("%Y-%m-%d %H:%M").to_string()
    }
}
