use crate::{
    answer::{Answer, Reply},
    dto::{
        configuration::{ConfigurationChangeView, ConfirmConfigurationChangeRequest},
        records::Items,
    },
    extract::Create,
};
use actix_web::post;
use fabu_app::subjects::releases::{self, Seen};
use fabu_domain::ids::ConfigurationChangeId;

/// Confirm that an item is updated in the configuration management database (§5.9).
#[utoipa::path(
    tag = "configuration",
    operation_id = "confirm_configuration_change",
    params(("number" = String, Path, description = "The release's number.", example = "REL-2026-0007"), ("id" = ConfigurationChangeId, Path)),
    request_body = ConfirmConfigurationChangeRequest,
    responses((status = 200, description = "All items of the release.", body = Items<ConfigurationChangeView>))
)]
#[post("/releases/{number}/configuration-changes/{id}/confirmation")]
pub async fn confirm_configuration_change(
    call: Create<(String, ConfigurationChangeId), ConfirmConfigurationChangeRequest>,
) -> Answer {
    call.answer(|cx, (number, id), body| {
        let command = body.command(*id);
        let context = releases::act_on_release(cx, number, Seen::Nothing, &command)?;
        Reply::ok(&Items::of(&context, cx.caller.language))
    })
    .await
}
