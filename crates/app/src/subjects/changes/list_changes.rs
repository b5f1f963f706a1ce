use crate::{
    AppError, Rx,
    paging::{Page, PageRequest},
};
use fabu_domain::{
    ids::ServiceObjectId,
    subject::operation::Operation,
    subjects::change::{Change, ChangeKind, ChangeState},
};
use fabu_store::ChangeFilter;
use std::sync::Arc;

/// Which changes are wanted.
#[derive(Debug, Clone, Default)]
pub struct ChangeQuery {
    /// In this state.
    pub state: Option<ChangeState>,
    /// Of this urgency class.
    pub kind: Option<ChangeKind>,
    /// True: those that no release carries out; false: those that one does.
    pub unassigned: Option<bool>,
    /// Those that touch this service object.
    pub service_object_id: Option<ServiceObjectId>,
    /// A part of the number or the title.
    pub q: Option<String>,
    /// Which part of the list.
    pub page: PageRequest,
}

/// Changes that the caller may know of, registered last first.
///
/// # Errors
/// An invalid cursor or limit.
pub fn list_changes(rx: &mut Rx<'_, '_>, query: &ChangeQuery) -> Result<Page<Change>, AppError> {
    rx.permit(Operation::ListChanges)?;
    let (scope, directory) = (rx.scope(), Arc::clone(&rx.directory));
    let filter = ChangeFilter {
        scope: scope.clone(),
        search: query.q.clone(),
        state: query.state,
        kind: query.kind,
        service_object_id: query.service_object_id,
        has_release: query.unassigned.map(|unassigned| !unassigned),
        ..ChangeFilter::default()
    };
    let (after, size) = (query.page.stored_cursor()?, query.page.size()?);
    let found = Page::from(rx.tx.list_changes(&filter, after.as_ref(), size)?);
    Ok(Page {
        items: found.items.into_iter().filter_map(|change| scope.change(&directory, change)).collect(),
        next_cursor: found.next_cursor,
    })
}
