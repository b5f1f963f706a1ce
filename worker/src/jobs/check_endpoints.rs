use super::{Context, JobError};
use fabu_app::deliveries::{ClosedEndpoint, Endpoint};
use std::time::Duration;

/// How long a server may take to show that it is there.
const PATIENCE: Duration = Duration::from_secs(20);

/// Looks whether ways that were closed are open again, without sending anything, and makes what waits for one due.
pub(super) async fn run(context: &Context) -> Result<(), JobError> {
    for closed in context.app.closed_endpoints().await? {
        let endpoint = closed.endpoint.clone();
        match tokio::time::timeout(PATIENCE, check(context, &closed)).await {
            Ok(Ok(())) => {
                let messages = context.app.open_endpoint(closed).await?;
                tracing::info!(?endpoint, messages, "a way is open again; what waited for it goes now");
            }
            Ok(Err(error)) => tracing::warn!(?endpoint, error, "a way is still closed"),
            Err(_) => tracing::warn!(?endpoint, "a way is still closed: no answer"),
        }
    }
    Ok(())
}

async fn check(context: &Context, closed: &ClosedEndpoint) -> Result<(), String> {
    match (&closed.endpoint, &closed.robot) {
        (Endpoint::Mail, _) => context.mailer.check().await.map_err(|error| error.to_string()),
        (Endpoint::Robot(_), Some(robot)) => {
            context.speaker.reach(robot.maker, robot.base_url.as_deref()).await.map_err(|error| error.to_string())
        }
        // What is left to it is parked at its next try.
        (Endpoint::Robot(_), None) => Ok(()),
    }
}
