//! The log (§3.2).

mod list_events;
mod verify_events;

use utoipa_actix_web::service_config::ServiceConfig;

/// Mounts the family.
pub(super) fn routes(config: &mut ServiceConfig<'_>) {
    config.service(list_events::list_events).service(verify_events::verify_events);
}
