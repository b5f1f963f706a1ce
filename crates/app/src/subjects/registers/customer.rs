//! What a customer must be: who may accept and confirm for it (§5.4d, D13).

use super::{Checked, known_user, not_of_own_release};
use crate::{AppError, Cx, Fault, FieldError};
use fabu_domain::{
    people::{
        directory::{Customer, Representative},
        role::Role,
    },
    subjects::registers::customer::CustomerStated,
    text::Note,
};

impl Checked for Customer {
    fn check(cx: &mut Cx<'_, '_>, stated: &CustomerStated, _: Option<&Self>) -> Result<Vec<FieldError>, AppError> {
        let mut errors = business_hours(stated);
        errors.extend(stated.representatives.iter().enumerate().flat_map(|(n, r)| representative(cx, n, r)));
        Ok(errors)
    }

    /// Whoever takes part in a release does not choose its customer's voice.
    fn guard(cx: &mut Cx<'_, '_>, before: &Self, stated: &CustomerStated) -> Result<(), AppError> {
        if before.representatives == stated.representatives {
            return Ok(());
        }
        not_of_own_release(cx, |dossier| dossier.release.customer_id == Some(before.id))
    }
}

/// Refuses days without hours, hours without days, and hours that end before they begin.
fn business_hours(stated: &CustomerStated) -> Vec<FieldError> {
    match (stated.business_days.is_empty(), stated.opens, stated.closes) {
        (true, None, None) => Vec::new(),
        (false, Some(opens), Some(closes)) if opens < closes && closes < 24 * 60 => Vec::new(),
        (false, Some(_), Some(_)) => {
            vec![FieldError::invalid(
                "/closes",
                "须晚于营业开始，且在当日 24:00 之前",
                "after the opening, before 24:00 of the same day",
            )]
        }
        _ => vec![FieldError::invalid(
            "/business_days",
            "营业日和营业时间须一起填写",
            "state days and hours together, or none of them",
        )],
    }
}

/// Refuses unknown representatives, reversed dates, and internal people without a reason (D13).
fn representative(cx: &Cx<'_, '_>, n: usize, r: &Representative) -> Vec<FieldError> {
    let at = |field: &str| format!("/representatives/{n}/{field}");
    let mut errors: Vec<FieldError> = known_user(&cx.directory, Some(r.user_id), &at("user_id")).into_iter().collect();
    if r.until.is_some_and(|until| until < r.from) {
        errors.push(FieldError::new(at("until"), Fault::FieldDates));
    }
    if let Some(Err(error)) = r.internal_reason.as_deref().map(Note::parse) {
        errors.push(FieldError::text(at("internal_reason"), &error));
    }
    let internal =
        cx.directory.users.get(&r.user_id).is_some_and(|user| user.roles.iter().any(|role| role != Role::CustomerRepresentative));
    if internal && r.internal_reason.is_none() {
        errors.push(FieldError::new(at("internal_reason"), Fault::InternalReason));
    }
    errors
}
