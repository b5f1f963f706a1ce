//! People.

use super::yes;
use crate::extract::commas;
use fabu_app::{
    paging::PageRequest,
    subjects::registers::users::{LeftWaiting, NewUser, UserFields, UserFilter},
};
use fabu_domain::{
    ids::{ApprovalId, DepartmentId, TaskId, UserId},
    language::Language,
    people::{
        directory::User,
        role::{Role, Roles},
    },
    subject::operation::Operation,
    subjects::visibility::{PersonDetails, VisiblePerson},
    text::Line,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// A person to add.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "login": "zhang.wei", "name": "张伟", "language": "zh-CN", "roles": ["release_administrator"] }))]
pub struct CreateUserRequest {
    /// The name to sign in with.
    #[schema(pattern = "^[a-z0-9][a-z0-9._-]{1,63}$")]
    pub login: String,
    /// The name that records show.
    pub name: Line,
    /// Where mail goes.
    #[schema(max_length = 254)]
    pub email: Option<String>,
    /// For duty rosters.
    #[schema(max_length = 40)]
    pub phone: Option<String>,
    /// The department the person belongs to.
    pub department_id: Option<DepartmentId>,
    /// Ordinary position, shown and never enforced.
    pub position: Option<Line>,
    /// Reading language.
    #[serde(default = "chinese")]
    pub language: Language,
    /// What the person may be asked to do.
    #[serde(default)]
    pub roles: Roles,
}

const fn chinese() -> Language {
    Language::Chinese
}

impl CreateUserRequest {
    /// The command.
    #[must_use]
    pub fn command(&self, password_hash: &str) -> NewUser {
        let Self { login, name, email, phone, department_id, position, language, roles } = self.clone();
        let fields = UserFields { name, email, phone, department_id, position, language, active: true };
        NewUser { login, roles, fields, password_hash: password_hash.to_owned() }
    }
}

/// What an administrator states about a person.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "name": "张伟", "email": "zhang.wei@example.com", "language": "zh-CN", "active": true }))]
pub struct UpdateUserRequest {
    /// The name that records show.
    pub name: Line,
    /// Where mail goes.
    #[schema(max_length = 254)]
    pub email: Option<String>,
    /// For duty rosters.
    #[schema(max_length = 40)]
    pub phone: Option<String>,
    /// The department the person belongs to.
    pub department_id: Option<DepartmentId>,
    /// Ordinary position, shown and never enforced.
    pub position: Option<Line>,
    /// Reading language.
    pub language: Language,
    /// False: may not sign in, holds no role, decides nothing.
    #[serde(default = "yes")]
    pub active: bool,
}

impl UpdateUserRequest {
    /// The command.
    #[must_use]
    pub fn fields(&self) -> UserFields {
        let Self { name, email, phone, department_id, position, language, active } = self.clone();
        UserFields { name, email, phone, department_id, position, language, active }
    }
}

/// The roles of a person.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "roles": ["release_owner", "department_head"] }))]
pub struct RolesRequest {
    /// All of them; those not named are taken away.
    pub roles: Roles,
}

/// A person.
#[derive(Debug, Serialize, ToSchema)]
pub struct UserView {
    /// Identity.
    pub id: UserId,
    /// The name to sign in with; like the department, the position and the addresses null when the reader, who only
    /// represents customers, may not know it.
    #[schema(required)]
    pub login: Option<String>,
    /// The name that records show.
    pub name: Line,
    /// Where mail goes.
    #[schema(required)]
    pub email: Option<String>,
    /// For duty rosters.
    #[schema(required)]
    pub phone: Option<String>,
    /// The department the person belongs to.
    #[schema(required)]
    pub department_id: Option<DepartmentId>,
    /// Ordinary position.
    #[schema(required)]
    pub position: Option<Line>,
    /// What the person may be asked to do.
    pub roles: Roles,
    /// Reading language.
    pub language: Language,
    /// False: may not sign in, holds no role, decides nothing.
    pub active: bool,
    /// Rises with every change; the ETag is `"v<version>"`.
    pub version: i64,
}

impl From<VisiblePerson> for UserView {
    fn from(person: VisiblePerson) -> Self {
        let VisiblePerson { id, name, roles, active, version, language, details } = person;
        let Some(PersonDetails { login, email, phone, department_id, position }) = details else {
            let (login, email, phone, department_id, position) = Default::default();
            return Self { id, login, name, email, phone, department_id, position, roles, language, active, version };
        };
        let login = Some(login);
        Self { id, login, name, email, phone, department_id, position, roles, language, active, version }
    }
}

impl From<User> for UserView {
    fn from(user: User) -> Self {
        VisiblePerson::from(user).into()
    }
}

/// Something in a release under way, or in the report of a quarter, that waits for a person who can act no more.
#[derive(Debug, Serialize, ToSchema)]
pub struct LeftWaitingView {
    /// The number of the release, or the quarter of the report.
    #[schema(example = "REL-2026-0007")]
    pub release_number: String,
    /// Its title.
    pub release_title: String,
    /// What waits, in the reader's language: a role, an answer, a task.
    #[schema(example = "发布方案评审")]
    pub what: String,
    /// The approval whose panel has to ask somebody else (`replace_member`).
    #[schema(required)]
    pub approval_id: Option<ApprovalId>,
    /// The task that has to be handed over.
    #[schema(required)]
    pub task_id: Option<TaskId>,
}

/// A person after a change, with what is left waiting.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangedUserView {
    /// The person.
    #[serde(flatten)]
    pub user: UserView,
    /// What waits for the person in releases under way although the person can act no more.
    pub left_waiting: Vec<LeftWaitingView>,
}

