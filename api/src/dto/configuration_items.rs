//! Configuration items beyond their register: neighbours, history, what a release touches, import and synchronisation.

use super::releases::people::{Names, PersonView};
use chrono::{DateTime, Utc};
use fabu_app::{
    FieldError,
    subjects::configuration::{
        Affected, AffectedItem, ImportError, ImportOutcome, ItemRelease, Neighbour, SyncItem, SyncRequest, SyncResult,
    },
};
use fabu_domain::{
    ids::{ApprovalId, ConfigurationChangeId, CustomerId, DepartmentId, ServiceObjectId, UserId},
    language::Language,
    subjects::{
        registers::configuration_item::{
            Attribute, ConfigurationItem, ConfigurationItemId, ConfigurationItemStated, ItemEnvironment, ItemKind, ItemLifecycle,
            Relation, RelationKind, SyncOutcome,
        },
        release::{
            records::{ConfigurationState, ItemState},
            stage::{Stage, Verdict},
        },
    },
    text::{Code, Line},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// An item in few words.
#[derive(Debug, Serialize, ToSchema)]
pub struct ItemSummary {
    /// Identity.
    pub id: ConfigurationItemId,
    /// Its number.
    pub number: String,
    /// What it is called.
    pub name: String,
    /// What it is.
    pub kind: ItemKind,
    /// Where it is used.
    pub environment: ItemEnvironment,
    /// Its version.
    #[schema(required)]
    pub item_version: Option<String>,
    /// Where it stands.
    pub state: ItemLifecycle,
    /// Whose it is.
    #[schema(required)]
    pub customer_id: Option<CustomerId>,
    /// The object under service that it belongs to.
    #[schema(required)]
    pub service_object_id: Option<ServiceObjectId>,
}

impl From<&ConfigurationItem> for ItemSummary {
    fn from(item: &ConfigurationItem) -> Self {
        Self {
            id: item.id,
            number: item.number.to_string(),
            name: item.name.to_string(),
            kind: item.kind,
            environment: item.environment,
            item_version: item.item_version.as_ref().map(ToString::to_string),
            state: item.state,
            customer_id: item.customer_id,
            service_object_id: item.service_object_id,
        }
    }
}

/// A neighbour of an item.
#[derive(Debug, Serialize, ToSchema)]
pub struct NeighbourView {
    /// How they are related.
    pub kind: RelationKind,
    /// True when the item names the neighbour, false when the neighbour names the item.
    pub outgoing: bool,
    /// The neighbour.
    pub item: ItemSummary,
}

impl From<Neighbour> for NeighbourView {
    fn from(neighbour: Neighbour) -> Self {
        Self { kind: neighbour.kind, outgoing: neighbour.outgoing, item: (&neighbour.item).into() }
    }
}

/// A release in the history of an item.
#[derive(Debug, Serialize, ToSchema)]
pub struct ItemReleaseView<'a> {
    /// The release's number.
    pub release: String,
    /// Its title.
    pub title: String,
    /// Where it stands.
    pub stage: Stage,
    /// How it ended.
    #[schema(required)]
    pub verdict: Option<Verdict>,
    /// The change of the item in that release.
    pub change_id: ConfigurationChangeId,
    /// Where the update stands.
    pub state: ConfigurationState,
    /// The version that it was to have.
    pub planned_version: String,
    /// What it was before.
    #[schema(required)]
    pub baseline: Option<ItemState>,
    /// What it was after.
    #[schema(required)]
    pub actual: Option<ItemState>,
    /// Who confirmed or returned it last.
    #[schema(required)]
    pub decided_by: Option<PersonView<'a>>,
    /// When.
    #[schema(required)]
    pub decided_at: Option<DateTime<Utc>>,
    /// Who deployed.
    #[schema(required)]
    pub deployed_by: Option<PersonView<'a>>,
    /// When the deployment began.
    #[schema(required)]
    pub deployed_at: Option<DateTime<Utc>>,
    /// The go-live approval that it went under.
    #[schema(required)]
    pub approval_id: Option<ApprovalId>,
}

