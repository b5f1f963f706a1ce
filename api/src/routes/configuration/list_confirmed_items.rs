use crate::{
    answer::Answer,
    dto::{Page, configuration_items::ConfirmedQuery},
    extract::Read,
};
use actix_web::get;
use fabu_app::{paging::PageRequest, subjects::configuration};
use fabu_domain::subjects::registers::configuration_item::ConfigurationItem;

/// The items that releases have confirmed since, oldest confirmation first: what an outside configuration database takes over (9.2c).
#[utoipa::path(
    tag = "configuration-items",
    operation_id = "list_confirmed_items",
    params(ConfirmedQuery),
    responses((status = 200, description = "A part of the list.", body = Page<ConfigurationItem>))
)]
#[get("/configuration-items/confirmed")]
pub async fn list_confirmed_items(call: Read<(), ConfirmedQuery>) -> Answer {
    call.page(|rx, (), query| {
        let page = PageRequest { cursor: query.cursor.clone(), limit: query.limit };
        let page = configuration::items_confirmed_since(rx, query.since.unwrap_or_default(), query.source.as_deref(), &page)?;
        Ok(Page::<ConfigurationItem>::from(page))
    })
    .await
}
