//! Taking configuration items over from a table: all that is right, row by row, and everything that is wrong with the rest (9.2c).

use super::{
    relations::related,
    table::{CellError, Column, Errors, Sheet, Table},
};
use crate::{
    App, AppError, Caller, Cx, Failure, Fault, FieldError,
    subjects::registers::{configuration_item::unfit, replace},
};
use fabu_domain::{
    identity::folded,
    language::Language,
    people::directory::Directory,
    subject::operation::Operation,
    subjects::registers::{
        Register,
        configuration_item::{Attribute, ConfigurationItem, ConfigurationItemId, ConfigurationItemStated, external_key},
    },
};
use serde_json::json;
use std::{collections::HashMap, sync::Arc};

/// Rows that are written in one transaction: others write between two of them.
const BATCH: usize = 500;

/// The most errors that are told; all are counted.
pub const MOST_ERRORS: usize = 200;

/// The most rows of a table.
const MOST_ROWS: usize = 200_000;

/// What is wrong in a row.
pub type ImportError = CellError;

/// What an import did, or would do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportOutcome {
    /// Rows below the heading.
    pub rows: usize,
    /// Items that were new.
    pub created: usize,
    /// Items that the table changed.
    pub changed: usize,
    /// Items that are as the table says.
    pub unchanged: usize,
    /// Rows that were not taken.
    pub refused: usize,
    /// What is wrong with them, the first ones.
    pub errors: Vec<ImportError>,
}

impl ImportOutcome {
    fn refuse(&mut self, errors: Vec<ImportError>) {
        self.refused += 1;
        let room = MOST_ERRORS.saturating_sub(self.errors.len());
        self.errors.extend(errors.into_iter().take(room));
    }
}

/// Takes the items of a table over: new numbers are added, known ones changed where the table says otherwise, the rest is left. Columns
/// that the table does not have stay as they are. Rows that are wrong are told and not taken. With `dry_run` nothing is written.
///
/// # Errors
/// Not permitted; a heading that cannot be understood; a table that is too long; those of the database.
pub async fn import_items(app: &App, caller: &Caller, table: Table, dry_run: bool) -> Result<ImportOutcome, Failure> {
    let mut outcome = ImportOutcome { rows: table.rows.len(), ..ImportOutcome::default() };
    if table.rows.len() > MOST_ROWS {
        let error = FieldError::invalid("/file", format!("最多 {MOST_ROWS} 行"), format!("at most {MOST_ROWS} rows"));
        return Err(AppError::from(error).into());
    }
    let sheet = Sheet::new(table)
        .map_err(|CellError { zh, en, .. }| Failure::from(AppError::from(FieldError::invalid("/file", zh, en))))?;
    let sheet = Arc::new(sheet);
    let whole = Arc::clone(&sheet);
    let (right, refused) = app
        .read(caller, move |rx| {
            rx.permit(Operation::ImportConfigurationItems)?;
            let directory = Arc::clone(&rx.directory);
            let (right, mut refused) = right_by_themselves(&directory, &whole);
            let right = related(rx.tx, &whole, right, &mut refused)?;
            Ok((right, refused))
        })
        .await?;
    refused.into_iter().for_each(|errors| outcome.refuse(errors));
    for places in right.chunks(BATCH) {
        let (places, sheet) = (places.to_vec(), Arc::clone(&sheet));
        let taken = if dry_run {
            app.read(caller, move |rx| Ok(compare(rx.tx, &rx.directory, &sheet, &places)?.1)).await?
        } else {
            app.write(caller, move |cx| take(cx, &sheet, &places)).await?
        };
        outcome.created += taken.created;
        outcome.changed += taken.changed;
        outcome.unchanged += taken.unchanged;
        outcome.refused += taken.refused;
        let room = MOST_ERRORS.saturating_sub(outcome.errors.len());
        outcome.errors.extend(taken.errors.into_iter().take(room));
    }
    if !dry_run && outcome.created > BATCH {
        app.write(caller, |cx| Ok(cx.tx.note_many_rows()?)).await?;
    }
    outcome.errors.sort_by_key(|error| error.line);
    Ok(outcome)
}

