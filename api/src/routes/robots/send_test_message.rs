use crate::{
    answer::{Answer, Reply},
    dto::deliveries::DeliveryDetailView,
    extract::Create,
    problem::ApiError,
};
use actix_web::post;
use fabu_app::deliveries;
use fabu_domain::ids::{DeliveryId, RobotId};
use std::time::Duration;

/// How long the answer waits for that of the provider's server.
const PATIENCE: Duration = Duration::from_secs(10);

/// Say a test in the group of a robot, the way that all messages go. `tries` tells what the provider's server said; it is empty
/// when the worker did not come to it within ten seconds.
#[utoipa::path(
    tag = "robots",
    operation_id = "send_test_message",
    params(("id" = RobotId, Path)),
    responses((status = 201, description = "The message.", body = DeliveryDetailView, headers(("Location" = String), ("ETag" = String))))
)]
#[post("/robots/{id}/test-message")]
pub async fn send_test_message(call: Create<RobotId>) -> Answer {
    let app = call.app.clone();
    let asked = call
        .answer(|cx, id, _| {
            let delivery = deliveries::send_test_message(cx, *id)?;
            Reply::created(format!("deliveries/{}", delivery.id), &delivery.id)
        })
        .await?;
    let id: DeliveryId = asked.body()?;
    let viewed = app.tried_delivery(id, PATIENCE).await.map_err(ApiError::from)?;
    let view = DeliveryDetailView::new(viewed, app.clock.now());
    Ok(asked.showing_once(&view)?.version(view.delivery.version))
}
