//! A controlled document of a release: its draft and its frozen revisions.

use crate::subjects::release::{ChangeRef, Dossier, Stamp};
use crate::{
    blocks::document::{DocumentContent, DocumentKind},
    ids::UserId,
    subjects::release::stage::Stage,
};
use serde::Serialize;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// The unsubmitted state of a document.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Draft {
    /// The content, perhaps incomplete. It stays out of the event log, which holds its hash once submitted.
    #[serde(skip)]
    pub content: Arc<DocumentContent>,
    /// Who saved last, and when.
    pub saved: Stamp,
    /// For whom, when a deputy saved: both are authors (principle 2).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_behalf_of: Option<UserId>,
}

/// A submitted, frozen state of a document.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Revision {
    /// Number, from 1.
    pub revision: u32,
    /// The content. It stays out of the event log, which holds its hash.
    #[serde(skip)]
    pub content: Arc<DocumentContent>,
    /// SHA-256 of the canonical content.
    pub sha256: String,
    /// SHA-256 of each section.
    pub sections: BTreeMap<String, String>,
    /// Everybody whose writing is in it: they decide nothing about it (principle 2).
    pub contributors: BTreeSet<UserId>,
    /// Who submitted it, when and with what note.
    pub submitted: Stamp,
}

/// A controlled document of a release or of another subject.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Document {
    /// Kind.
    pub kind: DocumentKind,
    /// Number: `YNTD-ITSS-0606-F01-2026-0007`.
    pub number: String,
    /// The draft that is being written.
    pub draft: Option<Draft>,
    /// How often a draft was saved.
    pub saves: i64,
    /// Everybody who has saved a draft, and for whom they did.
    pub contributors: BTreeSet<UserId>,
    /// Submitted revisions, oldest first.
    pub revisions: Vec<Revision>,
}

impl Document {
    /// One in which nothing is written yet.
    #[must_use]
    pub const fn new(kind: DocumentKind, number: String) -> Self {
        Self { kind, number, draft: None, saves: 0, contributors: BTreeSet::new(), revisions: Vec::new() }
    }

    /// What is written: the draft, else the newest revision.
    #[must_use]
    pub fn content(&self) -> Option<&DocumentContent> {
        let draft = self.draft.as_ref().map(|draft| draft.content.as_ref());
        draft.or_else(|| self.latest().map(|revision| revision.content.as_ref()))
    }

    /// The revision that a submission of this content would freeze; `people` submit it, and are authors too.
    #[must_use]
    pub fn next_revision(
        &self,
        content: DocumentContent,
        people: impl IntoIterator<Item = UserId>,
        submitted: Stamp,
    ) -> Revision {
        let mut contributors = self.contributors.clone();
        contributors.extend(people);
        Revision {
            revision: u32::try_from(self.revisions.len()).unwrap_or(u32::MAX).saturating_add(1),
            sha256: content.sha256(),
            sections: content.sections().into_iter().map(|(name, hash)| (name.to_owned(), hash)).collect(),
            content: Arc::new(content),
            contributors,
            submitted,
        }
    }

    /// Takes a saved draft in.
    pub(crate) fn save(&mut self, draft: &Draft) {
        self.contributors.extend([Some(draft.saved.by), draft.on_behalf_of].into_iter().flatten());
        self.saves += 1;
        self.draft = Some(draft.clone());
    }

    /// Takes a submitted revision in.
    pub(crate) fn freeze(&mut self, revision: &Revision) {
        self.draft = None;
        self.revisions.push(revision.clone());
    }

    /// The newest submitted revision.
    #[must_use]
    pub fn latest(&self) -> Option<&Revision> {
        self.revisions.last()
    }

    /// Rises with every save and every submission: the ETag of the document.
    #[must_use]
    pub fn version(&self) -> i64 {
        self.saves + i64::try_from(self.revisions.len()).unwrap_or(i64::MAX)
    }

    /// True when something was saved since the newest revision.
    #[must_use]
    pub const fn has_unsubmitted_draft(&self) -> bool {
        self.draft.is_some()
    }

    /// True when what was saved since the newest revision says something else than it.
    #[must_use]
    pub fn has_unsubmitted_changes(&self) -> bool {
        self.draft.as_ref().is_some_and(|draft| self.latest().is_none_or(|latest| latest.content != draft.content))
    }
}

impl Dossier {
    /// True when the newest test report is older than the release plan in force (5.4c).
    #[must_use]
    pub fn is_report_before_plan(&self) -> bool {
        let submitted = |kind| self.latest(kind).map(|revision| revision.submitted.at);
        let (report, plan) = (submitted(DocumentKind::TestReport), submitted(DocumentKind::ReleasePlan));
        report.zip(plan).is_some_and(|(report, plan)| report < plan)
    }

    /// The changes that this release carries out: a cancelled one keeps its changes on record and lets go of them (RO2, 9.1).
    #[must_use]
    pub fn changes_held(&self) -> &[ChangeRef] {
        if self.release.stage == Stage::Cancelled { &[] } else { &self.changes }
    }
}