impl<'a> ItemReleaseView<'a> {
    /// The row for a reader.
    #[must_use]
    pub fn new(names: &Names<'a>, row: &ItemRelease) -> Self {
        let ItemRelease { dossier, change, approval } = row;
        let started = dossier.release.deployment.as_ref().map(|deployment| &deployment.started);
        let person = |id: UserId| names.person(id);
        Self {
            release: dossier.release.number.clone(),
            title: dossier.release.title.clone(),
            stage: dossier.release.stage,
            verdict: dossier.release.verdict.as_ref().map(|record| record.verdict),
            change_id: change.id,
            state: change.state,
            planned_version: change.planned_version.clone(),
            baseline: change.baseline.clone(),
            actual: change.actual.clone(),
            decided_by: change.decided_by.map(|(by, _)| person(by)),
            decided_at: change.decided_by.map(|(_, at)| at),
            deployed_by: started.map(|stamp| person(stamp.by)),
            deployed_at: started.map(|stamp| stamp.at),
            approval_id: *approval,
        }
    }
}

/// An item that a release touches without changing it.
#[derive(Debug, Serialize, ToSchema)]
pub struct AffectedItemView {
    /// The item.
    pub item: ItemSummary,
    /// The numbers on the way to it, from an item of the release on.
    pub path: Vec<String>,
}

impl From<AffectedItem> for AffectedItemView {
    fn from(affected: AffectedItem) -> Self {
        Self { item: (&affected.item).into(), path: affected.path }
    }
}

/// What a release touches besides its own items (5.2.5, 5.3a).
#[derive(Debug, Serialize, ToSchema)]
pub struct AffectedView {
    /// Items related to those of the release over at most two steps, the nearest first.
    pub items: Vec<AffectedItemView>,
    /// Objects under service that they belong to and the release does not name.
    pub service_objects: Vec<ServiceObjectId>,
    /// Departments concerned with them.
    pub departments: Vec<DepartmentId>,
    /// Customers whose they are.
    pub customers: Vec<CustomerId>,
}

impl From<Affected> for AffectedView {
    fn from(affected: Affected) -> Self {
        Self {
            items: affected.items.into_iter().map(Into::into).collect(),
            service_objects: affected.service_objects.into_iter().collect(),
            departments: affected.departments.into_iter().collect(),
            customers: affected.customers.into_iter().collect(),
        }
    }
}

/// Since when confirmed items are wanted.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ConfirmedQuery {
    /// Confirmed at this moment or later (RFC 3339); all that ever were without it.
    #[param(example = "2026-11-01T00:00:00Z")]
    pub since: Option<DateTime<Utc>>,
    /// Of this source system only.
    #[param(max_length = 200)]
    pub source: Option<String>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// Items per page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<u32>,
}

/// How a table is taken over.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ImportQuery {
    /// True: say what would happen, and change nothing.
    #[serde(default)]
    #[param(default = false)]
    pub dry_run: bool,
}

/// What is wrong in a row of a table.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportErrorView {
    /// The line of the file.
    pub line: u64,
    /// The heading of the column, or the field.
    pub column: String,
    /// What is wrong, in the caller's language.
    pub text: String,
}

/// What an import did, or would do.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportView {
    /// True when nothing was written.
    pub dry_run: bool,
    /// Rows below the heading.
    pub rows: usize,
    /// Items that were new.
    pub created: usize,
    /// Items that the table changed.
    pub changed: usize,
    /// Items that are as the table says.
    pub unchanged: usize,
    /// Rows that were not taken.
    pub refused: usize,
    /// What is wrong with them, the first 200.
    pub errors: Vec<ImportErrorView>,
}

