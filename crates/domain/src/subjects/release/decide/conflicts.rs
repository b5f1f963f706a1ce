//! Conflicts that are taken by name, and exceptions from freezes (5.5.4).

use super::script::Script;
use crate::{
    people::role::Role,
    subject::refusal::{Code, Party, Refusal, Text, Unmet},
    subjects::{
        event::ReleaseEvent,
        release::conflicts::{AcceptedConflict, Conflict, FreezeException, FrozenBy, Severity},
    },
};

/// A soft conflict is taken by the release owner; a freeze is lifted by whom it names, who has no part in the release.
pub(super) fn accept(script: &mut Script<'_>, key: &str, reason: &str) -> Result<(), Refusal> {
    let facts = script.facts();
    let Some(conflict) = facts.conflicts.iter().find(|conflict| conflict.key == key).cloned() else {
        return Err(Refusal::one(Unmet::new(Code::ConflictUnknown).with("conflict", key)));
    };
    if reason.trim().is_empty() {
        return Err(Refusal::one(Code::ConflictNeedsReason));
    }
    let Some(window) = facts.dossier.release.window else { return Err(Refusal::one(Code::WindowNone)) };
    match (conflict.frozen_by, conflict.severity) {
        (Some(frozen_by), _) => except(script, &conflict, frozen_by, reason),
        (None, Severity::Hard) => {
            let by = [facts.party(Role::ReleaseAdministrator)];
            Err(Refusal::one(Unmet::new(Code::ConflictHard).with_text("conflict", conflict.sentence).by(by)))
        }
        (None, Severity::Soft) if facts.holder(Role::ReleaseOwner) != Some(script.principal()) => {
            let owner = (facts.role_text(Role::ReleaseOwner), facts.party(Role::ReleaseOwner));
            Err(Refusal::one(for_others(&conflict, owner)))
        }
        (None, Severity::Soft) => {
            let accepted = AcceptedConflict { conflict: key.to_owned(), window, mark: script.stamp(reason) };
            script.emit(ReleaseEvent::ConflictAccepted(accepted));
            Ok(())
        }
    }
}

fn except(script: &mut Script<'_>, conflict: &Conflict, frozen_by: FrozenBy, reason: &str) -> Result<(), Refusal> {
    let facts = script.facts();
    let role = frozen_by.authority.role();
    if !facts.directory.holds(script.principal(), role) {
        return Err(Refusal::one(for_others(conflict, (role.into(), Party::Role(role)))));
    }
    for user in [script.actor.user_id, script.principal()] {
        if facts.is_controlled(user) {
            return Err(Refusal::one(Unmet::new(Code::ExceptionOwn).of_clause("5.5.4").with_text("name", facts.names([user]))));
        }
    }
    let Some(window) = facts.dossier.release.window else { return Err(Refusal::one(Code::WindowNone)) };
    let exception = FreezeException {
        freeze_id: frozen_by.id,
        name: conflict.against.clone(),
        freeze_version: frozen_by.version,
        window,
        mark: script.stamp(reason),
    };
    script.emit(ReleaseEvent::FreezeExcepted(exception));
    Ok(())
}

fn for_others(conflict: &Conflict, (who, party): (Text, Party)) -> Unmet {
    Unmet::new(Code::ConflictAuthority).with_text("conflict", conflict.sentence.clone()).with_text("who", who).by([party])
}
