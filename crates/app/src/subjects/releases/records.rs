//! The history of a release, and the comments in it.

use super::{
    act::{Seen, take_logged_step},
    context::{find, view_release},
};
use crate::{
    AppError, Cx, Rx,
    paging::{Page, PageRequest},
};
use fabu_domain::{subject::log::LogEntry, subjects::release::command::Command};
use fabu_store::{LogOrder, LogRecord};

/// The kind of the entries that comments are.
const COMMENT: &str = "release.commented";

const fn order(newest_first: bool) -> LogOrder {
    if newest_first { LogOrder::NewestFirst } else { LogOrder::OldestFirst }
}

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
    let id = view_release(rx, number)?.dossier.release.id;
    let (after, size) = (page.stored_cursor()?, page.size()?);
    Ok(Page::from(rx.tx.events_of_release(id, order(newest_first), after.as_ref(), size)?))
}

/// The comments on a release, as the log holds them.
///
/// # Errors
/// Not found, an invalid cursor or limit.
pub fn list_comments(
    rx: &mut Rx<'_, '_>,
    number: &str,
    newest_first: bool,
    page: &PageRequest,
) -> Result<Page<LogRecord>, AppError> {
    let id = view_release(rx, number)?.dossier.release.id;
    let (after, size) = (page.stored_cursor()?, page.size()?);
    Ok(rx.tx.events_of_kind(id, COMMENT, order(newest_first), after.as_ref(), size)?.into())
}

/// Comments on a release; gives the entry of the log that holds the comment.
///
/// # Errors
/// Not found, not permitted.
pub fn add_comment(cx: &mut Cx<'_, '_>, number: &str, text: &str) -> Result<LogEntry, AppError> {
    let id = find(cx.tx, number)?;
    let (_, entries) = take_logged_step(cx, id, Seen::Nothing, &Command::AddComment { text: text.to_owned() })?;
    let comment = entries.into_iter().find(|entry| entry.kind == COMMENT);
    comment.ok_or_else(|| AppError::Internal("a comment left no entry".to_owned()))
}
