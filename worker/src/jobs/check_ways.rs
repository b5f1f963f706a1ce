use super::{Context, JobError};
use fabu_app::deliveries::{ClosedWay, Way};
use std::time::Duration;

/// How long a server may take to show that it is there.
const PATIENCE: Duration = Duration::from_secs(20);

/// Looks whether ways that were closed are open again, without sending anything, and makes what waits for one due.
pub(super) async fn run(context: &Context) -> Result<(), JobError> {
    for closed in context.app.closed_ways().await? {
        let way = closed.way.clone();
        match tokio::time::timeout(PATIENCE, check(context, &closed)).await {
            Ok(Ok(())) => {
                let messages = context.app.open_way(closed).await?;
                tracing::info!(?way, messages, "a way is open again; what waited for it goes now");
            }
            Ok(Err(error)) => tracing::warn!(?way, error, "a way is still closed"),
            Err(_) => tracing::warn!(?way, "a way is still closed: no answer"),
        }
    }
    Ok(())
}

async fn check(context: &Context, closed: &ClosedWay) -> Result<(), String> {
    match (&closed.way, &closed.robot) {
        (Way::Mail, _) => context.mailer.check().await.map_err(|error| error.to_string()),
        (Way::Robot(_), Some(robot)) => {
            context.speaker.reach(robot.maker, robot.base_url.as_deref()).await.map_err(|error| error.to_string())
        }
        // What is left to it is parked at its next try.
        (Way::Robot(_), None) => Ok(()),
    }
}
