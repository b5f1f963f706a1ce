use crate::{
    answer::{Answer, Reply},
    dto::departments::{DepartmentRequest, DepartmentView},
    extract::Create,
};
use actix_web::post;
use fabu_app::registers::departments;

/// Add a department.
#[utoipa::path(
    tag = "departments",
    operation_id = "create_department",
    request_body = DepartmentRequest,
    responses((status = 201, description = "The new department.", body = DepartmentView, headers(("ETag" = String), ("Location" = String))))
)]
#[post("/departments")]
pub async fn create_department(call: Create<(), DepartmentRequest>) -> Answer {
    call.answer(|cx, (), body| {
        let department = DepartmentView::from(departments::create_department(cx, &body.fields())?);
        Ok(Reply::created(format!("departments/{}", department.id), &department)?.version(department.version))
    })
    .await
}
