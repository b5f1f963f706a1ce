use crate::{
    answer::{Answer, Reply},
    dto::{
        records::{Items, UnitView},
        releases::people::Names,
    },
    extract::Read,
};
use actix_web::get;
use fabu_app::subjects::releases;

/// What the release brings into production, withdrawn units included.
#[utoipa::path(
    tag = "units",
    operation_id = "list_units",
    params(("number" = String, Path, description = "The release's number.", example = "REL-2026-0007")),
    responses((status = 200, description = "All of them.", body = Items<UnitView>))
)]
#[get("/releases/{number}/units")]
pub async fn list_units(call: Read<String>) -> Answer {
    call.answer(|rx, number, _| {
        let context = releases::view_release(rx, number)?;
        let items = context.dossier.units.iter().map(|item| UnitView::new(item, Names::of(rx))).collect();
        Reply::ok(&Items { items })
    })
    .await
}
