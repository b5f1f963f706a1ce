//! The routes: one folder per resource family, one file per endpoint, named as the operation.

mod approvals;
mod auth;
mod changes;
mod customers;
mod departments;
mod deputies;
mod events;
mod me;
mod records;
mod releases;
mod reports;
mod service_objects;
mod tasks;
mod users;

use utoipa_actix_web::{scope, service_config::ServiceConfig};

/// Every described operation, below `/api/v1`.
pub fn routes(config: &mut ServiceConfig<'_>) {
    let families = |config: &mut ServiceConfig<'_>| {
        config
            .configure(auth::routes)
            .configure(me::routes)
            .configure(users::routes)
            .configure(departments::routes)
            .configure(customers::routes)
            .configure(service_objects::routes)
            .configure(deputies::routes)
            .configure(changes::routes)
            .configure(records::routes)
            .configure(reports::routes)
            .configure(events::routes)
            .configure(releases::routes)
            .configure(approvals::routes)
            .configure(tasks::routes);
    };
    config.service(scope::scope("/api/v1").configure(families));
}
