use super::act;
use crate::{
    answer::Answer,
    dto::releases::release::ReleaseView,
    extract::{IfMatch, Update},
};
use actix_web::post;
use fabu_domain::subjects::release::command::Command;

/// Receive the test report and ask the customer to accept (5.4).
#[utoipa::path(
    tag = "actions",
    operation_id = "receive_test_report",
    params(("number" = String, Path), IfMatch),
    responses((status = 200, description = "The release after it.", body = ReleaseView, headers(("ETag" = String))))
)]
#[post("/releases/{number}/actions/receive_test_report")]
pub async fn receive_test_report(call: Update<String>) -> Answer {
    call.answer(|cx, number, version, _| act(cx, number, version, &Command::ReceiveTestReport)).await
}
