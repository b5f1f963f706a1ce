use crate::{
    answer::{Answer, Reply},
    dto::robots::{RobotRequest, RobotView},
    extract::{IfMatch, Update},
};
use actix_web::put;
use fabu_app::registers::robots;
use fabu_domain::ids::RobotId;

/// Replace a robot's record. Without `credentials` it keeps those that it has.
#[utoipa::path(
    tag = "robots",
    operation_id = "update_robot",
    params(("id" = RobotId, Path), IfMatch),
    request_body = RobotRequest,
    responses((status = 200, description = "The robot.", body = RobotView, headers(("ETag" = String))))
)]
#[put("/robots/{id}")]
pub async fn update_robot(call: Update<RobotId, RobotRequest>) -> Answer {
    call.answer(|cx, id, version, body| {
        let robot = RobotView::from(robots::update_robot(cx, *id, version, &body.fields())?);
        Ok(Reply::ok(&robot)?.version(robot.version))
    })
    .await
}
