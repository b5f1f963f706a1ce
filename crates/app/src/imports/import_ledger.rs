use super::{Ledger, LedgerRow};
use crate::{AppError, Cx, Fault, Rx, context::Via};
use fabu_domain::{
    identity::{folded, same},
    ids::{EventId, ReleaseId, UserId},
    people::directory::Directory,
    subject::log::LogEntry,
    subjects::release::{
        Dossier, Imported, Release, Stamp, VerdictRecord,
        stage::{ReleaseMedium, ReleaseScope, Stage},
    },
    time::quarter::Quarter,
};
use fabu_store::Reader;
use serde_json::json;
use std::collections::{BTreeMap, HashMap};

/// Rows that are looked up at once, and between two signs of progress.
const BATCH: usize = 500;

/// The numbers of imported releases begin so; the number of the ledger follows as it is.
const PREFIX: &str = "HIST-";

/// What an import did, or would do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Taken {
    /// Releases added.
    pub added: usize,
    /// Releases that were imported before.
    pub existing: usize,
    /// The releases added, counted.
    pub counts: Counts,
    /// Among those imported before, rows that say something else now. They are reported, never written over.
    pub different: Vec<Difference>,
}

/// How many releases there are of each outcome, weight and quarter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// By outcome.
    pub by_verdict: BTreeMap<&'static str, usize>,
    /// By weight.
    pub by_kind: BTreeMap<&'static str, usize>,
    /// By the quarter in which they count (D9).
    pub by_quarter: BTreeMap<String, usize>,
}

impl Counts {
    fn of(rows: &[&LedgerRow]) -> Self {
        let mut counts = Self::default();
        for row in rows {
            *counts.by_verdict.entry(row.verdict.as_str()).or_default() += 1;
            *counts.by_kind.entry(row.kind.as_str()).or_default() += 1;
            *counts.by_quarter.entry(Quarter::of(row.finished_at).to_string()).or_default() += 1;
        }
        counts
    }
}

/// A row that says something else than the release imported under its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The line of the file in which the row begins.
    pub row: u64,
    /// The number in the ledger.
    pub number: String,
    /// The field.
    pub field: &'static str,
    /// What was imported.
    pub before: String,
    /// What the row says now.
    pub now: String,
}

/// What an import of the ledger would do.
///
/// # Errors
/// [`AppError::Store`]; not the operator.
pub fn preview_ledger(rx: &mut Rx<'_, '_>, ledger: &Ledger) -> Result<Taken, AppError> {
    for_the_operator(rx.caller.via)?;
    let (new, taken) = compare(rx.tx, ledger)?;
    Ok(Taken { added: new.len(), counts: Counts::of(&new), ..taken })
}

/// Adds the releases of the ledger that were not imported before, in the name of `by` if given. `progress` hears the number
/// of rows taken so far.
///
/// # Errors
/// [`AppError::Store`]; not the operator. Nothing was imported then.
pub fn import_ledger(
    cx: &mut Cx<'_, '_>,
    ledger: &Ledger,
    by: Option<UserId>,
    progress: &dyn Fn(usize),
) -> Result<Taken, AppError> {
    for_the_operator(cx.caller.via)?;
    let (new, taken) = compare(cx.tx, ledger)?;
    progress(ledger.rows.len() - new.len());
    for (count, row) in new.iter().enumerate() {
        add(cx, ledger, row, by)?;
        if (count + 1) % BATCH == 0 {
            progress(ledger.rows.len() - new.len() + count + 1);
        }
    }
    let taken = Taken { added: new.len(), counts: Counts::of(&new), ..taken };
    if taken.added > 0 {
        let payload = json!({
            "file": ledger.source, "sha256": ledger.sha256, "encoding": ledger.encoding, "rows": ledger.rows.len(),
            "left_out": ledger.left_out.iter().map(|row| row.row).collect::<Vec<_>>(), "added": taken.added, "existing": taken.existing, "different": taken.different.len(),
            "mapping": ledger.mapping.iter().map(|(field, source)| (field.as_str(), source)).collect::<BTreeMap<_, _>>(),
        });
        let entry = LogEntry { actor: by, ..cx.entry("ledger.imported", format!("imports/{}", ledger.sha256), payload) };
        cx.tx.append(&[entry])?;
        if taken.added > BATCH {
            cx.tx.note_many_rows()?;
        }
    }
    progress(ledger.rows.len());
    Ok(taken)
}

/// An import writes history that nobody in it has decided on: only the operator may.
fn for_the_operator(via: Via) -> Result<(), AppError> {
    if via == Via::System { Ok(()) } else { Err(Fault::Forbidden.into()) }
}

