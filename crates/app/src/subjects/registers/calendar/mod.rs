//! The working calendar: holidays (休) and make-up working days (班) of each year, as they were announced.

mod import_calendar_year;
mod replace_calendar_year;
mod view_calendar;
mod view_calendar_bands;
mod view_calendar_year;

pub use fabu_store::BookedTime;
pub use import_calendar_year::{CalendarFile, CalendarImport, import_calendar_year};
pub use replace_calendar_year::{CalendarYearFields, replace_calendar_year};
pub use view_calendar::{CalendarOverview, view_calendar};
pub use view_calendar_bands::{CalendarBands, view_calendar_bands};
pub use view_calendar_year::view_calendar_year;
