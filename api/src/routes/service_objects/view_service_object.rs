use crate::{
    answer::{Answer, Reply},
    dto::service_objects::ServiceObjectView,
    extract::Read,
};
use actix_web::get;
use fabu_app::registers::service_objects;
use fabu_domain::ids::ServiceObjectId;

/// One service object.
#[utoipa::path(
    tag = "service-objects",
    operation_id = "view_service_object",
    params(("id" = ServiceObjectId, Path)),
    responses((status = 200, description = "The service object.", body = ServiceObjectView, headers(("ETag" = String))))
)]
#[get("/service-objects/{id}")]
pub async fn view_service_object(call: Read<ServiceObjectId>) -> Answer {
    call.answer(|rx, id, _| {
        let service_object = ServiceObjectView::from(service_objects::view_service_object(rx, *id)?);
        Ok(Reply::ok(&service_object)?.version(service_object.version))
    })
    .await
}
