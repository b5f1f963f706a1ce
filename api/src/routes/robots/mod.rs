//! Robots of chat groups, for administrators.

mod create_robot;
mod delete_robot;
mod list_robots;
mod send_test_message;
mod update_robot;
mod view_robot;

use crate::mount::Mount;

/// Mounts the family.
pub(super) fn routes(mount: &mut Mount<'_, '_>) {
    mount
        .service(list_robots::list_robots)
        .service(create_robot::create_robot)
        .service(view_robot::view_robot)
        .service(update_robot::update_robot)
        .service(delete_robot::delete_robot)
        .service(send_test_message::send_test_message);
}
