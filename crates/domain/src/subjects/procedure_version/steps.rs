//! The steps of a version: begun, written, submitted, signed, returned or withdrawn; and what stands against each.

use super::{ProcedureText, ProcedureVersion, VersionLabel, VersionState};
use crate::{
    blocks::approval::{ApprovalKind, ApprovalState, Capacity, Decision, Member, Quorum, Rule},
    ids::UserId,
    people::{directory::Directory, role::Role},
    subject::{
        CompanyRecord, Step, barred,
        refusal::{Code, Party, Refusal, Text, Unmet},
    },
    subjects::{event::ReleaseEvent, release::command::Ballot},
    time::clock::company_day,
};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// Refuses a label that is not greater than every other, and a version beside one that is not in force yet.
///
/// # Errors
/// [`Code::VersionLabel`], [`Code::VersionOpen`].
pub fn may_create(all: &[ProcedureVersion], label: Option<VersionLabel>, today: NaiveDate) -> Result<(), Refusal> {
    let is_open = |state| matches!(state, VersionState::Draft | VersionState::InReview | VersionState::Approved);
    let open = all.iter().filter(|version| is_open(version.state(all, today)));
    let mut unmet: Vec<Unmet> = open.map(|version| Unmet::new(Code::VersionOpen).with("version", version.label)).collect();
    let last = all.iter().map(|version| version.label).max().unwrap_or(VersionLabel::FIRST);
    if let Some(label) = label.filter(|label| *label <= last) {
        let refused = Unmet::new(Code::VersionLabel).with("version", label).with("last", last);
        unmet.push(refused.with("next", last.next()));
    }
    Refusal::unless_empty(unmet)
}

fn in_state(version: &ProcedureVersion, wanted: &[VersionState]) -> Result<(), Refusal> {
    // Until it is approved, neither the day nor other versions say where it stands; then nothing can be done with it.
    let state = version.state(&[], NaiveDate::MAX);
    if wanted.contains(&state) {
        return Ok(());
    }
    let state = if version.is_approved() { ApprovalState::Passed.text() } else { state.text() };
    Err(Refusal::one(Unmet::new(Code::VersionState).with("version", version.label).with_text("state", state)))
}

/// Refuses to write in anything but a draft: what was submitted is changed by nobody.
///
/// # Errors
/// [`Code::VersionState`].
pub fn may_write(version: &ProcedureVersion) -> Result<(), Refusal> {
    in_state(version, &[VersionState::Draft])
}

/// Refuses to give up what is approved.
///
/// # Errors
/// [`Code::VersionState`].
pub fn may_withdraw(version: &ProcedureVersion) -> Result<(), Refusal> {
    in_state(version, &[VersionState::Draft, VersionState::InReview])
}

/// What stands against the submission of a version, whoever reviews it: parts that are missing, a day that is over.
///
/// # Errors
/// [`Code::VersionState`]; else everything that is missing.
pub fn may_submit(version: &ProcedureVersion, directory: &Directory, today: NaiveDate) -> Result<(), Refusal> {
    may_write(version)?;
    Refusal::unless_empty(incomplete(version, directory, today))
}

fn incomplete(version: &ProcedureVersion, directory: &Directory, today: NaiveDate) -> Vec<Unmet> {
    let text = version.text();
    let unmet = |code| Unmet::new(code).by([Party::Role(Role::ProcessOwner)]);
    let lacking = text.lacking(directory).into_iter().map(|found| {
        let part = Text::new(found.zh, found.en);
        unmet(Code::DocumentIncomplete)
            .of_clause(found.clause)
            .with_text("document", version.document.kind)
            .with_text("item", part)
    });
    lacking.chain(past(text, today).map(|day| unmet(Code::VersionDayPast).with("day", day))).collect()
}

/// The effective day, if it is over.
fn past(text: &ProcedureText, today: NaiveDate) -> Option<NaiveDate> {
    text.effective_on.filter(|day| *day < today)
}

