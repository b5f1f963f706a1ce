//! Reports (§10).

mod list_kpi_quarters;
mod quarterly;
mod schedules;
mod view_kpi;

use crate::mount::Mount;

/// Mounts the family.
pub(super) fn routes(mount: &mut Mount<'_, '_>) {
    mount
        .service(list_kpi_quarters::list_kpi_quarters)
        .service(view_kpi::view_kpi)
        .configure(quarterly::routes)
        .configure(schedules::routes);
}
