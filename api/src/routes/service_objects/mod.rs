//! Service objects.

mod create_service_object;
mod list_service_objects;
mod update_service_object;
mod view_service_object;

use crate::mount::Mount;

/// Mounts the family.
pub(super) fn routes(mount: &mut Mount<'_, '_>) {
    mount
        .service(list_service_objects::list_service_objects)
        .service(create_service_object::create_service_object)
        .service(view_service_object::view_service_object)
        .service(update_service_object::update_service_object);
}
