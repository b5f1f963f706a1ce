//! The routes: one folder per resource family, one file per endpoint, named as the operation.

mod departments;

use utoipa_actix_web::{scope, service_config::ServiceConfig};

/// Every described operation, below `/api/v1`.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(scope::scope("/api/v1").configure(departments::routes));
}
