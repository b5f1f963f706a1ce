//! Reports of quarters (3.5, 6, 7a).

mod approve_quarterly_report;
mod assess_quarterly_report;
mod complete_measure;
mod create_quarterly_report;
mod download_quarterly_workbook;
mod list_quarterly_reports;
mod list_reported_releases;
mod restate_quarterly_report;
mod return_quarterly_report;
mod submit_quarterly_report;
mod view_quarterly_chart;
mod view_quarterly_report;
mod view_quarterly_report_revision;

use crate::{
    answer::Reply,
    dto::{quarterly::QuarterlyReportView, releases::people::Names},
    mount::Mount,
};
use fabu_app::{AppError, Cx, Rx, subjects::reports};
use fabu_domain::time::quarter::Quarter;

/// Mounts the family.
pub(super) fn routes(mount: &mut Mount<'_, '_>) {
    mount
        .service(list_quarterly_reports::list_quarterly_reports)
        .service(create_quarterly_report::create_quarterly_report)
        .service(view_quarterly_report::view_quarterly_report)
        .service(view_quarterly_report_revision::view_quarterly_report_revision)
        .service(list_reported_releases::list_reported_releases)
        .service(download_quarterly_workbook::download_quarterly_workbook)
        .service(view_quarterly_chart::view_quarterly_chart)
        .service(assess_quarterly_report::assess_quarterly_report)
        .service(submit_quarterly_report::submit_quarterly_report)
        .service(approve_quarterly_report::approve_quarterly_report)
        .service(return_quarterly_report::return_quarterly_report)
        .service(restate_quarterly_report::restate_quarterly_report)
        .service(complete_measure::complete_measure);
}

/// A report as its reader sees it; the figures of a draft follow the releases, so the answer is always given in full.
fn viewed(rx: &Rx<'_, '_>, report: &reports::ViewedReport) -> Result<Reply, AppError> {
    let view = QuarterlyReportView::new(&Names::of(rx), report);
    Ok(Reply::ok(&view)?.version(view.version).live())
}

/// The newest revision after a step.
fn after_step(cx: &mut Cx<'_, '_>, quarter: Quarter) -> Result<Reply, AppError> {
    cx.reading(|rx| {
        let report = reports::view_quarterly_report(rx, quarter)?;
        viewed(rx, &report)
    })
}
