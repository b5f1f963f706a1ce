//! The working calendar.

mod import_calendar_year;
mod replace_calendar_year;
mod view_calendar;
mod view_calendar_bands;
mod view_calendar_year;
mod view_freeze_proposals;

use crate::mount::Mount;

/// Mounts the family.
pub(super) fn routes(mount: &mut Mount<'_, '_>) {
    mount
        .service(view_calendar::view_calendar)
        .service(view_calendar_bands::view_calendar_bands)
        .service(view_calendar_year::view_calendar_year)
        .service(replace_calendar_year::replace_calendar_year)
        .service(import_calendar_year::import_calendar_year)
        .service(view_freeze_proposals::view_freeze_proposals);
}
