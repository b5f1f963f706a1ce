//! Robots of chat groups: which messages a group is told.
//!
//! A group is no need-to-know list (principle 5). So a robot says the title, what is wanted, until when, and where the page
//! is, and nothing else; whoever may know more signs in there. What concerns one person alone is no message for a group.

use crate::{
    directory::{Directory, Language},
    ids::{CustomerId, DepartmentId, RobotId},
    notice::{NoticeKind, RobotKind},
    release::Dossier,
    step_mail::STEP_MAILS,
    text::Line,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A robot of a chat group. Its token and its secret are kept apart and never shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChatRobot {
    /// Identity.
    pub id: RobotId,
    /// Unique name: which group it is.
    pub name: Line,
    /// Who made the group.
    pub maker: RobotKind,
    /// Another address than the maker's, for private deployments; without the path.
    pub base_url: Option<String>,
    /// The language of the group.
    pub language: Language,
    /// The messages that it says.
    pub kinds: BTreeSet<NoticeKind>,
    /// Only about releases for these customers; empty: for all.
    pub customers: BTreeSet<CustomerId>,
    /// Only about releases that touch the work of these departments; empty: of all.
    pub departments: BTreeSet<DepartmentId>,
    /// True when messages are signed: there is a secret.
    pub signed: bool,
    /// False: it is silent.
    pub active: bool,
    /// Concurrency version of the record (ETag).
    pub version: i64,
}

/// The messages that a group can be told: those of the steps of a release, except that somebody was named in a team,
/// which is said to that person.
#[must_use]
pub fn group_kinds() -> BTreeSet<NoticeKind> {
    let of_release = |event: &str| !event.starts_with("reminder.") && !event.starts_with("quarterly_report.");
    let steps = STEP_MAILS.iter().filter(|row| of_release(row.event)).map(|row| row.kind);
    steps.filter(|kind| *kind != NoticeKind::RoleAssigned).collect()
}

impl ChatRobot {
    /// True when the group is told messages of this kind about this release.
    #[must_use]
    pub fn says(&self, kind: NoticeKind, dossier: &Dossier, directory: &Directory) -> bool {
        self.active && self.kinds.contains(&kind) && self.is_about(dossier, directory)
    }

    fn is_about(&self, dossier: &Dossier, directory: &Directory) -> bool {
        let release = &dossier.release;
        let customer = self.customers.is_empty() || release.customer_id.is_some_and(|id| self.customers.contains(&id));
        let mut touched = release
            .service_objects
            .iter()
            .filter_map(|id| directory.service_objects.get(id))
            .flat_map(|object| &object.departments);
        customer && (self.departments.is_empty() || touched.any(|id| self.departments.contains(id)))
    }
}