/// The rows that are new, and what is to be said about the others.
fn compare<'l>(tx: &mut Reader<'_>, ledger: &'l Ledger) -> Result<(Vec<&'l LedgerRow>, Taken), AppError> {
    let (mut new, mut taken) = (Vec::new(), Taken::default());
    for rows in ledger.rows.chunks(BATCH) {
        let numbers: Vec<&str> = rows.iter().map(|row| row.number.as_str()).collect();
        let known = tx.imported_releases(&numbers)?;
        let number = |release: &Release| folded(release.imported.as_ref().map_or("", |imported| imported.number.as_str()));
        let known: HashMap<String, Release> = known.into_iter().map(|release| (number(&release), release)).collect();
        for row in rows {
            match known.get(&folded(row.number.as_str())) {
                Some(release) => {
                    taken.existing += 1;
                    taken.different.extend(differences(row, release));
                }
                None => new.push(row),
            }
        }
    }
    Ok((new, taken))
}

fn differences(row: &LedgerRow, release: &Release) -> Vec<Difference> {
    let verdict = release.verdict.as_ref();
    let imported = release.imported.as_ref();
    let pairs = [
        ("title", release.title.clone(), row.title.to_string()),
        ("kind", release.kind.to_string(), row.kind.to_string()),
        ("outcome", verdict.map_or_else(String::new, |v| v.verdict.to_string()), row.verdict.to_string()),
        ("finished_at", verdict.map_or_else(String::new, |v| v.mark.at.to_rfc3339()), row.finished_at.to_rfc3339()),
        ("requested_at", release.created.at.to_rfc3339(), row.requested_at.to_rfc3339()),
        ("system", imported.map_or_else(String::new, |i| i.system.clone()), row.system.clone()),
        ("customer", imported.map_or_else(String::new, |i| i.customer.clone()), row.customer.clone()),
        ("note", verdict.map_or_else(String::new, |v| v.mark.reason.clone()), row.note.clone()),
    ];
    let differing = pairs.into_iter().filter(|(_, before, now)| before != now);
    let number = row.number.to_string();
    differing.map(|(field, before, now)| Difference { row: row.row, number: number.clone(), field, before, now }).collect()
}

fn add(cx: &mut Cx<'_, '_>, ledger: &Ledger, row: &LedgerRow, by: Option<UserId>) -> Result<(), AppError> {
    let dossier = closed_release(cx.new_id(), &cx.directory, ledger, row, by);
    let release = &dossier.release;
    let payload = json!({
        "file": ledger.source, "row": row.row, "cells": row.cells,
        "title": release.title, "kind": release.kind, "verdict": row.verdict,
        "finished_at": row.finished_at, "requested_at": row.requested_at,
        "customer_id": release.customer_id, "service_objects": release.service_objects,
    });
    let entry = LogEntry {
        id: EventId(cx.ids.next()),
        actor: by,
        release_id: Some(release.id),
        release_version: Some(release.version),
        occurred_at: row.finished_at,
        ..cx.entry("release.imported", format!("releases/{}", release.number), payload)
    };
    cx.tx.insert_release(&dossier, &[entry])?;
    Ok(())
}

/// The history of one release: closed, with a verdict and nothing that was decided here. A ledger does not say what the
/// release carried; it counts as a software release of what changed.
fn closed_release(id: ReleaseId, directory: &Directory, ledger: &Ledger, row: &LedgerRow, by: Option<UserId>) -> Dossier {
    let by = by.unwrap_or_else(|| UserId(uuid::Uuid::nil()));
    let ended = |reason: &str| Stamp { by, at: row.finished_at, reason: reason.to_owned() };
    let customer = directory.customers.values().find(|customer| same(customer.name.as_str(), &row.customer));
    let object = directory
        .service_objects
        .values()
        .find(|object| same(object.name.as_str(), &row.system) || same(object.code.as_str(), &row.system));
    let release = Release {
        id,
        number: format!("{PREFIX}{}", row.number),
        title: row.title.to_string(),
        kind: row.kind,
        scope: ReleaseScope::Delta,
        medium: ReleaseMedium::Software,
        customer_id: customer.map(|customer| customer.id),
        service_objects: object.map(|object| object.id).into_iter().collect(),
        stage: Stage::Completed,
        suspension: None,
        window: None,
        test_round: 1,
        test_report_received: None,
        grouping: None,
        deployment: None,
        verdict: Some(VerdictRecord { verdict: row.verdict, mark: ended(&row.note) }),
        procedure_version: String::new(),
        imported: Some(Imported {
            source: ledger.source.clone(),
            number: row.number.to_string(),
            system: row.system.clone(),
            customer: row.customer.clone(),
        }),
        created: Stamp { by, at: row.requested_at, reason: String::new() },
        closed: Some(ended("")),
        completed_at: Some(row.finished_at),
        cancelled: None,
        exceptions: Vec::new(),
        accepted_risks: Vec::new(),
        freeze_exceptions: Vec::new(),
        accepted_conflicts: Vec::new(),
        archive_excuses: BTreeMap::new(),
        version: 1,
    };
    Dossier {
        release,
        team: Vec::new(),
        changes: Vec::new(),
        documents: BTreeMap::new(),
        approvals: Vec::new(),
        tasks: Vec::new(),
        units: Vec::new(),
        test_cases: Vec::new(),
        test_runs: Vec::new(),
        run_sheet: Vec::new(),
        configuration: Vec::new(),
    }
}
