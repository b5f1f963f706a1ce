//! Who may give a command: the policy of [`crate::subjects::release::procedure::COMMANDS`] applied to one person.

use crate::{
    blocks::{
        approval::{Approval, Member},
        document::DocumentKind,
        task::Task,
    },
    ids::{ApprovalId, TaskId, UserId},
    people::role::Role,
    subject::refusal::{Code, Party, Text, Unmet},
    subjects::release::{
        ExceptionKind,
        archive::ArchiveRecord,
        command::{Command, CommandName},
        facts::{Actor, Facts},
        procedure::{CommandRule, Who, document_rule},
        seat::{Bar, Seat},
        stage::Stage,
    },
};

/// What a command is aimed at, as far as permission depends on it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Target {
    document: Option<DocumentKind>,
    approval: Option<ApprovalId>,
    on_behalf_of: Option<UserId>,
    task: Option<TaskId>,
    role: Option<Role>,
    record: Option<ArchiveRecord>,
    exception: Option<ExceptionKind>,
    any: bool,
}

impl Target {
    /// The target of a command.
    #[must_use]
    pub fn of(command: &Command) -> Self {
        use Command as C;
        match command {
            C::SaveDraft { document, .. } | C::SubmitDocument { document, .. } => {
                Self { document: Some(*document), ..Self::default() }
            }
            C::CastVote { approval_id, ballot } => {
                Self { approval: Some(*approval_id), on_behalf_of: ballot.on_behalf_of, ..Self::default() }
            }
            C::CompleteTask { task_id, .. }
            | C::VerifyTask { task_id, .. }
            | C::ReturnTask { task_id, .. }
            | C::WaiveTask { task_id, .. } => Self { task: Some(*task_id), ..Self::default() },
            C::AssignRole { role, .. } => Self { role: Some(*role), ..Self::default() },
            C::ExcuseArchiveRecord { record, .. } => Self { record: record.parse().ok(), ..Self::default() },
            C::GrantException { kind, .. } => Self { exception: Some(*kind), ..Self::default() },
            _ => Self::default(),
        }
    }

    /// Any target: does the person have one of this kind at all?
    #[must_use]
    pub fn any(document: Option<DocumentKind>) -> Self {
        Self { document, any: true, ..Self::default() }
    }
}

/// `Ok` with the person for whom the actor acts as a deputy, if so; else the missing permission.
///
/// # Errors
/// The reason: the rule of the seat that a deputy does not satisfy, or whose step it is.
pub fn permit(facts: &Facts<'_>, actor: &Actor, rule: &CommandRule, target: &Target) -> Result<Option<UserId>, Unmet> {
    let mut barred = None;
    let has_say = facts.has_say(actor.user_id);
    if facts.directory.active_user(actor.user_id).is_some() {
        for who in rule.who.iter().filter(|who| reaches(facts, Some(actor.user_id), rule.name, **who, target)) {
            match grant(facts, actor.user_id, *who, target) {
                // The owner's seat is given away by the owner himself, not by his deputy (D16).
                Ok(Some(principal)) if target.role.is_some_and(|role| *who == Who::Team(role)) => {
                    barred = barred.or_else(|| Bar::Personal.unmet(facts, actor.user_id, principal));
                }
                Ok(on_behalf_of) if has_say => {
                    return judges_no_own_work(facts, actor, rule, on_behalf_of).map(|()| on_behalf_of);
                }
                Ok(_) if *who == Who::Reader => {}
                Ok(_) => barred = barred.or_else(|| Bar::NoSay.unmet(facts, actor.user_id, actor.user_id)),
                Err(reason) => barred = barred.or(reason),
            }
        }
    }
    Err(barred.unwrap_or_else(|| denial(facts, rule, target)))
}

