//! Reports of quarters (3.5, 6, 7a, 10): drafted by the system, assessed and approved by people, restated when what was
//! counted changes.

mod digests;
mod drafting;
mod gather;
mod outgoing;
mod prepare;
mod read;
mod schedules;
mod sending;
mod steps;

pub use fabu_store::Sending;
pub use outgoing::Prepared;
pub use prepare::preview_report_schedule;
pub use read::{
    ReportedRelease, ReportedReleaseQuery, ViewedMeasure, ViewedReport, download_quarterly_workbook, list_quarterly_reports,
    list_reported_releases, view_quarterly_chart, view_quarterly_report, view_quarterly_report_revision,
};
pub use schedules::list_report_sendings;
pub use sending::send_report_schedule;
pub(crate) use steps::{act_on_task, cast_vote};
pub use steps::{
    approve_quarterly_report, assess_quarterly_report, complete_measure, create_quarterly_report, restate_quarterly_report,
    return_quarterly_report, submit_quarterly_report,
};
