use super::after_step;
use crate::{
    answer::{Answer, Reply},
    dto::quarterly::{CreateQuarterlyReportRequest, QuarterlyReportView},
    extract::Create,
};
use actix_web::post;
use fabu_app::subjects::reports;

/// Draft the report of a past quarter that has none.
#[utoipa::path(
    tag = "reports",
    operation_id = "create_quarterly_report",
    request_body = CreateQuarterlyReportRequest,
    responses((status = 201, description = "The draft.", body = QuarterlyReportView, headers(("ETag" = String), ("Location" = String))))
)]
#[post("/reports/quarterly")]
pub async fn create_quarterly_report(call: Create<(), CreateQuarterlyReportRequest>) -> Answer {
    call.answer(|cx, (), body| {
        reports::create_quarterly_report(cx, body.quarter)?;
        let mut reply: Reply = after_step(cx, body.quarter)?;
        reply.kept.status = 201;
        reply.kept.location = Some(format!("/api/v1/reports/quarterly/{}", body.quarter));
        Ok(reply)
    })
    .await
}
