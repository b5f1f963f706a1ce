//! Members of an open panel who can act no more: said where somebody waits for them, and replaced one by one (5.3a).

use super::{approvals::settle, script::Script};
use crate::{
    blocks::{
        approval::{Approval, ApprovalKind, Capacity, Member},
        document::Revision,
    },
    ids::{ApprovalId, UserId},
    people::role::Role,
    subject::refusal::{Code, Party, Refusal, Unmet},
    subjects::{
        event::ReleaseEvent,
        release::{
            facts::Facts,
            panel::{reviewer_for, unable},
        },
    },
};
use std::collections::BTreeSet;

/// Who may take the seat of a member who cannot answer: whoever holds the role now, another representative of the customer,
/// the reviewer of the department, or, for another person concerned, anybody with a say.
fn may_succeed(facts: &Facts<'_>, member: &Member, authors: &BTreeSet<UserId>, successor: UserId) -> bool {
    match member.capacity {
        Capacity::Department(id) => {
            let heads = facts.directory.departments.get(&id).map(|d| [d.head, d.deputy_head]).unwrap_or_default();
            let reviewer = facts.directory.departments.get(&id).and_then(|d| reviewer_for(facts, d, authors));
            heads.contains(&Some(successor)) && (reviewer == Some(successor) || reviewer == Some(member.user_id))
        }
        Capacity::Role(Role::CustomerRepresentative) => facts.represents_customer(successor),
        Capacity::Role(role) if Role::TEAM.contains(&role) => facts.holder(role) == Some(successor),
        Capacity::Role(role) => facts.directory.holds(successor, role),
        Capacity::Stakeholder => true,
    }
}

/// Asks somebody else in the seat of a member who can act no more; the votes of the others stay (5.3a).
pub(super) fn replace_member(
    script: &mut Script<'_>,
    approval_id: ApprovalId,
    member: UserId,
    successor: UserId,
    reason: &str,
) -> Result<(), Refusal> {
    let facts = script.facts();
    let Some(approval) = facts.dossier.approval(approval_id).filter(|a| a.is_open()).cloned() else {
        return Err(Refusal::one(Code::ApprovalUnknown));
    };
    let name = |code, id| Unmet::new(code).with_text("name", facts.names([id]));
    let Some(seat) = approval.members.iter().find(|m| m.user_id == member) else {
        return Err(Refusal::one(name(Code::MemberUnknown, member)));
    };
    if unable(&facts, &approval, seat).is_none() {
        return Err(Refusal::one(name(Code::MemberAble, member).by([Party::User(member)])));
    }
    let authors = facts.dossier.latest(approval.subject.document).map(|r: &Revision| r.contributors.clone());
    let authors = authors.filter(|_| approval.kind != ApprovalKind::DeploymentConfirmation).unwrap_or_default();
    let mut unmet = Vec::new();
    let fit = successor != member && facts.has_say(successor) && may_succeed(&facts, seat, &authors, successor);
    if !fit {
        unmet.push(name(Code::SuccessorUnfit, successor));
    }
    if authors.contains(&successor) {
        unmet.push(name(Code::Contributor, successor));
    }
    Refusal::unless_empty(unmet)?;
    take_seat(script, &approval, member, successor, reason);
    Ok(())
}

/// Moves an unanswered seat to another person. Who sits on the panel already keeps one seat and one voice; what the person
/// answered for somebody else is asked again.
pub(super) fn take_seat(script: &mut Script<'_>, approval: &Approval, member: UserId, successor: UserId, reason: &str) {
    let approval_id = approval.id;
    let mark = script.stamp(reason);
    script.emit(ReleaseEvent::MemberReplaced { approval_id, member, successor, mark });
    settle(script, approval_id);
}
