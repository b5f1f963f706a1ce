use super::{Context, JobError, payload};
use fabu_app::{deliveries::Dispatched, jobs::Job};

/// Puts in the messages that entries of the log ask for.
pub(super) async fn run(context: &Context, job: &Job) -> Result<(), JobError> {
    let Dispatched { events } = payload(job)?;
    let messages = context.app.dispatch_events(events).await?;
    tracing::debug!(messages, "messages are put in");
    Ok(())
}
