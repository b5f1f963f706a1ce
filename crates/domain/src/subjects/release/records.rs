//! What a release leaves besides documents: units, tests, the run sheet, configuration changes.

use crate::{
    ids::{AttachmentId, ConfigurationChangeId, MediaItemId, TestCaseId, UnitId, UserId},
    subjects::release::documents::TestCategory,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// True for 64 lower-case hexadecimal digits.
#[must_use]
pub fn is_sha256(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}

crate::word_enum! {
    /// What a release unit is.
    UnitKind {
        /// An application or service.
        Application = "application" "应用程序" "application",
        /// An interface program.
        Interface = "interface" "接口程序" "interface",
        /// A workflow definition.
        Workflow = "workflow" "工作流" "workflow",
        /// Stored procedures and other data objects.
        DataObject = "data_object" "数据对象" "data object",
        /// Configuration data.
        Configuration = "configuration" "配置" "configuration",
        /// A hardware component; the hash is that of its acceptance sheet.
        Hardware = "hardware" "硬件" "hardware",
    }
}

/// One file or package that goes into production (3.1b).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReleaseUnit {
    /// Identity.
    pub id: UnitId,
    /// Name, unique among the units of the release that are in force.
    pub name: String,
    /// Version.
    pub version: String,
    /// What it is.
    pub kind: UnitKind,
    /// SHA-256 of the file, 64 lower-case hexadecimal digits.
    pub sha256: String,
    /// Where it comes from: repository, supplier.
    pub source: String,
    /// The version in production, to which a rollback returns (5.2.4).
    pub previous_version: Option<String>,
    /// The medium of the definitive media library that it is, when it was registered from there (9.2a).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media_item_id: Option<MediaItemId>,
    /// Why there is no version to return to: it goes live for the first time (5.2.4).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_version_reason: Option<String>,
    /// Who registered it.
    pub registered_by: UserId,
    /// When.
    pub registered_at: DateTime<Utc>,
    /// True when it was taken out of the release.
    pub withdrawn: bool,
}

/// A test case of one of the categories of §5.4.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TestCase {
    /// Identity.
    pub id: TestCaseId,
    /// Category.
    pub category: TestCategory,
    /// What is tested.
    pub title: String,
    /// How.
    pub procedure: String,
    /// What is expected; for performance, the expected figure.
    pub expected: String,
    /// Who wrote it.
    pub added_by: UserId,
    /// When.
    pub added_at: DateTime<Utc>,
}

crate::word_enum! {
    /// How a test run ended.
    TestResult {
        /// As expected.
        Passed = "passed" "通过" "passed",
        /// Not as expected.
        Failed = "failed" "未通过" "failed",
        /// Could not be run.
        Blocked = "blocked" "受阻" "blocked",
    }
}

crate::word_enum! {
    /// On which side of the expected value a measured one must lie.
    Bound {
        /// Not above it: response time, error rate.
        AtMost = "at_most" "不高于" "at most",
        /// Not below it: throughput, concurrent users.
        AtLeast = "at_least" "不低于" "at least",
    }
}

/// What a performance test measured, against what was expected (5.4.4).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "expected": "2", "measured": "1.4", "unit": "s", "bound": "at_most" }))]
pub struct Measurement {
    /// The expected value, a decimal number.
    #[schema(max_length = 40)]
    pub expected: String,
    /// The measured value, a decimal number.
    #[schema(max_length = 40)]
    pub measured: String,
    /// The unit of both: s, ms, TPS, %.
    #[schema(max_length = 40)]
    pub unit: String,
    /// On which side of the expected value the measured one must lie.
    pub bound: Bound,
}

impl Measurement {
    /// Whether the measured value is as expected; none when a value is no number or the unit is not stated.
    #[must_use]
    pub fn is_met(&self) -> Option<bool> {
        let number = |text: &str| text.trim().parse::<f64>().ok().filter(|n| n.is_finite() && text.len() <= 40);
        let (expected, measured) = (number(&self.expected)?, number(&self.measured)?);
        let stated = !self.unit.trim().is_empty() && self.unit.len() <= 40;
        stated.then_some(match self.bound {
            Bound::AtMost => measured <= expected,
            Bound::AtLeast => measured >= expected,
        })
    }
}

/// One execution of a case on one unit version. Append-only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TestRun {
    /// Number inside the release, from 1.
    pub n: u32,
    /// The case.
    pub case_id: TestCaseId,
    /// The unit.
    pub unit_id: UnitId,
    /// The unit's version at the run.
    pub unit_version: String,
    /// The unit's SHA-256 at the run: what was tested is what may be deployed.
    pub unit_sha256: String,
    /// The test round, from 1.
    pub round: u32,
    /// How it ended.
    pub result: TestResult,
    /// What was seen.
    pub observed: String,
    /// What was measured, for a performance test.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measurement: Option<Measurement>,
    /// Files that show it.
    pub attachments: Vec<AttachmentId>,
    /// Who ran it.
    pub run_by: UserId,
    /// When.
    pub run_at: DateTime<Utc>,
}

