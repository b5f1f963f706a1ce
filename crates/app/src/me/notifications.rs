//! What the caller chose about messages.

use crate::{AppError, Cx, Fault, FieldError, Rx};
use fabu_domain::{notifications::preferences::NotificationChoices, subject::operation::Operation};
use serde_json::json;

/// The caller's choices, and their version.
///
/// # Errors
/// Nobody is signed in.
pub fn view_notifications(rx: &mut Rx<'_, '_>) -> Result<(NotificationChoices, i64), AppError> {
    rx.permit(Operation::ViewNotifications)?;
    Ok(rx.tx.notification_choices(rx.caller.user_id)?)
}

/// Sets the caller's choices.
///
/// # Errors
/// Stale, quiet hours without length.
pub fn update_notifications(
    cx: &mut Cx<'_, '_>,
    seen: i64,
    choices: &NotificationChoices,
) -> Result<(NotificationChoices, i64), AppError> {
    let user = cx.caller.user_id;
    cx.about(format!("users/{user}"), None);
    cx.permit(Operation::UpdateNotifications)?;
    let (_, current) = cx.tx.notification_choices(user)?;
    cx.fresh(seen, current)?;
    if choices.quiet_hours.is_some_and(|quiet| quiet.from == quiet.until) {
        return Err(FieldError::new("/quiet_hours/until", Fault::FieldDates).into());
    }
    let entry = cx.entry("user.notifications_changed", format!("users/{user}"), json!(choices));
    let version = cx.tx.set_notification_choices(user, choices, seen, &entry)?;
    Ok((choices.clone(), version))
}
