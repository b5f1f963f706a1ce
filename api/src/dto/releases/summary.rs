//! Releases in a list.

use super::people::{CustomerRefView, Names, PersonView, StageView};
use crate::{
    dto::releases::people::Whom,
    extract::{commas, parsed},
};
use chrono::{DateTime, Utc};
use fabu_app::{
    paging::PageRequest,
    subjects::releases::{ReleaseFilter, ReleaseOrder, ReleaseQuery as Wanted, ReleaseSummary},
};
use fabu_domain::{
    ids::{CustomerId, ReleaseId, ServiceObjectId, UserId},
    subjects::{
        release::{
            Window,
            overdue::{Flag, FlagKind},
            stage::{ReleaseKind, ReleaseStatus, Stage, Verdict},
        },
        visibility::Scope,
    },
    time::quarter::Quarter,
};
use serde::{Deserialize, Serialize};
use std::str::FromStr;
use utoipa::{IntoParams, ToSchema};

/// A release in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReleaseSummaryView<'a> {
    /// Identity.
    pub id: ReleaseId,
    /// Number.
    #[schema(example = "REL-2026-0007")]
    pub number: &'a str,
    /// Title.
    pub title: &'a str,
    /// Release type.
    pub kind: ReleaseKind,
    /// Where it stands in the procedure.
    pub stage: StageView,
    /// Whether work goes on.
    pub status: ReleaseStatus,
    /// For whom; null for an imported release of a customer outside the register.
    #[schema(required)]
    pub customer: Option<CustomerRefView<'a>>,
    /// The release owner.
    #[schema(required)]
    pub owner: Option<PersonView<'a>>,
    /// How it ended.
    #[schema(required)]
    pub verdict: Option<Verdict>,
    /// When that was judged.
    #[schema(required)]
    pub verdict_at: Option<DateTime<Utc>>,
    /// What is late about it, once it is flagged (5.10b, D6).
    #[schema(required)]
    pub overdue: Option<OverdueView>,
    /// When it goes live.
    #[schema(required)]
    pub window: Option<WindowView>,
    /// The number in the ledger that it was imported from.
    #[schema(required)]
    pub imported_number: Option<&'a str>,
    /// The system released, as the ledger names it; empty unless imported.
    pub system: &'a str,
    /// When it was created.
    pub created_at: DateTime<Utc>,
    /// The ETag of the release is `"v<version>"`.
    pub version: i64,
}

impl<'a> ReleaseSummaryView<'a> {
    /// A release of a list.
    #[must_use]
    pub fn new(names: &Names<'a>, release: &'a ReleaseSummary) -> Self {
        Self {
            id: release.id,
            number: &release.number,
            title: &release.title,
            kind: release.kind,
            stage: names.stage(release.stage),
            status: ReleaseStatus::of(release.stage, release.suspended),
            customer: release.customer_id.map(|id| names.customer(id)),
            owner: release.owner_id.map(|id| names.person(id)),
            verdict: release.verdict.map(|(verdict, _)| verdict),
            verdict_at: release.verdict.map(|(_, at)| at),
            overdue: release.overdue.map(OverdueView::from),
            window: release.window.map(WindowView::from),
            imported_number: release.imported_number.as_deref(),
            system: &release.system,
            created_at: release.created_at,
            version: release.version,
        }
    }
}

fabu_domain::word_enum! {
    /// The order of a list of releases.
    ReleaseSort {
        /// Created last, first.
        Newest = "-created_at",
        /// Created first, first.
        Oldest = "created_at",
        /// By number.
        Number = "number",
        /// By number, backwards.
        NumberDescending = "-number",
        /// By the start of the window; releases without a window are left out.
        WindowStart = "window_start",
        /// By the start of the window, latest first; releases without a window are left out.
        WindowStartDescending = "-window_start",
    }
}

impl From<ReleaseSort> for ReleaseOrder {
    fn from(sort: ReleaseSort) -> Self {
        match sort {
            ReleaseSort::Newest => Self::Newest,
            ReleaseSort::Oldest => Self::Oldest,
            ReleaseSort::Number => Self::Number,
            ReleaseSort::NumberDescending => Self::NumberDescending,
            ReleaseSort::WindowStart => Self::WindowStart,
            ReleaseSort::WindowStartDescending => Self::WindowStartDescending,
        }
    }
}

/// A customer named by id, or the absence of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfCustomer {
    /// Of no customer in the register.
    None,
    /// Of this one.
    Customer(CustomerId),
}

