//! Which rules were set aside for a release (R0, RO1c).

use crate::{
    blocks::document::{DocumentContent, DocumentKind},
    ids::UserId,
    subjects::release::{Dossier, ExceptionKind},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A rule that was set aside for a release: an exception of the general manager (R0), or a rollback that was not rehearsed
/// (RO1c).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SetAside {
    /// Which exception; none: the rehearsal of the rollback.
    #[schema(required)]
    pub exception: Option<ExceptionKind>,
    /// Why.
    pub reason: String,
    /// Who is behind it: who granted it, or who submitted the test report.
    pub by: UserId,
    /// When.
    pub at: DateTime<Utc>,
}

/// What was set aside for a release, oldest first.
pub(super) fn set_aside(dossier: &Dossier) -> Vec<SetAside> {
    let granted = dossier.release.exceptions.iter().map(|exception| SetAside {
        exception: Some(exception.kind),
        reason: exception.mark.reason.clone(),
        by: exception.mark.by,
        at: exception.mark.at,
    });
    let report = dossier.latest(DocumentKind::TestReport);
    let exempted = report.and_then(|revision| match revision.content.as_ref() {
        DocumentContent::TestReport(report) if !report.rollback_rehearsal.rehearsed => {
            let reason = report.rollback_rehearsal.exemption_reason.clone();
            Some(SetAside { exception: None, reason, by: revision.submitted.by, at: revision.submitted.at })
        }
        _ => None,
    });
    granted.chain(exempted).collect()
}
