//! The parts of a release view that have no endpoint of their own here.

use super::people::{MarkView, Names, PersonView};
use chrono::{DateTime, Utc};
use fabu_domain::{
    blocks::document::{Document, DocumentKind},
    ids::{ChangeId, ConfigurationChangeId, UnitId},
    people::role::Role,
    subjects::{
        change::ChangeState,
        release::{
            AcceptedRisk, Assignment, ChangeRef, DeployedUnit, Deployment, Dossier, Exception, ExceptionKind, Imported, Release,
            VerdictRecord,
            archive::{ArchiveRecord, Presence},
            records::{ConfigurationChange, ConfigurationState, ItemState, ReleaseUnit, UnitKind},
            stage::Verdict,
        },
    },
};
use serde::Serialize;
use std::borrow::Cow;
use utoipa::ToSchema;

/// A change that the release carries out.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReleaseChangeView<'a> {
    /// Identity.
    pub id: ChangeId,
    /// Number in change management.
    pub number: &'a str,
    /// Title.
    pub title: &'a str,
    /// Its state now.
    pub state: ChangeState,
}

impl<'a> ReleaseChangeView<'a> {
    pub(super) fn new(change: &'a ChangeRef) -> Self {
        Self { id: change.id, number: &change.number, title: &change.title, state: change.state }
    }
}

/// A person in a role of the release.
#[derive(Debug, Serialize, ToSchema)]
pub struct TeamMemberView<'a> {
    /// The role.
    pub role: Role,
    /// The role's name in the reader's language.
    #[schema(value_type = String, example = "发布负责人")]
    pub role_name: Cow<'static, str>,
    /// Who holds it.
    pub user: PersonView<'a>,
    /// From when.
    pub since: DateTime<Utc>,
    /// Why, where a reason was due (D13); empty otherwise.
    pub reason: &'a str,
}

impl<'a> TeamMemberView<'a> {
    pub(super) fn new(names: &Names<'a>, held: &'a Assignment) -> Self {
        let (role, since) = (held.role, held.since);
        Self { role, role_name: names.role(role), user: names.person(held.user_id), since, reason: &held.reason }
    }
}

/// Somebody who held a role of the team before.
#[derive(Debug, Serialize, ToSchema)]
pub struct FormerMemberView<'a> {
    /// The role and who held it.
    #[serde(flatten)]
    pub held: TeamMemberView<'a>,
    /// Until when.
    pub until: DateTime<Utc>,
    /// Who had given the role.
    pub assigned_by: PersonView<'a>,
}

impl<'a> FormerMemberView<'a> {
    /// Everybody who no longer holds a role of the team.
    pub(super) fn all(names: &Names<'a>, team: &'a [Assignment]) -> Vec<Self> {
        let former = |held: &'a Assignment| {
            let until = held.until?;
            Some(Self { held: TeamMemberView::new(names, held), until, assigned_by: names.person(held.assigned_by) })
        };
        let mut all: Vec<Self> = team.iter().filter_map(former).collect();
        all.sort_by_key(|former| former.until);
        all
    }
}

/// A controlled document: where it stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct DocumentSummary<'a> {
    /// Kind.
    pub kind: DocumentKind,
    /// Its title in the reader's language.
    #[schema(example = "发布方案")]
    pub name: Cow<'static, str>,
    /// Number of the record.
    #[schema(example = "YNTD-ITSS-0606-F01-2026-0007")]
    pub number: &'a str,
    /// The newest submitted revision; 0 before the first.
    pub revision: u32,
    /// SHA-256 of the newest submitted revision.
    #[schema(required)]
    pub sha256: Option<&'a str>,
    /// When it was submitted; none before the first.
    #[schema(required)]
    pub submitted_at: Option<DateTime<Utc>>,
    /// True when something is saved and not submitted.
    pub has_draft: bool,
    /// The ETag of the document is `"v<version>"`.
    pub version: i64,
}

impl<'a> DocumentSummary<'a> {
    pub(super) fn new(names: &Names<'_>, document: &'a Document) -> Self {
        let latest = document.latest();
        Self {
            kind: document.kind,
            name: names.pick(document.kind.zh(), document.kind.en()),
            number: &document.number,
            revision: latest.map_or(0, |r| r.revision),
            sha256: latest.map(|r| r.sha256.as_str()),
            submitted_at: latest.map(|r| r.submitted.at),
            has_draft: document.has_unsubmitted_draft(),
            version: document.version(),
        }
    }
}

/// A release unit in force.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnitSummary<'a> {
    /// Identity.
    pub id: UnitId,
    /// Name.
    pub name: &'a str,
    /// Version.
    pub version: &'a str,
    /// What it is.
    pub kind: UnitKind,
    /// SHA-256 of the file.
    pub sha256: &'a str,
}

impl<'a> UnitSummary<'a> {
    pub(super) fn new(unit: &'a ReleaseUnit) -> Self {
        Self { id: unit.id, name: &unit.name, version: &unit.version, kind: unit.kind, sha256: &unit.sha256 }
    }
}

