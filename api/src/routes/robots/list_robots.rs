use crate::{
    answer::Answer,
    dto::{
        Page,
        robots::{RobotQuery, RobotView},
    },
    extract::Read,
};
use actix_web::get;
use fabu_app::registers::robots;

/// Robots by name.
#[utoipa::path(
    tag = "robots",
    operation_id = "list_robots",
    params(RobotQuery),
    responses((status = 200, description = "A part of the list.", body = Page<RobotView>))
)]
#[get("/robots")]
pub async fn list_robots(call: Read<(), RobotQuery>) -> Answer {
    call.page(|rx, (), query| Ok(Page::<RobotView>::from(robots::list_robots(rx, &query.page())?))).await
}
