//! Taking configuration items over from a table: all that is right, row by row, and everything that is wrong with the rest (9.2c).

use super::table::{CellError, Column, Table, columns, item_of_row};
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
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

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

/// A row that is right by itself.
struct Row {
    line: u64,
    stated: ConfigurationItemStated,
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
    let columns = Arc::new(
        columns(&table.header)
            .map_err(|CellError { zh, en, .. }| Failure::from(AppError::from(FieldError::invalid("/file", zh, en))))?,
    );
    let meaning = Arc::clone(&columns);
    let (rows, refused) = app
        .read(caller, move |rx| {
            rx.permit(Operation::ImportConfigurationItems)?;
            let directory = Arc::clone(&rx.directory);
            let (mut rows, mut refused) = right_by_themselves(&directory, table, &meaning);
            related_to_known(rx.tx, &mut rows, &mut refused)?;
            Ok((rows, refused))
        })
        .await?;
    refused.into_iter().for_each(|errors| outcome.refuse(errors));
    let mut rows = rows.into_iter();
    loop {
        let batch: Vec<Row> = rows.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            break;
        }
        let (batch, columns) = (Arc::new(batch), Arc::clone(&columns));
        let taken = if dry_run {
            app.read(caller, move |rx| Ok(compare(rx.tx, &rx.directory, &batch, &columns)?.1)).await?
        } else {
            app.write(caller, move |cx| take(cx, &batch, &columns)).await?
        };
        outcome.created += taken.created;
        outcome.changed += taken.changed;
        outcome.unchanged += taken.unchanged;
        outcome.refused += taken.refused;
        let room = MOST_ERRORS.saturating_sub(outcome.errors.len());
        outcome.errors.extend(taken.errors.into_iter().take(room));
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

type Errors = Vec<Vec<ImportError>>;

/// The rows that are right by themselves, and what is wrong with the others. The table is used up, so that it is not held twice.
fn right_by_themselves(directory: &Directory, table: Table, columns: &[Column]) -> (Vec<Row>, Errors) {
    let (mut rows, mut refused): (Vec<Row>, Errors) = (Vec::new(), Vec::new());
    let mut numbers: HashMap<String, u64> = HashMap::new();
    let mut external: HashMap<String, u64> = HashMap::new();
    for (line, cells) in table.rows {
        let stated = match item_of_row(directory, &table.header, columns, line, &cells) {
            Ok(stated) => stated,
            Err(errors) => {
                refused.push(errors);
                continue;
            }
        };
        let mut errors: Vec<ImportError> = Vec::new();
        let twice = |known: u64, what: (&str, &str)| ImportError {
            line,
            column: what.1.to_owned(),
            zh: format!("与第 {known} 行的{}相同", what.0),
            en: format!("row {known} has the same {}", what.1),
        };
        if let Some(known) = numbers.insert(folded(stated.number.as_str()), line) {
            errors.push(twice(known, ("编号", "number")));
        }
        if let (Some(source), Some(id)) = (&stated.source, &stated.external_id)
            && let Some(known) = external.insert(external_key(source, id), line)
        {
            errors.push(twice(known, ("外部编号", "external id")));
        }
        if errors.is_empty() { rows.push(Row { line, stated }) } else { refused.push(errors) }
    }
    (rows, refused)
}

/// An error of a field as the error of a cell.
fn told(line: u64, error: &FieldError) -> ImportError {
    let text = |language| error.fault.text(language, &error.params);
    let column = error.pointer.trim_start_matches('/').to_owned();
    ImportError { line, column, zh: text(Language::Chinese), en: text(Language::English) }
}

/// Refuses rows with relations to items that neither the table nor the database has, and those that would be above themselves.
fn related_to_known(tx: &mut fabu_store::Reader<'_>, rows: &mut Vec<Row>, refused: &mut Errors) -> Result<(), AppError> {
    if rows.iter().all(|row| row.stated.relations.is_empty()) {
        return Ok(());
    }
    let own: HashSet<String> = rows.iter().map(|row| folded(row.stated.number.as_str())).collect();
    let targets = rows.iter().flat_map(|row| &row.stated.relations).map(|relation| relation.to.as_str());
    let foreign: Vec<&str> = targets.filter(|to| !own.contains(&folded(to))).collect::<HashSet<_>>().into_iter().collect();
    let known: HashSet<String> = tx.item_keys(&foreign)?.into_iter().collect();
    let mut above: HashMap<String, Vec<String>> = HashMap::new();
    for (from, to) in tx.item_hierarchy()?.into_iter().filter(|(from, _)| !own.contains(from)) {
        above.entry(from).or_default().push(to);
    }
    for row in rows.iter() {
        let parents = row.stated.relations.iter().filter(|relation| relation.kind.has_parent());
        let parents: Vec<String> = parents.map(|relation| folded(relation.to.as_str())).collect();
        if !parents.is_empty() {
            above.insert(folded(row.stated.number.as_str()), parents);
        }
    }
    let circles = in_circles(&above);
    rows.retain(|row| {
        let wrong = |to: &str, zh: String, en: String| ImportError { line: row.line, column: to.to_owned(), zh, en };
        let mut errors = Vec::new();
        for relation in &row.stated.relations {
            let (key, field) = (folded(relation.to.as_str()), relation.kind.as_str());
            if !own.contains(&key) && !known.contains(&key) {
                let to = &relation.to;
                errors.push(wrong(field, format!("没有配置项“{to}”"), format!("there is no item \"{to}\"")));
            } else if relation.kind.has_parent() && circles.contains(&(folded(row.stated.number.as_str()), key)) {
                let to = &relation.to;
                let zh = format!("“{to}”直接或间接位于本项之下：配置项不能是自己的上级");
                errors.push(wrong(field, zh, format!("\"{to}\" is below this item: no item is its own parent")));
            }
        }
        let right = errors.is_empty();
        if !right {
            refused.push(errors);
        }
        right
    });
    Ok(())
}

/// The edges of a graph that lie on a circle: both ends are in one strongly connected part (Tarjan, without recursion).
fn in_circles(above: &HashMap<String, Vec<String>>) -> HashSet<(String, String)> {
    let part = parts(above);
    let edges = above.iter().flat_map(|(from, all)| all.iter().map(move |to| (from, to)));
    let on_circle = edges.filter(|(from, to)| part.get(from.as_str()).is_some_and(|one| part.get(to.as_str()) == Some(one)));
    on_circle.map(|(from, to)| (from.clone(), to.clone())).collect()
}

fn parts(above: &HashMap<String, Vec<String>>) -> HashMap<&str, usize> {
    let (mut index, mut low): (HashMap<&str, usize>, HashMap<&str, usize>) = (HashMap::new(), HashMap::new());
    let (mut stack, mut on_stack): (Vec<&str>, HashSet<&str>) = (Vec::new(), HashSet::new());
    let (mut part, mut count): (HashMap<&str, usize>, usize) = (HashMap::new(), 0);
    for root in above.keys().map(String::as_str) {
        if index.contains_key(root) {
            continue;
        }
        let mut path: Vec<(&str, usize)> = vec![(root, 0)];
        while let Some((node, next)) = path.pop() {
            if next == 0 && !index.contains_key(node) {
                index.insert(node, index.len());
                low.insert(node, index[node]);
                stack.push(node);
                on_stack.insert(node);
            }
            let targets = above.get(node).map(Vec::as_slice).unwrap_or_default();
            if next > 0 {
                let child = targets[next - 1].as_str();
                if on_stack.contains(child) {
                    low.insert(node, low[node].min(low[child]));
                }
            }
            if let Some(child) = targets.get(next).map(String::as_str) {
                path.push((node, next + 1));
                if !index.contains_key(child) {
                    path.push((child, 0));
                }
                continue;
            }
            if low[node] == index[node] {
                while let Some(member) = stack.pop() {
                    on_stack.remove(member);
                    part.insert(member, count);
                    if member == node {
                        break;
                    }
                }
                count += 1;
            }
        }
    }
    part
}

/// What a batch of rows would change: new items and changed ones, and the outcome.
struct Changes {
    new: Vec<ConfigurationItemStated>,
    changed: Vec<(ConfigurationItem, ConfigurationItemStated)>,
}

fn compare(
    tx: &mut fabu_store::Reader<'_>,
    directory: &Directory,
    rows: &[Row],
    columns: &[Column],
) -> Result<(Changes, ImportOutcome), AppError> {
    let numbers: Vec<&str> = rows.iter().map(|row| row.stated.number.as_str()).collect();
    let known: HashMap<String, ConfigurationItem> =
        tx.items_numbered(&numbers)?.into_iter().map(|item| (item.key(), item)).collect();
    let external = |row: &Row| row.stated.source.as_ref().zip(row.stated.external_id.as_ref()).map(|(s, id)| external_key(s, id));
    let keys: Vec<String> = rows.iter().filter_map(external).collect();
    let claimed = if keys.is_empty() { HashMap::new() } else { tx.items_of_source(&keys)? };
    let (mut changes, mut outcome) = (Changes { new: Vec::new(), changed: Vec::new() }, ImportOutcome::default());
    for row in rows {
        let before = known.get(&folded(row.stated.number.as_str()));
        let holder = external(row).and_then(|key| claimed.get(&key));
        if let Some(holder) = holder.filter(|holder| before.is_none_or(|before| before.id != holder.id)) {
            let number = &holder.number;
            let error = ImportError {
                line: row.line,
                column: "external_id".to_owned(),
                zh: format!("该外部编号已属于配置项“{number}”"),
                en: format!("the item \"{number}\" has this external id"),
            };
            outcome.refuse(vec![error]);
            continue;
        }
        let stated = before.map_or_else(|| row.stated.clone(), |before| merged(before, &row.stated, columns));
        let errors = unfit(directory, &stated);
        if !errors.is_empty() {
            outcome.refuse(errors.iter().map(|error| told(row.line, error)).collect());
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
            outcome.refuse(vec![told(row.line, &fault.with("source", source))]);
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

fn take(cx: &mut Cx<'_, '_>, rows: &[Row], columns: &[Column]) -> Result<ImportOutcome, AppError> {
    cx.permit(Operation::ImportConfigurationItems)?;
    let (changes, outcome) = compare(cx.tx, &cx.directory, rows, columns)?;
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
