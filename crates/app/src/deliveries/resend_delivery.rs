use super::notify::ask_to_send;
use crate::{AppError, Cx, Fault};
use fabu_domain::{
    ids::{DeliveryId, RobotId, UserId},
    notifications::delivery::{Channel, DeliveryState},
    subject::operation::Operation,
    subjects::registers::robot::ChatRobot,
};
use fabu_store::Delivery;
use serde_json::json;

/// Sends a message again, or one that was given up, to the address that the person has now, or in the
/// group of the robot. The Message-ID of a mail stays, so that a second copy shows as the same mail.
///
/// # Errors
/// Not permitted, not found, stale, still under way, no address, a robot that is gone or silent.
pub fn resend_delivery(cx: &mut Cx<'_, '_>, id: DeliveryId, seen: i64) -> Result<Delivery, AppError> {
    cx.about(format!("deliveries/{id}"), None);
    cx.permit(Operation::ResendDelivery)?;
    let delivery = cx.tx.delivery_for_update(id)?.ok_or(AppError::NotFound { what: "delivery" })?;
    cx.fresh(seen, delivery.version)?;
    if matches!(delivery.state, DeliveryState::Pending | DeliveryState::Held) {
        return Err(Fault::DeliveryUnderWay.into());
    }
    let address = match delivery.channel {
        Channel::Mail => {
            let person = delivery.recipient_id.and_then(|id| cx.directory.active_user(UserId(id)));
            person.and_then(|user| user.email.clone()).ok_or(Fault::DeliveryNoAddress)?
        }
        Channel::Robot => {
            let robot = delivery.recipient_id.map(|id| cx.tx.record::<ChatRobot>(RobotId(id))).transpose()?.flatten();
            robot.filter(|robot| robot.active).ok_or(Fault::RobotGone)?.name.to_string()
        }
    };
    let payload = json!({ "state": delivery.state, "attempts": delivery.attempts, "kind": delivery.kind });
    let entry = cx.entry("delivery.resent", format!("deliveries/{id}"), payload);
    cx.tx.resend_delivery(id, seen, &address, cx.now, &entry)?;
    let delivery = cx.tx.delivery(id)?.ok_or(AppError::NotFound { what: "delivery" })?;
    ask_to_send(cx.tx, cx.ids, cx.now, &delivery)?;
    Ok(delivery)
}
