use crate::{
    answer::{Answer, Reply},
    dto::deliveries::{NotificationsRequest, NotificationsView},
    extract::{IfMatch, Update},
};
use actix_web::put;
use fabu_app::me;

/// Choose which messages come, at once or in the daily digest, and when there is quiet. What asks for a decision always comes.
#[utoipa::path(
    tag = "me",
    operation_id = "update_notifications",
    params(IfMatch),
    request_body = NotificationsRequest,
    responses((status = 200, description = "The choices.", body = NotificationsView, headers(("ETag" = String))))
)]
#[put("/me/notifications")]
pub async fn update_notifications(call: Update<(), NotificationsRequest>) -> Answer {
    call.answer(|cx, (), version, body| {
        let view = NotificationsView::from(me::update_notifications(cx, version, &body.choices())?);
        Ok(Reply::ok(&view)?.version(view.version))
    })
    .await
}
