use crate::{
    answer::Answer,
    dto::{
        Page,
        departments::{DepartmentQuery, DepartmentView},
    },
    extract::Read,
};
use actix_web::get;
use fabu_app::registers::departments;

/// Departments by name.
#[utoipa::path(
    tag = "departments",
    operation_id = "list_departments",
    params(DepartmentQuery),
    responses((status = 200, description = "A part of the list.", body = Page<DepartmentView>))
)]
#[get("/departments")]
pub async fn list_departments(call: Read<(), DepartmentQuery>) -> Answer {
    call.page(|rx, (), query| Ok(Page::<DepartmentView>::from(departments::list_departments(rx, &query.filter())?))).await
}
