use crate::{AppError, Cx};
use fabu_domain::{ids::DeputyId, policy_registers::Operation};
use fabu_store::DirectoryLock;
use serde_json::json;

/// Ends an arrangement; the log keeps what it was.
///
/// # Errors
/// Not found, somebody else's affair, stale.
pub fn delete_deputy(cx: &mut Cx<'_, '_>, id: DeputyId, seen: i64) -> Result<(), AppError> {
    cx.about(format!("deputies/{id}"), None);
    cx.hold(DirectoryLock::Exclusive)?;
    let found = cx.directory.deputies.iter().find(|deputy| deputy.id == id).cloned();
    let deputy = found.ok_or(AppError::NotFound { what: "deputy" })?;
    cx.permit_own(Operation::DeleteDeputy, deputy.principal)?;
    cx.fresh(seen, 1)?;
    let entry = cx.entry("deputy.ended", format!("deputies/{id}"), json!(deputy));
    Ok(cx.tx.delete_deputy(id, &entry)?)
}
