use crate::{
    answer::Answer,
    dto::{
        Page,
        releases::{
            people::Names,
            summary::{ReleaseQuery, ReleaseSummaryView},
        },
    },
    extract::{Listed, Read},
};
use actix_web::get;
use fabu_app::subjects::releases;

/// Releases that the caller may know of, created last first unless another order is asked for.
#[utoipa::path(
    tag = "releases",
    operation_id = "list_releases",
    params(ReleaseQuery),
    responses((status = 200, description = "A part of the list.", body = Page<ReleaseSummaryView>))
)]
#[get("/releases")]
pub async fn list_releases(call: Read<(), ReleaseQuery>) -> Answer {
    call.list(|rx, (), query| {
        let (found, names) = (releases::list_releases(rx, &query.wanted(rx.caller.user_id))?, Names::of(rx));
        let items = found.items.iter().map(|release| ReleaseSummaryView::new(&names, release)).collect();
        Listed::new(&Page { items, next_cursor: found.next_cursor })
    })
    .await
}
