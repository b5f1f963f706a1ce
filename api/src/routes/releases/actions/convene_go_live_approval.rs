use super::act;
use crate::{
    answer::Answer,
    dto::releases::{release::ReleaseView, requests::ConveneRequest},
    extract::{IfMatch, Update},
};
use actix_web::post;
use fabu_domain::subjects::release::command::Command;

/// Convene the approval of the go-live plan (5.6).
#[utoipa::path(
    tag = "actions",
    operation_id = "convene_go_live_approval",
    params(("number" = String, Path), IfMatch),
    request_body = ConveneRequest,
    responses((status = 200, description = "The release after it.", body = ReleaseView, headers(("ETag" = String))))
)]
#[post("/releases/{number}/actions/convene_go_live_approval")]
pub async fn convene_go_live_approval(call: Update<String, ConveneRequest>) -> Answer {
    call.answer(|cx, number, version, body| {
        act(cx, number, version, &Command::ConveneGoLiveApproval { convocation: body.convocation() })
    })
    .await
}
