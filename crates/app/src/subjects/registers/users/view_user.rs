use crate::{AppError, Rx};
use fabu_domain::{ids::UserId, subject::operation::Operation, subjects::visibility::VisiblePerson};

/// One person.
///
/// # Errors
/// Not found, also for somebody whom the caller may not know of.
pub fn view_user(rx: &mut Rx<'_, '_>, id: UserId) -> Result<VisiblePerson, AppError> {
    rx.permit(Operation::ViewUser)?;
    let (scope, reader, named) = (rx.scope(), rx.caller.user_id, rx.people_named()?);
    let found = rx.directory.users.get(&id).and_then(|user| VisiblePerson::of(&scope, reader, &named, user));
    found.ok_or(AppError::NotFound { what: "user" })
}
