use crate::{
    answer::Answer,
    dto::{
        Page,
        quarterly::{QuarterlyReportSummary, ReportListQuery},
    },
    extract::Read,
};
use actix_web::get;
use fabu_app::subjects::reports;

/// Reports of quarters in every revision, newest first.
#[utoipa::path(
    tag = "reports",
    operation_id = "list_quarterly_reports",
    params(ReportListQuery),
    responses((status = 200, description = "A part of the list.", body = Page<QuarterlyReportSummary>))
)]
#[get("/reports/quarterly")]
pub async fn list_quarterly_reports(call: Read<(), ReportListQuery>) -> Answer {
    call.page(|rx, (), query| Ok(Page::<QuarterlyReportSummary>::from(reports::list_quarterly_reports(rx, &query.page())?))).await
}
