//! Documents: drafts, revisions, differences.

use super::{
    basis::{differences_of, safe_start_of},
    people::{MarkView, Names, PersonView},
};
use crate::{dto::run_sheet::SafeStartView, extract::typed};
use fabu_app::{
    AppError, Fault, FieldError,
    subjects::releases::{DocumentView as Written, RevisionView as Frozen},
};
use fabu_domain::{
    blocks::document::{
        DocumentContent, DocumentKind, DocumentState, FieldChange, Missing, MissingCode, Revision,
        limits::{Violation, limits},
    },
    language::Language,
    subjects::release::{
        Dossier,
        documents::{FailureReview, GoLivePlan, ReleasePlan, ReleaseReport, TestReport},
    },
    text::{Note, make_visible},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::{borrow::Cow, collections::BTreeMap};
use utoipa::{IntoParams, ToSchema};

/// One thing that stands between the content and its submission.
#[derive(Debug, Serialize, ToSchema)]
pub struct MissingView {
    /// The clause that asks for it.
    #[schema(example = "5.1.2")]
    pub clause: &'static str,
    /// JSON pointer into the content.
    #[schema(example = "/backups")]
    pub pointer: String,
    /// The stable word for programs.
    pub code: MissingCode,
    /// The sentence in the reader's language.
    pub message: String,
}

impl MissingView {
    pub(crate) fn new(missing: &Missing, language: Language) -> Self {
        let message = if language == Language::Chinese { &missing.zh } else { &missing.en };
        Self { clause: missing.clause, pointer: missing.pointer.clone(), code: missing.code, message: message.clone() }
    }
}

/// A submitted revision without its content.
#[derive(Debug, Serialize, ToSchema)]
pub struct RevisionSummary<'a> {
    /// Number, from 1.
    pub revision: u32,
    /// SHA-256 of the canonical content.
    pub sha256: &'a str,
    /// SHA-256 of each section.
    pub sections: &'a BTreeMap<String, String>,
    /// Everybody whose writing is in it: they decide nothing about it (R0).
    pub contributors: Vec<PersonView<'a>>,
    /// Who submitted it, when and with what note.
    pub submitted: MarkView<'a>,
    /// True when an emergency release made it up after its deployment (补办, D18).
    pub retrospective: bool,
}

impl<'a> RevisionSummary<'a> {
    pub(crate) fn new(names: &Names<'a>, dossier: Option<&Dossier>, revision: &'a Revision) -> Self {
        let owed = matches!(revision.content.kind(), DocumentKind::TestReport | DocumentKind::GoLivePlan);
        Self {
            revision: revision.revision,
            sha256: &revision.sha256,
            sections: &revision.sections,
            contributors: revision.contributors.iter().map(|id| names.person(*id)).collect(),
            submitted: names.mark(&revision.submitted),
            retrospective: owed && dossier.is_some_and(|dossier| dossier.was_made_up(revision.submitted.at)),
        }
    }
}

/// A document as it is being written.
#[derive(Debug, Serialize, ToSchema)]
pub struct DocumentView<'a> {
    /// Kind.
    pub kind: DocumentKind,
    /// Its title in the reader's language.
    pub name: Cow<'static, str>,
    /// Number of the record; null before the first save.
    #[schema(required)]
    pub number: Option<&'a str>,
    /// Where it stands.
    pub state: DocumentState,
    /// The draft; without one the newest revision; without any, what the system can fill in.
    pub content: &'a DocumentContent,
    /// Rises with every save and submission; the ETag is `"v<version>"`, `"v0"` before the first save.
    pub version: i64,
    /// Who saved the draft last, and when.
    #[schema(required)]
    pub saved: Option<MarkView<'a>>,
    /// What stands between the content and its submission, by clause.
    pub missing: Vec<MissingView>,
    /// Submitted revisions, oldest first.
    pub revisions: Vec<RevisionSummary<'a>>,
    /// Where window, steps and rollback of a go-live plan differ from the release plan (5.5); null for other documents.
    #[schema(required)]
    pub differences_from_plan: Option<Vec<FieldChange>>,
    /// The last moment at which a rollback still ends inside the window of a go-live plan (5.5.7); null for others.
    #[schema(required)]
    pub latest_safe_start: Option<SafeStartView>,
}

