use crate::{
    answer::{Answer, Reply},
    dto::{
        configuration::{ConfigurationChangeView, RecordBaselineRequest},
        records::Items,
    },
    extract::Create,
};
use actix_web::post;
use fabu_app::subjects::releases::{self, Seen};
use fabu_domain::{ids::ConfigurationChangeId, subjects::release::command::Command};

/// Take the state of an item before deployment (5.2).
#[utoipa::path(
    tag = "configuration",
    operation_id = "record_baseline",
    params(("number" = String, Path, description = "The release's number.", example = "REL-2026-0007"), ("id" = ConfigurationChangeId, Path)),
    request_body = RecordBaselineRequest,
    responses((status = 200, description = "All items of the release.", body = Items<ConfigurationChangeView>))
)]
#[post("/releases/{number}/configuration-changes/{id}/baseline")]
pub async fn record_baseline(call: Create<(String, ConfigurationChangeId), RecordBaselineRequest>) -> Answer {
    call.answer(|cx, (number, id), body| {
        let command = Command::RecordBaseline { change_id: *id, state: body.state() };
        let context = releases::act_on_release(cx, number, Seen::Nothing, &command)?;
        Reply::ok(&Items::of(&context, cx.caller.language))
    })
    .await
}
