//! What an object under service must be (§2).

use super::{Checked, not_of_own_release};
use crate::{AppError, Cx, Fault, FieldError};
use fabu_domain::{
    people::directory::ServiceObject,
    subjects::{registers::service_object::ServiceObjectStated, visibility::Scope},
};
use fabu_store::ChangeFilter;

impl Checked for ServiceObject {
    fn check(cx: &mut Cx<'_, '_>, stated: &ServiceObjectStated, _: Option<&Self>) -> Result<Vec<FieldError>, AppError> {
        let mut errors = Vec::new();
        if !cx.directory.customers.get(&stated.customer_id).is_some_and(|customer| customer.active) {
            errors.push(FieldError::new("/customer_id", Fault::FieldUnknownId));
        }
        for (n, id) in stated.departments.iter().enumerate() {
            let known = cx.directory.departments.get(id).is_some_and(|department| department.active);
            if !known {
                errors.push(FieldError::new(format!("/departments/{n}"), Fault::FieldUnknownId));
            } else if stated.departments[..n].contains(id) {
                errors.push(FieldError::new(format!("/departments/{n}"), Fault::FieldDuplicate));
            }
        }
        Ok(errors)
    }

    /// Another customer is refused while changes concern the object: who sees a change follows from the customer of what it
    /// touches (RX). Whoever takes part in a release chooses none of its reviewers.
    fn guard(cx: &mut Cx<'_, '_>, before: &Self, stated: &ServiceObjectStated) -> Result<(), AppError> {
        if before.customer_id != stated.customer_id {
            let filter = ChangeFilter { scope: Scope::All, service_object_id: Some(before.id), ..ChangeFilter::default() };
            if !cx.tx.list_changes(&filter, None, 1)?.items.is_empty() {
                return Err(Fault::ServiceObjectInUse.into());
            }
        }
        let same =
            (&before.departments, before.customer_id, before.active) == (&stated.departments, stated.customer_id, stated.active);
        if same { Ok(()) } else { not_of_own_release(cx, |dossier| dossier.release.service_objects.contains(&before.id)) }
    }
}
