//! Stand-ins.

use chrono::NaiveDate;
use fabu_app::{
    paging::PageRequest,
    registers::deputies::{DeputyFilter, NewDeputy},
};
use fabu_domain::{
    directory::Deputy,
    ids::{DeputyId, UserId},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// A stand-in to arrange.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "principal": "0192f3c1-7b1e-7000-8000-000000000001", "deputy": "0192f3c1-7b1e-7000-8000-000000000002",
    "from": "2026-05-01", "until": "2026-05-05", "absent": true
}))]
pub struct DeputyRequest {
    /// Who is represented: the caller, or anybody for an administrator.
    pub principal: UserId,
    /// Who represents.
    pub deputy: UserId,
    /// First day, company time.
    pub from: NaiveDate,
    /// Last day, company time.
    pub until: NaiveDate,
    /// The principal is away on these days and is not planned for work.
    #[serde(default)]
    pub absent: bool,
}

impl DeputyRequest {
    /// The command.
    #[must_use]
    pub fn command(&self) -> NewDeputy {
        let Self { principal, deputy, from, until, absent } = *self;
        NewDeputy { principal, deputy, from, until, absent }
    }
}

/// A stand-in arrangement.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeputyView {
    /// Identity.
    pub id: DeputyId,
    /// Who is represented.
    pub principal: UserId,
    /// Who represents.
    pub deputy: UserId,
    /// First day, company time.
    pub from: NaiveDate,
    /// Last day, company time.
    pub until: NaiveDate,
    /// The principal is away on these days.
    pub absent: bool,
    /// Always 1: an arrangement is ended and made anew, never edited.
    pub version: i64,
}

impl From<Deputy> for DeputyView {
    fn from(d: Deputy) -> Self {
        let Deputy { id, principal, deputy, from, until, absent } = d;
        Self { id, principal, deputy, from, until, absent, version: 1 }
    }
}

/// Which arrangements are wanted.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DeputyQuery {
    /// Those of this person, on either side.
    pub user_id: Option<UserId>,
    /// Those in force on this day.
    pub on: Option<NaiveDate>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// Items per page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<u32>,
}

impl DeputyQuery {
    /// The filter.
    #[must_use]
    pub fn filter(&self) -> DeputyFilter {
        let page = PageRequest { cursor: self.cursor.clone(), limit: self.limit };
        DeputyFilter { user_id: self.user_id, on: self.on, page }
    }
}