impl Step<'_, ProcedureVersion> {
    /// Saves the text.
    ///
    /// # Errors
    /// [`Code::VersionState`].
    pub fn write(&mut self, text: &ProcedureText) -> Result<(), Refusal> {
        may_write(&self.record)?;
        self.save_draft(text.clone());
        Ok(())
    }

    /// Freezes the text and asks the reviewer (审核) and the general manager (批准) to sign it.
    ///
    /// # Errors
    /// Everything that is missing; a person who would sign twice.
    pub fn submit(&mut self, reviewer: UserId) -> Result<(), Refusal> {
        may_write(&self.record)?;
        let mut unmet = incomplete(&self.record, self.directory, company_day(self.now));
        let approvers = self.approvers(reviewer, &mut unmet);
        Refusal::unless_empty(unmet)?;
        self.freeze();
        // The reviewer, and one general manager, whoever else holds that office.
        let rule = Rule { quorum: Quorum::AtLeast, count: Some(2), must_include: vec![reviewer] };
        let manager = |person| Member::new(person, Capacity::Role(Role::GeneralManager));
        let members = [Member::new(reviewer, Capacity::Stakeholder)].into_iter().chain(approvers.into_iter().map(manager));
        self.ask(ApprovalKind::ProcedureApproval, rule, members.collect());
        Ok(())
    }

    /// The general managers who can approve beside this reviewer; what stands against one of the three who sign.
    fn approvers(&self, reviewer: UserId, unmet: &mut Vec<Unmet>) -> Vec<UserId> {
        let name = |person| Text::same(self.directory.name(person));
        let (author, review, approval) =
            (Text::new("编制", "author"), Text::new("审核", "reviewer"), Text::new("批准", "approver"));
        let twice = |person, [first, second]: [&Text; 2], other: &Text| {
            let refused = Unmet::new(Code::SignatoryTwice).with_text("name", name(person)).with_text("first", first.clone());
            refused.with_text("second", second.clone()).with_text("other", other.clone())
        };
        let authors: BTreeSet<UserId> = self.record.contributors().into_iter().chain([self.actor]).collect();
        if !self.directory.acts_for_company(reviewer) {
            unmet.push(Unmet::new(Code::ReviewerUnfit).with_text("name", name(reviewer)));
        } else if authors.contains(&reviewer) {
            unmet.push(twice(reviewer, [&author, &review], &review));
        }
        let holders = self.directory.holders(Role::GeneralManager);
        let free: Vec<UserId> = holders.iter().copied().filter(|id| !authors.contains(id) && *id != reviewer).collect();
        if free.is_empty() {
            let barred = holders.iter().copied().find(|id| *id == reviewer).or(holders.first().copied());
            unmet.push(match barred {
                Some(person) if authors.contains(&person) => twice(person, [&author, &approval], &author),
                Some(person) => twice(person, [&review, &approval], &review),
                None => Unmet::new(Code::RoleMissing).of_clause("7b").with_text("role", Role::GeneralManager),
            });
        }
        free
    }

    /// Answers for the reviewer or the general manager. It is approved when both have agreed; one return makes it a draft again.
    ///
    /// # Errors
    /// Whoever is asked is somebody else; a second signature of one person; an effective day that is over.
    pub fn vote(&mut self, ballot: &Ballot) -> Result<ApprovalState, Refusal> {
        in_state(&self.record, &[VersionState::InReview])?;
        let (actor, directory, today) = (self.actor, self.directory, company_day(self.now));
        self.answer(ballot, Code::VersionWithoutConditions, |version, approval, seat| {
            let mut unmet = barred(version, approval, directory, actor, seat);
            let missed = past(version.text(), today).filter(|_| ballot.decision == Decision::Pass);
            unmet.extend(missed.map(|day| Unmet::new(Code::VersionDayMissed).with("day", day)));
            Refusal::unless_empty(unmet)
        })
    }

    /// Gives the version up; nobody is asked any more.
    ///
    /// # Errors
    /// [`Code::VersionState`].
    pub fn withdraw(&mut self, reason: &str) -> Result<(), Refusal> {
        may_withdraw(&self.record)?;
        if let Some(approval_id) = self.record.open_approval().map(|approval| approval.id) {
            let reason = Some(reason.to_owned());
            self.emit(ReleaseEvent::ApprovalDecided { approval_id, state: ApprovalState::Void, at: self.now, reason });
        }
        self.record.withdrawn = Some(self.stamp(reason));
        Ok(())
    }
}
