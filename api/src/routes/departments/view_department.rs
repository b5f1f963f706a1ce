use crate::{
    answer::{Answer, Reply},
    dto::departments::DepartmentView,
    extract::Read,
};
use actix_web::get;
use fabu_app::registers::departments;
use fabu_domain::ids::DepartmentId;

/// One department.
#[utoipa::path(
    tag = "departments",
    operation_id = "view_department",
    params(("id" = DepartmentId, Path)),
    responses((status = 200, description = "The department.", body = DepartmentView, headers(("ETag" = String))))
)]
#[get("/departments/{id}")]
pub async fn view_department(call: Read<DepartmentId>) -> Answer {
    call.answer(|rx, id, _| {
        let department = DepartmentView::from(departments::view_department(rx, *id)?);
        Ok(Reply::ok(&department)?.version(department.version).live())
    })
    .await
}
