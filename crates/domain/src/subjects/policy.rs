//! Whether a person may do something outside a release, and who decides nothing about their own release.

use crate::{
    blocks::{approval::Member, document::DocumentKind},
    ids::UserId,
    people::{directory::Directory, role::Role},
    subject::{
        operation::{Grant, Operation, Reach},
        refusal::{Code, Party, Refusal, Text, Unmet},
    },
    subjects::release::Dossier,
};

/// Checks the table. `owner` is the person to whom the thing belongs, for operations with [`Grant::OwnOr`].
///
/// # Errors
/// A refusal that names everybody who may, or says that the person has no role at all.
pub fn permit(directory: &Directory, actor: UserId, operation: Operation, owner: Option<UserId>) -> Result<(), Refusal> {
    let person = directory.active_user(actor);
    let roles = person.into_iter().flat_map(|person| person.roles.iter().map(Some).chain([None]));
    let allowed = match roles.map(|role| operation.reach(role)).max() {
        None | Some(Reach::Nothing) => false,
        Some(Reach::Own) => owner == Some(actor),
        Some(Reach::All) => true,
    };
    if allowed {
        return Ok(());
    }
    if person.is_none_or(|person| person.roles.iter().next().is_none()) {
        return Err(Refusal::one(Unmet::new(Code::NoRole).by([Party::Role(Role::SystemAdministrator)])));
    }
    let (roles, own) = match operation.grant() {
        Grant::SignedIn | Grant::Everybody => (&[][..], false),
        Grant::Roles(roles) => (roles, false),
        Grant::OwnOr(roles) => (roles, true),
    };
    let people = owner.into_iter().filter(|_| own).map(Party::User);
    Err(Refusal::one(Unmet::new(Code::NotPermitted).by(people.chain(roles.iter().copied().map(Party::Role)))))
}

/// True for whoever takes or took part in a release: a role of its team, a seat or a voice on its panels, the writing of its plan.
#[must_use]
pub fn takes_part(dossier: &Dossier, user: UserId) -> bool {
    let wrote = dossier.documents.get(&DocumentKind::ReleasePlan).is_some_and(|plan| plan.contributors.contains(&user));
    let speaks = |m: &Member| m.user_id == user || m.vote.as_ref().is_some_and(|vote| vote.by == user);
    let decides = dossier.approvals.iter().any(|a| a.members.iter().any(speaks));
    wrote || decides || dossier.team.iter().any(|a| a.user_id == user)
}

/// Refuses, to whoever takes or took part in this open release, a change of what decides who reviews or accepts it.
///
/// # Errors
/// [`Code::RegisterOwnRelease`]: who is controlled does not choose the control (D19).
pub fn outside(directory: &Directory, user: UserId, dossier: &Dossier) -> Result<(), Refusal> {
    if dossier.release.stage.is_closed() || !takes_part(dossier, user) {
        return Ok(());
    }
    let unmet = Unmet::new(Code::RegisterOwnRelease).with_text("name", Text::same(directory.name(user)));
    Err(Refusal::one(unmet.with("release", &dossier.release.number)))
}
