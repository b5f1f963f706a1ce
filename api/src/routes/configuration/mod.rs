//! Configuration items beyond their register (9.2c).

mod download_configuration_items;
mod import_configuration_items;
mod list_confirmed_items;
mod list_item_releases;
mod list_neighbours;
mod sync_configuration_items;
mod view_affected_items;

use crate::mount::Mount;

/// Mounts the family; before the register, whose paths end in the id of an item.
pub(super) fn routes(mount: &mut Mount<'_, '_>) {
    mount
        .service(download_configuration_items::download_configuration_items)
        .service(import_configuration_items::import_configuration_items)
        .service(list_confirmed_items::list_confirmed_items)
        .service(sync_configuration_items::sync_configuration_items)
        .service(list_neighbours::list_neighbours)
        .service(list_item_releases::list_item_releases)
        .service(view_affected_items::view_affected_items);
}
