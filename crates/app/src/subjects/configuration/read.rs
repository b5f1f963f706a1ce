//! Reading around an item: what it is related to, which releases changed it, what a release touches besides.

use crate::{
    AppError, Rx,
    paging::{Page, PageRequest},
    subjects::{
        registers,
        releases::{context::readable, find},
    },
};
use chrono::{DateTime, Utc};
use fabu_domain::{
    blocks::approval::ApprovalKind,
    identity::folded,
    ids::{ApprovalId, CustomerId, DepartmentId, ServiceObjectId},
    subject::operation::Operation,
    subjects::{
        registers::{
            configuration_item::{ConfigurationItem, ConfigurationItemId},
            sight::{Eye, Visible},
        },
        release::{Dossier, items::items_of_plan, records::ConfigurationChange},
    },
};
use fabu_store::Neighbour;
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

/// How many steps of relations a release is looked at for what it touches besides its own items.
const STEPS: usize = 2;

/// The most items that are told as touched.
const MOST_TOUCHED: usize = 200;

/// The neighbours of an item, as far as the caller may know of them.
///
/// # Errors
/// Not permitted, not found, an invalid cursor or limit.
pub fn neighbours_of_item(rx: &mut Rx<'_, '_>, id: ConfigurationItemId, page: &PageRequest) -> Result<Page<Neighbour>, AppError> {
    let item: ConfigurationItem = registers::view(rx, id)?;
    let found = rx.tx.neighbours(&item, page.stored_cursor()?.as_ref(), page.size()?)?;
    let (scope, directory) = (rx.scope(), Arc::clone(&rx.directory));
    let eye = Eye { scope: &scope, reader: rx.caller.user_id, directory: &directory };
    let mut found: Page<Neighbour> = found.into();
    found.items.retain(|neighbour| neighbour.item.seen(&eye).is_some());
    Ok(found)
}

/// A release in the history of an item.
#[derive(Debug, Clone)]
pub struct ItemRelease {
    /// The release.
    pub dossier: Arc<Dossier>,
    /// What it did to the item.
    pub change: ConfigurationChange,
    /// The go-live approval that it went under, the newest one.
    pub approval: Option<ApprovalId>,
}

/// The releases that change an item or changed it, the newest first, as far as the caller may know of them (3.2).
///
/// # Errors
/// Not permitted, not found, an invalid cursor or limit.
pub fn releases_of_item(rx: &mut Rx<'_, '_>, id: ConfigurationItemId, page: &PageRequest) -> Result<Page<ItemRelease>, AppError> {
    let item: ConfigurationItem = registers::view(rx, id)?;
    let scope = rx.scope();
    let found = rx.tx.releases_of_item(item.number.as_str(), &scope, page.stored_cursor()?.as_ref(), page.size()?)?;
    let found: Page<_> = found.into();
    let mut items = Vec::new();
    for id in found.items {
        let dossier = readable(rx, id, "release")?;
        let Some(change) = dossier.configuration.iter().find(|change| change.item == item.number.as_str()).cloned() else {
            continue;
        };
        let approval = dossier.latest_approval(ApprovalKind::GoLiveApproval).map(|approval| approval.id);
        items.push(ItemRelease { dossier, change, approval });
    }
    Ok(Page { items, next_cursor: found.next_cursor })
}

/// The items whose state a release has confirmed since, in the order of confirmation, of one source system if it is named: what an
/// outside database takes over (9.2c).
///
/// # Errors
/// Not permitted, an invalid cursor or limit.
pub fn items_confirmed_since(
    rx: &mut Rx<'_, '_>,
    since: DateTime<Utc>,
    source: Option<&str>,
    page: &PageRequest,
) -> Result<Page<ConfigurationItem>, AppError> {
    rx.permit(Operation::ListConfirmedItems)?;
    let found = rx.tx.items_confirmed_since(since, page.stored_cursor()?.as_ref(), page.size()?)?;
    let mut found: Page<ConfigurationItem> = found.into();
    let of = |item: &ConfigurationItem| item.source.as_ref().map(|source| folded(source.as_str()));
    found.items.retain(|item| source.is_none_or(|source| of(item) == Some(folded(source))));
    Ok(found)
}

/// An item that a release touches without changing it.
#[derive(Debug, Clone)]
pub struct AffectedItem {
    /// The item.
    pub item: ConfigurationItem,
    /// The numbers on the way to it, from an item of the release on.
    pub path: Vec<String>,
}

/// What a release touches besides its own items (5.2.5, 5.3a).
#[derive(Debug, Clone, Default)]
pub struct Affected {
    /// Items related to those of the release, the nearest first.
    pub items: Vec<AffectedItem>,
    /// Objects under service that they belong to and the release does not name.
    pub service_objects: BTreeSet<ServiceObjectId>,
    /// Departments concerned with them.
    pub departments: BTreeSet<DepartmentId>,
    /// Customers whose they are.
    pub customers: BTreeSet<CustomerId>,
}

/// What a release touches besides its own items: related items over at most two steps, and whose they are.
///
/// # Errors
/// Not permitted, not found.
pub fn affected_by_release(rx: &mut Rx<'_, '_>, number: &str) -> Result<Affected, AppError> {
    rx.permit(Operation::ReadReleases)?;
    let id = find(rx.tx, number)?;
    let dossier = readable(rx, id, "release")?;
    let own = items_of_plan(&dossier);
    let mut related = rx.tx.related_items(&own, STEPS)?;
    related.truncate(MOST_TOUCHED);
    let ways: BTreeMap<&str, &[String]> = related.iter().map(|r| (r.key.as_str(), r.path.as_slice())).collect();
    let keys: Vec<&str> = ways.keys().copied().chain(own.iter().copied()).collect();
    let items = rx.tx.items_numbered(&keys)?;
    let numbers: HashMap<String, String> = items.iter().map(|item| (item.key(), item.number.to_string())).collect();
    let (scope, directory) = (rx.scope(), Arc::clone(&rx.directory));
    let eye = Eye { scope: &scope, reader: rx.caller.user_id, directory: &directory };
    let mut affected = Affected::default();
    for item in items {
        let Some(way) = ways.get(item.key().as_str()).filter(|_| item.seen(&eye).is_some()) else { continue };
        let path = way.iter().map(|key| numbers.get(key).unwrap_or(key).clone()).collect();
        let object = item.service_object_id.filter(|id| !dossier.release.service_objects.contains(id));
        affected.service_objects.extend(object);
        affected.departments.extend(directory.involved_departments(&object.into_iter().collect::<Vec<_>>()));
        affected.customers.extend(item.customer_id.filter(|id| Some(*id) != dossier.release.customer_id));
        affected.items.push(AffectedItem { item, path });
    }
    affected.items.sort_by(|one, other| (one.path.len(), &one.item.number).cmp(&(other.path.len(), &other.item.number)));
    Ok(affected)
}
