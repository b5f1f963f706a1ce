//! Where routes are mounted: on a server, or on the description of the API.
//!
//! The two are apart because describing hundreds of schemas takes time and memory that no server thread needs.

use actix_web::{dev::HttpServiceFactory, web};
use utoipa_actix_web::{OpenApiFactory, service_config::ServiceConfig};

/// Takes the routes of a family of resources.
pub enum Mount<'a, 's> {
    /// Routes are served.
    Serving(&'a mut web::ServiceConfig),
    /// Routes are described.
    Describing(&'a mut ServiceConfig<'s>),
}

impl Mount<'_, '_> {
    /// Mounts one endpoint.
    pub fn service<F: HttpServiceFactory + OpenApiFactory + 'static>(&mut self, endpoint: F) -> &mut Self {
        match self {
            Self::Serving(config) => {
                config.service(endpoint);
            }
            Self::Describing(config) => {
                config.service(endpoint);
            }
        }
        self
    }

    /// Mounts a family.
    pub fn configure(&mut self, family: impl FnOnce(&mut Self)) -> &mut Self {
        family(self);
        self
    }
}
