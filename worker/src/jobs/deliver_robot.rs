use super::{Context, JobError, delivery::conclude, payload};
use fabu_app::{
    deliveries::{OutgoingGroupMessage, Sent},
    jobs::Job,
};
use fabu_domain::ids::DeliveryId;
use fabu_outbound::{
    mail::FailureClass,
    robots::{Robot, RobotError},
};
use serde::Deserialize;

#[derive(Deserialize)]
struct Ask {
    delivery_id: DeliveryId,
}

/// Says one message in a chat group. The row of the delivery decides whether it is still to be said, and is written right
/// after the answer of the provider's server.
pub(super) async fn run(context: &Context, job: &Job) -> Result<(), JobError> {
    let Ask { delivery_id } = payload(job)?;
    let Some(letter) = context.app.outgoing_group_message(delivery_id).await? else { return Ok(()) };
    let sent = say(context, &letter).await;
    conclude(context, delivery_id, letter.attempt, sent).await
}

async fn say(context: &Context, letter: &OutgoingGroupMessage) -> Sent {
    let given = letter.credentials.expose();
    let robot = Robot {
        kind: letter.robot.maker,
        base_url: letter.robot.base_url.clone(),
        token: given.token.clone(),
        secret: given.secret.clone(),
        language: letter.robot.language,
    };
    match context.speaker.say(&robot, &letter.notice, &context.sender(), context.app.clock.now()).await {
        Ok(words) => Sent::Accepted(words),
        Err(RobotError::Wait { until }) => Sent::NotYet(until),
        Err(RobotError::Failed { class: FailureClass::Unreachable, words }) => Sent::Unreached(words),
        Err(RobotError::Failed { class: FailureClass::Temporary, words }) => Sent::Later(words),
        Err(RobotError::Failed { words, .. }) => Sent::Refused(words),
    }
}
