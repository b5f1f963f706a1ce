use crate::{
    answer::Answer,
    dto::{
        Page,
        changes::{ChangeQuery, ChangeView},
    },
    extract::Read,
};
use actix_web::get;
use fabu_app::subjects::changes;

/// Changes, registered last first.
#[utoipa::path(
    tag = "changes",
    operation_id = "list_changes",
    params(ChangeQuery),
    responses((status = 200, description = "A part of the list.", body = Page<ChangeView>))
)]
#[get("/changes")]
pub async fn list_changes(call: Read<(), ChangeQuery>) -> Answer {
    call.page(|rx, (), query| {
        let found = changes::list_changes(rx, &query.filter())?;
        let numbers = changes::numbers_of_releases(rx, &found.items)?;
        Ok(Page::<ChangeView>::from(found.map(|change| ChangeView::new(change, &numbers))))
    })
    .await
}
