//! A step on a record of the company: what happened is said by the same events as in a release, and applied by the same code.

use super::{
    CompanyRecord, Parts,
    panel::{Seat, seat},
};
use crate::{
    blocks::{
        approval::{Approval, ApprovalKind, ApprovalState, Decision, Member, Rule, SignedContent, Vote, outcome},
        document::{DocumentContent, Draft},
    },
    ids::{ApprovalId, UserId},
    people::directory::Directory,
    subject::refusal::{Code, Refusal},
    subjects::{
        event::ReleaseEvent,
        release::{Stamp, command::Ballot, parameters::Parameters},
    },
};
use chrono::{DateTime, Utc};
use std::sync::Arc;

/// A step being taken.
#[derive(Debug)]
pub struct Step<'a, R> {
    /// The company.
    pub directory: &'a Directory,
    /// The procedure version.
    pub parameters: &'a Parameters,
    /// The moment.
    pub now: DateTime<Utc>,
    /// Who takes it.
    pub actor: UserId,
    /// The record as it is by now.
    pub record: R,
    /// What happened.
    pub events: Vec<ReleaseEvent>,
    /// The person for whom a deputy took it.
    pub on_behalf_of: Option<UserId>,
}

impl<'a, R: CompanyRecord> Step<'a, R> {
    /// Nothing has happened yet.
    #[must_use]
    pub const fn new(directory: &'a Directory, parameters: &'a Parameters, now: DateTime<Utc>, actor: UserId, record: R) -> Self {
        Self { directory, parameters, now, actor, record, events: Vec::new(), on_behalf_of: None }
    }

    pub(crate) fn emit(&mut self, event: ReleaseEvent) {
        self.record.apply(&event);
        self.events.push(event);
    }

    pub(crate) fn stamp(&self, reason: &str) -> Stamp {
        Stamp { by: self.actor, at: self.now, reason: reason.to_owned() }
    }

    /// Saves what is written as the draft.
    pub(crate) fn save_draft(&mut self, content: impl Into<DocumentContent>) {
        let draft = Draft { content: Arc::new(content.into()), saved: self.stamp(""), on_behalf_of: None };
        let document = self.record.parts().document;
        let (document, number) = (document.kind, document.number.clone());
        self.emit(ReleaseEvent::DraftSaved { document, number, draft });
    }

    /// Freezes what is written as the next revision; what was sent back and is sent again as it was stays that revision.
    pub(crate) fn freeze(&mut self) {
        let document = self.record.parts().document;
        let Some(content) = document.draft.as_ref().map(|draft| DocumentContent::clone(&draft.content)) else { return };
        let revision = document.next_revision(content, [self.actor], self.stamp(""));
        let (document, number) = (document.kind, document.number.clone());
        self.emit(ReleaseEvent::DocumentSubmitted { document, number, revision });
    }

    /// Asks the members to sign off what is frozen.
    pub(crate) fn ask(&mut self, kind: ApprovalKind, rule: Rule, members: Vec<Member>) {
        let due_at = self.directory.calendar.add_working_days(self.now, self.parameters.escalation_working_days);
        let approval = sign_off(&self.record, (kind, rule), members, (self.actor, self.now), due_at);
        self.emit(ReleaseEvent::ApprovalOpened(approval));
    }

    /// Answers for oneself or as a deputy; what the approval has come to. `check` says what stands against the answer in a seat.
    pub(crate) fn answer(
        &mut self,
        ballot: &Ballot,
        without_conditions: Code,
        check: impl FnOnce(&R, &Approval, Seat) -> Result<(), Refusal>,
    ) -> Result<ApprovalState, Refusal> {
        let Some(approval) = self.record.open_approval().cloned() else { return Err(Refusal::one(Code::ApprovalUnknown)) };
        let seat = seat(&self.record, &approval, self.directory, (self.actor, ballot.on_behalf_of), self.now)?;
        let is_pass = match ballot.decision {
            Decision::Pass if ballot.conditions.is_empty() => true,
            Decision::Return if ballot.conditions.is_empty() => false,
            _ => return Err(Refusal::one(without_conditions)),
        };
        check(&self.record, &approval, seat)?;
        let before = approval.members.iter().find(|member| member.user_id == seat.0).and_then(|member| member.vote.as_ref());
        if before.is_some_and(|vote| (vote.decision, &vote.comment) == (ballot.decision, &ballot.comment)) {
            return Err(Refusal::one(Code::VoteRepeated));
        }
        if !is_pass && ballot.comment.trim().is_empty() {
            return Err(Refusal::one(Code::VoteCommentRequired));
        }
        let (approval_id, at, (member, capacity)) = (approval.id, self.now, seat);
        if !approval.members.iter().any(|seated| seated.user_id == member) {
            self.emit(ReleaseEvent::MemberAdded { approval_id, member: Member::new(member, capacity) });
        }
        self.on_behalf_of = Some(member).filter(|member| *member != self.actor);
        let vote = Vote {
            decision: ballot.decision,
            comment: ballot.comment.clone(),
            conditions: Vec::new(),
            by: self.actor,
            at,
            reauthenticated: is_pass,
            carried_from: None,
        };
        self.emit(ReleaseEvent::VoteCast { approval_id, member, vote });
        // One return decides, whoever else is asked (principle 3).
        let voted = self.record.open_approval().map(|approval| outcome(&approval.rule, &approval.members));
        let state = if is_pass { voted.unwrap_or(ApprovalState::Open) } else { ApprovalState::Returned };
        if state != ApprovalState::Open {
            self.emit(ReleaseEvent::ApprovalDecided { approval_id, state, at, reason: None });
        }
        Ok(state)
    }
}

/// The next approval of a record, of exactly what is written in its newest revision.
pub(crate) fn sign_off(
    record: &dyn CompanyRecord,
    (kind, rule): (ApprovalKind, Rule),
    members: Vec<Member>,
    (opened_by, opened_at): (UserId, DateTime<Utc>),
    due_at: DateTime<Utc>,
) -> Approval {
    let id = record.subject().id;
    let Parts { document, approvals, .. } = record.parts();
    let revision = document.latest();
    Approval {
        id: ApprovalId::nth(id, approvals.len() + 1),
        kind,
        subject: SignedContent {
            document: document.kind,
            revision: revision.map_or(0, |revision| revision.revision),
            sha256: revision.map(|revision| revision.sha256.clone()).unwrap_or_default(),
            sections: revision.map(|revision| revision.sections.clone()).unwrap_or_default(),
            phase: None,
        },
        rule,
        members,
        state: ApprovalState::Open,
        place: String::new(),
        opened_by,
        opened_at,
        due_at,
        decided_at: None,
        void_reason: None,
        remarks: Vec::new(),
    }
}