/// True unless what the command is aimed at belongs to somebody above this holder: who is controlled does not choose the
/// control (D19).
fn reaches(facts: &Facts<'_>, user: Option<UserId>, name: CommandName, who: Who, target: &Target) -> bool {
    let was_held = |role: Role| facts.dossier.team.iter().any(|a| a.role == role);
    let above = matches!(who, Who::Company(Role::GeneralManager | Role::ProcessOwner));
    if above && (target.role.is_some() || target.record.is_some()) && user.is_some_and(|user| facts.is_controlled(user)) {
        return false; // whoever is controlled wears no other hat over his own release
    }
    // What is not updated after the deployment is said by whoever keeps the configuration database alone (5.9).
    let updating = facts.dossier.release.stage == Stage::ConfigurationUpdate;
    if name == CommandName::DropConfigurationChange && updating && who == Who::Team(Role::ReleaseAdministrator) {
        return false;
    }
    match (who, target.role, target.exception) {
        (Who::Company(Role::ProcessOwner), _, Some(kind)) => !kind.is_separation(),
        // That nothing is to be updated is said by whoever keeps the configuration database (3.4); all else by the owner.
        (Who::Team(role @ (Role::ConfigurationAdministrator | Role::ReleaseOwner)), _, _) if target.record.is_some() => {
            let keeper = target.record == Some(ArchiveRecord::ConfigurationUpdate);
            keeper == (role == Role::ConfigurationAdministrator)
        }
        // The owner is followed by whom he names himself, or somebody above.
        (Who::Team(Role::ReleaseAdministrator) | Who::Company(Role::ChangeManager), Some(role @ Role::ReleaseOwner), _) => {
            !was_held(role)
        }
        // Those who test, accept and confirm what the administrator answers for.
        (
            Who::Team(Role::ReleaseAdministrator),
            Some(role @ (Role::ReleaseTester | Role::CustomerRepresentative | Role::ConfigurationAdministrator)),
            _,
        ) => !was_held(role),
        _ => true,
    }
}

/// Whoever receives a report or accepts the risks of a plan has not written in it, nor has the person acted for (R0).
fn judges_no_own_work(facts: &Facts<'_>, actor: &Actor, rule: &CommandRule, principal: Option<UserId>) -> Result<(), Unmet> {
    let document = match rule.name {
        CommandName::ReceiveTestReport => DocumentKind::TestReport,
        CommandName::AcceptRisk => DocumentKind::ReleasePlan,
        _ => return Ok(()),
    };
    let authors = facts.dossier.latest(document).map(|r| &r.contributors);
    let author = [Some(actor.user_id), principal].into_iter().flatten().find(|id| authors.is_some_and(|a| a.contains(id)));
    author.map_or(Ok(()), |id| Err(Unmet::new(Code::Contributor).with_text("name", facts.names([id]))))
}

/// `Ok` when this kind of holder includes the person: as oneself (`None`) or for somebody. `Err` with the rule that a deputy
/// does not satisfy, and without one when the person has nothing to do with it.
type Grant = Result<Option<UserId>, Option<Unmet>>;

fn grant(facts: &Facts<'_>, user: UserId, who: Who, target: &Target) -> Grant {
    match who {
        Who::Team(role) => act(facts, user, facts.holder(role), Seat::Team(role)),
        Who::Author => {
            let document = target.document.ok_or(None)?;
            let role = document_rule(document).author;
            act(facts, user, facts.holder(role), Seat::Author(document, role))
        }
        Who::Company(role) => {
            let mut holders = facts.directory.holders(role);
            holders.sort_by_key(|holder| *holder != user); // oneself first
            first(holders.into_iter().map(|holder| act(facts, user, Some(holder), Seat::Company(role))))
        }
        Who::PanelMember => panel_member(facts, user, target),
        Who::Assignee => task_party(facts, user, target, |task| (Seat::Assignee(task), vec![task.assignee])),
        Who::Verifier => task_party(facts, user, target, |task| (Seat::Verifier(task), facts.verifiers(task))),
        Who::Waiver => task_party(facts, user, target, |task| (Seat::Waiver(task), facts.waivers(task))),
        Who::Reader => Ok(None),
    }
}

fn act(facts: &Facts<'_>, user: UserId, principal: Option<UserId>, seat: Seat<'_>) -> Grant {
    let principal = principal.ok_or(None)?;
    facts.acting(user, principal, seat).map_err(|bar| bar.unmet(facts, user, principal))
}

/// The first that is granted, else the first rule that is not satisfied.
fn first(grants: impl Iterator<Item = Grant>) -> Grant {
    let mut barred = None;
    for grant in grants {
        match grant {
            Ok(on_behalf_of) => return Ok(on_behalf_of),
            Err(reason) => barred = barred.or(reason),
        }
    }
    Err(barred)
}

