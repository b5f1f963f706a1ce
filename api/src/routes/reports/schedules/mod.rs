//! Who is sent which report when.

mod create_report_schedule;
mod delete_report_schedule;
mod list_report_schedules;
mod list_report_sendings;
mod preview_report_schedule;
mod send_report_schedule;
mod update_report_schedule;
mod view_report_schedule;

use crate::{
    answer::Reply,
    dto::{releases::people::Names, schedules::ReportScheduleView},
    mount::Mount,
};
use fabu_app::{AppError, Cx};
use fabu_domain::schedule::ReportSchedule;

/// Mounts the family.
pub(super) fn routes(mount: &mut Mount<'_, '_>) {
    mount
        .service(list_report_schedules::list_report_schedules)
        .service(create_report_schedule::create_report_schedule)
        .service(view_report_schedule::view_report_schedule)
        .service(update_report_schedule::update_report_schedule)
        .service(delete_report_schedule::delete_report_schedule)
        .service(preview_report_schedule::preview_report_schedule)
        .service(list_report_sendings::list_report_sendings)
        .service(send_report_schedule::send_report_schedule);
}

/// An arrangement after a change.
fn shown(cx: &mut Cx<'_, '_>, schedule: &ReportSchedule) -> Result<Reply, AppError> {
    cx.reading(|rx| Ok(Reply::ok(&ReportScheduleView::new(&Names::of(rx), schedule))?.version(schedule.version)))
}
