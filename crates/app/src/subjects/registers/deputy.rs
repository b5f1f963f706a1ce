//! Who may arrange whose deputy (D16). Everybody does it for themselves, an administrator with a fresh password for anybody.

use super::{Checked, is_concerned, known_user, not_of_own_release};
use crate::{AppError, Cx, Fault, FieldError};
use fabu_domain::{
    ids::UserId,
    people::directory::Deputy,
    subjects::{registers::deputy::DeputyStated, visibility::VisiblePerson},
    time::clock::company_day,
};

impl Checked for Deputy {
    fn owner(stated: &DeputyStated) -> Option<UserId> {
        Some(stated.principal)
    }

    fn owned_by(&self) -> Option<UserId> {
        Some(self.principal)
    }

    fn check(cx: &mut Cx<'_, '_>, stated: &DeputyStated, _: Option<&Self>) -> Result<Vec<FieldError>, AppError> {
        let caller = cx.caller.user_id;
        if stated.principal != caller {
            if stated.deputy == caller {
                return Err(Fault::DeputySelf.into()); // nobody appoints himself (D16)
            }
            cx.require_reauthentication()?;
            not_of_own_release(cx, |dossier| is_concerned(dossier, stated.principal))?;
        }
        let mut errors: Vec<FieldError> = known_user(&cx.directory, Some(stated.principal), "/principal").into_iter().collect();
        let named = cx.reading(|rx| rx.people_named())?;
        let visible = |user| VisiblePerson::of(&cx.scope(), caller, &named, user).is_some();
        if stated.deputy == stated.principal || !cx.directory.active_user(stated.deputy).is_some_and(visible) {
            errors.push(FieldError::new("/deputy", Fault::FieldUnknownId));
        }
        if stated.until < stated.from {
            errors.push(FieldError::new("/until", Fault::FieldDates));
        } else if stated.until < company_day(cx.now) {
            errors.push(FieldError::new("/until", Fault::FieldPast));
        }
        let same = |d: &Deputy| {
            d.principal == stated.principal && d.deputy == stated.deputy && d.from <= stated.until && stated.from <= d.until
        };
        if errors.is_empty() && cx.directory.deputies.iter().any(same) {
            return Err(Fault::DeputyOverlap.into());
        }
        Ok(errors)
    }

    fn guard_delete(&self, cx: &mut Cx<'_, '_>) -> Result<(), AppError> {
        if self.principal == cx.caller.user_id { Ok(()) } else { cx.require_reauthentication() }
    }
}
