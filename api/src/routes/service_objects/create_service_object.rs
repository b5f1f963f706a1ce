use crate::{
    answer::{Answer, Reply},
    dto::service_objects::{ServiceObjectRequest, ServiceObjectView},
    extract::Create,
};
use actix_web::post;
use fabu_app::registers::service_objects;

/// Add a service object.
#[utoipa::path(
    tag = "service-objects",
    operation_id = "create_service_object",
    request_body = ServiceObjectRequest,
    responses((status = 201, description = "The new service object.", body = ServiceObjectView, headers(("ETag" = String), ("Location" = String))))
)]
#[post("/service-objects")]
pub async fn create_service_object(call: Create<(), ServiceObjectRequest>) -> Answer {
    call.answer(|cx, (), body| {
        let service_object = ServiceObjectView::from(service_objects::create_service_object(cx, &body.fields())?);
        Ok(Reply::created(format!("service-objects/{}", service_object.id), &service_object)?.version(service_object.version))
    })
    .await
}
