//! Background jobs, for administrators.

mod list_jobs;
mod requeue_job;
mod view_job;

use crate::mount::Mount;

/// Mounts the family.
pub(super) fn routes(mount: &mut Mount<'_, '_>) {
    mount.service(list_jobs::list_jobs).service(view_job::view_job).service(requeue_job::requeue_job);
}
