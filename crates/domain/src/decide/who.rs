//! Who may give a command: the policy of [`crate::procedure::COMMANDS`] applied to one person.

use crate::{
    command::{Command, CommandName},
    documents::DocumentKind,
    facts::{Actor, Facts},
    ids::{ApprovalId, TaskId, UserId},
    procedure::{CommandRule, Who, document_rule},
    refusal::{Code, Party, Text, Unmet},
    release::Dossier,
    role::Role,
};
use std::collections::BTreeSet;

/// What a command is aimed at, as far as permission depends on it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Target {
    document: Option<DocumentKind>,
    approval: Option<ApprovalId>,
    on_behalf_of: Option<UserId>,
    task: Option<TaskId>,
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
            _ => Self::default(),
        }
    }

    /// Any target: does the person have one of this kind at all?
    #[must_use]
    pub fn any(document: Option<DocumentKind>) -> Self {
        Self { document, any: true, ..Self::default() }
    }
}

/// Everybody whose writing is in a revision.
#[must_use]
pub fn contributors_of(dossier: &Dossier, kind: DocumentKind, revision: u32) -> BTreeSet<UserId> {
    let document = dossier.documents.get(&kind);
    let revision = document.and_then(|d| d.revisions.iter().find(|r| r.revision == revision));
    revision.map(|r| r.contributors.clone()).unwrap_or_default()
}

/// `Ok` with the person for whom the actor acts as a deputy, if so; else the missing permission.
///
/// # Errors
/// The reason, naming whose step it is.
pub fn permit(facts: &Facts<'_>, actor: &Actor, rule: &CommandRule, target: &Target) -> Result<Option<UserId>, Unmet> {
    let active = facts.directory.active_user(actor.user_id).is_some();
    let granted = rule.who.iter().filter(|_| active).find_map(|who| grant(facts, actor.user_id, *who, target));
    granted.ok_or_else(|| denial(facts, rule, target))
}

/// `Some` when this kind of holder includes the person: as oneself (`None`) or for somebody.
fn grant(facts: &Facts<'_>, user: UserId, who: Who, target: &Target) -> Option<Option<UserId>> {
    match who {
        Who::Team(role) => facts.acting(user, facts.holder(role)?),
        Who::Author => facts.acting(user, facts.holder(document_rule(target.document?).author)?),
        Who::Company(role) => company(facts, user, role),
        Who::PanelMember => panel_member(facts, user, target),
        Who::Assignee => task_party(facts, user, target, |task| Some(task.assignee)),
        Who::Verifier => task_party(facts, user, target, |task| facts.verifier(task)),
        Who::Waiver => task_party(facts, user, target, |task| facts.holder(task.kind.rule().waivable_by?)),
        Who::Reader => Some(None),
    }
}

fn company(facts: &Facts<'_>, user: UserId, role: Role) -> Option<Option<UserId>> {
    if facts.directory.holds(user, role) {
        return Some(None);
    }
    let holders = facts.directory.users.values().filter(|u| u.active && u.roles.has(role));
    holders.map(|u| u.id).find(|holder| facts.directory.is_deputy(user, *holder, facts.now)).map(Some)
}

fn panel_member(facts: &Facts<'_>, user: UserId, target: &Target) -> Option<Option<UserId>> {
    let open = facts.dossier.approvals.iter().filter(|a| if target.any { a.is_open() } else { Some(a.id) == target.approval });
    let mut members: Vec<_> = open.flat_map(|a| &a.members).collect();
    members.sort_by_key(|m| m.vote.is_some()); // a deputy of several answers first for one who is awaited
    let members: Vec<UserId> = members.into_iter().map(|m| m.user_id).collect();
    match target.on_behalf_of {
        Some(principal) if principal != user => members.into_iter().find(|m| *m == principal).and_then(|m| facts.acting(user, m)),
        _ => {
            let oneself = members.contains(&user).then_some(None);
            oneself.or_else(|| members.into_iter().find_map(|m| facts.acting(user, m)))
        }
    }
}

fn task_party(
    facts: &Facts<'_>,
    user: UserId,
    target: &Target,
    party: impl Fn(&crate::task::Task) -> Option<UserId>,
) -> Option<Option<UserId>> {
    let mut tasks = facts.dossier.tasks.iter().filter(|t| if target.any { t.is_open() } else { Some(t.id) == target.task });
    tasks.find_map(|task| facts.acting(user, party(task)?))
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
    if let Some(task) = task.filter(|t| rule.name == CommandName::WaiveTask && t.kind.rule().waivable_by.is_none()) {
        return Unmet::new(Code::TaskNotWaivable).of_clause(task.kind.rule().clause).with("task", &task.title);
    }
    for who in rule.who {
        match who {
            Who::Team(r) => role(*r, true),
            Who::Company(r) => role(*r, false),
            Who::Author => target.document.iter().for_each(|d| role(document_rule(*d).author, true)),
            Who::Waiver => task.and_then(|t| t.kind.rule().waivable_by).iter().for_each(|r| role(*r, true)),
            Who::PanelMember | Who::Assignee | Who::Verifier | Who::Reader => {}
        }
    }
    if names.is_empty() {
        let members =
            target.approval.and_then(|id| facts.dossier.approval(id)).map(|a| a.members.iter().map(|m| m.user_id).collect());
        let verifies = rule.who.contains(&Who::Verifier);
        let party = |t: &crate::task::Task| if verifies { facts.verifier(t) } else { Some(t.assignee) };
        let people: Vec<UserId> = members.unwrap_or_else(|| task.and_then(party).into_iter().collect());
        parties.extend(people.iter().map(|id| Party::User(*id)));
        names.push(match people.is_empty() {
            true => Text::new("被指定的人员", "the people named for it"),
            false => facts.names(people),
        });
    }
    Unmet::new(Code::NotPermitted).of_clause(rule.clause).with_text("who", Text::list(&names)).by(parties)
}