impl ImportView {
    /// The outcome for a reader.
    #[must_use]
    pub fn new(outcome: ImportOutcome, dry_run: bool, language: Language) -> Self {
        let text = |zh, en| if language == Language::Chinese { zh } else { en };
        let error = |ImportError { line, column, zh, en }| ImportErrorView { line, column, text: text(zh, en) };
        let ImportOutcome { rows, created, changed, unchanged, refused, errors } = outcome;
        Self { dry_run, rows, created, changed, unchanged, refused, errors: errors.into_iter().map(error).collect() }
    }
}

/// What an outside configuration database says of an item.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SyncItemRequest {
    /// What the system calls it.
    pub external_id: Code,
    /// Its number here.
    pub number: Code,
    /// What it is called.
    pub name: Line,
    /// What it is.
    pub kind: ItemKind,
    /// Whose it is.
    pub customer_id: Option<CustomerId>,
    /// The object under service that it belongs to.
    pub service_object_id: Option<ServiceObjectId>,
    /// Where it is used.
    pub environment: ItemEnvironment,
    /// Who looks after it.
    pub owner: Option<UserId>,
    /// Its version.
    pub item_version: Option<Code>,
    /// Where it stands.
    pub state: ItemLifecycle,
    /// Its properties.
    #[serde(default)]
    #[schema(max_items = 100)]
    pub attributes: Vec<Attribute>,
    /// What it is related to.
    #[serde(default)]
    #[schema(max_items = 1000)]
    pub relations: Vec<Relation>,
}

/// What an outside configuration database says of its items.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "source": "CMDB", "as_of": "2026-03-02T01:00:00Z",
    "items": [{ "external_id": "A-17", "number": "CI-CBS-APP", "name": "核心业务系统应用", "kind": "software",
        "environment": "production", "item_version": "2.4.0", "state": "live" }]
}))]
pub struct SyncItemsRequest {
    /// The system.
    pub source: Line,
    /// When it read what it says: what a release has confirmed later is kept.
    pub as_of: DateTime<Utc>,
    /// Its items.
    #[schema(max_items = 500)]
    pub items: Vec<SyncItemRequest>,
}

impl SyncItemsRequest {
    /// The request of the use case.
    #[must_use]
    pub fn request(&self) -> SyncRequest {
        let item = |item: &SyncItemRequest| SyncItem {
            external_id: item.external_id.clone(),
            stated: ConfigurationItemStated {
                number: item.number.clone(),
                name: item.name.clone(),
                kind: item.kind,
                customer_id: item.customer_id,
                service_object_id: item.service_object_id,
                environment: item.environment,
                owner: item.owner,
                item_version: item.item_version.clone(),
                state: item.state,
                attributes: item.attributes.clone(),
                relations: item.relations.clone(),
                source: None,
                external_id: None,
            },
        };
        SyncRequest { source: self.source.clone(), as_of: self.as_of, items: self.items.iter().map(item).collect() }
    }
}

/// What is wrong with an item.
#[derive(Debug, Serialize, ToSchema)]
pub struct SyncErrorView {
    /// Where, as a JSON pointer into the item.
    pub pointer: String,
    /// The stable word for programs.
    pub code: &'static str,
    /// What is wrong, in the caller's language.
    pub text: String,
}

/// What became of an item of an outside database.
#[derive(Debug, Serialize, ToSchema)]
pub struct SyncResultView {
    /// What the system calls it.
    pub external_id: String,
    /// Its number.
    pub number: String,
    /// What became of it.
    pub outcome: SyncOutcome,
    /// What is wrong with it.
    pub errors: Vec<SyncErrorView>,
}

impl SyncResultView {
    /// The result for a reader.
    #[must_use]
    pub fn new(result: &SyncResult, language: Language) -> Self {
        let error = |error: &FieldError| SyncErrorView {
            pointer: error.pointer.clone(),
            code: error.fault.code(),
            text: error.fault.text(language, &error.params),
        };
        Self {
            external_id: result.external_id.to_string(),
            number: result.number.to_string(),
            outcome: result.outcome,
            errors: result.errors.iter().map(error).collect(),
        }
    }
}
