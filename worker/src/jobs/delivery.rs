//! How the job of a delivery ends, whichever way it goes.

use super::{Context, JobError};
use crate::persistence::persistence;
use backon::Retryable as _;
use chrono::{DateTime, Utc};
use fabu_app::{AppError, deliveries::Sent};
use fabu_domain::ids::DeliveryId;

/// Writes down how the try ended, and says when the job is to run again.
pub(super) async fn conclude(context: &Context, id: DeliveryId, attempt: i32, sent: Sent) -> Result<(), JobError> {
    let next = match record(context, id, &sent).await {
        Ok(next) => next,
        Err(error) => {
            let accepted = matches!(sent, Sent::Accepted(_));
            tracing::error!(%error, delivery.id = %id, accepted, "the end of a delivery is not written down");
            return Err(error.into());
        }
    };
    match (sent, next) {
        (Sent::NotYet(at), _) => Err(JobError::NotYet { at }),
        (Sent::Later(error) | Sent::Unreached(error), Some(at)) => {
            Err(JobError::Again { error, wait: Some(at - context.app.clock.now()) })
        }
        (Sent::Accepted(_), _) => Ok(()),
        (Sent::Later(words) | Sent::Unreached(words) | Sent::Refused(words) | Sent::Unbuildable(words), _) => {
            tracing::warn!(delivery.id = %id, attempt, words, "a message is not delivered");
            Ok(())
        }
    }
}

async fn record(context: &Context, id: DeliveryId, sent: &Sent) -> Result<Option<DateTime<Utc>>, AppError> {
    let record = || context.app.record_delivery(id, sent.clone());
    let not_yet =
        |error: &AppError, _| tracing::warn!(%error, delivery.id = %id, "the answer of the server is not yet written down");
    record.retry(persistence()).notify(not_yet).await
}