impl<'a> DocumentView<'a> {
    /// A document for a reader.
    #[must_use]
    pub fn new(written: &'a Written, language: Language) -> Self {
        let names = Names { directory: &written.context.directory, language };
        let dossier = written.context.dossier.as_ref();
        let document = dossier.documents.get(&written.kind);
        let draft = document.and_then(|d| d.draft.as_ref());
        let state = match document {
            Some(_) if draft.is_some() => DocumentState::Draft,
            Some(d) if d.latest().is_some() => DocumentState::Submitted,
            _ => DocumentState::Empty,
        };
        let missing = written.missing.iter().map(|missing| MissingView::new(missing, language));
        Self {
            kind: written.kind,
            name: names.pick(written.kind.zh(), written.kind.en()),
            number: document.map(|d| d.number.as_str()),
            state,
            content: &written.content,
            version: written.version,
            saved: draft.map(|draft| names.mark(&draft.saved)),
            differences_from_plan: differences_of(dossier, &written.content),
            latest_safe_start: safe_start_of(dossier, &written.content),
            missing: missing.collect(),
            revisions: document
                .into_iter()
                .flat_map(|d| &d.revisions)
                .map(|r| RevisionSummary::new(&names, Some(dossier), r))
                .collect(),
        }
    }
}

/// A submitted revision with its content.
#[derive(Debug, Serialize, ToSchema)]
pub struct RevisionView<'a> {
    /// Kind of the document.
    pub kind: DocumentKind,
    /// What is known of the revision.
    #[serde(flatten)]
    pub summary: RevisionSummary<'a>,
    /// The frozen content.
    pub content: &'a DocumentContent,
}

impl<'a> RevisionView<'a> {
    /// A revision for a reader.
    #[must_use]
    pub fn new(frozen: &'a Frozen, language: Language) -> Self {
        let names = Names { directory: &frozen.context.directory, language };
        let revision = &frozen.revision;
        Self {
            kind: revision.content.kind(),
            summary: RevisionSummary::new(&names, Some(&frozen.context.dossier), revision),
            content: &revision.content,
        }
    }
}

/// Which revisions to compare.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ComparisonQuery {
    /// The older revision.
    #[param(minimum = 1)]
    pub from: u32,
    /// The newer revision.
    #[param(minimum = 1)]
    pub to: u32,
}

/// What differs between two revisions.
#[derive(Debug, Serialize, ToSchema)]
pub struct ComparisonView {
    /// The older revision.
    pub from: u32,
    /// The newer revision.
    pub to: u32,
    /// Field by field.
    pub changes: Vec<FieldChange>,
}

/// The whole content of a document, perhaps incomplete. Fields may be left out; unknown ones are refused.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "content": { "purpose": "修复月末结算批处理超时" } }))]
pub struct SaveDraftRequest {
    /// The content of the kind that the path names.
    #[schema(value_type = DocumentContent)]
    pub content: Value,
}

impl SaveDraftRequest {
    /// The request, moved out of where it is.
    #[must_use]
    pub fn take(&mut self) -> Self {
        Self { content: self.content.take() }
    }

    /// The content, if it keeps the limits of every document.
    ///
    /// # Errors
    /// [`AppError::Invalid`] with a pointer for every field that breaks a limit.
    pub fn checked(mut self) -> Result<Value, AppError> {
        make_visible(&mut self.content);
        let broken = limits(&self.content);
        AppError::unless_empty(broken.into_iter().map(out_of_limits).collect())?;
        Ok(self.content)
    }

    /// The typed content.
    ///
    /// # Errors
    /// [`AppError::Invalid`] with a pointer for every field that breaks a limit, else for the first that does not exist
    /// or has the wrong type.
    pub fn typed(self, kind: DocumentKind) -> Result<DocumentContent, AppError> {
        let (content, at) = (self.checked()?, "/content");
        Ok(match kind {
            DocumentKind::ReleasePlan => typed::<ReleasePlan>(content, at)?.into(),
            DocumentKind::TestReport => typed::<TestReport>(content, at)?.into(),
            DocumentKind::GoLivePlan => typed::<GoLivePlan>(content, at)?.into(),
            DocumentKind::ReleaseReport => typed::<ReleaseReport>(content, at)?.into(),
            DocumentKind::FailureReview => typed::<FailureReview>(content, at)?.into(),
            // No documents of a release: they are written through operations of their own.
            DocumentKind::QuarterlyReport | DocumentKind::ProcedureVersion => {
                return Err(AppError::NotFound { what: "document" });
            }
        })
    }
}

fn out_of_limits(violation: Violation) -> FieldError {
    let fault = match violation.code {
        "text.control_character" => Fault::FieldControl,
        "table.too_long" => Fault::FieldTooManyRows,
        "value.too_deep" => Fault::FieldTooDeep,
        _ => Fault::FieldTooLong,
    };
    FieldError::new(format!("/content{}", violation.pointer), fault).because(violation.zh, violation.en)
}

/// What changed in a revision.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "note": "第一版" }))]
pub struct SubmitDocumentRequest {
    /// What changed.
    pub note: Note,
}
