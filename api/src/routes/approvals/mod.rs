//! Approvals (§5.3, §5.6, 6): panels of all releases and quarterly reports.

mod cast_vote;
mod list_approvals;
mod view_approval;

use crate::mount::Mount;
use crate::{
    answer::Reply,
    dto::releases::{approvals::ApprovalView, people::Names},
};
use fabu_app::{AppError, subjects::work::ViewedApproval};
use fabu_domain::language::Language;

/// Mounts the family.
pub(super) fn routes(mount: &mut Mount<'_, '_>) {
    mount.service(list_approvals::list_approvals).service(view_approval::view_approval).service(cast_vote::cast_vote);
}

/// An approval as its reader sees it.
fn shown(viewed: &ViewedApproval, language: Language) -> Result<Reply, AppError> {
    let names = Names { directory: viewed.about.directory(), language };
    Ok(Reply::ok(&ApprovalView::new(&names, viewed))?.version(viewed.approval.version()).live())
}
