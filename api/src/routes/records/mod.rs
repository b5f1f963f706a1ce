//! What a release leaves besides documents: units, tests, run sheet, configuration changes, files, comments, history.

mod add_addendum;
mod add_attachment;
mod add_comment;
mod add_test_case;
mod confirm_configuration_change;
mod download_attachment;
mod drop_configuration_change;
mod list_attachments;
mod list_comments;
mod list_configuration_changes;
mod list_release_events;
mod list_test_cases;
mod list_test_runs;
mod list_units;
mod plan_configuration_change;
mod record_baseline;
mod record_deviation;
mod record_rollback;
mod record_step;
mod record_test_run;
mod register_unit;
mod return_configuration_change;
mod view_run_sheet;
mod withdraw_unit;

pub(super) use download_attachment::{disposition, saved};

use crate::mount::Mount;

/// Mounts the family.
pub(super) fn routes(mount: &mut Mount<'_, '_>) {
    mount
        .service(list_units::list_units)
        .service(register_unit::register_unit)
        .service(withdraw_unit::withdraw_unit)
        .service(list_test_cases::list_test_cases)
        .service(add_test_case::add_test_case)
        .service(list_test_runs::list_test_runs)
        .service(record_test_run::record_test_run)
        .service(view_run_sheet::view_run_sheet)
        .service(record_step::record_step)
        .service(record_rollback::record_rollback)
        .service(record_deviation::record_deviation)
        .service(list_configuration_changes::list_configuration_changes)
        .service(plan_configuration_change::plan_configuration_change)
        .service(drop_configuration_change::drop_configuration_change)
        .service(record_baseline::record_baseline)
        .service(confirm_configuration_change::confirm_configuration_change)
        .service(return_configuration_change::return_configuration_change)
        .service(list_attachments::list_attachments)
        .service(add_attachment::add_attachment)
        .service(add_addendum::add_addendum)
        .service(download_attachment::download_attachment)
        .service(list_comments::list_comments)
        .service(add_comment::add_comment)
        .service(list_release_events::list_release_events);
}
