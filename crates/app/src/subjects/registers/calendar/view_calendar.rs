use crate::{AppError, Rx};
use fabu_domain::{
    subject::{operation::Operation, refusal::Text},
    time::working_time::CalendarYear,
};

/// What is known about working days, and what is missing.
#[derive(Debug, Clone)]
pub struct CalendarOverview {
    /// The arrangements that are entered, in order.
    pub years: Vec<CalendarYear>,
    /// The year whose arrangement should be here and is not.
    pub missing_year: Option<i32>,
}

impl CalendarOverview {
    /// What people are told about the missing year.
    #[must_use]
    pub fn warning(&self) -> Option<Text> {
        self.missing_year.map(|year| {
            Text::new(
                format!("{year} 年的节假日安排尚未录入；在录入之前按周一至周五计算工作日"),
                format!("the holidays of {year} are not entered; until they are, Monday to Friday count as working days"),
            )
        })
    }
}

/// The calendar as a whole.
///
/// # Errors
/// [`AppError::Store`].
pub fn view_calendar(rx: &mut Rx<'_, '_>) -> Result<CalendarOverview, AppError> {
    rx.permit(Operation::ViewCalendar)?;
    Ok(CalendarOverview { years: rx.tx.calendar_years()?, missing_year: rx.directory.calendar.missing_year(rx.now) })
}
