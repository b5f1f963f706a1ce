use crate::{
    answer::{Answer, Reply},
    extract::{IfMatch, Update},
};
use actix_web::delete;
use fabu_app::registers::robots;
use fabu_domain::ids::RobotId;

/// Remove a robot; what it said stays on record, what it was still to say is parked.
#[utoipa::path(
    tag = "robots",
    operation_id = "delete_robot",
    params(("id" = RobotId, Path), IfMatch),
    responses((status = 204, description = "It is gone."))
)]
#[delete("/robots/{id}")]
pub async fn delete_robot(call: Update<RobotId>) -> Answer {
    call.answer(|cx, id, version, _| {
        robots::delete_robot(cx, *id, version)?;
        Ok(Reply::no_content())
    })
    .await
}
