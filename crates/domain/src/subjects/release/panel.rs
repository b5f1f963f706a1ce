//! Members of an open panel who can act no more, and who speaks for a department (5.3a).

use crate::{
    blocks::approval::{Approval, Member},
    ids::UserId,
    people::{directory::Department, role::Role},
    subject::refusal::{Code, Text, Unmet},
    subjects::release::{
        facts::Facts,
        seat::{Bar, Seat},
    },
    time::clock::company_day,
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

/// Who reviews for a department now: the head; when he is inactive, away or an author of the plan, the deputy head (5.3a).
pub(crate) fn reviewer_for(facts: &Facts<'_>, department: &Department, authors: &BTreeSet<UserId>) -> Option<UserId> {
    let today = company_day(facts.now);
    let fit = |id: &UserId| facts.directory.active_user(*id).is_some() && !authors.contains(id);
    let present = |id: &UserId| !facts.directory.is_absent(*id, today);
    let heads = || [department.head, department.deputy_head].into_iter().flatten().filter(fit);
    heads().find(present).or_else(|| heads().next())
}