crate::word_enum! {
    /// What an entry of the run sheet is about.
    EntryKind {
        /// A step of the go-live plan.
        Step = "step" "步骤" "step",
        /// A step of the rollback.
        RollbackStep = "rollback_step" "回退步骤" "rollback step",
        /// A decision to go on or to roll back (5.8c).
        Decision = "decision" "决定" "decision",
        /// A departure from the plan, noted by the command person (5.8a).
        Deviation = "deviation" "偏离" "deviation",
    }
}

crate::word_enum! {
    /// How a step ended.
    StepResult {
        /// Done as planned.
        Done = "done" "完成" "done",
        /// Done, with a departure from the plan that is explained in the note.
        DoneWithDeviation = "done_with_deviation" "完成但有偏离" "done with a deviation",
        /// Tried without success.
        Failed = "failed" "失败" "failed",
        /// Not done, with a reason that excuses it.
        Excused = "excused" "免除" "waived",
    }
}

/// One entry of the run sheet (3.2). Append-only: a correction is a new entry that names the old one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunSheetEntry {
    /// Number inside the release, from 1.
    pub n: u32,
    /// What it is about.
    pub kind: EntryKind,
    /// The key of the step in the go-live plan (or the release plan, in an emergency), or the rollback group.
    pub step: String,
    /// The phase that was running, for a phased deployment.
    pub phase: Option<String>,
    /// How it ended; none for a decision or deviation.
    pub result: Option<StepResult>,
    /// When the work began.
    pub started_at: DateTime<Utc>,
    /// When it ended.
    pub finished_at: DateTime<Utc>,
    /// Who did it.
    pub performed_by: UserId,
    /// What was seen; the ground of a decision; the reason of an excuse.
    pub note: String,
    /// Files that show it.
    pub attachments: Vec<AttachmentId>,
    /// The entry that this one corrects.
    pub corrects: Option<u32>,
    /// Who wrote it.
    pub recorded_by: UserId,
    /// When it was written (later than `finished_at` for a late entry).
    pub recorded_at: DateTime<Utc>,
}

/// Version and values of a configuration item at one moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ItemState {
    /// Version.
    pub version: String,
    /// Other values, as text.
    #[serde(default)]
    pub values: String,
}

impl std::fmt::Display for ItemState {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.version)?;
        let values = self.values.lines().map(str::trim).filter(|line| !line.is_empty());
        values.into_iter().try_for_each(|line| write!(f, "; {line}"))
    }
}

crate::word_enum! {
    /// Where the update of a configuration item stands (§5.9).
    ConfigurationState {
        /// Foreseen in the plan.
        Planned = "planned" "已计划" "planned",
        /// Deployment has ended; the request is drafted and not yet sent.
        Drafted = "drafted" "待发送" "drafted",
        /// Sent to the configuration administrator.
        Requested = "requested" "待更新" "requested",
        /// Sent back by the configuration administrator.
        Returned = "returned" "已退回" "returned",
        /// Updated in the configuration management database.
        Confirmed = "confirmed" "已更新" "confirmed",
        /// No longer part of the release: kept, and not demanded any more.
        Dropped = "dropped" "已移除" "dropped",
    }
}

/// The change of one configuration item by a release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConfigurationChange {
    /// Identity.
    pub id: ConfigurationChangeId,
    /// The item, as the configuration management database names it.
    pub item: String,
    /// The phase that changes it, for a phased deployment.
    pub phase: Option<String>,
    /// The version it is to have.
    pub planned_version: String,
    /// State before deployment (5.2: the initial state to which a rollback returns).
    pub baseline: Option<ItemState>,
    /// Who took the baseline, and when.
    pub baseline_by: Option<(UserId, DateTime<Utc>)>,
    /// State after deployment, entered by the configuration administrator.
    pub actual: Option<ItemState>,
    /// Where the version lies in the media library.
    pub library_reference: Option<String>,
    /// Where the update stands.
    pub state: ConfigurationState,
    /// Who sent the request, and when (D4).
    pub requested_by: Option<(UserId, DateTime<Utc>)>,
    /// When the update is due.
    pub due_at: Option<DateTime<Utc>>,
    /// Who confirmed or returned it last, and when.
    pub decided_by: Option<(UserId, DateTime<Utc>)>,
    /// Why it was returned.
    pub return_reason: Option<String>,
    /// Why it is no longer part of the release.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drop_reason: Option<String>,
    /// Why the state after deployment is not the one that was expected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub difference_reason: Option<String>,
}

impl ConfigurationChange {
    /// True while the release answers for the item.
    #[must_use]
    pub fn is_demanded(&self) -> bool {
        self.state != ConfigurationState::Dropped
    }
}
