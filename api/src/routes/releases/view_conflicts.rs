use crate::{
    answer::{Answer, Reply},
    dto::releases::conflicts::ConflictsView,
    extract::Read,
};
use actix_web::get;
use fabu_app::subjects::releases::conflicts;

/// What stands against the window of a release: freezes, other releases on the same or related things, people who are booked or
/// away, the customer's business hours (5.5.4).
#[utoipa::path(
    tag = "releases",
    operation_id = "view_conflicts",
    params(("number" = String, Path)),
    responses((status = 200, description = "The conflicts.", body = ConflictsView))
)]
#[get("/releases/{number}/conflicts")]
pub async fn view_conflicts(call: Read<String>) -> Answer {
    call.answer(|rx, number, _| {
        let found = conflicts::view_conflicts(rx, number)?;
        Reply::ok(&ConflictsView::new(&found, rx.caller.language))
    })
    .await
}
