//! The history of a release.

use super::ground::view_release;
use crate::{
    AppError, Rx,
    paging::{Page, PageRequest},
};
use fabu_store::{LogOrder, LogRecord};

/// The log entries of a release, sealed or not.
///
/// # Errors
/// Not found, an invalid cursor or limit.
pub fn list_release_events(
    rx: &mut Rx<'_, '_>,
    number: &str,
    newest_first: bool,
    page: &PageRequest,
) -> Result<Page<LogRecord>, AppError> {
    let ground = view_release(rx, number)?;
    let order = if newest_first { LogOrder::NewestFirst } else { LogOrder::OldestFirst };
    let (after, size) = (page.stored_cursor()?, page.size()?);
    Ok(rx.tx.events_of_release(ground.dossier.release.id, order, after.as_ref(), size)?.into())
}