fn panel_member(facts: &Facts<'_>, user: UserId, target: &Target) -> Grant {
    let asked = facts.dossier.approvals.iter().filter(|a| if target.any { a.is_open() } else { Some(a.id) == target.approval });
    let mut seats: Vec<(&Approval, &Member)> = asked.flat_map(|a| a.members.iter().map(move |m| (a, m))).collect();
    // One's own voice goes first, then the one given already, then whoever is awaited.
    seats.sort_by_key(|(_, m)| (m.user_id != user, m.vote.as_ref().is_none_or(|v| v.by != user), m.vote.is_some()));
    let wanted = |member: &Member| match target.on_behalf_of {
        Some(principal) if principal != user => member.user_id == principal,
        _ => true,
    };
    let seats = seats.into_iter().filter(|(_, member)| wanted(member));
    first(seats.map(|(approval, member)| act(facts, user, Some(member.user_id), Seat::Member(approval, member))))
}

fn task_party<'a>(facts: &Facts<'a>, user: UserId, target: &Target, seat: impl Fn(&'a Task) -> (Seat<'a>, Vec<UserId>)) -> Grant {
    let tasks = facts.dossier.tasks.iter().filter(|t| if target.any { t.is_open() } else { Some(t.id) == target.task });
    first(tasks.map(seat).flat_map(|(seat, mut people)| {
        people.sort_by_key(|person| *person != user);
        people.into_iter().map(move |principal| act(facts, user, Some(principal), seat))
    }))
}

fn denial(facts: &Facts<'_>, rule: &CommandRule, target: &Target) -> Unmet {
    let mut parties: Vec<Party> = Vec::new();
    let mut names: Vec<Text> = Vec::new();
    let mut role = |role: Role, team: bool| {
        parties.push(if team { facts.party(role) } else { Party::Role(role) });
        names.push(if team { facts.role_text(role) } else { role.into() });
    };
    let task = target.task.and_then(|id| facts.dossier.task(id));
    if target.task.is_some() && task.is_none() {
        return Code::TaskUnknown.into();
    }
    if target.approval.is_some_and(|id| facts.dossier.approval(id).is_none()) {
        return Code::ApprovalUnknown.into();
    }
    let waivers = task.map(|task| facts.waivers(task)).unwrap_or_default();
    if let Some(task) = task.filter(|_| rule.name == CommandName::WaiveTask && waivers.is_empty()) {
        return Unmet::new(Code::TaskNotWaivable).of_clause(task.kind.rule().clause).with("task", &task.title);
    }
    for who in rule.who.iter().filter(|who| reaches(facts, None, rule.name, **who, target)) {
        match who {
            Who::Team(r) => role(*r, true),
            Who::Company(r) => role(*r, false),
            Who::Author => target.document.iter().for_each(|d| role(document_rule(*d).author, true)),
            Who::PanelMember | Who::Assignee | Who::Verifier | Who::Waiver | Who::Reader => {}
        }
    }
    if names.is_empty() {
        let members =
            target.approval.and_then(|id| facts.dossier.approval(id)).map(|a| a.members.iter().map(|m| m.user_id).collect());
        let people_of = |task: &Task| match rule.who.first() {
            Some(Who::Verifier) => facts.verifier(task).into_iter().collect(),
            Some(Who::Waiver) => waivers.clone(),
            _ => vec![task.assignee],
        };
        let people: Vec<UserId> = members.unwrap_or_else(|| task.map(people_of).unwrap_or_default());
        parties.extend(people.iter().map(|id| Party::User(*id)));
        names.push(match people.is_empty() {
            true if rule.who.contains(&Who::Reader) => Text::new("在发布中有职责的人员", "people who have a say in releases"),
            true => Text::new("被指定的人员", "the people named for it"),
            false => facts.names(people),
        });
    }
    Unmet::new(Code::NotPermitted).of_clause(rule.clause).with_text("who", Text::list(&names)).by(parties)
}

/// Why a person cannot hold a role of this release.
pub(super) fn unfit_holder(facts: &Facts<'_>, role: Role, user: UserId) -> Vec<Unmet> {
    let mut all = Vec::new();
    if !Role::TEAM.contains(&role) || !facts.directory.holds(user, role) {
        all.push(Unmet::new(Code::RoleNotGranted).with_text("name", facts.names([user])).with_text("role", role));
    }
    if role == Role::CustomerRepresentative && !facts.represents_customer(user) {
        all.push(Unmet::new(Code::NotRepresentative).with_text("name", facts.names([user])));
    }
    all
}
