//! What a freeze must be, and what the working calendar proposes (5.5.4).

use super::{Checked, not_of_own_release};
use crate::{AppError, Cx, Fault, FieldError, Rx, subjects::releases::watch::look_at_all};
use fabu_domain::{
    subject::operation::Operation,
    subjects::{
        registers::{
            freeze_templates::{FreezeProposals, propose},
            freeze_window::{FreezeWindow, FreezeWindowStated},
        },
        release::{Dossier, conflicts::HeldFreeze},
    },
};
use std::collections::HashSet;

impl Checked for FreezeWindow {
    fn check(cx: &mut Cx<'_, '_>, stated: &FreezeWindowStated, _: Option<&Self>) -> Result<Vec<FieldError>, AppError> {
        let mut errors: Vec<FieldError> =
            stated.time_faults().into_iter().map(|(pointer, zh, en)| FieldError::invalid(pointer, zh, en)).collect();
        if let Some(fault) = stated.recurrence_fault().filter(|_| errors.is_empty()) {
            errors.push(FieldError::invalid("/recurrence", fault.zh, fault.en));
        }
        let directory = &cx.directory;
        listed(&mut errors, "customers", &stated.customers, |id| directory.customers.get(id).is_some_and(|c| c.active));
        listed(&mut errors, "service_objects", &stated.service_objects, |id| {
            directory.service_objects.get(id).is_some_and(|o| o.active)
        });
        listed(&mut errors, "configuration_items", &stated.configuration_items, |_| true);
        Ok(errors)
    }

    /// Whoever takes part in a release whose window the freeze holds, or would hold, does not loosen it.
    fn guard(cx: &mut Cx<'_, '_>, before: &Self, _: &FreezeWindowStated) -> Result<(), AppError> {
        let held = HeldFreeze::new(before.clone());
        let is_held = |dossier: &Dossier| dossier.release.window.is_some_and(|window| !held.within(window).is_empty());
        not_of_own_release(cx, is_held)
    }

    /// Every window is compared with the freezes as they are now.
    fn conclude(cx: &mut Cx<'_, '_>, _: Option<&Self>, _: &Self) -> Result<(), AppError> {
        look_at_all(cx)
    }
}

/// Refuses what is listed twice or is not known.
fn listed<T: Eq + std::hash::Hash>(errors: &mut Vec<FieldError>, field: &str, values: &[T], is_known: impl Fn(&T) -> bool) {
    let mut seen = HashSet::new();
    for (n, value) in values.iter().enumerate() {
        if !is_known(value) {
            errors.push(FieldError::new(format!("/{field}/{n}"), Fault::FieldUnknownId));
        } else if !seen.insert(value) {
            errors.push(FieldError::new(format!("/{field}/{n}"), Fault::FieldDuplicate));
        }
    }
}

/// The freezes that the working calendar of a year proposes; nothing is entered.
///
/// # Errors
/// Not permitted, or a year that cannot be arranged.
pub fn view_freeze_proposals(rx: &mut Rx<'_, '_>, year: i32) -> Result<FreezeProposals, AppError> {
    rx.permit(Operation::ViewFreezeProposals)?;
    let years = rx.tx.calendar_years()?;
    let published = years.iter().map(|kept| &kept.published).find(|published| published.year == year);
    Ok(propose(year, published, &rx.directory.calendar))
}
