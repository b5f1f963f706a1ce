//! What a department must be.

use super::{Checked, known_user, not_of_own_release};
use crate::{AppError, Cx, FieldError};
use fabu_domain::{ids::ServiceObjectId, people::directory::Department, subjects::registers::department::DepartmentStated};

impl Checked for Department {
    fn check(cx: &mut Cx<'_, '_>, stated: &DepartmentStated, _: Option<&Self>) -> Result<Vec<FieldError>, AppError> {
        let people = [(stated.head, "/head"), (stated.deputy_head, "/deputy_head")];
        Ok(people.into_iter().filter_map(|(user, pointer)| known_user(&cx.directory, user, pointer)).collect())
    }

    /// Whoever takes part in a release chooses none of its reviewers.
    fn guard(cx: &mut Cx<'_, '_>, before: &Self, stated: &DepartmentStated) -> Result<(), AppError> {
        if (before.head, before.deputy_head, before.active) == (stated.head, stated.deputy_head, stated.active) {
            return Ok(());
        }
        let (id, directory) = (before.id, cx.directory.clone());
        let of_department =
            |object: &ServiceObjectId| directory.service_objects.get(object).is_some_and(|o| o.departments.contains(&id));
        not_of_own_release(cx, |dossier| dossier.release.service_objects.iter().any(&of_department))
    }
}
