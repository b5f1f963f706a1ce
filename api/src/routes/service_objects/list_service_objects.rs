use crate::{
    answer::Answer,
    dto::{
        Page,
        service_objects::{ServiceObjectQuery, ServiceObjectView},
    },
    extract::Read,
};
use actix_web::get;
use fabu_app::registers::service_objects;

/// Service objects by code.
#[utoipa::path(
    tag = "service-objects",
    operation_id = "list_service_objects",
    params(ServiceObjectQuery),
    responses((status = 200, description = "A part of the list.", body = Page<ServiceObjectView>))
)]
#[get("/service-objects")]
pub async fn list_service_objects(call: Read<(), ServiceObjectQuery>) -> Answer {
    call.page(|rx, (), query| Ok(Page::<ServiceObjectView>::from(service_objects::list_service_objects(rx, &query.filter())?)))
        .await
}
