use crate::{
    answer::{Answer, Reply},
    dto::{
        configuration::{ConfigurationChangeView, ReturnConfigurationChangeRequest},
        records::Items,
    },
    extract::Create,
};
use actix_web::post;
use fabu_app::subjects::releases::{self, Seen};
use fabu_domain::{ids::ConfigurationChangeId, subjects::release::command::Command};

/// Send the update request of an item back (§5.9).
#[utoipa::path(
    tag = "configuration",
    operation_id = "return_configuration_change",
    params(("number" = String, Path, description = "The release's number.", example = "REL-2026-0007"), ("id" = ConfigurationChangeId, Path)),
    request_body = ReturnConfigurationChangeRequest,
    responses((status = 200, description = "All items of the release.", body = Items<ConfigurationChangeView>))
)]
#[post("/releases/{number}/configuration-changes/{id}/return")]
pub async fn return_configuration_change(
    call: Create<(String, ConfigurationChangeId), ReturnConfigurationChangeRequest>,
) -> Answer {
    call.answer(|cx, (number, id), body| {
        let command = Command::ReturnConfigurationChange { change_id: *id, reason: body.reason.to_string() };
        let context = releases::act_on_release(cx, number, Seen::Nothing, &command)?;
        Reply::ok(&Items::of(&context, cx.caller.language))
    })
    .await
}
