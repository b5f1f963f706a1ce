//! What a person sees and changes about themselves.

mod notifications;

pub use notifications::{update_notifications, view_notifications};

use crate::{
    AppError, Cx, Fault, Rx,
    subjects::registers::{difference, users::check_phone},
};
use fabu_domain::{language::Language, people::directory::User, subject::operation::Operation};

/// A person's own preferences; none leaves a value as it is.
#[derive(Debug, Clone, Default)]
pub struct Preferences {
    /// Reading language.
    pub language: Option<Language>,
    /// For duty rosters; the inner none removes it.
    pub phone: Option<Option<String>>,
}

/// The caller.
///
/// # Errors
/// The session has ended.
pub fn view_me(rx: &mut Rx<'_, '_>) -> Result<User, AppError> {
    rx.permit(Operation::ViewMe)?;
    Ok(rx.directory.active_user(rx.caller.user_id).cloned().ok_or(Fault::SessionEnded)?)
}

/// What the caller may do outside releases, by operation id; whatever belongs to somebody counts as the caller's own.
#[must_use]
pub fn permissions(rx: &Rx<'_, '_>) -> Vec<Operation> {
    let me = rx.caller.user_id;
    Operation::ALL.iter().copied().filter(|operation| rx.permit_own(*operation, me).is_ok()).collect()
}

/// Changes the caller's own preferences.
///
/// # Errors
/// Stale, a number that nobody could dial.
pub fn update_me(cx: &mut Cx<'_, '_>, seen: i64, preferences: &Preferences) -> Result<User, AppError> {
    cx.permit(Operation::UpdateMe)?;
    let before = cx.directory.active_user(cx.caller.user_id).cloned().ok_or(Fault::SessionEnded)?;
    cx.fresh(seen, before.version)?;
    let phone = preferences.phone.clone().unwrap_or_else(|| before.phone.clone());
    AppError::unless_empty(check_phone(phone.as_deref()).into_iter().collect())?;
    let language = preferences.language.unwrap_or(before.language);
    let after = User { language, phone, version: seen + 1, ..before.clone() };
    let entry = cx.entry("user.updated", format!("users/{}", after.id), difference(&before, &after));
    cx.tx.update_user(&after, seen, &entry)?;
    Ok(after)
}
