use crate::{
    answer::{Answer, Reply},
    dto::releases::{
        actions::{GateQuery, GateView},
        people::Names,
    },
    extract::Read,
};
use actix_web::get;
use fabu_app::subjects::releases;
use fabu_domain::blocks::document::DocumentKind;

/// What is in the way of one action now, whatever the stage.
#[utoipa::path(
    tag = "releases",
    operation_id = "view_gate",
    params(("number" = String, Path), GateQuery),
    responses((status = 200, description = "Everything in the way.", body = GateView))
)]
#[get("/releases/{number}/gate")]
pub async fn view_gate(call: Read<String, GateQuery>) -> Answer {
    call.answer(|rx, number, query| {
        let context = releases::view_release(rx, number)?;
        let document = query.document.unwrap_or(DocumentKind::ReleasePlan);
        let action = context.action(&rx.as_actor(), query.action, document);
        Reply::ok(&GateView::new(&Names::of(rx), number, &action))
    })
    .await
}
