//! The list of releases.

use crate::{
    AppError, Rx,
    paging::{Page, PageRequest},
};
use fabu_domain::subject::operation::Operation;
use fabu_store::{ReleaseFilter, ReleaseSummary};

/// Which releases are wanted.
#[derive(Debug, Clone, Default)]
pub struct ReleaseQuery {
    /// Which, and in what order.
    pub filter: ReleaseFilter,
    /// Which part of the list.
    pub page: PageRequest,
}

/// Releases that the caller may know of.
///
/// # Errors
/// An invalid cursor or limit.
pub fn list_releases(rx: &mut Rx<'_, '_>, query: &ReleaseQuery) -> Result<Page<ReleaseSummary>, AppError> {
    rx.permit(Operation::ReadReleases)?;
    let (after, size) = (query.page.stored_cursor()?, query.page.size()?);
    let filter = ReleaseFilter { scope: rx.scope(), ..query.filter.clone() };
    Ok(rx.tx.list_releases(&filter, after.as_ref(), size)?.into())
}
