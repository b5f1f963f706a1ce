use crate::{
    answer::Answer,
    dto::{
        Page,
        history::{CommentView, HistoryQuery},
        releases::people::Names,
    },
    extract::{Listed, Read},
};
use actix_web::get;
use fabu_app::subjects::releases;

/// The comments on the release.
#[utoipa::path(
    tag = "comments",
    operation_id = "list_comments",
    params(("number" = String, Path, description = "The release's number.", example = "REL-2026-0007"), HistoryQuery),
    responses((status = 200, description = "A part of the list.", body = Page<CommentView>))
)]
#[get("/releases/{number}/comments")]
pub async fn list_comments(call: Read<String, HistoryQuery>) -> Answer {
    call.list(|rx, number, query| {
        let page = releases::list_comments(rx, number, query.newest_first(), &query.page())?;
        let items = page.items.iter().map(|record| CommentView::new(&record.entry, Names::of(rx))).collect();
        Listed::new(&Page { items, next_cursor: page.next_cursor })
    })
    .await
}
