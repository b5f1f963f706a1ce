use crate::{
    answer::{Answer, Reply},
    dto::{
        configuration::{ConfigurationChangeView, DropConfigurationChangeRequest},
        records::Items,
    },
    extract::Create,
};
use actix_web::post;
use fabu_app::subjects::releases::{self, Seen};
use fabu_domain::{ids::ConfigurationChangeId, subjects::release::command::Command};

/// Take a configuration item out of the release; a go-live approval that looked at it becomes void (3.3).
#[utoipa::path(
    tag = "configuration",
    operation_id = "drop_configuration_change",
    params(("number" = String, Path, description = "The release's number.", example = "REL-2026-0007"), ("id" = ConfigurationChangeId, Path)),
    request_body = DropConfigurationChangeRequest,
    responses((status = 200, description = "All items of the release.", body = Items<ConfigurationChangeView>))
)]
#[post("/releases/{number}/configuration-changes/{id}/removal")]
pub async fn drop_configuration_change(call: Create<(String, ConfigurationChangeId), DropConfigurationChangeRequest>) -> Answer {
    call.answer(|cx, (number, id), body| {
        let command = Command::DropConfigurationChange { change_id: *id, reason: body.reason.to_string() };
        let context = releases::act_on_release(cx, number, Seen::Nothing, &command)?;
        Reply::ok(&Items::of(&context, cx.caller.language))
    })
    .await
}
