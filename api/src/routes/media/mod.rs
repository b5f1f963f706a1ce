//! Files of media in the definitive media library; the register itself is declared in [`super::registers`].

mod add_media_file;
mod download_media_file;
mod list_media_files;

use crate::mount::Mount;

/// Mounts the family.
pub(super) fn routes(mount: &mut Mount<'_, '_>) {
    mount
        .service(list_media_files::list_media_files)
        .service(add_media_file::add_media_file)
        .service(download_media_file::download_media_file);
}