/// Refuses whoever may not import, before the file is looked at.
///
/// # Errors
/// Not permitted.
pub async fn permit_import(app: &App, caller: &Caller) -> Result<(), Failure> {
    app.read(caller, |rx| rx.permit(Operation::ImportConfigurationItems)).await
}

/// The places of the rows that are right by themselves, and what is wrong with the others.
fn right_by_themselves(directory: &Directory, sheet: &Sheet) -> (Vec<usize>, Errors) {
    let (mut right, mut refused): (Vec<usize>, Errors) = (Vec::new(), Vec::new());
    let (mut numbers, mut external): (HashMap<String, u64>, HashMap<String, u64>) = (HashMap::new(), HashMap::new());
    for place in 0..sheet.len() {
        let (line, stated) = match sheet.item(directory, place) {
            Ok(item) => item,
            Err(errors) => {
                refused.push(errors);
                continue;
            }
        };
        let twice = |known: &u64, what: (&str, &str)| ImportError {
            line,
            column: what.1.to_owned(),
            zh: format!("与第 {known} 行的{}相同", what.0),
            en: format!("row {known} has the same {}", what.1),
        };
        let number = folded(stated.number.as_str());
        let outside = stated.source.as_ref().zip(stated.external_id.as_ref()).map(|(source, id)| external_key(source, id));
        let mut errors: Vec<ImportError> =
            numbers.get(&number).map(|known| twice(known, ("编号", "number"))).into_iter().collect();
        let known = outside.as_ref().and_then(|key| external.get(key));
        errors.extend(known.map(|known| twice(known, ("外部编号", "external id"))));
        if errors.is_empty() {
            numbers.insert(number, line);
            external.extend(outside.map(|key| (key, line)));
            right.push(place);
        } else {
            refused.push(errors);
        }
    }
    (right, refused)
}

/// An error of a field as the error of a cell.
fn told(line: u64, error: &FieldError) -> ImportError {
    let text = |language| error.fault.text(language, &error.params);
    let column = error.pointer.trim_start_matches('/').to_owned();
    ImportError { line, column, zh: text(Language::Chinese), en: text(Language::English) }
}

/// What a batch of rows would change: new items and changed ones, and the outcome.
struct Changes {
    new: Vec<ConfigurationItemStated>,
    changed: Vec<(ConfigurationItem, ConfigurationItemStated)>,
}

fn compare(
    tx: &mut fabu_store::Reader<'_>,
    directory: &Directory,
    sheet: &Sheet,
    places: &[usize],
) -> Result<(Changes, ImportOutcome), AppError> {
    let (mut changes, mut outcome) = (Changes { new: Vec::new(), changed: Vec::new() }, ImportOutcome::default());
    let mut rows: Vec<(u64, ConfigurationItemStated)> = Vec::with_capacity(places.len());
    for place in places {
        // What a row names may have changed since the table was looked through.
        match sheet.item(directory, *place) {
            Ok(row) => rows.push(row),
            Err(errors) => outcome.refuse(errors),
        }
    }
    let numbers: Vec<&str> = rows.iter().map(|(_, stated)| stated.number.as_str()).collect();
    let known: HashMap<String, ConfigurationItem> =
        tx.items_numbered(&numbers)?.into_iter().map(|item| (item.key(), item)).collect();
    let external = |stated: &ConfigurationItemStated| {
        stated.source.as_ref().zip(stated.external_id.as_ref()).map(|(source, id)| external_key(source, id))
    };
    let keys: Vec<String> = rows.iter().filter_map(|(_, stated)| external(stated)).collect();
    let claimed = if keys.is_empty() { HashMap::new() } else { tx.items_of_source(&keys)? };
    for (line, row) in rows {
        let before = known.get(&folded(row.number.as_str()));
        let holder = external(&row).and_then(|key| claimed.get(&key));
        if let Some(holder) = holder.filter(|holder| before.is_none_or(|before| before.id != holder.id)) {
            let number = &holder.number;
            let error = ImportError {
                line,
                column: "external_id".to_owned(),
                zh: format!("该外部编号已属于配置项“{number}”"),
                en: format!("the item \"{number}\" has this external id"),
            };
            outcome.refuse(vec![error]);
            continue;
        }
        let stated = match before {
            Some(before) => merged(before, &row, &sheet.columns),
            None => row,
        };
        let errors = unfit(directory, &stated);
        if !errors.is_empty() {
            outcome.refuse(errors.iter().map(|error| told(line, error)).collect());
            continue;
        }
        let Some(before) = before else {
            outcome.created += 1;
            changes.new.push(stated);
            continue;
        };
        if before.source.is_some() && stated.source != before.source {
            let fault = FieldError::new("/source", Fault::ItemKeptElsewhere);
            let source = before.source.as_ref().map(ToString::to_string).unwrap_or_default();
            outcome.refuse(vec![told(line, &fault.with("source", source))]);
            continue;
        }
        let after = ConfigurationItem::of(before.id, before.version, &stated, Some(before));
        if after == *before {
            outcome.unchanged += 1;
        } else {
            outcome.changed += 1;
            changes.changed.push((before.clone(), stated));
        }
    }
    Ok((changes, outcome))
}

