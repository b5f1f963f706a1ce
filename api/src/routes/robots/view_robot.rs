use crate::{
    answer::{Answer, Reply},
    dto::robots::RobotView,
    extract::Read,
};
use actix_web::get;
use fabu_app::registers::robots;
use fabu_domain::ids::RobotId;

/// One robot, without what it speaks with.
#[utoipa::path(
    tag = "robots",
    operation_id = "view_robot",
    params(("id" = RobotId, Path)),
    responses((status = 200, description = "The robot.", body = RobotView, headers(("ETag" = String))))
)]
#[get("/robots/{id}")]
pub async fn view_robot(call: Read<RobotId>) -> Answer {
    call.answer(|rx, id, _| {
        let robot = RobotView::from(robots::view_robot(rx, *id)?);
        Ok(Reply::ok(&robot)?.version(robot.version))
    })
    .await
}
