//! Service objects.

mod create_service_object;
mod list_service_objects;
mod update_service_object;
mod view_service_object;

use utoipa_actix_web::service_config::ServiceConfig;

/// Mounts the family.
pub(super) fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_service_objects::list_service_objects)
        .service(create_service_object::create_service_object)
        .service(view_service_object::view_service_object)
        .service(update_service_object::update_service_object);
}
