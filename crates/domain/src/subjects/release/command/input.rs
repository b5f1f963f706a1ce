//! What commands carry: panels, ballots, units, tests, tasks, step reports, changes.

use crate::{
    blocks::{
        approval::{Capacity, Condition, Decision, Rule},
        task::TaskKind,
    },
    ids::{AttachmentId, ChangeId, ServiceObjectId, TestCaseId, UnitId, UserId},
    subjects::{
        change::{ChangeKind, ChangeState},
        registers::media_item::MediaItemId,
        release::{
            documents::TestCategory,
            records::{Measurement, StepResult, TestResult, UnitKind},
        },
    },
};
use chrono::{DateTime, Utc};

/// A person proposed for a panel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// Who.
    pub user_id: UserId,
    /// As what.
    pub capacity: Capacity,
    /// The sections to answer for; empty means all.
    pub sections: Vec<String>,
}

impl Invitation {
    /// Somebody who answers for all sections.
    #[must_use]
    pub fn of(user_id: UserId, capacity: Capacity) -> Self {
        Self { user_id, capacity, sections: Vec::new() }
    }
}

/// A request to convene a panel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Convocation {
    /// Who besides the members that the procedure requires.
    pub members: Vec<Invitation>,
    /// When the panel has agreed.
    pub rule: Rule,
    /// Where it meets.
    pub place: String,
    /// Until when answers are asked for; by default the deadline of the procedure version.
    pub due_at: Option<DateTime<Utc>>,
}

/// A vote as it is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ballot {
    /// For whom, when a deputy answers.
    pub on_behalf_of: Option<UserId>,
    /// The answer.
    pub decision: Decision,
    /// Why.
    pub comment: String,
    /// Conditions.
    pub conditions: Vec<Condition>,
}

/// A new unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewUnit {
    /// Name.
    pub name: String,
    /// Version.
    pub version: String,
    /// Kind.
    pub kind: UnitKind,
    /// SHA-256 in hexadecimal.
    pub sha256: String,
    /// Origin.
    pub source: String,
    /// Version in production now.
    pub previous_version: Option<String>,
    /// The medium of the definitive media library that it is.
    pub media_item_id: Option<MediaItemId>,
    /// Why there is no version to return to (5.2.4).
    pub first_version_reason: Option<String>,
}

/// A new test case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewTestCase {
    /// Category.
    pub category: TestCategory,
    /// Title.
    pub title: String,
    /// How.
    pub procedure: String,
    /// What is expected.
    pub expected: String,
}

/// A test run as it is reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewTestRun {
    /// The case.
    pub case_id: TestCaseId,
    /// The unit.
    pub unit_id: UnitId,
    /// Its version as tested.
    pub version: String,
    /// Its SHA-256 as tested.
    pub sha256: String,
    /// How it ended.
    pub result: TestResult,
    /// What was seen.
    pub observed: String,
    /// What was measured, for a performance test.
    pub measurement: Option<Measurement>,
    /// Files.
    pub attachments: Vec<AttachmentId>,
}

/// A file that was checked and stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFile {
    /// Identity.
    pub id: AttachmentId,
    /// The name that people see.
    pub file_name: String,
    /// Length in bytes.
    pub size: i64,
    /// SHA-256 of the bytes, lower-case hexadecimal.
    pub sha256: String,
}

/// A task added by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewTask {
    /// Kind; only those that may be added.
    pub kind: TaskKind,
    /// One line.
    pub title: String,
    /// More.
    pub detail: String,
    /// Who.
    pub assignee: UserId,
    /// Until when.
    pub due_at: DateTime<Utc>,
}

/// A step as it was carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepReport {
    /// How it ended.
    pub result: StepResult,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// When it ended.
    pub finished_at: DateTime<Utc>,
    /// Who did it; the caller when not said.
    pub performed_by: Option<UserId>,
    /// What was seen.
    pub note: String,
    /// Files.
    pub attachments: Vec<AttachmentId>,
    /// The entry that this one corrects.
    pub corrects: Option<u32>,
}

/// A change as it is now, to be added to a release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeToAdd {
    /// The change.
    pub id: ChangeId,
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// Its urgency class.
    pub kind: ChangeKind,
    /// Its state.
    pub state: ChangeState,
    /// The number of another release that carries it out, if any.
    pub in_release: Option<String>,
    /// Whether its objects belong to the release's customer and are under service.
    pub in_scope: bool,
    /// What it concerns (2b).
    pub service_objects: Vec<ServiceObjectId>,
}
