use crate::{
    answer::{Answer, Reply},
    dto::events::{EventFeedQuery, EventFeedView},
    extract::Read,
};
use actix_web::get;
use fabu_app::events;

/// The whole log, sealed entries in sequence: read on with `after`, nothing is missed. With `order=newest` the latest come
/// first: read on with `before`.
#[utoipa::path(
    tag = "events",
    operation_id = "list_events",
    params(EventFeedQuery),
    responses((status = 200, description = "A part of the log.", body = EventFeedView))
)]
#[get("/events")]
pub async fn list_events(call: Read<(), EventFeedQuery>) -> Answer {
    call.answer(|rx, (), query| {
        let records = events::list_events(rx, &query.wanted())?;
        Reply::ok(&EventFeedView::new(records, query.after))
    })
    .await
}
