use crate::{
    answer::{Answer, Reply},
    dto::freeze_windows::FreezeProposalsView,
    extract::Read,
};
use actix_web::get;
use fabu_app::subjects::registers;

/// The freezes that a company has every year, as the working calendar of the year gives them; nothing is entered.
#[utoipa::path(
    tag = "freeze-windows",
    operation_id = "view_freeze_proposals",
    params(("year" = i32, Path, minimum = 2000, maximum = 2100)),
    responses((status = 200, description = "What may be entered, and what the calendar does not say.", body = FreezeProposalsView))
)]
#[get("/freeze-windows/proposals/{year}")]
pub async fn view_freeze_proposals(call: Read<i32>) -> Answer {
    call.answer(|rx, year, _| {
        let proposals = registers::view_freeze_proposals(rx, *year)?;
        Reply::ok(&FreezeProposalsView::new(*year, &proposals, rx.caller.language))
    })
    .await
}
