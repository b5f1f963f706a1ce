use crate::{
    answer::{Answer, Reply},
    dto::{
        configuration_items::{SyncItemsRequest, SyncResultView},
        records::Items,
    },
    extract::Create,
};
use actix_web::post;
use fabu_app::subjects::configuration;

/// Take over what an outside configuration database says of its items; each item by itself (9.2c).
#[utoipa::path(
    tag = "configuration-items",
    operation_id = "sync_configuration_items",
    request_body = SyncItemsRequest,
    responses((status = 200, description = "What became of each item.", body = Items<SyncResultView>))
)]
#[post("/configuration-items/sync")]
pub async fn sync_configuration_items(call: Create<(), SyncItemsRequest>) -> Answer {
    call.answer(|cx, (), body| {
        let results = configuration::sync_items(cx, &body.request())?;
        let language = cx.caller.language;
        Reply::ok(&Items { items: results.iter().map(|result| SyncResultView::new(result, language)).collect() })
    })
    .await
}
