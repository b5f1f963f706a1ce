use crate::{
    answer::{Answer, Reply},
    dto::robots::{RobotRequest, RobotView},
    extract::Create,
};
use actix_web::post;
use fabu_app::registers::robots;

/// Add a robot: which group, which messages, and what it speaks with.
#[utoipa::path(
    tag = "robots",
    operation_id = "create_robot",
    request_body = RobotRequest,
    responses((status = 201, description = "The new robot.", body = RobotView, headers(("ETag" = String), ("Location" = String))))
)]
#[post("/robots")]
pub async fn create_robot(call: Create<(), RobotRequest>) -> Answer {
    call.answer(|cx, (), body| {
        let robot = RobotView::from(robots::create_robot(cx, &body.fields())?);
        Ok(Reply::created(format!("robots/{}", robot.id), &robot)?.version(robot.version))
    })
    .await
}
