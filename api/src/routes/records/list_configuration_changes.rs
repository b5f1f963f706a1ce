use crate::{
    answer::{Answer, Reply},
    dto::{configuration::ConfigurationChangeView, records::Items},
    extract::Read,
};
use actix_web::get;
use fabu_app::subjects::releases;

/// The configuration items that the release changes (§5.9).
#[utoipa::path(
    tag = "configuration",
    operation_id = "list_configuration_changes",
    params(("number" = String, Path, description = "The release's number.", example = "REL-2026-0007")),
    responses((status = 200, description = "All of them.", body = Items<ConfigurationChangeView>))
)]
#[get("/releases/{number}/configuration-changes")]
pub async fn list_configuration_changes(call: Read<String>) -> Answer {
    call.answer(|rx, number, _| {
        let context = releases::view_release(rx, number)?;
        Reply::ok(&Items::of(&context, rx.caller.language))
    })
    .await
}
