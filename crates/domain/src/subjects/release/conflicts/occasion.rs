//! What a release wants of a time: its window, objects, items and people, as its plan has them.

use super::FreezeException;
use crate::{
    blocks::document::{DocumentContent, DocumentKind},
    ids::{CustomerId, ServiceObjectId, UserId},
    subjects::release::{
        Dossier, Window,
        documents::{GoLivePlan, ReleasePlan},
        records::ConfigurationState,
        stage::{ReleaseKind, Stage},
    },
};
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::BTreeSet;

/// Somebody's time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Booking {
    /// Who.
    pub person: UserId,
    /// When.
    pub window: Window,
}

/// What a release wants of a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occasion {
    /// The release.
    pub number: String,
    /// Its type; an emergency passes what only needs a reason.
    pub kind: ReleaseKind,
    /// When.
    pub window: Window,
    /// For whom.
    pub customer: Option<CustomerId>,
    /// What it touches.
    pub objects: Vec<ServiceObjectId>,
    /// The numbers of the configuration items that it changes.
    pub items: Vec<String>,
    /// The people of its steps and its roster.
    pub people: Vec<Booking>,
    /// Freezes that were lifted for it.
    pub exceptions: Vec<FreezeException>,
}

impl Occasion {
    /// Of a release as its plan has it; of a plan that is being written, as the draft has it. None while no window is stated.
    #[must_use]
    pub fn of(dossier: &Dossier) -> Option<Self> {
        let stated = executed_content(dossier).and_then(window_of);
        Some(Self::within(dossier, stated.or(dossier.release.window)?))
    }

    /// Of a release as it is in force, whatever is being written: none unless it waits for a window that it holds.
    #[must_use]
    pub fn in_force(dossier: &Dossier) -> Option<Self> {
        let window = dossier.release.window.filter(|_| Stage::BEFORE_DEPLOYMENT.contains(&dossier.release.stage))?;
        Some(Self { people: bookings(dossier), ..Self::within(dossier, window) })
    }

    /// Of a release as if this were its window.
    #[must_use]
    pub fn within(dossier: &Dossier, window: Window) -> Self {
        let content = executed_content(dossier);
        let kept = dossier.configuration.iter().filter(|change| change.state != ConfigurationState::Dropped);
        Self {
            number: dossier.release.number.clone(),
            kind: dossier.release.kind,
            window,
            customer: dossier.release.customer_id,
            objects: dossier.release.service_objects.clone(),
            items: kept.map(|change| change.item.clone()).collect(),
            people: content.map(|content| bookings_of(content, window)).unwrap_or_default(),
            exceptions: dossier.release.freeze_exceptions.clone(),
        }
    }

    /// The same release at another time, with all its people there from the beginning to the end.
    #[must_use]
    pub fn at(&self, window: Window) -> Self {
        let persons: BTreeSet<UserId> = self.people.iter().map(|booking| booking.person).collect();
        let people = persons.into_iter().map(|person| Booking { person, window }).collect();
        Self { window, people, ..self.clone() }
    }
}

/// When whom the submitted plan in force books; empty before a plan and once the release is over.
#[must_use]
pub fn bookings(dossier: &Dossier) -> Vec<Booking> {
    let Some(window) = dossier.release.window else { return Vec::new() };
    let submitted = |kind| dossier.latest(kind).map(|revision| revision.content.as_ref());
    let content = submitted(dossier.executed_document()).or_else(|| submitted(DocumentKind::ReleasePlan));
    content.map(|content| bookings_of(content, window)).unwrap_or_default()
}

/// The plan that is carried out: its draft while it is written, else its newest revision; before there is one, the release plan.
fn executed_content(dossier: &Dossier) -> Option<&DocumentContent> {
    let written = |kind: DocumentKind| {
        let document = dossier.documents.get(&kind)?;
        let draft = document.draft.as_ref().map(|draft| draft.content.as_ref()).filter(|content| window_of(content).is_some());
        draft.or_else(|| document.latest().map(|revision| revision.content.as_ref()))
    };
    let planning = dossier.release.stage == Stage::Planning;
    let go_live = if planning { None } else { written(dossier.executed_document()) };
    go_live.or_else(|| written(DocumentKind::ReleasePlan))
}

fn window_of(content: &DocumentContent) -> Option<Window> {
    let (start, end) = match content {
        DocumentContent::ReleasePlan(plan) => plan.window.span()?,
        DocumentContent::GoLivePlan(plan) => plan.window.span()?,
        _ => return None,
    };
    Some(Window { start, end })
}

fn bookings_of(content: &DocumentContent, window: Window) -> Vec<Booking> {
    match content {
        DocumentContent::ReleasePlan(plan) => plan_bookings(plan),
        DocumentContent::GoLivePlan(plan) => go_live_bookings(plan, window),
        _ => Vec::new(),
    }
}

fn step(person: Option<UserId>, start: Option<DateTime<Utc>>, minutes: u32) -> Option<Booking> {
    let (person, start) = (person?, start?);
    let end = start.checked_add_signed(TimeDelta::minutes(minutes.into()))?;
    (start < end).then_some(Booking { person, window: Window { start, end } })
}

fn plan_bookings(plan: &ReleasePlan) -> Vec<Booking> {
    plan.steps.iter().filter_map(|row| step(row.person, row.start, row.duration_minutes)).collect()
}

/// Whoever is on the roster is there for the whole window; somebody who has a step only, for the step.
fn go_live_bookings(plan: &GoLivePlan, window: Window) -> Vec<Booking> {
    let on_duty = plan.roster.iter().filter_map(|row| Some(Booking { person: row.person?, window }));
    let mut all: Vec<Booking> = on_duty.collect();
    let steps = plan.run_steps.iter().filter_map(|row| step(row.person, row.planned_start, row.duration_minutes));
    let others: Vec<Booking> = steps.filter(|booking| !all.iter().any(|known| known.person == booking.person)).collect();
    all.extend(others);
    all
}
