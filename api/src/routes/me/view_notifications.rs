use crate::{
    answer::{Answer, Reply},
    dto::deliveries::NotificationsView,
    extract::Read,
};
use actix_web::get;
use fabu_app::me;

/// What the caller chose about messages.
#[utoipa::path(
    tag = "me",
    operation_id = "view_notifications",
    responses((status = 200, description = "The choices.", body = NotificationsView, headers(("ETag" = String))))
)]
#[get("/me/notifications")]
pub async fn view_notifications(call: Read) -> Answer {
    call.answer(|rx, (), _| {
        let view = NotificationsView::from(me::view_notifications(rx)?);
        Ok(Reply::ok(&view)?.version(view.version))
    })
    .await
}
