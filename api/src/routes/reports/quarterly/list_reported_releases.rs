use crate::{
    answer::Answer,
    dto::{Page, quarterly::ReportedReleaseQuery},
    extract::Read,
};
use actix_web::get;
use fabu_app::subjects::reports::{self, ReportedRelease};
use fabu_domain::time::quarter::Quarter;

/// The releases behind a figure of a report, as they were counted.
#[utoipa::path(
    tag = "reports",
    operation_id = "list_reported_releases",
    params(("quarter" = Quarter, Path), ReportedReleaseQuery),
    responses((status = 200, description = "A part of the list.", body = Page<ReportedRelease>))
)]
#[get("/reports/quarterly/{quarter}/releases")]
pub async fn list_reported_releases(call: Read<Quarter, ReportedReleaseQuery>) -> Answer {
    call.page(|rx, quarter, query| {
        let page = reports::list_reported_releases(rx, *quarter, &query.wanted())?;
        Ok(Page::<ReportedRelease>::from(page))
    })
    .await
}
