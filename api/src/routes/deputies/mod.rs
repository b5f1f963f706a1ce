//! Stand-ins.

mod create_deputy;
mod delete_deputy;
mod list_deputies;
mod view_deputy;

use utoipa_actix_web::service_config::ServiceConfig;

/// Mounts the family.
pub(super) fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_deputies::list_deputies)
        .service(create_deputy::create_deputy)
        .service(view_deputy::view_deputy)
        .service(delete_deputy::delete_deputy);
}
