//! Whether the rows of a table may be related as they say: to items that there are, and to none below themselves.

use super::table::{CellError, Column, Errors, Sheet};
use crate::AppError;
use fabu_domain::{identity::folded, subjects::registers::configuration_item::RelationKind};
use fabu_store::Reader;
use petgraph::{
    algo::kosaraju_scc,
    graph::{DiGraph, NodeIndex},
};
use std::collections::{HashMap, HashSet};

/// Which items are above which, by their keys.
#[derive(Default)]
struct Hierarchy {
    nodes: HashMap<String, NodeIndex>,
    graph: DiGraph<(), ()>,
}

impl Hierarchy {
    fn node(&mut self, key: String) -> NodeIndex {
        *self.nodes.entry(key).or_insert_with(|| self.graph.add_node(()))
    }

    fn put_above(&mut self, from: String, to: String) {
        let (from, to) = (self.node(from), self.node(to));
        self.graph.add_edge(from, to, ());
    }

    /// By item the circle or single item that it is part of.
    fn parts(&self) -> HashMap<NodeIndex, usize> {
        let parts = kosaraju_scc(&self.graph);
        parts.into_iter().enumerate().flat_map(|(part, all)| all.into_iter().map(move |node| (node, part))).collect()
    }
}

/// Of these rows those that may be related as they say; what is wrong with the others is added to `refused`.
pub(super) fn related(
    tx: &mut Reader<'_>,
    sheet: &Sheet,
    places: Vec<usize>,
    refused: &mut Errors,
) -> Result<Vec<usize>, AppError> {
    let says = |kind: RelationKind| sheet.columns.contains(&Column::Field(kind.as_str()));
    if !RelationKind::ALL.iter().any(|kind| says(*kind)) {
        return Ok(places);
    }
    let rows = || places.iter().filter_map(|place| sheet.relations(*place));
    let own: HashSet<String> = rows().map(|(_, number, _)| folded(number)).collect();
    let named = rows().flat_map(|(_, _, relations)| relations).map(|relation| folded(relation.to.as_str()));
    let foreign: HashSet<String> = named.filter(|key| !own.contains(key)).collect();
    let foreign: Vec<&str> = foreign.iter().map(String::as_str).collect();
    let known: HashSet<String> = tx.item_keys(&foreign)?.into_iter().collect();
    let mut hierarchy = Hierarchy::default();
    for (kind, from, to) in tx.item_hierarchy()? {
        // What a column says of an item replaces what is known.
        if !(says(kind) && own.contains(&from)) {
            hierarchy.put_above(from, to);
        }
    }
    for (_, number, relations) in rows() {
        for relation in relations.iter().filter(|relation| relation.kind.has_parent()) {
            hierarchy.put_above(folded(number), folded(relation.to.as_str()));
        }
    }
    let parts = hierarchy.parts();
    let part = |key: &str| hierarchy.nodes.get(key).and_then(|node| parts.get(node));
    let mut right = Vec::with_capacity(places.len());
    for place in &places {
        let Some((line, number, relations)) = sheet.relations(*place) else { continue };
        let mut errors = Vec::new();
        for relation in &relations {
            let (to, key) = (&relation.to, folded(relation.to.as_str()));
            let wrong = |zh, en| CellError { line, column: relation.kind.as_str().to_owned(), zh, en };
            if !own.contains(&key) && !known.contains(&key) {
                errors.push(wrong(format!("没有配置项“{to}”"), format!("there is no item \"{to}\"")));
            } else if relation.kind.has_parent() && part(&folded(number)).is_some_and(|own| part(&key) == Some(own)) {
                let zh = format!("“{to}”直接或间接位于本项之下：配置项不能是自己的上级");
                errors.push(wrong(zh, format!("\"{to}\" is below this item: no item is its own parent")));
            }
        }
        if errors.is_empty() { right.push(*place) } else { refused.push(errors) }
    }
    Ok(right)
}
