//! Robots of chat groups.

use fabu_app::{
    paging::PageRequest,
    registers::robots::{RobotCredentials, RobotFields},
    secrets::Secret,
};
use fabu_domain::{
    directory::Language,
    ids::{CustomerId, DepartmentId, RobotId},
    notice::{NoticeKind, RobotKind},
    robot::ChatRobot,
    text::Line,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use utoipa::{IntoParams, ToSchema};

/// What a robot speaks with. It is never shown again.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RobotCredentialsRequest {
    /// The `key` of the webhook address (WeCom), its `access_token` (DingTalk), or its last part (Feishu).
    #[schema(max_length = 500)]
    pub token: String,
    /// What messages are signed with (DingTalk, Feishu), if the group asks for signatures.
    #[schema(max_length = 500)]
    pub secret: Option<String>,
}

/// What people state about a robot.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "name": "核心系统发布群", "maker": "dingtalk", "language": "zh-CN", "kinds": ["approval_requested", "deployment_failed"],
    "credentials": { "token": "6f2c…", "secret": "SEC1…" }
}))]
pub struct RobotRequest {
    /// Unique name: which group it is.
    pub name: Line,
    /// Who made the group.
    pub maker: RobotKind,
    /// Another address than the maker's, for private deployments: `https://chat.example.cn`, without the path.
    #[schema(max_length = 200)]
    pub base_url: Option<String>,
    /// The language of the group.
    pub language: Language,
    /// The messages that it says: those of the steps of a release.
    pub kinds: BTreeSet<NoticeKind>,
    /// Only about releases for these customers; empty: for all.
    #[serde(default)]
    pub customers: BTreeSet<CustomerId>,
    /// Only about releases that touch the work of these departments; empty: of all.
    #[serde(default)]
    pub departments: BTreeSet<DepartmentId>,
    /// Needed for a new robot, and for another maker or address; null keeps what the robot has.
    pub credentials: Option<RobotCredentialsRequest>,
    /// False: it is silent.
    #[serde(default = "super::yes")]
    pub active: bool,
}

impl RobotRequest {
    /// The command.
    #[must_use]
    pub fn fields(&self) -> RobotFields {
        let given = |c: &RobotCredentialsRequest| RobotCredentials { token: c.token.clone(), secret: c.secret.clone() };
        RobotFields {
            name: self.name.clone(),
            maker: self.maker,
            base_url: self.base_url.clone(),
            language: self.language,
            kinds: self.kinds.clone(),
            customers: self.customers.clone(),
            departments: self.departments.clone(),
            credentials: self.credentials.as_ref().map(given).map(Secret::new),
            active: self.active,
        }
    }
}

/// A robot of a chat group.
#[derive(Debug, Serialize, ToSchema)]
pub struct RobotView {
    /// Identity.
    pub id: RobotId,
    /// Which group it is.
    pub name: Line,
    /// Who made the group.
    pub maker: RobotKind,
    /// Another address than the maker's.
    #[schema(required)]
    pub base_url: Option<String>,
    /// The language of the group.
    pub language: Language,
    /// The messages that it says.
    pub kinds: BTreeSet<NoticeKind>,
    /// Only about releases for these customers; empty: for all.
    pub customers: BTreeSet<CustomerId>,
    /// Only about releases that touch the work of these departments; empty: of all.
    pub departments: BTreeSet<DepartmentId>,
    /// True when messages are signed.
    pub signed: bool,
    /// False: it is silent.
    pub active: bool,
    /// Rises with every change; the ETag is `"v<version>"`.
    pub version: i64,
}

impl From<ChatRobot> for RobotView {
    fn from(robot: ChatRobot) -> Self {
        let ChatRobot { id, name, maker, base_url, language, kinds, customers, departments, signed, active, version } = robot;
        Self { id, name, maker, base_url, language, kinds, customers, departments, signed, active, version }
    }
}

/// Which part of the list is wanted.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RobotQuery {
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// Items per page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<u32>,
}

impl RobotQuery {
    /// The part.
    #[must_use]
    pub fn page(&self) -> PageRequest {
        PageRequest { cursor: self.cursor.clone(), limit: self.limit }
    }
}
