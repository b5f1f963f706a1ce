use super::{
    ViewedDelivery,
    notify_group::{GroupMessage, notify_group},
};
use crate::{App, AppError, Cx};
use fabu_domain::{
    ids::{DeliveryId, RobotId},
    notifications::{
        delivery::DeliveryState,
        notice::{Link, Notice, NoticeKind, Topic, Wanted},
    },
    subject::{operation::Operation, refusal::Text},
    subjects::registers::robot::ChatRobot,
};
use fabu_store::Delivery;
use serde_json::json;
use std::time::Duration;

/// How often it is looked whether a message was tried.
const LOOK: Duration = Duration::from_millis(200);

/// Says a test in the group of a robot, the way that all messages go.
///
/// # Errors
/// Not permitted, not found.
pub fn send_test_message(cx: &mut Cx<'_, '_>, id: RobotId) -> Result<Delivery, AppError> {
    cx.about(format!("robots/{id}"), None);
    cx.permit(Operation::SendTestMessage)?;
    let robot = cx.tx.record::<ChatRobot>(id)?.ok_or(AppError::NotFound { what: "robot" })?;
    let sentence = Text::new("收到此消息说明机器人设置正确。", "This message shows that the settings of the robot are right.");
    let topic = Topic::Other { name: Text::new("群机器人", "chat robot") };
    let mut notice = Notice::new(NoticeKind::Test, topic, Wanted::Know { what: sentence });
    notice.link = Some(Link::new("/", "打开系统", "Open"));
    let message = GroupMessage { notice, cause: format!("test/{}", cx.ids.next()), event_id: None };
    let told = notify_group(cx.tx, cx.ids, cx.now, &robot, message)?;
    let delivery = told.ok_or_else(|| AppError::Internal("a new message was there before".to_owned()))?;
    let entry = cx.entry("robot.test_sent", format!("robots/{id}"), json!({ "delivery_id": delivery.id }));
    cx.tx.append(std::slice::from_ref(&entry))?;
    Ok(delivery)
}

impl App {
    /// The delivery with its tries once it was tried for the first time, or as it stands when `patience` is over: the worker
    /// is busy, or none runs.
    ///
    /// # Errors
    /// [`AppError::Store`], [`AppError::NotFound`].
    pub async fn tried_delivery(&self, id: DeliveryId, patience: Duration) -> Result<ViewedDelivery, AppError> {
        let mut looks = patience.as_millis() / LOOK.as_millis();
        loop {
            let viewed = self.store.read(move |tx| super::list_deliveries::viewed(tx, id)).await?;
            if looks == 0 || !viewed.attempts.is_empty() || viewed.delivery.state != DeliveryState::Pending {
                return Ok(viewed);
            }
            looks -= 1;
            tokio::time::sleep(LOOK).await;
        }
    }
}
