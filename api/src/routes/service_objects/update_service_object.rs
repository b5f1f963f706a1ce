use crate::{
    answer::{Answer, Reply},
    dto::service_objects::{ServiceObjectRequest, ServiceObjectView},
    extract::{IfMatch, Update},
};
use actix_web::put;
use fabu_app::registers::service_objects;
use fabu_domain::ids::ServiceObjectId;

/// Replace what is stated about a service object.
#[utoipa::path(
    tag = "service-objects",
    operation_id = "update_service_object",
    params(("id" = ServiceObjectId, Path), IfMatch),
    request_body = ServiceObjectRequest,
    responses((status = 200, description = "The service object.", body = ServiceObjectView, headers(("ETag" = String))))
)]
#[put("/service-objects/{id}")]
pub async fn update_service_object(call: Update<ServiceObjectId, ServiceObjectRequest>) -> Answer {
    call.answer(|cx, id, version, body| {
        let service_object = ServiceObjectView::from(service_objects::update_service_object(cx, *id, version, &body.fields())?);
        Ok(Reply::ok(&service_object)?.version(service_object.version))
    })
    .await
}
