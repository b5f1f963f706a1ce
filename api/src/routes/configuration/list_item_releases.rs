use crate::{
    answer::Answer,
    dto::{Page, PageQuery, configuration_items::ItemReleaseView, releases::people::Names},
    extract::{Listed, Read},
};
use actix_web::get;
use fabu_app::subjects::configuration;
use fabu_domain::subjects::registers::configuration_item::ConfigurationItemId;

/// The releases that change an item or changed it, the newest first: who, when, under which approval (3.2).
#[utoipa::path(
    tag = "configuration-items",
    operation_id = "list_item_releases",
    params(("id" = ConfigurationItemId, Path), PageQuery),
    responses((status = 200, description = "A part of the list.", body = Page<ItemReleaseView>))
)]
#[get("/configuration-items/{id}/releases")]
pub async fn list_item_releases(call: Read<ConfigurationItemId, PageQuery>) -> Answer {
    call.list(|rx, id, query| {
        let page = configuration::releases_of_item(rx, *id, &query.page())?;
        let names = Names::of(rx);
        let items = page.items.iter().map(|row| ItemReleaseView::new(&names, row)).collect();
        Listed::new(&Page { items, next_cursor: page.next_cursor })
    })
    .await
}
