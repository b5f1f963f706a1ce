use crate::{
    answer::{Answer, Reply},
    dto::storage::StorageView,
    extract::Read,
};
use actix_web::get;
use fabu_app::subjects::releases;

/// The room that uploaded files take, what may be taken, and the releases and people with most.
#[utoipa::path(
    tag = "storage",
    operation_id = "view_storage",
    responses((status = 200, description = "The figures of this moment.", body = StorageView))
)]
#[get("/storage")]
pub async fn view_storage(call: Read) -> Answer {
    call.answer(|rx, (), _| Reply::ok(&StorageView::from(releases::view_storage(rx)?))).await
}