/// A configuration item that the release changes.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConfigurationSummary<'a> {
    /// Identity.
    pub id: ConfigurationChangeId,
    /// The item.
    pub item: &'a str,
    /// The version it is to have.
    pub planned_version: &'a str,
    /// The phase that changes it, for a phased deployment.
    #[schema(required)]
    pub phase: Option<&'a str>,
    /// True when its state before deployment is on record.
    pub has_baseline: bool,
    /// Where the update stands.
    pub state: ConfigurationState,
    /// When the update is due.
    #[schema(required)]
    pub due_at: Option<DateTime<Utc>>,
    /// The state that is expected after deployment: the planned version, or the baseline after a rollback (5.2).
    #[schema(required)]
    pub expected: Option<ItemState>,
}

impl<'a> ConfigurationSummary<'a> {
    pub(super) fn new(dossier: &Dossier, change: &'a ConfigurationChange) -> Self {
        Self {
            id: change.id,
            item: &change.item,
            planned_version: &change.planned_version,
            phase: change.phase.as_deref(),
            has_baseline: change.baseline.is_some(),
            state: change.state,
            due_at: change.due_at,
            expected: dossier.expected_state(change),
        }
    }
}

/// The running or finished deployment.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeploymentView<'a> {
    /// Who started it, when and with what remark.
    pub started: MarkView<'a>,
    /// What was installed.
    pub units: &'a [DeployedUnit],
    /// Phases that are installed, in order.
    pub completed_phases: &'a [String],
    /// Who decided to roll back, when and on what ground.
    #[schema(required)]
    pub rollback: Option<MarkView<'a>>,
}

impl<'a> DeploymentView<'a> {
    pub(super) fn new(names: &Names<'a>, deployment: &'a Deployment) -> Self {
        Self {
            started: names.mark(&deployment.started),
            units: &deployment.units,
            completed_phases: &deployment.completed_phases,
            rollback: deployment.rollback.as_ref().map(|mark| names.mark(mark)),
        }
    }
}

/// How the deployment ended.
#[derive(Debug, Serialize, ToSchema)]
pub struct VerdictView<'a> {
    /// The verdict (D8).
    pub verdict: Verdict,
    /// Who gave it, when and why; the quarter of its instant is the quarter in which the release counts (D9).
    #[serde(flatten)]
    pub mark: MarkView<'a>,
}

impl<'a> VerdictView<'a> {
    pub(super) fn new(names: &Names<'a>, record: &'a VerdictRecord) -> Self {
        Self { verdict: record.verdict, mark: names.mark(&record.mark) }
    }
}

/// A record that the release must leave.
#[derive(Debug, Serialize, ToSchema)]
pub struct ArchiveRecordView<'a> {
    /// The record.
    pub record: ArchiveRecord,
    /// Its name in the reader's language.
    pub name: Cow<'static, str>,
    /// Whether it is there.
    pub presence: Presence,
    /// Who declared that it does not apply, when and why.
    #[schema(required)]
    pub excuse: Option<MarkView<'a>>,
}

impl<'a> ArchiveRecordView<'a> {
    pub(super) fn new(names: &Names<'a>, release: &'a Release, record: ArchiveRecord, presence: Presence) -> Self {
        let excuse = release.archive_excuses.get(record.as_str()).map(|mark| names.mark(mark));
        Self { record, name: names.name(record.text()), presence, excuse }
    }
}

/// A rule of segregation set aside.
#[derive(Debug, Serialize, ToSchema)]
pub struct ExceptionView<'a> {
    /// Which rule.
    pub kind: ExceptionKind,
    /// By whom, when and why.
    #[serde(flatten)]
    pub mark: MarkView<'a>,
}

impl<'a> ExceptionView<'a> {
    pub(super) fn new(names: &Names<'a>, exception: &'a Exception) -> Self {
        Self { kind: exception.kind, mark: names.mark(&exception.mark) }
    }
}

/// A high residual risk taken by name; it holds while the risk list is unchanged.
#[derive(Debug, Serialize, ToSchema)]
pub struct AcceptedRiskView<'a> {
    /// The key of the risk in the release plan.
    pub risk: &'a str,
    /// SHA-256 of the risk list that was accepted.
    pub risks_sha256: &'a str,
    /// By whom, when and why.
    #[serde(flatten)]
    pub mark: MarkView<'a>,
}

impl<'a> AcceptedRiskView<'a> {
    pub(super) fn new(names: &Names<'a>, accepted: &'a AcceptedRisk) -> Self {
        Self { risk: &accepted.risk, risks_sha256: &accepted.risks_sha256, mark: names.mark(&accepted.mark) }
    }
}

/// Where an imported release comes from.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportedView<'a> {
    /// The ledger file.
    pub source: &'a str,
    /// The release's number there.
    pub number: &'a str,
    /// The system released, as the ledger names it.
    pub system: &'a str,
    /// The customer or team, as the ledger names it.
    pub customer: &'a str,
}

impl<'a> ImportedView<'a> {
    pub(super) fn new(imported: &'a Imported) -> Self {
        Self { source: &imported.source, number: &imported.number, system: &imported.system, customer: &imported.customer }
    }
}
