use crate::{
    AppError, Rx,
    paging::{Page, PageRequest},
};
use chrono::NaiveDate;
use fabu_domain::{directory::Deputy, ids::UserId, policy_registers::Operation};

/// Which arrangements are wanted.
#[derive(Debug, Clone, Default)]
pub struct DeputyFilter {
    /// Those of this person, on either side.
    pub user_id: Option<UserId>,
    /// Those in force on this day.
    pub on: Option<NaiveDate>,
    /// Which part of the list.
    pub page: PageRequest,
}

/// Arrangements that the caller may know of, by first day.
///
/// # Errors
/// An invalid cursor or limit.
pub fn list_deputies(rx: &mut Rx<'_, '_>, filter: &DeputyFilter) -> Result<Page<Deputy>, AppError> {
    rx.permit(Operation::ListDeputies)?;
    let wanted = |d: &&Deputy| {
        filter.user_id.is_none_or(|id| d.principal == id || d.deputy == id)
            && filter.on.is_none_or(|day| d.from <= day && day <= d.until)
    };
    let (scope, reader) = (rx.scope(), rx.caller.user_id);
    let visible = |deputy: &&Deputy| scope.has_deputy(reader, deputy);
    let found = rx.directory.deputies.iter().filter(wanted).filter(visible).cloned().collect();
    filter.page.of(found, |deputy| format!("{}\u{0}{}", deputy.from, deputy.id))
}
