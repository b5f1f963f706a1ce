use crate::{
    answer::{Answer, Reply},
    dto::{
        configuration::{ConfigurationChangeView, PlanConfigurationChangeRequest},
        records::Items,
    },
    extract::Create,
};
use actix_web::post;
use fabu_app::subjects::releases::{self, Seen};

/// Add a configuration item that the release changes (9.2c).
#[utoipa::path(
    tag = "configuration",
    operation_id = "plan_configuration_change",
    params(("number" = String, Path, description = "The release's number.", example = "REL-2026-0007")),
    request_body = PlanConfigurationChangeRequest,
    responses((status = 201, description = "All items, the new one last.", body = Items<ConfigurationChangeView>, headers(("Location" = String))))
)]
#[post("/releases/{number}/configuration-changes")]
pub async fn plan_configuration_change(call: Create<String, PlanConfigurationChangeRequest>) -> Answer {
    call.answer(|cx, number, body| {
        let context = releases::act_on_release(cx, number, Seen::Nothing, &body.command())?;
        let place = format!("releases/{number}/configuration-changes");
        Reply::created(place, &Items::of(&context, cx.caller.language))
    })
    .await
}
