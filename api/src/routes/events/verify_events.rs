use crate::{
    answer::{Answer, Reply},
    dto::events::VerificationView,
    extract::Read,
};
use actix_web::get;
use fabu_app::events;

/// Recompute the hash chain of the whole log and compare every record with it.
#[utoipa::path(
    tag = "events",
    operation_id = "verify_events",
    responses((status = 200, description = "What was found.", body = VerificationView))
)]
#[get("/events/verification")]
pub async fn verify_events(call: Read) -> Answer {
    call.answer(|rx, (), _| Reply::ok(&VerificationView::from(events::verify_events(rx)?))).await
}
