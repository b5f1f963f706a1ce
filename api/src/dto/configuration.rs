//! Configuration items that a release changes (§5.9).

use super::{
    records::Items,
    releases::{
        optional,
        people::{Names, PersonView},
    },
};
use chrono::{DateTime, Utc};
use fabu_app::subjects::releases::ReleaseContext;
use fabu_domain::{
    ids::{ConfigurationChangeId, UserId},
    language::Language,
    subjects::release::{
        command::Command,
        records::{ConfigurationChange, ConfigurationState, ItemState},
    },
    text::{Code, Line, Note},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A configuration item that the release is to change.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "item": "CI-APP-0031", "version": "2.4.1" }))]
pub struct PlanConfigurationChangeRequest {
    /// The item, as the configuration management database names it.
    pub item: Line,
    /// The version it is to have.
    pub version: Code,
    /// The phase that changes it, for a phased deployment.
    pub phase: Option<Code>,
}

impl PlanConfigurationChangeRequest {
    /// The command.
    #[must_use]
    pub fn command(&self) -> Command {
        Command::PlanConfigurationChange {
            item: self.item.to_string(),
            version: self.version.to_string(),
            phase: self.phase.as_ref().map(ToString::to_string),
        }
    }
}

/// Version and values of a configuration item at one moment.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "version": "2.4.0", "values": "线程数 32" }))]
pub struct ItemStateRequest {
    /// Version.
    pub version: Code,
    /// Other values, as text.
    pub values: Option<Note>,
}

impl ItemStateRequest {
    /// The state.
    #[must_use]
    pub fn state(&self) -> ItemState {
        ItemState { version: self.version.to_string(), values: optional(self.values.as_ref()) }
    }
}

/// The state of an item before deployment: what the configuration database says.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({}))]
pub struct RecordBaselineRequest {
    /// The version, to compare: the configuration database must say the same. Left out, what it says is taken.
    pub version: Option<Code>,
    /// Other values, to compare, one attribute a line; only together with the version.
    pub values: Option<Note>,
}

impl RecordBaselineRequest {
    /// The state that is said, if one is.
    #[must_use]
    pub fn state(&self) -> Option<ItemState> {
        let version = self.version.as_ref()?.to_string();
        Some(ItemState { version, values: optional(self.values.as_ref()) })
    }
}

/// That an item is updated in the configuration management database.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "actual": { "version": "2.4.1" }, "library_reference": "DML/core/2.4.1" }))]
pub struct ConfirmConfigurationChangeRequest {
    /// The state now.
    pub actual: ItemStateRequest,
    /// Where the version lies in the media library.
    pub library_reference: Option<Line>,
    /// Why the state is not the expected one; required when it is not (5.2).
    pub difference: Option<Note>,
}

impl ConfirmConfigurationChangeRequest {
    /// The command.
    #[must_use]
    pub fn command(&self, change_id: ConfigurationChangeId) -> Command {
        let library_reference = self.library_reference.as_ref().map(ToString::to_string);
        let difference = optional(self.difference.as_ref());
        Command::ConfirmConfigurationChange { change_id, actual: self.actual.state(), library_reference, difference }
    }
}

/// Why an update request is sent back.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "reason": "版本与介质库不符" }))]
pub struct ReturnConfigurationChangeRequest {
    /// The reason.
    pub reason: Note,
}

/// Why an item is taken out of the release.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "reason": "该服务器不在本次发布范围" }))]
pub struct DropConfigurationChangeRequest {
    /// The reason.
    pub reason: Note,
}

/// Who did something, and when.
#[derive(Debug, Serialize, ToSchema)]
pub struct DoneByView<'a> {
    /// Who.
    pub by: PersonView<'a>,
    /// When.
    pub at: DateTime<Utc>,
}

/// The change of one configuration item.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConfigurationChangeView<'a> {
    /// Identity.
    pub id: ConfigurationChangeId,
    /// The item.
    pub item: String,
    /// The phase that changes it.
    #[schema(required)]
    pub phase: Option<String>,
    /// The version it is to have.
    pub planned_version: String,
    /// State before deployment.
    #[schema(required)]
    pub baseline: Option<ItemState>,
    /// Who took the baseline.
    #[schema(required)]
    pub baseline_by: Option<DoneByView<'a>>,
    /// State after deployment.
    #[schema(required)]
    pub actual: Option<ItemState>,
    /// Where the version lies in the media library.
    #[schema(required)]
    pub library_reference: Option<String>,
    /// Where the update stands.
    pub state: ConfigurationState,
    /// Who sent the request.
    #[schema(required)]
    pub requested_by: Option<DoneByView<'a>>,
    /// When the update is due.
    #[schema(required)]
    pub due_at: Option<DateTime<Utc>>,
    /// Who confirmed or returned it last.
    #[schema(required)]
    pub decided_by: Option<DoneByView<'a>>,
    /// Why it was returned.
    #[schema(required)]
    pub return_reason: Option<String>,
    /// The state that is to be confirmed: the planned version, or the baseline after a rollback (5.2); null while it is
    /// not known.
    #[schema(required)]
    pub expected: Option<ItemState>,
    /// Why the state after deployment is not the expected one.
    #[schema(required)]
    pub difference_reason: Option<String>,
    /// Why it is no longer part of the release.
    #[schema(required)]
    pub drop_reason: Option<String>,
}

impl<'a> ConfigurationChangeView<'a> {
    fn new(context: &ReleaseContext, change: &ConfigurationChange, names: Names<'a>) -> Self {
        let done = |by: Option<(UserId, DateTime<Utc>)>| by.map(|(by, at)| DoneByView { by: names.person(by), at });
        Self {
            id: change.id,
            item: change.item.clone(),
            phase: change.phase.clone(),
            planned_version: change.planned_version.clone(),
            baseline: change.baseline.clone(),
            baseline_by: done(change.baseline_by),
            actual: change.actual.clone(),
            library_reference: change.library_reference.clone(),
            state: change.state,
            requested_by: done(change.requested_by),
            due_at: change.due_at,
            decided_by: done(change.decided_by),
            return_reason: change.return_reason.clone(),
            expected: context.dossier.expected_state(change),
            difference_reason: change.difference_reason.clone(),
            drop_reason: change.drop_reason.clone(),
        }
    }
}

impl<'a> Items<ConfigurationChangeView<'a>> {
    /// The items that a release changes, for a reader.
    #[must_use]
    pub fn of(context: &'a ReleaseContext, language: Language) -> Self {
        let names = Names { directory: &context.directory, language };
        let changes = context.dossier.configuration.iter();
        Self { items: changes.map(|change| ConfigurationChangeView::new(context, change, names)).collect() }
    }
}
