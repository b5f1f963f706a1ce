//! What an approval looks at besides the sections of its document, as fingerprints that can be compared later
//! (principle 4): who agreed to it agreed to that, and to nothing that came after.

use crate::{
    blocks::{
        approval::{Approval, ApprovalKind},
        document::{DocumentKind, canonical::fingerprint},
    },
    subjects::release::{
        Dossier,
        records::{ConfigurationState, EntryKind},
    },
};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The list of configuration items.
pub const CONFIGURATION_LIST: &str = "configuration_list";
/// The list of release units.
pub const UNIT_LIST: &str = "unit_list";
/// The list of changes.
pub const CHANGE_LIST: &str = "change_list";
/// The entries of the run sheet of one phase.
pub const RUN_SHEET: &str = "run_sheet";

/// The fingerprints of everything that an approval of this kind looks at besides its own document.
#[must_use]
pub fn covered(dossier: &Dossier, kind: ApprovalKind, document: DocumentKind, phase: Option<&str>) -> BTreeMap<String, String> {
    match kind {
        ApprovalKind::GoLiveApproval => foundations(dossier, document),
        ApprovalKind::DeploymentConfirmation => {
            BTreeMap::from([(RUN_SHEET.to_owned(), fingerprint(&entries_of(dossier, phase)))])
        }
        ApprovalKind::CustomerAcceptance => {
            let plan = dossier
                .latest(DocumentKind::ReleasePlan)
                .map(|plan| (DocumentKind::ReleasePlan.to_string(), plan.sha256.clone()));
            plan.into_iter().chain([(UNIT_LIST.to_owned(), fingerprint(&unit_list(dossier)))]).collect()
        }
        ApprovalKind::PlanReview
        | ApprovalKind::PlanApproval
        | ApprovalKind::ReportApproval
        | ApprovalKind::QuarterlyReportApproval
        | ApprovalKind::ProcedureApproval => BTreeMap::new(),
    }
}

/// True when nothing of what a go-live approval looked at has changed since. An approval of an earlier version of the
/// program names fewer things; those that it names are compared.
#[must_use]
pub fn is_as_approved(dossier: &Dossier, approval: &Approval) -> bool {
    if approval.kind != ApprovalKind::GoLiveApproval {
        return true;
    }
    let now = covered(dossier, approval.kind, approval.subject.document, None);
    now.iter().all(|(name, hash)| approval.subject.sections.get(name).is_none_or(|approved| approved == hash))
}

/// What a go-live approval rests on: the other documents and the lists of what goes into production.
fn foundations(dossier: &Dossier, document: DocumentKind) -> BTreeMap<String, String> {
    let others = [DocumentKind::ReleasePlan, DocumentKind::TestReport].into_iter().filter(|kind| *kind != document);
    let documents = others.filter_map(|kind| Some((kind.to_string(), dossier.latest(kind)?.sha256.clone())));
    let lists =
        [(CONFIGURATION_LIST, configuration_list(dossier)), (UNIT_LIST, unit_list(dossier)), (CHANGE_LIST, change_list(dossier))];
    documents.chain(lists.map(|(name, list)| (name.to_owned(), fingerprint(&list)))).collect()
}

fn sorted(rows: impl Iterator<Item = Value>) -> Value {
    let mut rows: Vec<Value> = rows.collect();
    rows.sort_by_key(ToString::to_string);
    Value::Array(rows)
}

fn configuration_list(dossier: &Dossier) -> Value {
    let demanded = dossier.configuration.iter().filter(|c| c.state != ConfigurationState::Dropped);
    sorted(demanded.map(|c| json!([c.item, c.planned_version, c.phase])))
}

fn unit_list(dossier: &Dossier) -> Value {
    sorted(dossier.units_in_force().map(|u| json!([u.name, u.version, u.sha256])))
}

fn change_list(dossier: &Dossier) -> Value {
    sorted(dossier.changes.iter().map(|c| json!([c.id, c.number])))
}

fn entries_of(dossier: &Dossier, phase: Option<&str>) -> Value {
    let of_phase = dossier.run_sheet.iter().filter(|e| e.kind == EntryKind::Step && e.phase.as_deref() == phase);
    Value::Array(of_phase.map(|e| json!([e.n, e.step, e.result, e.finished_at, e.note])).collect())
}
