//! Who answers the approvals of a record of the company: those who are named, and for the seat of a role whoever holds it now.

use super::CompanyRecord;
use crate::{
    blocks::approval::{Approval, Capacity, Member},
    ids::UserId,
    people::directory::Directory,
    subject::refusal::{Code, Party, Refusal, Text, Unmet},
};
use chrono::{DateTime, Utc};
use std::collections::BTreeSet;

/// A seat of a panel: whose it is, and as what.
pub(crate) type Seat = (UserId, Capacity);

/// True for the person and for whoever stands in for that person today and works in the company.
#[must_use]
pub fn stands_for(directory: &Directory, actor: UserId, person: UserId, now: DateTime<Utc>) -> bool {
    actor == person || (directory.acts_for_company(actor) && directory.is_deputy(actor, person, now))
}

/// The seats that an answer can be given for.
fn seats(approval: &Approval, directory: &Directory) -> Vec<Seat> {
    let role = approval.kind.company_role();
    let as_role = role.map(Capacity::Role);
    let named = approval.members.iter().filter(|member| Some(member.capacity) != as_role).map(|m| (m.user_id, m.capacity));
    let holders = role.into_iter().flat_map(|role| directory.holders(role).into_iter().map(move |id| (id, Capacity::Role(role))));
    named.chain(holders).collect()
}

/// The member who has answered for the seat: of a role any one.
fn answered(approval: &Approval, (person, capacity): Seat) -> Option<&Member> {
    let of_role = approval.kind.company_role().map(Capacity::Role) == Some(capacity);
    let same = |member: &&Member| member.capacity == capacity && (of_role || member.user_id == person);
    approval.members.iter().filter(same).find(|member| member.vote.is_some())
}

/// Whose answer is awaited: nobody's whose writing is in it.
#[must_use]
pub fn awaited(record: &dyn CompanyRecord, approval: &Approval, directory: &Directory) -> BTreeSet<UserId> {
    let authors = record.contributors();
    let named = approval.members.iter().map(|member| (member.user_id, member.capacity));
    let open = named.chain(seats(approval, directory)).filter(|seat| answered(approval, *seat).is_none());
    open.map(|(person, _)| person).filter(|person| !authors.contains(person)).collect()
}

/// For whom the actor answers: oneself, if asked; else somebody for whom the actor stands in today.
pub(super) fn seat(
    record: &dyn CompanyRecord,
    approval: &Approval,
    directory: &Directory,
    (actor, wanted): (UserId, Option<UserId>),
    now: DateTime<Utc>,
) -> Result<Seat, Refusal> {
    let seats = seats(approval, directory);
    let wanted = |person: UserId| wanted.is_none_or(|wanted| wanted == person);
    let own = seats.iter().find(|(person, _)| *person == actor && wanted(actor));
    let represented = || seats.iter().filter(|(person, _)| wanted(*person) && stands_for(directory, actor, *person, now));
    let free =
        |seat: &&Seat| answered(approval, **seat).is_none() && barred(record, approval, directory, actor, **seat).is_empty();
    if let Some(seat) = own.or_else(|| represented().find(free)).or_else(|| represented().next()) {
        return Ok(*seat);
    }
    let unmet = Unmet::new(Code::NotPermitted).of_clause(approval.kind.clause());
    let who: Vec<Text> = match approval.kind.company_role() {
        Some(role) if approval.members.iter().all(|member| member.capacity == Capacity::Role(role)) => vec![role.into()],
        _ => seats.iter().map(|(person, _)| Text::same(directory.name(*person))).collect(),
    };
    let asked = approval.awaited().chain(seats.iter().map(|(person, _)| *person));
    Err(Refusal::one(unmet.with_text("who", Text::list(&who)).by(asked.map(Party::User).collect::<Vec<_>>())))
}

/// What stands against an answer of the actor in a seat: writing in what is decided, also that of the person in whose place the
/// actor answers; another voice or another seat on the panel. Whoever acts for somebody is checked as if he held the seat.
pub(crate) fn barred(
    record: &dyn CompanyRecord,
    approval: &Approval,
    directory: &Directory,
    actor: UserId,
    seat: Seat,
) -> Vec<Unmet> {
    let named = |code, person| Unmet::new(code).with_text("name", Text::same(directory.name(person)));
    let authors = record.contributors();
    let people = BTreeSet::from([actor, seat.0]);
    let mut all: Vec<Unmet> = people.intersection(&authors).map(|person| named(Code::Contributor, *person)).collect();
    let is_one = |person: Option<UserId>| person.is_some_and(|person| people.contains(&person));
    let mut others = approval.members.iter().filter(|member| (member.user_id, member.capacity) != seat);
    let speaks_elsewhere = others.any(|member| {
        let is_seated = member.capacity != seat.1 && is_one(Some(member.user_id));
        is_seated || is_one(member.vote.as_ref().map(|vote| vote.by))
    });
    all.extend(speaks_elsewhere.then(|| named(Code::OneVoteEach, actor)));
    let spoke = answered(approval, seat).and_then(|member| member.vote.as_ref()).map(|vote| vote.by);
    all.extend(spoke.filter(|by| *by != actor).map(|by| named(Code::ApprovalAnswered, by)));
    all
}

/// For whom a person can answer the approval that is open, or has answered: oneself, those for whom the person stands in today.
#[must_use]
pub fn answerable_for(record: &dyn CompanyRecord, directory: &Directory, actor: UserId, now: DateTime<Utc>) -> Vec<UserId> {
    let Some(approval) = record.open_approval() else { return Vec::new() };
    let can =
        |seat: &Seat| stands_for(directory, actor, seat.0, now) && barred(record, approval, directory, actor, *seat).is_empty();
    seats(approval, directory).into_iter().filter(can).map(|(person, _)| person).collect()
}
