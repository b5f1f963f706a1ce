use crate::{
    answer::Answer,
    dto::{Page, PageQuery, configuration_items::NeighbourView},
    extract::Read,
};
use actix_web::get;
use fabu_app::subjects::configuration;
use fabu_domain::subjects::registers::configuration_item::ConfigurationItemId;

/// What an item is related to: first what it names, then what names it.
#[utoipa::path(
    tag = "configuration-items",
    operation_id = "list_neighbours",
    params(("id" = ConfigurationItemId, Path), PageQuery),
    responses((status = 200, description = "A part of the list.", body = Page<NeighbourView>))
)]
#[get("/configuration-items/{id}/neighbours")]
pub async fn list_neighbours(call: Read<ConfigurationItemId, PageQuery>) -> Answer {
    call.page(|rx, id, query| Ok(Page::<NeighbourView>::from(configuration::neighbours_of_item(rx, *id, &query.page())?))).await
}
