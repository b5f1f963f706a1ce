//! What goes over the wire: one file per resource family. Requests refuse unknown fields; fields that the server owns do
//! not exist in them.

pub mod attachments;
pub mod auth;
pub mod calendar;
pub mod calendar_bands;
pub mod change_progress;
pub mod changes;
pub mod configuration;
pub mod configuration_items;
pub mod deliveries;
pub mod events;
pub mod freeze_windows;
pub mod history;
pub mod jobs;
pub mod media;
pub mod procedure_versions;
pub mod quarterly;
pub mod records;
pub mod releases;
pub mod reports;
pub mod run_sheet;
pub mod schedules;
pub mod storage;
pub mod users;

use fabu_app::paging;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// A part of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Page<T> {
    /// In list order.
    pub items: Vec<T>,
    /// Give it as `cursor` to get the next part; null at the end.
    #[schema(required)]
    pub next_cursor: Option<String>,
}

/// Which part of a list is wanted.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PageQuery {
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// Items per page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<u32>,
}

impl PageQuery {
    /// The request of the use case.
    #[must_use]
    pub fn page(&self) -> paging::PageRequest {
        paging::PageRequest { cursor: self.cursor.clone(), limit: self.limit }
    }
}

impl<T, U: From<T>> From<paging::Page<T>> for Page<U> {
    fn from(page: paging::Page<T>) -> Self {
        Self { items: page.items.into_iter().map(U::from).collect(), next_cursor: page.next_cursor }
    }
}

/// The value of a flag that is true unless it is given.
pub(crate) const fn yes() -> bool {
    true
}
