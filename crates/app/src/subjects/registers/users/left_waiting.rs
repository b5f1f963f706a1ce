use crate::{AppError, Cx};
use fabu_domain::{
    blocks::approval::{Approval, Capacity},
    ids::{ApprovalId, ReleaseId, TaskId},
    people::{directory::User, role::Role},
    subject::refusal::Text,
    subjects::visibility::Scope,
};
use fabu_store::{ApprovalFilter, ReleaseFilter, TaskFilter};

/// Something in an open release that waits for a person who can act no more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftWaiting {
    /// The number of the release, or what tells the other subject from its like.
    pub release_number: String,
    /// Its title.
    pub release_title: Text,
    /// What waits: a role, an answer, a task.
    pub what: Text,
    /// The approval, where an answer is awaited: its administrator asks somebody else (`replace_member`).
    pub approval_id: Option<ApprovalId>,
    /// The task, where one is outstanding: its administrator or owner hands it over.
    pub task_id: Option<TaskId>,
}

/// As many of each kind are named; whoever leaves more behind is looked up in the lists.
const NAMED: usize = 100;

/// Everything that is left waiting by a change of a person: all of it when the person is active no more, else what rested on a
/// role that was taken away.
pub(super) fn left_waiting(cx: &mut Cx<'_, '_>, after: &User) -> Result<Vec<LeftWaiting>, AppError> {
    let mut all = roles(cx, after)?;
    let filter = ApprovalFilter { scope: Scope::All, people: vec![after.id], awaited: Some(true), opened_by: None };
    for item in cx.tx.list_approvals(&filter, None, NAMED)?.items {
        if !after.active || seat_is_lost(&item.approval, after) {
            all.push(LeftWaiting {
                release_number: item.subject.key().to_owned(),
                release_title: item.title.map_or_else(|| item.subject.name(), Text::same),
                what: item.approval.kind.text(),
                approval_id: Some(item.approval.id),
                task_id: None,
            });
        }
    }
    if !after.active {
        let filter = TaskFilter { scope: Scope::All, people: vec![after.id], open: Some(true), ..TaskFilter::default() };
        for item in cx.tx.list_tasks(&filter, None, NAMED)?.items {
            all.push(LeftWaiting {
                what: item.task.name(),
                task_id: Some(item.task.id),
                approval_id: None,
                release_number: item.subject.key().to_owned(),
                release_title: item.title.map_or_else(|| item.subject.name(), Text::same),
            });
        }
    }
    Ok(all)
}

fn seat_is_lost(approval: &Approval, after: &User) -> bool {
    let mut seats = approval.members.iter().filter(|m| m.user_id == after.id);
    seats.any(|m| match m.capacity {
        Capacity::Role(role) => !after.roles.has(role),
        Capacity::Department(_) | Capacity::Stakeholder => {
            after.roles.iter().all(|role| matches!(role, Role::SystemAdministrator | Role::Auditor))
        }
    })
}

/// Roles of releases under way that the person holds and can carry no more.
fn roles(cx: &mut Cx<'_, '_>, after: &User) -> Result<Vec<LeftWaiting>, AppError> {
    let filter = ReleaseFilter { scope: Scope::All, member_id: Some(after.id), ..ReleaseFilter::default() };
    let held: Vec<ReleaseId> = cx.tx.list_releases(&filter, None, NAMED)?.items.iter().map(|item| item.id).collect();
    let mut all = Vec::new();
    for id in held {
        let Some(dossier) = cx.tx.dossier(id)? else { continue };
        if dossier.release.stage.is_final() {
            continue;
        }
        let lost = |role: &Role| dossier.holder(*role) == Some(after.id) && !(after.active && after.roles.has(*role));
        all.extend(Role::TEAM.into_iter().filter(lost).map(|role| LeftWaiting {
            release_number: dossier.release.number.clone(),
            release_title: Text::same(&dossier.release.title),
            what: role.into(),
            approval_id: None,
            task_id: None,
        }));
    }
    Ok(all)
}