/// What a row says about a known item: the columns of the table, the rest as it is. The number keeps its spelling.
fn merged(before: &ConfigurationItem, row: &ConfigurationItemStated, columns: &[Column]) -> ConfigurationItemStated {
    let says = |field: &'static str| columns.contains(&Column::Field(field));
    fn pick<T: Clone>(said: bool, row: &T, before: &T) -> T {
        if said { row.clone() } else { before.clone() }
    }
    let named = |attribute: &Attribute| columns.contains(&Column::Attribute(attribute.name.to_string()));
    let kept = before.attributes.iter().filter(|attribute| !named(attribute)).cloned();
    let attributes: Vec<Attribute> = kept.chain(row.attributes.iter().cloned()).collect();
    let other = before.relations.iter().filter(|relation| !says(relation.kind.as_str())).cloned();
    let relations: Vec<_> = row.relations.iter().cloned().chain(other).collect();
    let same = |one: &[Attribute], other: &[Attribute]| one.len() == other.len() && one.iter().all(|a| other.contains(a));
    let same_relations = relations.len() == before.relations.len() && relations.iter().all(|r| before.relations.contains(r));
    ConfigurationItemStated {
        number: before.number.clone(),
        name: row.name.clone(),
        kind: row.kind,
        environment: row.environment,
        state: row.state,
        customer_id: pick(says("customer"), &row.customer_id, &before.customer_id),
        service_object_id: pick(says("service_object"), &row.service_object_id, &before.service_object_id),
        owner: pick(says("owner"), &row.owner, &before.owner),
        item_version: pick(says("item_version"), &row.item_version, &before.item_version),
        attributes: if same(&attributes, &before.attributes) { before.attributes.clone() } else { attributes },
        relations: if same_relations { before.relations.clone() } else { relations },
        source: pick(says("source"), &row.source, &before.source),
        external_id: pick(says("external_id"), &row.external_id, &before.external_id),
    }
}

fn take(cx: &mut Cx<'_, '_>, sheet: &Sheet, places: &[usize]) -> Result<ImportOutcome, AppError> {
    cx.permit(Operation::ImportConfigurationItems)?;
    let (changes, outcome) = compare(cx.tx, &cx.directory, sheet, places)?;
    write(cx, changes.new, changes.changed)?;
    Ok(outcome)
}

/// Adds the new items and replaces the changed ones, each with its entry in the log.
pub(super) fn write(
    cx: &mut Cx<'_, '_>,
    new: Vec<ConfigurationItemStated>,
    changed: Vec<(ConfigurationItem, ConfigurationItemStated)>,
) -> Result<(), AppError> {
    let mut items = Vec::with_capacity(new.len());
    let mut entries = Vec::with_capacity(new.len());
    for stated in &new {
        let id: ConfigurationItemId = cx.new_id();
        let item = ConfigurationItem::of(id, 1, stated, None);
        entries.push(cx.entry(ConfigurationItem::DECLARED.create.event, ConfigurationItem::subject(id), json!(item)));
        items.push(item);
    }
    cx.tx.create_records(&items, &entries)?;
    for (before, stated) in changed {
        let after = ConfigurationItem::of(before.id, before.version, &stated, Some(&before));
        replace(cx, &before, &after)?;
    }
    Ok(())
}
