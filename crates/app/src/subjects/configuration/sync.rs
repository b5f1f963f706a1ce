//! An outside configuration database as the master of its items (9.2c).

use super::import::write;
use crate::{
    AppError, Cx, FieldError,
    subjects::registers::{
        configuration_item::{unfit, unfit_relations},
        replace,
    },
};
use chrono::{DateTime, Utc};
use fabu_domain::{
    subject::operation::Operation,
    subjects::registers::{
        Register,
        configuration_item::{ConfigurationItem, ConfigurationItemStated, SyncOutcome, external_key},
    },
    text::{Code, Line},
    time::clock::company_day,
};
use serde_json::json;
use std::collections::HashSet;

/// The most items of one call.
pub const MOST_ITEMS: usize = 500;

/// What an outside database says.
#[derive(Debug, Clone)]
pub struct SyncRequest {
    /// The system.
    pub source: Line,
    /// When it read what it says: what a release confirmed later is kept.
    pub as_of: DateTime<Utc>,
    /// Its items.
    pub items: Vec<SyncItem>,
}

/// An item of an outside database.
#[derive(Debug, Clone)]
pub struct SyncItem {
    /// What the system calls it.
    pub external_id: Code,
    /// The rest.
    pub stated: ConfigurationItemStated,
}

/// What became of one item.
#[derive(Debug, Clone)]
pub struct SyncResult {
    /// What the system calls it.
    pub external_id: Code,
    /// Its number.
    pub number: Code,
    /// What became of it.
    pub outcome: SyncOutcome,
    /// What is wrong with it.
    pub errors: Vec<FieldError>,
}

/// Takes over what an outside database says of its items; each by itself, in the order in which they come.
///
/// # Errors
/// Not permitted; too many items; a moment in the future.
pub fn sync_items(cx: &mut Cx<'_, '_>, request: &SyncRequest) -> Result<Vec<SyncResult>, AppError> {
    cx.permit(Operation::SyncConfigurationItems)?;
    let mut errors = Vec::new();
    if request.items.len() > MOST_ITEMS {
        errors.push(FieldError::invalid("/items", format!("最多 {MOST_ITEMS} 项"), format!("at most {MOST_ITEMS} items")));
    }
    if request.as_of > cx.now {
        errors.push(FieldError::invalid("/as_of", "不能晚于现在", "a moment that is not in the future"));
    }
    AppError::unless_empty(errors)?;
    let mut results = Vec::with_capacity(request.items.len());
    let mut said = HashSet::new();
    for item in &request.items {
        let stated = ConfigurationItemStated {
            source: Some(request.source.clone()),
            external_id: Some(item.external_id.clone()),
            ..item.stated.clone()
        };
        let key = external_key(&request.source, &item.external_id);
        let known = cx.tx.items_of_source(std::slice::from_ref(&key))?.remove(&key);
        let numbered = cx.tx.items_numbered(&[stated.number.as_str()])?.pop();
        let mut errors = unfit(&cx.directory, &stated);
        if !said.insert(key) {
            errors.push(FieldError::invalid("/external_id", "在本次请求中重复", "an external id that the request has once"));
        }
        // An item that nobody is the master of becomes the system's by its number.
        let before = match (known, numbered) {
            (Some(known), Some(numbered)) if known.id != numbered.id => {
                errors.push(FieldError::invalid("/number", "该编号属于另一配置项", "a number that no other item has"));
                Some(known)
            }
            (None, Some(numbered)) if numbered.source.is_some() => {
                errors.push(FieldError::invalid(
                    "/number",
                    "该编号由另一来源或另一外部编号维护",
                    "a number that no other system is the master of",
                ));
                Some(numbered)
            }
            (Some(known), None) => {
                errors.push(FieldError::invalid("/number", "编号不能修改", "the number that the item has"));
                Some(known)
            }
            (known, numbered) => known.or(numbered),
        };
        errors.extend(unfit_relations(cx, &stated, before.as_ref())?);
        let outcome = if errors.is_empty() { take(cx, request, before, stated)? } else { SyncOutcome::Refused };
        results.push(SyncResult { external_id: item.external_id.clone(), number: item.stated.number.clone(), outcome, errors });
    }
    let count = |outcome: SyncOutcome| results.iter().filter(|result| result.outcome == outcome).count();
    let payload = json!({
        "source": request.source, "items": results.len(), "created": count(SyncOutcome::Created),
        "updated": count(SyncOutcome::Updated), "refused": count(SyncOutcome::Refused),
        "kept_confirmed": count(SyncOutcome::KeptConfirmed),
    });
    let entry = cx.entry("configuration_item.synchronised", "configuration-items".to_owned(), payload);
    cx.tx.append(&[entry])?;
    Ok(results)
}

fn take(
    cx: &mut Cx<'_, '_>,
    request: &SyncRequest,
    before: Option<ConfigurationItem>,
    mut stated: ConfigurationItemStated,
) -> Result<SyncOutcome, AppError> {
    let Some(before) = before else {
        write(cx, vec![stated.clone()], Vec::new())?;
        let made = cx.tx.items_numbered(&[stated.number.as_str()])?.pop();
        if let Some(made) = made {
            seen(cx, &made, made.clone(), SyncOutcome::Created)?;
        }
        return Ok(SyncOutcome::Created);
    };
    stated.number = before.number.clone();
    let confirmed = before.confirmed.as_ref().is_some_and(|confirmed| confirmed.at > request.as_of);
    let differs =
        (&stated.item_version, stated.state, &stated.attributes) != (&before.item_version, before.state, &before.attributes);
    if confirmed && differs {
        stated.item_version.clone_from(&before.item_version);
        stated.state = before.state;
        stated.attributes.clone_from(&before.attributes);
    }
    let after = ConfigurationItem::of(before.id, before.version, &stated, Some(&before));
    let outcome = match () {
        () if confirmed && differs => SyncOutcome::KeptConfirmed,
        () if after == before => SyncOutcome::Unchanged,
        () => SyncOutcome::Updated,
    };
    seen(cx, &before, after, outcome)?;
    Ok(outcome)
}

/// Notes that the system has named the item, once a day, and what it changed.
fn seen(cx: &mut Cx<'_, '_>, before: &ConfigurationItem, after: ConfigurationItem, outcome: SyncOutcome) -> Result<(), AppError> {
    let today = before.last_seen.is_some_and(|at| company_day(at) == company_day(cx.now));
    if after == *before && today && outcome != SyncOutcome::Created {
        return Ok(());
    }
    replace(cx, before, &ConfigurationItem { last_seen: Some(cx.now), ..after })
}
