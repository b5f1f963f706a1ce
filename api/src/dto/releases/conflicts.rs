//! Conflicts of a window and free windows on the wire (5.5.4).

use chrono::{DateTime, Utc};
use fabu_app::subjects::releases::{
    KnownConflict,
    conflicts::{ConflictsOfRelease, FreeWindowQuery},
};
use fabu_domain::{
    blocks::document::{DocumentContent, DocumentKind},
    language::Language,
    subject::refusal::Text,
    subjects::{
        registers::freeze_window::{FreezeAuthority, FreezeWindowId},
        release::{
            Dossier, Window,
            conflicts::{Conflict, ConflictKind, FreeWindow, Severity},
        },
    },
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// A time span, half open.
#[derive(Debug, Serialize, ToSchema)]
pub struct SpanView {
    /// First instant.
    pub start: DateTime<Utc>,
    /// First instant after it.
    pub end: DateTime<Utc>,
}

impl From<Window> for SpanView {
    fn from(window: Window) -> Self {
        Self { start: window.start, end: window.end }
    }
}

/// Something that stands against the window of a release.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConflictView {
    /// Its name; a reason names it by this.
    pub key: String,
    /// With what.
    pub kind: ConflictKind,
    /// Refused, or a reason needed.
    pub severity: Severity,
    /// What it is with: the number of a release, the name of a freeze, a person or a customer.
    pub against: String,
    /// The number of the other release, where there is one.
    #[schema(required)]
    pub release: Option<String>,
    /// The time that both want.
    pub span: SpanView,
    /// It in words, in the reader's language.
    pub text: String,
    /// False for another release whose window is neither approved nor being approved.
    pub is_firm: bool,
    /// The freeze, where it is one.
    #[schema(required)]
    pub freeze_id: Option<FreezeWindowId>,
    /// Who may grant an exception, where somebody may.
    #[schema(required)]
    pub authority: Option<FreezeAuthority>,
    /// Since when it is known to whoever looks after the windows; null until then.
    #[schema(required)]
    pub since: Option<DateTime<Utc>>,
    /// The reason for keeping the window in spite of it, if one is given.
    #[schema(required)]
    pub reason: Option<String>,
}

/// A conflict that stood against a window and is gone.
#[derive(Debug, Serialize, ToSchema)]
pub struct GoneConflictView {
    /// Its name.
    pub key: String,
    /// It in words, in the reader's language.
    pub text: String,
    /// Since when it was known.
    pub since: DateTime<Utc>,
    /// When it was found gone.
    pub gone_at: DateTime<Utc>,
}

/// What stands against the window of a release.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConflictsView {
    /// The window that was looked at, as the plan is written or in force; null while none is stated.
    #[schema(required)]
    pub window: Option<SpanView>,
    /// The conflicts, freezes first.
    pub items: Vec<ConflictView>,
    /// Conflicts that stood against it once.
    pub gone: Vec<GoneConflictView>,
}

impl ConflictsView {
    /// The conflicts for a reader.
    #[must_use]
    pub fn new(found: &ConflictsOfRelease, language: Language) -> Self {
        let known = |key: &str| found.known.iter().find(|known| known.key == key && known.gone_at.is_none());
        let standing = |key: &str| known(key).map(|known| known.known_since);
        let view = |conflict: &Conflict| ConflictView {
            key: conflict.key.clone(),
            kind: conflict.kind,
            severity: conflict.severity,
            against: conflict.against.clone(),
            release: conflict.release.clone(),
            span: conflict.window.into(),
            text: conflict.sentence.clone().capital().in_language(language).to_owned(),
            is_firm: conflict.is_firm,
            freeze_id: conflict.frozen_by.map(|frozen| frozen.id),
            authority: conflict.frozen_by.map(|frozen| frozen.authority),
            since: standing(&conflict.key),
            reason: reason(&found.dossier, conflict),
        };
        let gone = |known: &KnownConflict| {
            let text = Text::new(&known.found.zh, &known.found.en).capital().in_language(language).to_owned();
            Some(GoneConflictView { key: known.key.clone(), text, since: known.known_since, gone_at: known.gone_at? })
        };
        Self {
            window: found.window.map(SpanView::from),
            items: found.conflicts.iter().map(view).collect(),
            gone: found.known.iter().filter_map(gone).collect(),
        }
    }
}

/// The reason in the plan as it is written, else the one that the release owner gave.
fn reason(dossier: &Dossier, conflict: &Conflict) -> Option<String> {
    let plan = dossier.documents.get(&DocumentKind::GoLivePlan);
    let draft = plan.and_then(|plan| plan.draft.as_ref()).map(|draft| draft.content.as_ref());
    let written = draft.or_else(|| plan?.latest().map(|revision| revision.content.as_ref()));
    let row = match written {
        Some(DocumentContent::GoLivePlan(plan)) => plan.conflict_reasons.iter().find(|row| row.conflict == conflict.key),
        _ => None,
    };
    let accepted = dossier.release.accepted_conflicts.iter().rev();
    let accepted = accepted.filter(|a| Some(a.window) == dossier.release.window).find(|a| a.conflict == conflict.key);
    row.map(|row| row.reason.clone()).or_else(|| accepted.map(|a| a.mark.reason.clone()))
}

/// Which free windows are wanted.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct FreeWindowsQuery {
    /// How long, in minutes; as long as the planned window when it is left out.
    #[param(minimum = 1, maximum = 10080)]
    pub duration_minutes: Option<u32>,
    /// From when on; now when it is left out.
    pub from: Option<DateTime<Utc>>,
    /// How many at most.
    #[param(minimum = 1, maximum = 20, default = 5)]
    pub limit: Option<u32>,
}

impl From<&FreeWindowsQuery> for FreeWindowQuery {
    fn from(query: &FreeWindowsQuery) -> Self {
        Self { minutes: query.duration_minutes, from: query.from, limit: query.limit }
    }
}

/// A window that nothing stands against.
#[derive(Debug, Serialize, ToSchema)]
pub struct FreeWindowView {
    /// First instant.
    pub start: DateTime<Utc>,
    /// First instant after it.
    pub end: DateTime<Utc>,
    /// True when the customer works at that time: a reason is needed.
    pub in_business_hours: bool,
}

impl From<FreeWindow> for FreeWindowView {
    fn from(free: FreeWindow) -> Self {
        Self { start: free.window.start, end: free.window.end, in_business_hours: free.in_business_hours }
    }
}

/// The next free windows.
#[derive(Debug, Serialize, ToSchema)]
pub struct FreeWindowsView {
    /// Those outside the customer's business hours first; empty when nothing is free within 90 days.
    pub items: Vec<FreeWindowView>,
}
