//! What a release leaves besides documents: units, test cases, test runs.

use super::releases::{
    optional,
    people::{Names, PersonView},
};
use chrono::{DateTime, Utc};
use fabu_app::subjects::releases::UnitStated;
use fabu_domain::{
    ids::{AttachmentId, TestCaseId, UnitId},
    subjects::registers::media_item::MediaItemId,
    subjects::release::{
        Dossier,
        command::{Command, NewTestCase, NewTestRun},
        documents::{
            TestCategory,
            test_results::{CaseStanding, case_result},
        },
        records::{Measurement, ReleaseUnit, TestCase, TestResult, TestRun, UnitKind},
    },
    text::{Code, Line, Note},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A list that is given whole.
#[derive(Debug, Serialize, ToSchema)]
pub struct Items<T> {
    /// In list order.
    pub items: Vec<T>,
}

/// What goes into production: by hand, or a medium of the definitive media library, which then says name, version and hash.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "name": "core-settlement", "version": "2.4.1", "kind": "application",
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "source": "git.example.com/core/settlement@v2.4.1", "previous_version": "2.4.0"
}))]
pub struct UnitRequest {
    /// The medium of the definitive media library that it is (9.2a). Without it name, version and hash are needed.
    pub media_item_id: Option<MediaItemId>,
    /// Name, unique among the units in force.
    pub name: Option<Line>,
    /// Version.
    pub version: Option<Code>,
    /// What it is.
    pub kind: UnitKind,
    /// SHA-256 of the file, 64 lower-case hexadecimal digits.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    pub sha256: Option<String>,
    /// Where it comes from: repository, supplier.
    pub source: Option<Line>,
    /// The version in production, to which a rollback returns (5.2.4).
    pub previous_version: Option<Code>,
    /// Why there is no version to return to: it goes live for the first time (5.2.4).
    pub first_version_reason: Option<Note>,
}

impl UnitRequest {
    /// What is stated.
    #[must_use]
    pub fn stated(&self) -> UnitStated {
        let Self { media_item_id, name, version, kind, sha256, source, previous_version, first_version_reason } = self.clone();
        UnitStated { media_item_id, name, version, kind, sha256, source, previous_version, first_version_reason }
    }
}

/// Why a unit is taken out.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "reason": "打包有误，重新构建" }))]
pub struct WithdrawUnitRequest {
    /// The reason.
    pub reason: Note,
}

/// A release unit.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnitView<'a> {
    /// Identity.
    pub id: UnitId,
    /// Name.
    pub name: String,
    /// Version.
    pub version: String,
    /// What it is.
    pub kind: UnitKind,
    /// SHA-256 of the file.
    pub sha256: String,
    /// Where it comes from; may be empty.
    pub source: String,
    /// The version in production, to which a rollback returns.
    #[schema(required)]
    pub previous_version: Option<String>,
    /// The medium of the definitive media library that it was registered from.
    #[schema(required)]
    pub media_item_id: Option<MediaItemId>,
    /// Why there is no version to return to.
    #[schema(required)]
    pub first_version_reason: Option<String>,
    /// Who registered it.
    pub registered_by: PersonView<'a>,
    /// When.
    pub registered_at: DateTime<Utc>,
    /// True when it was taken out of the release.
    pub withdrawn: bool,
}

impl<'a> UnitView<'a> {
    /// The unit with the name of the person who registered it.
    #[must_use]
    pub fn new(unit: &ReleaseUnit, names: Names<'a>) -> Self {
        Self {
            id: unit.id,
            name: unit.name.clone(),
            version: unit.version.clone(),
            kind: unit.kind,
            sha256: unit.sha256.clone(),
            source: unit.source.clone(),
            previous_version: unit.previous_version.clone(),
            media_item_id: unit.media_item_id,
            first_version_reason: unit.first_version_reason.clone(),
            registered_by: names.person(unit.registered_by),
            registered_at: unit.registered_at,
            withdrawn: unit.withdrawn,
        }
    }
}

/// A test case.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "category": "function", "title": "日终结算", "procedure": "导入样例数据后运行日终批处理", "expected": "两小时内完成，账目平衡"
}))]
pub struct TestCaseRequest {
    /// What is tested (5.4.1 to 5.4.6).
    pub category: TestCategory,
    /// One line.
    pub title: Line,
    /// How.
    pub procedure: Option<Note>,
    /// What is expected; for performance, the expected figure.
    pub expected: Note,
}