impl OfCustomer {
    const fn id(self) -> Option<CustomerId> {
        match self {
            Self::None => None,
            Self::Customer(id) => Some(id),
        }
    }
}

impl FromStr for OfCustomer {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "none" => Ok(Self::None),
            id => id.parse().map(Self::Customer).map_err(|_| "a customer's id or none".to_owned()),
        }
    }
}

/// Which releases are wanted. Several values of one parameter, with commas between them, are alternatives.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ReleaseQuery {
    /// In one of these stages.
    #[serde(default, deserialize_with = "commas")]
    #[param(style = Form, explode = false, required = false, inline)]
    pub stage: Vec<Stage>,
    /// Of one of these kinds.
    #[serde(default, deserialize_with = "commas")]
    #[param(style = Form, explode = false, required = false, inline)]
    pub kind: Vec<ReleaseKind>,
    /// With one of these verdicts.
    #[serde(default, deserialize_with = "commas")]
    #[param(style = Form, explode = false, required = false, inline)]
    pub verdict: Vec<Verdict>,
    /// Judged in this quarter, China time (D9).
    #[serde(default, deserialize_with = "parsed")]
    #[param(value_type = Option<String>, example = "2026Q4", pattern = "^[0-9]{4}Q[1-4]$")]
    pub quarter: Option<Quarter>,
    /// For this customer: an id, or `none` for imported releases of customers outside the register.
    #[serde(default, deserialize_with = "parsed")]
    #[param(value_type = Option<String>)]
    pub customer_id: Option<OfCustomer>,
    /// Those that change this service object.
    pub service_object_id: Option<ServiceObjectId>,
    /// Owned by this person: an id, or `me`.
    #[serde(default, deserialize_with = "parsed")]
    #[param(value_type = Option<String>, example = "me")]
    pub owner_id: Option<Whom>,
    /// In whose team this person is now: an id, or `me`.
    #[serde(default, deserialize_with = "parsed")]
    #[param(value_type = Option<String>, example = "me")]
    pub member_id: Option<Whom>,
    /// Suspended or not.
    pub suspended: Option<bool>,
    /// Flagged as late or not: not closed after the grace period, or closed and its report outstanding (5.10b, D6).
    pub overdue: Option<bool>,
    /// Imported or not.
    pub imported: Option<bool>,
    /// The window starts at or after this instant.
    pub window_from: Option<DateTime<Utc>>,
    /// The window starts before this instant.
    pub window_to: Option<DateTime<Utc>>,
    /// Words of the number, the title, the changes or the service objects, in any order.
    #[param(max_length = 200)]
    pub q: Option<String>,
    /// The order; a cursor holds for the order in which it was given.
    #[param(inline)]
    pub sort: Option<ReleaseSort>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// Items per page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<u32>,
}

impl ReleaseQuery {
    /// The query of the use case.
    #[must_use]
    pub fn wanted(&self, caller: UserId) -> Wanted {
        let query = self.clone();
        let filter = ReleaseFilter {
            search: query.q.filter(|text| !text.is_empty()),
            stages: query.stage,
            kinds: query.kind,
            verdicts: query.verdict,
            quarter: query.quarter,
            customer_id: query.customer_id.and_then(OfCustomer::id),
            without_customer: query.customer_id == Some(OfCustomer::None),
            service_object_id: query.service_object_id,
            owner_id: query.owner_id.map(|whom| whom.id(caller)),
            member_id: query.member_id.map(|whom| whom.id(caller)),
            suspended: query.suspended,
            overdue: query.overdue,
            imported: query.imported,
            scope: Scope::Nothing,
            window_from: query.window_from,
            window_until: query.window_to,
            order: query.sort.unwrap_or(ReleaseSort::Newest).into(),
        };
        Wanted { filter, page: PageRequest { cursor: query.cursor, limit: query.limit } }
    }
}

/// The time in which a release goes live, `[start, end)`.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct WindowView {
    /// First instant.
    pub start: DateTime<Utc>,
    /// First instant after it.
    pub end: DateTime<Utc>,
}

impl From<Window> for WindowView {
    fn from(window: Window) -> Self {
        Self { start: window.start, end: window.end }
    }
}

/// What is late about a release: its closure or its report.
#[derive(Debug, Serialize, ToSchema)]
pub struct OverdueView {
    /// What.
    pub what: FlagKind,
    /// When it was due.
    pub due_at: DateTime<Utc>,
}

impl From<Flag> for OverdueView {
    fn from(flag: Flag) -> Self {
        Self { what: flag.kind, due_at: flag.due_at }
    }
}
