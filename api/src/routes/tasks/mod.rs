//! Tasks: obligations of named people, of all releases and quarterly reports.

mod complete_task;
mod list_tasks;
mod reassign_task;
mod return_task;
mod verify_task;
mod view_task;
mod waive_task;

use crate::mount::Mount;
use crate::{
    answer::Reply,
    dto::releases::{people::Names, tasks::TaskView},
};
use fabu_app::{
    AppError, Cx,
    subjects::work::{ViewedTask, act_on_task},
};
use fabu_domain::{ids::TaskId, language::Language, subjects::release::command::Command};

/// Mounts the family.
pub(super) fn routes(mount: &mut Mount<'_, '_>) {
    mount
        .service(list_tasks::list_tasks)
        .service(view_task::view_task)
        .service(complete_task::complete_task)
        .service(verify_task::verify_task)
        .service(return_task::return_task)
        .service(waive_task::waive_task)
        .service(reassign_task::reassign_task);
}

/// Gives a command about a task of which the caller saw this version.
fn act(cx: &mut Cx<'_, '_>, id: TaskId, version: i64, command: &Command) -> Result<Reply, AppError> {
    shown(&act_on_task(cx, id, version, command)?, cx.caller.language)
}

/// A task as its reader sees it.
fn shown(viewed: &ViewedTask, language: Language) -> Result<Reply, AppError> {
    let (task, names) = (viewed.task()?, Names { directory: viewed.about.directory(), language });
    Ok(Reply::ok(&TaskView::new(&names, &viewed.about, task))?.version(task.version()).live())
}
