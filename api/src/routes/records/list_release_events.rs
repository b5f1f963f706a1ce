use crate::{
    answer::Answer,
    dto::{Page, events::EventView, history::HistoryQuery},
    extract::Read,
};
use actix_web::get;
use fabu_app::subjects::releases;

/// What happened in the release, entry by entry of the log, sealed or not.
#[utoipa::path(
    tag = "events",
    operation_id = "list_release_events",
    params(("number" = String, Path, description = "The release's number.", example = "REL-2026-0007"), HistoryQuery),
    responses((status = 200, description = "A part of the list.", body = Page<EventView>))
)]
#[get("/releases/{number}/events")]
pub async fn list_release_events(call: Read<String, HistoryQuery>) -> Answer {
    call.page(|rx, number, query| {
        Ok(Page::<EventView>::from(releases::list_release_events(rx, number, query.newest_first(), &query.page())?))
    })
    .await
}
