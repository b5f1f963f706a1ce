//! What a person can do with a release now, and what is in the way.

use super::people::Names;
use crate::problem::{BlockedBy, reason};
use fabu_domain::{
    blocks::document::DocumentKind,
    subject::refusal::{Text, Unmet},
    subjects::release::{command::CommandName, decide::Action, procedure},
};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use utoipa::{IntoParams, ToSchema};

/// A command as it stands for the reader.
#[derive(Debug, Serialize, ToSchema)]
pub struct ActionView {
    /// The command.
    pub name: CommandName,
    /// The document, for commands about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<DocumentKind>,
    /// What a button says, in the reader's language.
    #[schema(example = "召集方案评审")]
    pub label: Cow<'static, str>,
    /// True when nothing is in the way.
    pub allowed: bool,
    /// Everything in the way.
    pub blocked_by: Vec<BlockedBy>,
}

impl ActionView {
    pub(super) fn new(names: &Names<'_>, number: &str, action: &Action) -> Self {
        let rule = procedure::rule(action.name);
        Self {
            name: action.name,
            document: action.document,
            label: match action.document {
                Some(kind) => names.name(Text::new(format!("{}{}", rule.zh, kind.zh()), format!("{} {}", rule.en, kind.en()))),
                None => names.pick(rule.zh, rule.en),
            },
            allowed: action.blocked_by.is_empty(),
            blocked_by: blocked_by(names, number, &action.blocked_by),
        }
    }
}

/// The reasons for a reader, with links below the release.
pub(crate) fn blocked_by(names: &Names<'_>, number: &str, unmet: &[Unmet]) -> Vec<BlockedBy> {
    if unmet.is_empty() {
        return Vec::new();
    }
    let subject = format!("releases/{number}");
    unmet.iter().map(|unmet| reason(unmet, Some(names.directory), Some(&subject), names.language)).collect()
}

/// Which command is asked about.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct GateQuery {
    /// The command.
    #[serde(rename = "for")]
    #[param(inline, example = "start_deployment")]
    pub action: CommandName,
    /// The document, for `save_draft` and `submit_document`; the release plan when not said.
    #[param(inline)]
    pub document: Option<DocumentKind>,
}

/// What is in the way of one command.
#[derive(Debug, Serialize, ToSchema)]
pub struct GateView {
    /// The command.
    #[serde(rename = "for")]
    pub action: CommandName,
    /// The document, for commands about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<DocumentKind>,
    /// True when nothing is in the way.
    pub allowed: bool,
    /// Everything in the way.
    pub blocked_by: Vec<BlockedBy>,
}

impl GateView {
    /// The gate of an action for a reader.
    #[must_use]
    pub fn new(names: &Names<'_>, number: &str, action: &Action) -> Self {
        Self {
            action: action.name,
            document: action.document,
            allowed: action.blocked_by.is_empty(),
            blocked_by: blocked_by(names, number, &action.blocked_by),
        }
    }
}
