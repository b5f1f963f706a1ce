//! Releases (§5): made from changes, read, moved by actions; their documents and tasks.

mod actions;
mod add_task;
mod create_release;
mod documents;
mod list_releases;
mod view_conflicts;
mod view_free_windows;
mod view_gate;
mod view_release;

use crate::mount::Mount;
use crate::{answer::Reply, dto::releases::release::ReleaseView};
use fabu_app::{AppError, Cx, subjects::releases::ReleaseContext};

/// Mounts the family.
pub(super) fn routes(mount: &mut Mount<'_, '_>) {
    mount
        .service(list_releases::list_releases)
        .service(create_release::create_release)
        .service(view_release::view_release)
        .service(view_gate::view_gate)
        .service(view_conflicts::view_conflicts)
        .service(view_free_windows::view_free_windows)
        .service(add_task::add_task)
        .configure(actions::routes)
        .configure(documents::routes);
}

/// The release after a command, as its giver sees it.
fn shown(context: &ReleaseContext, cx: &Cx<'_, '_>) -> Result<Reply, AppError> {
    let view = ReleaseView::new(context, &cx.as_actor(), cx.caller.language);
    Ok(Reply::ok(&view)?.version(view.version))
}
