use crate::{
    extract::{Read, last_event_id, limits},
    live::{Live, stream},
    problem::ApiError,
};
use actix_web::{
    HttpRequest, HttpResponse, get,
    http::header::{CACHE_CONTROL, CONTENT_TYPE},
    web::Data,
};

/// Hints of what has changed, as server-sent events, for as long as the session lives.
///
/// `ready` comes first, then a `change` for everything the reader may know of, with the entry's number as id, and a comment
/// every 15 seconds. With `Last-Event-ID` it goes on where it broke off; `reset` says that too much has happened meanwhile to
/// be told: read everything anew.
#[utoipa::path(
    tag = "events",
    operation_id = "stream_events",
    params(("Last-Event-ID" = Option<i64>, Header, description = "The id of the last event that came.", minimum = 0)),
    responses((
        status = 200, description = "Events: `{\"seq\": 17, \"kind\": \"release.stage_changed\", \"subject\": \"releases/REL-2026-0007\"}`.",
        body = String, content_type = "text/event-stream"
    ))
)]
#[get("/events/stream")]
pub async fn stream_events(call: Read, request: HttpRequest, live: Data<Live>) -> Result<HttpResponse, ApiError> {
    let open = limits(&request)?.stream(call.caller.user_id)?;
    let events = stream(live.get_ref().clone(), call.caller, last_event_id(&request)?, open).await?;
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/event-stream"))
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header(("X-Accel-Buffering", "no"))
        .streaming(events))
}
