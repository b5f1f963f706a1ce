//! People.

mod create_user;
mod list_users;
mod reset_user_password;
mod set_user_roles;
mod update_user;
mod view_user;

use crate::mount::Mount;

/// Mounts the family.
pub(super) fn routes(mount: &mut Mount<'_, '_>) {
    mount
        .service(list_users::list_users)
        .service(create_user::create_user)
        .service(view_user::view_user)
        .service(update_user::update_user)
        .service(set_user_roles::set_user_roles)
        .service(reset_user_password::reset_user_password);
}
