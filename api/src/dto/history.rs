//! What was said and what happened in a release.

use super::releases::people::{Names, PersonView};
use chrono::{DateTime, Utc};
use fabu_app::paging::PageRequest;
use fabu_domain::{ids::EventId, subject::log::LogEntry, text::Note};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// A comment.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "text": "客户希望改到周六晚上" }))]
pub struct CommentRequest {
    /// The text.
    pub text: Note,
}

/// A comment.
#[derive(Debug, Serialize, ToSchema)]
pub struct CommentView<'a> {
    /// Its entry in the log.
    pub id: EventId,
    /// The text.
    pub text: String,
    /// Who commented; null for the system itself.
    #[schema(required)]
    pub by: Option<PersonView<'a>>,
    /// When.
    pub at: DateTime<Utc>,
}

impl<'a> CommentView<'a> {
    /// The comment that an entry of the log holds.
    #[must_use]
    pub fn new(entry: &LogEntry, names: Names<'a>) -> Self {
        Self {
            id: entry.id,
            text: entry.payload["text"].as_str().unwrap_or_default().to_owned(),
            by: entry.actor.map(|id| names.person(id)),
            at: entry.recorded_at,
        }
    }
}

/// The order of a history.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum HistoryOrder {
    /// The latest on top.
    #[default]
    Newest,
    /// As it happened.
    Oldest,
}

/// Which part of a history is wanted.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct HistoryQuery {
    /// The order; `newest` when it is left out.
    #[param(inline)]
    pub order: Option<HistoryOrder>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// Items per page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<u32>,
}

impl HistoryQuery {
    /// True for the latest on top.
    #[must_use]
    pub fn newest_first(&self) -> bool {
        self.order.unwrap_or_default() == HistoryOrder::Newest
    }

    /// The part of the list.
    #[must_use]
    pub fn page(&self) -> PageRequest {
        PageRequest { cursor: self.cursor.clone(), limit: self.limit }
    }
}
