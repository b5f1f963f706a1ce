//! The routes: one folder per resource family, one file per endpoint, named as the operation; registers are declared in
//! [`registers`].

mod approvals;
mod auth;
mod calendar;
mod changes;
mod configuration;
mod deliveries;
mod events;
mod jobs;
mod me;
mod media;
mod procedure_versions;
mod records;
mod registers;
mod releases;
mod reports;
mod robots;
mod storage;
mod tasks;
mod users;

use crate::mount::Mount;
use actix_web::web;
use utoipa_actix_web::{scope, service_config::ServiceConfig};

/// Below which path every described operation lies.
const BASE: &str = "/api/v1";

/// Serves every described operation.
pub fn serve(config: &mut web::ServiceConfig) {
    config.service(web::scope(BASE).configure(|config| families(&mut Mount::Serving(config))));
}

/// Describes every operation.
pub fn describe(config: &mut ServiceConfig<'_>) {
    config.service(scope::scope(BASE).configure(|config: &mut ServiceConfig<'_>| families(&mut Mount::Describing(config))));
}

fn families(mount: &mut Mount<'_, '_>) {
    mount
        .configure(auth::routes)
        .configure(me::routes)
        .configure(users::routes)
        .configure(configuration::routes)
        .configure(registers::routes)
        .configure(media::routes)
        .configure(calendar::routes)
        .configure(changes::routes)
        .configure(records::routes)
        .configure(reports::routes)
        .configure(procedure_versions::routes)
        .configure(events::routes)
        .configure(releases::routes)
        .configure(approvals::routes)
        .configure(tasks::routes)
        .configure(deliveries::routes)
        .configure(robots::routes)
        .configure(jobs::routes)
        .configure(storage::routes);
}
