//! Members of an open panel who can act no more: said where somebody waits for them, and replaced one by one (5.3a).

use super::{approvals::settle, panels::reviewer_for, script::Script};
use crate::{
    approval::{Approval, ApprovalKind, Capacity, Member},
    clock::company_day,
    event::ReleaseEvent,
    facts::Facts,
    ids::{ApprovalId, UserId},
    refusal::{Code, Party, Refusal, Text, Unmet},
    release::Revision,
    role::Role,
    seat::{Bar, Seat},
};
use std::collections::BTreeSet;

/// Why a member of an open panel cannot answer, if so: the seat is lost, or its holder is away and no deputy may answer.
#[must_use]
pub fn unable(facts: &Facts<'_>, approval: &Approval, member: &Member) -> Option<Unable> {
    if member.vote.is_some() || !approval.is_open() {
        return None;
    }
    let seat = Seat::Member(approval, member);
    match facts.acting(member.user_id, member.user_id, seat) {
        Err(bar) => Some(Unable::Lost(bar)),
        Ok(_) if !is_away(facts, member.user_id) => None,
        Ok(_) if facts.fit_deputies(member.user_id, seat).into_iter().any(|deputy| !is_away(facts, deputy)) => None,
        Ok(_) => Some(Unable::Away),
    }
}

fn is_away(facts: &Facts<'_>, user: UserId) -> bool {
    facts.directory.is_absent(user, company_day(facts.now))
}

/// What whoever asks must know about a member who has yet to answer: that he cannot, or that he is away and who answers for
/// him; and of each deputy of today why he may not or cannot either (D16).
#[must_use]
pub fn member_notice(facts: &Facts<'_>, approval: &Approval, member: &Member) -> Option<Text> {
    if member.vote.is_some() || !approval.is_open() {
        return None;
    }
    let seat = Seat::Member(approval, member);
    let mut notes: Vec<Text> = Vec::new();
    match unable(facts, approval, member) {
        Some(why) => notes.push(why.text()),
        None if is_away(facts, member.user_id) => notes.push(Text::new("外出", "away")),
        None => {}
    }
    for deputy in facts.directory.deputies_of(member.user_id, facts.now) {
        let name = facts.directory.name(deputy);
        let note = match facts.acting(deputy, member.user_id, seat) {
            Err(bar) => {
                let Text { zh, en } = bar.text();
                Text::new(format!("代理人{name}不能代行：{zh}"), format!("{name} may not act as deputy: {en}"))
            }
            Ok(_) if is_away(facts, deputy) => Text::new(format!("代理人{name}也外出"), format!("the deputy {name} is away too")),
            Ok(_) => Text::new(format!("可由{name}代行"), format!("{name} may act as deputy")),
        };
        notes.push(note);
    }
    (!notes.is_empty()).then(|| Text {
        zh: notes.iter().map(|t| t.zh.as_str()).collect::<Vec<_>>().join("；"),
        en: notes.iter().map(|t| t.en.as_str()).collect::<Vec<_>>().join("; "),
    })
}

/// Why a member cannot answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unable {
    /// What the seat rests on is gone.
    Lost(Bar),
    /// Away, and no deputy may answer.
    Away,
}

impl Unable {
    /// The reason in words.
    #[must_use]
    pub fn text(&self) -> Text {
        match self {
            Self::Lost(bar) => bar.text(),
            Self::Away => Text::new("外出，且没有可代行的代理人", "away, and no deputy may answer"),
        }
    }
}

/// What a refusal says of members of an open panel who cannot answer: who they are, why, and who replaces them (5.3a).
pub(crate) fn unable_members(facts: &Facts<'_>, approval: &Approval) -> Vec<Unmet> {
    let by = [facts.party(Role::ReleaseAdministrator)];
    let members = approval.members.iter().filter_map(|m| Some((m, unable(facts, approval, m)?)));
    members
        .map(|(member, why)| {
            let unmet = Unmet::new(Code::MemberUnable).of_clause(approval.kind.clause()).by(by).at("approvals");
            unmet.with_text("name", facts.names([member.user_id])).with_text("reason", why.text())
        })
        .collect()
}

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
    let mark = script.mark(reason);
    script.emit(ReleaseEvent::MemberReplaced { approval_id, member, successor, mark });
    settle(script, approval_id);
}