impl TestCaseRequest {
    /// The command.
    #[must_use]
    pub fn command(&self) -> Command {
        let case = NewTestCase {
            category: self.category,
            title: self.title.to_string(),
            procedure: optional(self.procedure.as_ref()),
            expected: self.expected.to_string(),
        };
        Command::AddTestCase { case }
    }
}

/// A test case.
#[derive(Debug, Serialize, ToSchema)]
pub struct TestCaseView<'a> {
    /// Identity.
    pub id: TestCaseId,
    /// What is tested.
    pub category: TestCategory,
    /// The clause of the category.
    #[schema(example = "5.4.2")]
    pub clause: String,
    /// One line.
    pub title: String,
    /// How; may be empty.
    pub procedure: String,
    /// What is expected.
    pub expected: String,
    /// Where it stands by its latest runs on the registered units: a report cannot say more (RT2).
    pub standing: CaseStanding,
    /// Who wrote it.
    pub added_by: PersonView<'a>,
    /// When.
    pub added_at: DateTime<Utc>,
}

impl<'a> TestCaseView<'a> {
    /// The case with the name of its author.
    #[must_use]
    pub fn new(dossier: &Dossier, case: &TestCase, names: Names<'a>) -> Self {
        Self {
            id: case.id,
            category: case.category,
            clause: case.category.clause().to_owned(),
            title: case.title.clone(),
            procedure: case.procedure.clone(),
            expected: case.expected.clone(),
            standing: case_result(dossier, case).standing,
            added_by: names.person(case.added_by),
            added_at: case.added_at,
        }
    }
}

/// One execution of a test case on exactly what is registered.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "case_id": "0192f3c1-7b1e-7000-8000-000000000001", "unit_id": "0192f3c1-7b1e-7000-8000-000000000002", "version": "2.4.1",
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "result": "passed", "observed": "1 小时 40 分"
}))]
pub struct TestRunRequest {
    /// The case.
    pub case_id: TestCaseId,
    /// The unit.
    pub unit_id: UnitId,
    /// Its version as tested: refused unless it is the registered one.
    pub version: Code,
    /// Its SHA-256 as tested: refused unless it is the registered one.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    pub sha256: String,
    /// How it ended.
    pub result: TestResult,
    /// What was seen.
    pub observed: Option<Note>,
    /// What was measured against what was expected; required for a performance test (5.4.4).
    pub measurement: Option<Measurement>,
    /// Files that show it.
    #[serde(default)]
    pub attachments: Vec<AttachmentId>,
}

impl TestRunRequest {
    /// The command.
    #[must_use]
    pub fn command(&self) -> Command {
        let run = NewTestRun {
            case_id: self.case_id,
            unit_id: self.unit_id,
            version: self.version.to_string(),
            sha256: self.sha256.clone(),
            result: self.result,
            observed: optional(self.observed.as_ref()),
            measurement: self.measurement.clone(),
            attachments: self.attachments.clone(),
        };
        Command::RecordTestRun { run }
    }
}

/// One execution of a test case.
#[derive(Debug, Serialize, ToSchema)]
pub struct TestRunView<'a> {
    /// Number inside the release, from 1.
    pub n: u32,
    /// The case.
    pub case_id: TestCaseId,
    /// The unit.
    pub unit_id: UnitId,
    /// The unit's version at the run.
    pub unit_version: String,
    /// The unit's SHA-256 at the run.
    pub unit_sha256: String,
    /// The test round, from 1.
    pub round: u32,
    /// How it ended.
    pub result: TestResult,
    /// What was seen; may be empty.
    pub observed: String,
    /// What was measured, for a performance test.
    #[schema(required)]
    pub measurement: Option<Measurement>,
    /// Files that show it.
    pub attachments: Vec<AttachmentId>,
    /// Who ran it.
    pub run_by: PersonView<'a>,
    /// When.
    pub run_at: DateTime<Utc>,
}

impl<'a> TestRunView<'a> {
    /// The run with the name of the person who ran it.
    #[must_use]
    pub fn new(run: &TestRun, names: Names<'a>) -> Self {
        Self {
            n: run.n,
            case_id: run.case_id,
            unit_id: run.unit_id,
            unit_version: run.unit_version.clone(),
            unit_sha256: run.unit_sha256.clone(),
            round: run.round,
            result: run.result,
            observed: run.observed.clone(),
            measurement: run.measurement.clone(),
            attachments: run.attachments.clone(),
            run_by: names.person(run.run_by),
            run_at: run.run_at,
        }
    }
}
