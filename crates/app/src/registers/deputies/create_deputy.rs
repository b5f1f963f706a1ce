use crate::{
    AppError, Cx, Fault, FieldError,
    registers::{is_concerned, known_user, not_of_own_release},
};
use chrono::NaiveDate;
use fabu_domain::{clock::company_day, directory::Deputy, ids::UserId, policy_registers::Operation, visibility::VisiblePerson};
use serde_json::json;

/// An arrangement to make.
#[derive(Debug, Clone)]
pub struct NewDeputy {
    /// Who is represented.
    pub principal: UserId,
    /// Who represents.
    pub deputy: UserId,
    /// First day, company time.
    pub from: NaiveDate,
    /// Last day, company time.
    pub until: NaiveDate,
    /// The principal is away on these days.
    pub absent: bool,
}

/// Arranges a deputy; everybody does it for themselves, an administrator with a fresh password for anybody (D16). Both
/// people are told.
///
/// # Errors
/// Somebody else's affair, password not fresh, unknown people, the same person twice, days in the past or reversed, an overlap.
pub fn create_deputy(cx: &mut Cx<'_, '_>, new: &NewDeputy) -> Result<Deputy, AppError> {
    cx.about(format!("users/{}", new.principal), None);
    cx.permit_own(Operation::CreateDeputy, new.principal)?;
    if new.principal != cx.caller.user_id {
        if new.deputy == cx.caller.user_id {
            return Err(Fault::DeputySelf.into()); // nobody appoints himself (D16)
        }
        cx.require_reauthentication()?;
        not_of_own_release(cx, |dossier| is_concerned(dossier, new.principal))?;
    }
    let mut errors: Vec<FieldError> = known_user(&cx.directory, Some(new.principal), "/principal").into_iter().collect();
    let caller = cx.caller.user_id;
    let named = cx.reading(|rx| rx.people_named())?;
    let visible = |user| VisiblePerson::of(&cx.scope(), caller, &named, user).is_some();
    if new.deputy == new.principal || !cx.directory.active_user(new.deputy).is_some_and(visible) {
        errors.push(FieldError::new("/deputy", Fault::FieldUnknownId));
    }
    if new.until < new.from {
        errors.push(FieldError::new("/until", Fault::FieldDates));
    } else if new.until < company_day(cx.now) {
        errors.push(FieldError::new("/until", Fault::FieldPast));
    }
    AppError::unless_empty(errors)?;
    let same = |d: &&Deputy| d.principal == new.principal && d.deputy == new.deputy && d.from <= new.until && new.from <= d.until;
    if cx.directory.deputies.iter().any(|d| same(&d)) {
        return Err(Fault::DeputyOverlap.into());
    }
    let deputy = Deputy {
        id: cx.new_id(),
        principal: new.principal,
        deputy: new.deputy,
        from: new.from,
        until: new.until,
        absent: new.absent,
    };
    let entry = cx.entry("deputy.appointed", format!("deputies/{}", deputy.id), json!(deputy));
    cx.tx.insert_deputy(&deputy, &entry)?;
    cx.tell_concerned(&entry)?;
    Ok(deputy)
}
