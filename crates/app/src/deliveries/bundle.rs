//! What waits for one robot at the same moment is said in one message.

use super::{
    notify::put_in,
    notify_group::{GroupMessage, group_delivery},
};
use crate::{App, AppError};
use fabu_domain::{
    ids::{DeliveryId, RobotId},
    notifications::notice::Notice,
    subjects::registers::robot::ChatRobot,
};

/// From so many messages on.
const BURST: usize = 3;

impl App {
    /// Puts everything that waits for this robot into one message, when it is a burst. What was taken up is merged, and no
    /// longer said by itself.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub(super) async fn bundle_burst(&self, robot: RobotId) -> Result<(), AppError> {
        let app = self.clone();
        self.store
            .write(move |tx| {
                let now = app.clock.now();
                let mut taken: Vec<(DeliveryId, Notice)> = Vec::new();
                for delivery in tx.due_of_robot_for_update(robot, now)? {
                    // One that cannot be read is parked by its own job, with the reason.
                    let notice = serde_json::from_value::<Notice>(delivery.notice);
                    taken.extend(notice.ok().filter(|one| one.kind.can_be_bundled()).map(|one| (delivery.id, one)));
                }
                let robot = tx.record::<ChatRobot>(robot)?.filter(|robot| robot.active);
                let (Some(robot), Some((first, _)), true) = (robot, taken.first(), taken.len() >= BURST) else { return Ok(()) };
                let (cause, ids): (String, Vec<DeliveryId>) =
                    (format!("burst/{first}"), taken.iter().map(|(id, _)| *id).collect());
                let all: Vec<Notice> = taken.into_iter().map(|(_, notice)| notice).collect();
                let message = GroupMessage { notice: Notice::bundle(&all), cause, event_id: None };
                let delivery = group_delivery(app.ids.as_ref(), now, &robot, message)?;
                if put_in(tx, app.ids.as_ref(), now, &delivery)? {
                    tx.merge_deliveries(&ids)?;
                }
                Ok::<_, AppError>(())
            })
            .await
    }
}
