//! Configuration items as a table to take away (9.2c).

use super::table::{HEADINGS, row_of_item};
use crate::{AppError, Rx};
use fabu_domain::{
    language::Language,
    subject::operation::Operation,
    subjects::registers::{
        configuration_item::{ConfigurationItem, ConfigurationItemAsked},
        sight::Eye,
    },
};
use fabu_store::Kept;
use std::{collections::BTreeSet, sync::Arc};

/// Items that are read at once.
const BATCH: usize = 500;

/// A table of items, in the headings that an import understands.
#[derive(Debug, Clone, Default)]
pub struct ExportedItems {
    /// The headings.
    pub header: Vec<String>,
    /// One row for each item.
    pub rows: Vec<Vec<String>>,
}

/// The items that are asked for, by number.
///
/// # Errors
/// Not permitted.
pub fn export_items(rx: &mut Rx<'_, '_>, asked: &ConfigurationItemAsked) -> Result<ExportedItems, AppError> {
    rx.permit(Operation::DownloadConfigurationItems)?;
    let chinese = rx.caller.language == Language::Chinese;
    let (scope, directory) = (rx.scope(), Arc::clone(&rx.directory));
    let eye = Eye { scope: &scope, reader: rx.caller.user_id, directory: &directory };
    let mut found = Vec::new();
    let mut after = None;
    loop {
        let page = ConfigurationItem::list(rx.tx, asked, &eye, after.as_ref(), BATCH)?;
        found.extend(page.items.iter().map(|item| row_of_item(&directory, item, chinese)));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    let names: BTreeSet<String> = found.iter().flat_map(|(_, attributes)| attributes.keys().cloned()).collect();
    let attribute = |name: &String| if chinese { format!("属性:{name}") } else { format!("attribute:{name}") };
    let header = HEADINGS.iter().map(|known| if chinese { known.1 } else { known.2 }.to_owned());
    Ok(ExportedItems {
        header: header.chain(names.iter().map(attribute)).collect(),
        rows: found
            .into_iter()
            .map(|(mut cells, attributes)| {
                cells.extend(names.iter().map(|name| attributes.get(name).cloned().unwrap_or_default()));
                cells
            })
            .collect(),
    })
}
