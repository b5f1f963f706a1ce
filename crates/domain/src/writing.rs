//! Who may write into a release at all (5.10a, D20): one rule for every command, whatever it writes.

use crate::{directory::Directory, ids::UserId, stage::Stage};

/// True when the person has an office that does something in releases. Whoever only reads by office (auditor) or only
/// runs the program (system administrator) writes nothing: no comment, no file, no step.
#[must_use]
pub fn has_say(directory: &Directory, user: UserId) -> bool {
    directory.active_user(user).is_some_and(|user| user.roles.iter().any(|role| role.has_say()))
}

/// True once the record of a release is closed: what comes later is a marked addendum.
#[must_use]
pub const fn is_closed(stage: Stage) -> bool {
    matches!(stage, Stage::Closed | Stage::Completed | Stage::Cancelled)
}
