//! What people call a record: `release REL-2026-0007, approval plan_review, member z.wang`.

use super::{
    digest::members,
    rows::Row,
    shape::{Shape, Shapes},
    tables::covered_tables,
};
use crate::{StoreError, conn::Conn};
use diesel::{prelude::*, sql_types::Text};
use std::collections::HashMap;
use uuid::Uuid;

/// Length of an id as text.
const ID: usize = 36;

/// The name of a row, with ids where it names other rows.
pub(super) fn called(shape: &Shape, row: &Row) -> String {
    let template = covered_tables().find(|table| table.name == shape.table).map_or("", |table| table.called);
    let mut name = String::with_capacity(template.len() + ID);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let (place, after) = after.split_once('}').unwrap_or((after, ""));
        name.push_str(before);
        name.push_str(&value(shape, row, place).unwrap_or_default());
        rest = after;
    }
    name.push_str(rest);
    name
}

fn value(shape: &Shape, row: &Row, place: &str) -> Option<String> {
    let Some((column, member)) = place.split_once('.') else { return shape.cell(row, place).map(str::to_owned) };
    let text = members(shape.cell(row, column)?)?.into_iter().find(|(name, _)| *name == member)?.1;
    Some(serde_json::from_str(text).unwrap_or_else(|_| text.to_owned()))
}

#[derive(QueryableByName)]
struct Cells {
    #[diesel(sql_type = Text)]
    cells: String,
}

/// Puts names in the place of ids.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// Of rows that are gone: what they were called.
    pub(super) gone: HashMap<Uuid, String>,
    known: HashMap<Uuid, String>,
}

impl Names {
    /// The name with every id in it replaced by what its row is called.
    pub(super) fn resolve(&mut self, conn: &mut Conn, shapes: &Shapes, name: &str) -> Result<String, StoreError> {
        let mut text = name.to_owned();
        // A name may lead to another one: a member to the approval, the approval to the release.
        for _ in 0..5 {
            let Some((at, id)) = first_id(&text) else { break };
            let known = self.known.get(&id).cloned();
            let found = match known {
                Some(found) => found,
                None => self.look_up(conn, shapes, id)?,
            };
            let found = plain(&text[..at], &found).to_owned();
            text.replace_range(at..at + ID, &found);
        }
        Ok(text)
    }

    fn look_up(&mut self, conn: &mut Conn, shapes: &Shapes, id: Uuid) -> Result<String, StoreError> {
        // Written so that it is no longer taken for an id.
        let mut name = self.gone.get(&id).cloned().unwrap_or_else(|| id.simple().to_string());
        for shape in &shapes.all {
            let key = shape.key();
            let [column] = key.as_slice() else { continue };
            if !column.is_id() {
                continue;
            }
            let sql = format!(
                "SELECT {} AS cells FROM \"{}\" t WHERE t.\"{}\" = {}",
                shape.cells(shapes.backend),
                shape.table,
                column.name,
                column.typed(shapes.backend, "$1")
            );
            let found: Option<Cells> = diesel::sql_query(sql).bind::<Text, _>(id.to_string()).get_result(conn).optional()?;
            if let Some(found) = found {
                name = called(shape, &super::rows::row(shape.table, &found.cells)?);
                break;
            }
        }
        self.known.insert(id, name.clone());
        Ok(name)
    }
}

/// `release REL-1` after `release ` is `REL-1`; a person is called by the login alone.
fn plain<'a>(before: &str, name: &'a str) -> &'a str {
    let name = name.strip_prefix("person ").unwrap_or(name);
    let kinds = ["release ", "customer ", "department ", "service object ", "change ", "test case "];
    let said = kinds.into_iter().find(|kind| before.ends_with(kind));
    said.and_then(|kind| name.strip_prefix(kind)).unwrap_or(name)
}

fn first_id(text: &str) -> Option<(usize, Uuid)> {
    let starts = text.char_indices().map(|(at, _)| at);
    starts.filter_map(|at| Some((at, Uuid::try_parse(text.get(at..at + ID)?).ok()?))).next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_ids_in_names() {
        let id = "0193a8c0-0000-7000-8000-000000000001";
        assert_eq!(first_id(&format!("发布 {id}, x")), Some((7, id.parse().unwrap())));
        assert_eq!(first_id("release REL-2026-0007, approval plan_review of somebody"), None);
    }

    #[test]
    fn says_no_word_twice() {
        assert_eq!(plain("release ", "release REL-1"), "REL-1");
        assert_eq!(plain("member ", "person wang"), "wang");
        assert_eq!(plain("", "release REL-1, approval plan_review"), "release REL-1, approval plan_review");
    }
}
