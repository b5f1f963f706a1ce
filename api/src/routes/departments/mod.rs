//! Departments.

mod create_department;
mod list_departments;
mod update_department;
mod view_department;

use crate::mount::Mount;

/// Mounts the family.
pub(super) fn routes(mount: &mut Mount<'_, '_>) {
    mount
        .service(list_departments::list_departments)
        .service(create_department::create_department)
        .service(view_department::view_department)
        .service(update_department::update_department);
}
