//! Who may still be notified: a message waits, and what its reader may know of changes meanwhile (D21).

use crate::AppError;
use chrono::{DateTime, Utc};
use fabu_domain::{
    ids::UserId,
    notifications::notice::{Notice, Topic},
    people::directory::Directory,
    subject::operation::Operation,
    subjects::{policy::permit, visibility::may_read},
};
use fabu_store::{Delivery, Reader};

/// True unless the reader of a message may no longer know of the thing it is about. A group is not a person.
pub(crate) fn may_still_be_notified(
    tx: &mut Reader<'_>,
    directory: &Directory,
    delivery: &Delivery,
    now: DateTime<Utc>,
) -> Result<bool, AppError> {
    let Some(reader) = delivery.recipient_id.map(UserId::from) else { return Ok(true) };
    if let Some(release) = delivery.release_id {
        return Ok(tx.dossier(release)?.is_some_and(|dossier| may_read(directory, reader, now, &dossier)));
    }
    let topic = serde_json::from_value(delivery.notice.clone()).map(|notice: Notice| notice.topic);
    let of_report = matches!(topic, Ok(Topic::Quarter { .. }));
    Ok(!of_report || permit(directory, reader, Operation::ViewQuarterlyReport, None).is_ok())
}
