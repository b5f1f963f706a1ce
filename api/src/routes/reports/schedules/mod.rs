//! What an arrangement of reports would send, sends and has sent.

mod list_report_sendings;
mod preview_report_schedule;
mod send_report_schedule;

use crate::mount::Mount;

/// Mounts the family.
pub(super) fn routes(mount: &mut Mount<'_, '_>) {
    mount
        .service(preview_report_schedule::preview_report_schedule)
        .service(list_report_sendings::list_report_sendings)
        .service(send_report_schedule::send_report_schedule);
}
