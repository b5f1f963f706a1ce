use crate::{
    answer::{Answer, Reply},
    dto::departments::{DepartmentRequest, DepartmentView},
    extract::{IfMatch, Update},
};
use actix_web::put;
use fabu_app::registers::departments;
use fabu_domain::ids::DepartmentId;

/// Replace what is stated about a department.
#[utoipa::path(
    tag = "departments",
    operation_id = "update_department",
    params(("id" = DepartmentId, Path), IfMatch),
    request_body = DepartmentRequest,
    responses((status = 200, description = "The department.", body = DepartmentView, headers(("ETag" = String))))
)]
#[put("/departments/{id}")]
pub async fn update_department(call: Update<DepartmentId, DepartmentRequest>) -> Answer {
    call.answer(|cx, id, version, body| {
        let department = DepartmentView::from(departments::update_department(cx, *id, version, &body.fields())?);
        Ok(Reply::ok(&department)?.version(department.version))
    })
    .await
}
