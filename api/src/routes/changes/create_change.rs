use crate::{
    answer::{Answer, Reply},
    dto::changes::{ChangeRequest, ChangeView},
    extract::Create,
};
use actix_web::post;
use fabu_app::subjects::changes::{self, Registered};

/// Take a change over from change management; the same number with the same content gives the known one.
#[utoipa::path(
    tag = "changes",
    operation_id = "create_change",
    request_body = ChangeRequest,
    responses(
        (status = 201, description = "The new change.", body = ChangeView, headers(("ETag" = String), ("Location" = String))),
        (status = 200, description = "The change was known with this content.", body = ChangeView, headers(("ETag" = String)))
    )
)]
#[post("/changes")]
pub async fn create_change(call: Create<(), ChangeRequest>) -> Answer {
    call.answer(|cx, (), body| match changes::create_change(cx, &body.fields())? {
        Registered::Now(change) => {
            let change = cx.reading(|rx| ChangeView::of(rx, change))?;
            Ok(Reply::created(format!("changes/{}", change.id), &change)?.version(change.version))
        }
        Registered::Before(change) => {
            let change = cx.reading(|rx| ChangeView::of(rx, change))?;
            Ok(Reply::ok(&change)?.version(change.version))
        }
    })
    .await
}
