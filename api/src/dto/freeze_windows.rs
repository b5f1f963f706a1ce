//! Proposals for freezes on the wire; the freezes themselves are a register.

use chrono::{DateTime, Utc};
use fabu_domain::{
    language::Language,
    subjects::registers::{
        freeze_templates::{FreezeProposal, FreezeProposals, FreezeTemplate},
        freeze_window::FreezeKind,
    },
};
use serde::Serialize;
use utoipa::ToSchema;

/// A freeze that may be entered.
#[derive(Debug, Serialize, ToSchema)]
pub struct FreezeProposalView {
    /// The occasion.
    pub template: FreezeTemplate,
    /// What it may be called, in the reader's language.
    pub name: String,
    /// A freeze or a protection period.
    pub kind: FreezeKind,
    /// Why nothing goes live, in the reader's language.
    pub reason: String,
    /// Its first instant.
    pub starts: DateTime<Utc>,
    /// The first instant after it.
    pub ends: DateTime<Utc>,
}

/// An occasion for which the working calendar says too little.
#[derive(Debug, Serialize, ToSchema)]
pub struct MissingFreezeView {
    /// The occasion.
    pub template: FreezeTemplate,
    /// Why, and what to do, in the reader's language.
    pub text: String,
}

/// The freezes that the working calendar of a year gives.
#[derive(Debug, Serialize, ToSchema)]
pub struct FreezeProposalsView {
    /// The year.
    pub year: i32,
    /// In order of time.
    pub proposals: Vec<FreezeProposalView>,
    /// What is not proposed, and why.
    pub missing: Vec<MissingFreezeView>,
}

impl FreezeProposalsView {
    /// The proposals for a reader.
    #[must_use]
    pub fn new(year: i32, found: &FreezeProposals, language: Language) -> Self {
        let proposal = |proposal: &FreezeProposal| FreezeProposalView {
            template: proposal.template,
            name: proposal.name.in_language(language).to_owned(),
            kind: proposal.kind,
            reason: proposal.reason.in_language(language).to_owned(),
            starts: proposal.starts,
            ends: proposal.ends,
        };
        Self {
            year,
            proposals: found.proposals.iter().map(proposal).collect(),
            missing: found
                .missing
                .iter()
                .map(|(template, text)| MissingFreezeView {
                    template: *template,
                    text: text.clone().capital().in_language(language).to_owned(),
                })
                .collect(),
        }
    }
}
