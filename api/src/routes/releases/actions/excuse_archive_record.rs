use super::act;
use crate::{
    answer::Answer,
    dto::releases::{release::ReleaseView, requests::ExcuseArchiveRecordRequest},
    extract::{IfMatch, Update},
};
use actix_web::post;
use fabu_domain::subjects::release::command::Command;

/// Declare that an archive record does not apply (5.10).
#[utoipa::path(
    tag = "actions",
    operation_id = "excuse_archive_record",
    params(("number" = String, Path), IfMatch),
    request_body = ExcuseArchiveRecordRequest,
    responses((status = 200, description = "The release after it.", body = ReleaseView, headers(("ETag" = String))))
)]
#[post("/releases/{number}/actions/excuse_archive_record")]
pub async fn excuse_archive_record(call: Update<String, ExcuseArchiveRecordRequest>) -> Answer {
    call.answer(|cx, number, version, body| {
        act(
            cx,
            number,
            version,
            &Command::ExcuseArchiveRecord { record: body.record.to_string(), reason: body.reason.to_string() },
        )
    })
    .await
}
