//! Versions of the procedure (F1-F3, 7).

mod create_procedure_version;
mod list_procedure_versions;
mod save_procedure_draft;
mod submit_procedure_version;
mod view_procedure_comparison;
mod view_procedure_version;
mod withdraw_procedure_version;

use crate::{
    answer::Reply,
    dto::{procedure_versions::ProcedureVersionView, releases::people::Names},
    mount::Mount,
};
use fabu_app::{AppError, Rx, subjects::procedure_versions};
use fabu_domain::subjects::procedure_version::VersionLabel;

/// Mounts the family.
pub(super) fn routes(mount: &mut Mount<'_, '_>) {
    mount
        .service(list_procedure_versions::list_procedure_versions)
        .service(create_procedure_version::create_procedure_version)
        .service(view_procedure_version::view_procedure_version)
        .service(view_procedure_comparison::view_procedure_comparison)
        .service(save_procedure_draft::save_procedure_draft)
        .service(submit_procedure_version::submit_procedure_version)
        .service(withdraw_procedure_version::withdraw_procedure_version);
}

/// A version as its reader sees it. Where it stands depends on the day, so the answer is always given in full.
fn shown(rx: &mut Rx<'_, '_>, label: VersionLabel) -> Result<Reply, AppError> {
    let found = procedure_versions::view_procedure_version(rx, label)?;
    let view = ProcedureVersionView::new(&Names::of(rx), &found);
    Ok(Reply::ok(&view)?.version(view.version).live())
}
