//! What a person does with a release: one command each, answered with the release after it.

mod accept_conflict;
mod accept_risk;
mod add_change;
mod assign_role;
mod cancel;
mod close;
mod complete_phase;
mod confirm_grouping;
mod convene_emergency_approval;
mod convene_go_live_approval;
mod convene_plan_review;
mod decide_to_continue;
mod excuse_archive_record;
mod grant_exception;
mod receive_test_report;
mod reconvene_confirmation;
mod record_verdict;
mod remove_change;
mod reopen;
mod replace_member;
mod request_opinions;
mod resume;
mod revise_go_live_plan;
mod revise_release_plan;
mod send_configuration_request;
mod start_deployment;
mod start_rollback;
mod suspend;

use super::shown;
use crate::answer::Reply;
use crate::mount::Mount;
use fabu_app::{
    AppError, Cx,
    subjects::releases::{self, Seen},
};
use fabu_domain::subjects::release::command::Command;

/// Mounts the actions.
pub(super) fn routes(mount: &mut Mount<'_, '_>) {
    mount
        .service(accept_conflict::accept_conflict)
        .service(accept_risk::accept_risk)
        .service(add_change::add_change)
        .service(assign_role::assign_role)
        .service(cancel::cancel)
        .service(close::close)
        .service(complete_phase::complete_phase)
        .service(confirm_grouping::confirm_grouping)
        .service(convene_emergency_approval::convene_emergency_approval)
        .service(convene_go_live_approval::convene_go_live_approval)
        .service(convene_plan_review::convene_plan_review)
        .service(decide_to_continue::decide_to_continue)
        .service(excuse_archive_record::excuse_archive_record)
        .service(grant_exception::grant_exception)
        .service(receive_test_report::receive_test_report)
        .service(reconvene_confirmation::reconvene_confirmation)
        .service(record_verdict::record_verdict)
        .service(remove_change::remove_change)
        .service(reopen::reopen)
        .service(replace_member::replace_member)
        .service(request_opinions::request_opinions)
        .service(resume::resume)
        .service(revise_go_live_plan::revise_go_live_plan)
        .service(revise_release_plan::revise_release_plan)
        .service(send_configuration_request::send_configuration_request)
        .service(start_deployment::start_deployment)
        .service(start_rollback::start_rollback)
        .service(suspend::suspend);
}

/// Gives a command to a release of which the caller saw this version.
fn act(cx: &mut Cx<'_, '_>, number: &str, version: i64, command: &Command) -> Result<Reply, AppError> {
    let context = releases::act_on_release(cx, number, Seen::Release(version), command)?;
    shown(&context, cx)
}
