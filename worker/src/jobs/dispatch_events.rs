use super::{Context, JobError, payload};
use fabu_app::jobs::Job;
use fabu_domain::ids::EventId;
use serde::Deserialize;

#[derive(Deserialize)]
struct Ask {
    events: Vec<EventId>,
}

/// Puts in the messages that entries of the log ask for.
pub(super) async fn run(context: &Context, job: &Job) -> Result<(), JobError> {
    let Ask { events } = payload(job)?;
    let messages = context.app.dispatch_events(events).await?;
    tracing::debug!(messages, "messages are put in");
    Ok(())
}
