use crate::{AppError, Rx, paging::PageRequest};
use fabu_domain::{ids::UserId, subject::operation::Operation};
use fabu_store::{LogFilter, LogOrder, LogRecord};

/// Which entries are wanted.
#[derive(Debug, Clone, Default)]
pub struct EventQuery {
    /// Those after this sequence number.
    pub after: Option<i64>,
    /// Those before this sequence number.
    pub before: Option<i64>,
    /// The latest first.
    pub newest_first: bool,
    /// Those whose kind begins so.
    pub kind: Option<String>,
    /// Those by this person.
    pub actor: Option<UserId>,
    /// Those about this.
    pub subject: Option<String>,
    /// At most so many.
    pub limit: Option<u32>,
}

/// Sealed entries in sequence, or the latest first; the number of the last one is the next `after`, and nothing appears before it later.
///
/// # Errors
/// Not permitted, an invalid limit.
pub fn list_events(rx: &mut Rx<'_, '_>, query: &EventQuery) -> Result<Vec<LogRecord>, AppError> {
    rx.permit(Operation::ListEvents)?;
    let size = PageRequest { cursor: None, limit: query.limit }.size()?;
    let filter = LogFilter {
        release_id: None,
        kind_prefix: query.kind.clone(),
        actor: query.actor,
        subject: query.subject.clone(),
        before: query.before,
        order: if query.newest_first { LogOrder::NewestFirst } else { LogOrder::OldestFirst },
    };
    Ok(rx.tx.log_after(query.after, &filter, size)?)
}
