//! What the job that speaks to a robot asks.

use super::Sent;
use crate::{App, AppError, secrets::Secret, subjects::registers::robot::credentials};
use fabu_domain::{
    ids::{DeliveryId, RobotId},
    notifications::{
        delivery::DeliveryState,
        notice::{Notice, NoticeKind},
    },
    subjects::registers::robot::{ChatRobot, RobotCredentials},
};

/// A message that is to be said to a group now.
#[derive(Debug, Clone)]
pub struct OutgoingGroupMessage {
    /// The try that begins, from 1.
    pub attempt: i32,
    /// The robot.
    pub robot: ChatRobot,
    /// What it speaks with.
    pub credentials: Secret<RobotCredentials>,
    /// What is said.
    pub notice: Notice,
}

impl App {
    /// The message, if it is still to be said: there is none when it was one of many and is said with them. One that cannot be
    /// said is parked with the reason, and there is none either.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub async fn outgoing_group_message(&self, id: DeliveryId) -> Result<Option<OutgoingGroupMessage>, AppError> {
        let delivery = self.store.read(move |tx| tx.delivery(id).map_err(AppError::from)).await?;
        if let Some(robot) = delivery.and_then(|delivery| delivery.recipient_id) {
            self.bundle_burst(RobotId(robot)).await?;
        }
        let found = self.store.read(move |tx| {
            let Some(delivery) = tx.delivery(id)?.filter(|delivery| delivery.state == DeliveryState::Pending) else {
                return Ok::<_, AppError>(None);
            };
            let Some(robot) = delivery.recipient_id.map(RobotId) else { return Ok(Some((delivery, None))) };
            let known = tx.record::<ChatRobot>(robot)?.zip(tx.sealed_of::<ChatRobot>(robot)?);
            Ok(Some((delivery, known)))
        });
        let Some((delivery, known)) = found.await? else { return Ok(None) };
        let letter = serde_json::from_value(delivery.notice)
            .map_err(|error| Sent::Unbuildable(format!("the message cannot be read: {error}")))
            .and_then(|notice: Notice| {
                let speaks = |robot: &ChatRobot| robot.active || notice.kind == NoticeKind::Test;
                let (robot, sealed) = known
                    .filter(|(robot, _)| speaks(robot))
                    .ok_or_else(|| Sent::Refused("the robot was deleted or is silent".to_owned()))?;
                let credentials = credentials(&self.settings, robot.id, &sealed)
                    .ok_or_else(|| Sent::Refused("no key opens the token of the robot: give it again".to_owned()))?;
                Ok(OutgoingGroupMessage { attempt: delivery.attempts + 1, robot, credentials, notice })
            });
        match letter {
            Ok(letter) => Ok(Some(letter)),
            Err(end) => {
                self.record_delivery(id, end).await?;
                Ok(None)
            }
        }
    }
}
