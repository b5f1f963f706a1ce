//! Reports (§10).

mod list_kpi_quarters;
mod view_kpi;

use utoipa_actix_web::service_config::ServiceConfig;

/// Mounts the family.
pub(super) fn routes(config: &mut ServiceConfig<'_>) {
    config.service(list_kpi_quarters::list_kpi_quarters).service(view_kpi::view_kpi);
}
