//! The caller.

mod change_password;
mod update_me;
mod view_me;

use utoipa_actix_web::service_config::ServiceConfig;

/// Mounts the family.
pub(super) fn routes(config: &mut ServiceConfig<'_>) {
    config.service(view_me::view_me).service(update_me::update_me).service(change_password::change_password);
}
