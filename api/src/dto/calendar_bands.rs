//! What lies behind the releases of a calendar, on the wire.

use super::{
    calendar::DayView,
    releases::{
        conflicts::SpanView,
        people::{Names, PersonView, ServiceObjectRefView},
    },
};
use chrono::NaiveDate;
use fabu_app::subjects::registers::calendar::{BookedTime, CalendarBands};
use fabu_domain::subjects::{
    registers::freeze_window::{FreezeKind, FreezeWindowId},
    release::{
        Window,
        conflicts::{HeldFreeze, Severity},
    },
};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::{IntoParams, ToSchema};

/// Which days are wanted.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CalendarBandsQuery {
    /// The first day, company time; today when it is left out.
    pub from: Option<NaiveDate>,
    /// The last day, at most 99 days later; 30 days later when it is left out.
    pub until: Option<NaiveDate>,
}

/// One occurrence of a freeze.
#[derive(Debug, Serialize, ToSchema)]
pub struct FreezeBandView {
    /// The freeze.
    pub id: FreezeWindowId,
    /// What it is called.
    pub name: String,
    /// A freeze or a protection period.
    pub kind: FreezeKind,
    /// True when it holds for the whole company.
    pub is_for_all: bool,
    /// When.
    pub span: SpanView,
}

/// A release with a conflict.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConflictMarkView {
    /// Its number.
    pub release: String,
    /// The worst that is known to stand against its window.
    pub severity: Severity,
}

/// An object that a release touches.
#[derive(Debug, Serialize, ToSchema)]
pub struct TouchedView<'a> {
    /// The number of the release.
    pub release: String,
    /// The object.
    pub service_object: ServiceObjectRefView<'a>,
}

/// Somebody's time in a release.
#[derive(Debug, Serialize, ToSchema)]
pub struct BookingView<'a> {
    /// The number of the release.
    pub release: String,
    /// Who.
    pub person: PersonView<'a>,
    /// When.
    pub span: SpanView,
}

/// What lies behind the releases of a calendar.
#[derive(Debug, Serialize, ToSchema)]
pub struct CalendarBandsView<'a> {
    /// Days off and make-up working days.
    pub days: Vec<DayView>,
    /// Active freezes, each occurrence by itself.
    pub freezes: Vec<FreezeBandView>,
    /// Releases with a conflict.
    pub conflicts: Vec<ConflictMarkView>,
    /// Which objects the releases touch.
    pub objects: Vec<TouchedView<'a>>,
    /// Who works for which release.
    pub bookings: Vec<BookingView<'a>>,
}

impl<'a> CalendarBandsView<'a> {
    /// The bands for a reader.
    #[must_use]
    pub fn new(bands: CalendarBands, names: &Names<'a>) -> Self {
        let freeze = |(held, span): (Arc<HeldFreeze>, Window)| FreezeBandView {
            id: held.record.id,
            is_for_all: held.record.is_for_all(),
            name: held.record.name.to_string(),
            kind: held.record.kind,
            span: span.into(),
        };
        let booking = |booked: BookedTime| BookingView {
            release: booked.release,
            person: names.person(booked.booking.person),
            span: booked.booking.window.into(),
        };
        Self {
            days: bands.days.into_iter().map(DayView::from).collect(),
            freezes: bands.freezes.into_iter().map(freeze).collect(),
            conflicts: bands.conflicts.into_iter().map(|(release, severity)| ConflictMarkView { release, severity }).collect(),
            objects: bands
                .objects
                .into_iter()
                .map(|(release, object)| TouchedView { release, service_object: names.service_object(object) })
                .collect(),
            bookings: bands.bookings.into_iter().map(booking).collect(),
        }
    }
}
