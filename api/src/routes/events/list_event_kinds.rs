use crate::{
    answer::{Answer, Reply},
    dto::events::EventKindsView,
    extract::Read,
};
use actix_web::get;
use fabu_app::events;

/// Every kind of entry that the log may hold, with its name in both languages.
#[utoipa::path(
    tag = "events",
    operation_id = "list_event_kinds",
    responses((status = 200, description = "The kinds.", body = EventKindsView))
)]
#[get("/events/kinds")]
pub async fn list_event_kinds(call: Read) -> Answer {
    call.answer(|rx, (), _| Reply::ok(&EventKindsView::new(events::list_event_kinds(rx)?))).await
}