impl ChangedUserView {
    /// A person after a change, for a reader of this language.
    #[must_use]
    pub fn new(user: User, waiting: Vec<LeftWaiting>, language: Language) -> Self {
        let view = |left: LeftWaiting| LeftWaitingView {
            what: left.what.in_language(language).to_owned(),
            release_number: left.release_number,
            release_title: left.release_title.in_language(language).to_owned(),
            approval_id: left.approval_id,
            task_id: left.task_id,
        };
        Self { user: user.into(), left_waiting: waiting.into_iter().map(view).collect() }
    }
}

/// The caller.
#[derive(Debug, Serialize, ToSchema)]
pub struct MeView {
    /// The person.
    #[serde(flatten)]
    pub user: UserView,
    /// What the person may do outside releases, by operation id; what may be done in a release is among its `actions`.
    #[schema(value_type = Vec<String>, example = json!(["create_change", "list_events"]))]
    pub permissions: Vec<&'static str>,
}

impl MeView {
    /// The caller with what the caller may do.
    #[must_use]
    pub fn new(user: User, permissions: &[Operation]) -> Self {
        Self { user: user.into(), permissions: permissions.iter().map(|operation| operation.as_str()).collect() }
    }
}

/// A person with a new one-time password.
#[derive(Debug, Serialize, ToSchema)]
pub struct UserWithPasswordView {
    /// The person.
    pub user: UserView,
    /// Good for 24 hours and for choosing another. Shown once: null when the answer is a replay.
    #[schema(required)]
    pub one_time_password: Option<String>,
}

/// Which people are wanted.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct UserQuery {
    /// Active or inactive ones only.
    pub active: Option<bool>,
    /// Holders of one of these roles, separated by commas.
    #[serde(default, deserialize_with = "commas")]
    #[param(style = Form, explode = false)]
    pub role: Vec<Role>,
    /// People of this department only.
    pub department_id: Option<DepartmentId>,
    /// Words of the name or the login, in any order.
    #[param(max_length = 200)]
    pub q: Option<String>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// Items per page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<u32>,
}

impl UserQuery {
    /// The filter.
    #[must_use]
    pub fn filter(&self) -> UserFilter {
        let page = PageRequest { cursor: self.cursor.clone(), limit: self.limit };
        let Self { active, role, department_id, q, .. } = self.clone();
        UserFilter { active, roles: role, department_id, q, page }
    }
}
