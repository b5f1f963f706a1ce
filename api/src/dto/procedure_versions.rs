//! Versions of the procedure.

use crate::{
    dto::{
        quarterly::RecordActionView,
        releases::{
            documents::{MissingView, RevisionSummary, SaveDraftRequest},
            people::{MarkView, Names, PersonView},
        },
    },
    extract::{parsed, typed},
};
use chrono::{DateTime, NaiveDate, Utc};
use fabu_app::{
    AppError,
    paging::PageRequest,
    subjects::procedure_versions::{VersionQuery as Wanted, ViewedVersion},
};
use fabu_domain::{
    blocks::document::FieldChange,
    ids::{ApprovalId, ProcedureVersionId, UserId},
    subject::CompanyRecord,
    subjects::{
        procedure_version::{ProcedureText, ProcedureVersion, VersionLabel, VersionState},
        release::Stamp,
    },
    text::Note,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

/// A version in a list: the row of the change history (F2).
#[derive(Debug, Serialize, ToSchema)]
pub struct ProcedureVersionSummary<'a> {
    /// Identity.
    pub id: ProcedureVersionId,
    /// The number of the document (F3).
    #[schema(example = "YNTD-ITSS-0606")]
    pub number: &'a str,
    /// Its label.
    pub label: VersionLabel,
    /// Where it stands today.
    pub state: VersionState,
    /// From when it holds.
    #[schema(required)]
    pub effective_on: Option<NaiveDate>,
    /// What changed and why.
    pub change_note: &'a str,
    /// Who wrote and submitted it (编制), and when; null until then, and for a version that was signed on paper.
    #[schema(required)]
    pub prepared: Option<MarkView<'a>>,
    /// Who reviewed it (审核), and when.
    #[schema(required)]
    pub reviewed: Option<MarkView<'a>>,
    /// Who approved it (批准), and when.
    #[schema(required)]
    pub approved: Option<MarkView<'a>>,
    /// True for a version that was signed on paper before the program kept it.
    pub signed_on_paper: bool,
    /// Who gave it up, when and why.
    #[schema(required)]
    pub withdrawn: Option<MarkView<'a>>,
    /// When it was begun.
    pub created_at: DateTime<Utc>,
    /// The version.
    #[schema(example = "/api/v1/procedure-versions/V1.0")]
    pub href: String,
}

impl<'a> ProcedureVersionSummary<'a> {
    /// A version for a reader.
    #[must_use]
    pub fn new(names: &Names<'a>, version: &'a ProcedureVersion, state: VersionState) -> Self {
        let (text, mark) = (version.text(), |mark: Option<Stamp>| mark.map(|mark| names.owned_mark(mark)));
        Self {
            id: version.id,
            number: version.number(),
            label: version.label,
            state,
            effective_on: text.effective_on,
            change_note: &text.change_note,
            prepared: mark(version.prepared()),
            reviewed: mark(version.reviewed()),
            approved: mark(version.approved()),
            signed_on_paper: version.adopted.is_some(),
            withdrawn: version.withdrawn.as_ref().map(|mark| names.mark(mark)),
            created_at: version.created_at,
            href: format!("/api/v1{}", version.subject().path()),
        }
    }
}

/// A version of the procedure with its text.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProcedureVersionView<'a> {
    /// What the list says of it.
    #[serde(flatten)]
    pub summary: ProcedureVersionSummary<'a>,
    /// What it says: the draft, else what was submitted last.
    pub text: &'a ProcedureText,
    /// Everybody whose writing is in it: they sign for nobody else.
    pub contributors: Vec<PersonView<'a>>,
    /// Who returned it last, when and why.
    #[schema(required)]
    pub returned: Option<MarkView<'a>>,
    /// What was submitted, oldest first.
    pub revisions: Vec<RevisionSummary<'a>>,
    /// What stands between the draft and its submission, by clause.
    pub missing: Vec<MissingView>,
    /// The approval that waits for an answer.
    #[schema(required)]
    pub approval_id: Option<ApprovalId>,
    /// What can be done with it, and what keeps the reader from it.
    pub actions: Vec<RecordActionView>,
    /// Rises with every change; the ETag is `"v<version>"`.
    pub version: i64,
}

impl<'a> ProcedureVersionView<'a> {
    /// The version for a reader.
    #[must_use]
    pub fn new(names: &Names<'a>, viewed: &'a ViewedVersion) -> Self {
        let (version, address) = (&viewed.version, viewed.version.subject().address);
        let revisions = version.document.revisions.iter();
        Self {
            summary: ProcedureVersionSummary::new(names, version, viewed.state),
            text: version.text(),
            contributors: version.contributors().into_iter().map(|id| names.person(id)).collect(),
            returned: version.returned().map(|mark| names.owned_mark(mark)),
            revisions: revisions.map(|revision| RevisionSummary::new(names, None, revision)).collect(),
            missing: viewed.missing.iter().map(|missing| MissingView::new(missing, names.language)).collect(),
            approval_id: version.open_approval().map(|approval| approval.id),
            actions: viewed.actions.iter().map(|action| RecordActionView::new(names, &address, action)).collect(),
            version: version.version,
        }
    }
}

/// Which versions are wanted.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ProcedureVersionQuery {
    /// In this state today.
    #[serde(default, deserialize_with = "parsed")]
    #[param(inline)]
    pub state: Option<VersionState>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// Items per page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<u32>,
}

impl ProcedureVersionQuery {
    /// The query of the use case.
    #[must_use]
    pub fn wanted(&self) -> Wanted {
        Wanted { state: self.state, page: PageRequest { cursor: self.cursor.clone(), limit: self.limit } }
    }
}

/// A new version; it begins with the text of the one in force.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "label": "V1.1", "change_note": "补充紧急发布的补办要求", "effective_on": "2026-12-01" }))]
pub struct CreateProcedureVersionRequest {
    /// Greater than every other.
    pub label: VersionLabel,
    /// What changes and why (F2).
    pub change_note: Note,
    /// From when it is to hold; it can be changed until the version is submitted.
    pub effective_on: NaiveDate,
}

/// The whole text of a version, perhaps incomplete. Fields may be left out; unknown ones are refused.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "content": { "change_note": "补充紧急发布的补办要求", "effective_on": "2026-12-01",
    "chapters": [{ "heading": "1. 目的", "text": "规范公司运维服务发布过程。" }] } }))]
pub struct SaveProcedureDraftRequest {
    /// The text.
    #[schema(value_type = ProcedureText)]
    pub content: Value,
}

impl SaveProcedureDraftRequest {
    /// The typed text, moved out of where it is.
    ///
    /// # Errors
    /// [`AppError::Invalid`] with a pointer for every field that breaks a limit, else for the first that does not exist.
    pub fn text(&mut self) -> Result<ProcedureText, AppError> {
        typed(SaveDraftRequest { content: self.content.take() }.checked()?, "/content")
    }
}

/// Who reviews it.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "reviewer": "0192f3c1-7b1e-7000-8000-000000000001" }))]
pub struct SubmitProcedureVersionRequest {
    /// Somebody who has not written in it and does not approve it.
    pub reviewer: UserId,
}

/// With which version to compare.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct VersionComparisonQuery {
    /// The older version; the one before when not said.
    pub from: Option<VersionLabel>,
}

/// What differs between two versions.
#[derive(Debug, Serialize, ToSchema)]
pub struct VersionComparisonView {
    /// The older version.
    pub from: VersionLabel,
    /// The newer version.
    pub to: VersionLabel,
    /// Field by field.
    pub changes: Vec<FieldChange>,
}
