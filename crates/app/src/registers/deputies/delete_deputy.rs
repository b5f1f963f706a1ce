use crate::{AppError, Cx};
use fabu_domain::{directory::Deputy, ids::DeputyId, policy_registers::Operation};
use fabu_store::DirectoryLock;
use serde_json::json;

/// Ends an arrangement; the log keeps what it was. Somebody else's needs a fresh password; both people are told (D16).
///
/// # Errors
/// Not found, somebody else's affair, password not fresh, stale.
pub fn delete_deputy(cx: &mut Cx<'_, '_>, id: DeputyId, seen: i64) -> Result<(), AppError> {
    cx.about(format!("deputies/{id}"), None);
    cx.hold(DirectoryLock::Exclusive)?;
    let (scope, caller) = (cx.scope(), cx.caller.user_id);
    let visible = |deputy: &&Deputy| deputy.id == id && scope.has_deputy(caller, deputy);
    let found = cx.directory.deputies.iter().find(visible).cloned();
    let deputy = found.ok_or(AppError::NotFound { what: "deputy" })?;
    cx.permit_own(Operation::DeleteDeputy, deputy.principal)?;
    if deputy.principal != caller {
        cx.require_reauthentication()?;
    }
    cx.fresh(seen, 1)?;
    let entry = cx.entry("deputy.ended", format!("deputies/{id}"), json!(deputy));
    cx.tx.delete_deputy(id, &entry)?;
    cx.tell_concerned(&entry)
}
