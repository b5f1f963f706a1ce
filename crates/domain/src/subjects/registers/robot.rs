//! Robots of chat groups: which messages a group is told.
//!
//! A group is no need-to-know list (principle 5). So a robot says the title, what is wanted, until when, and where the page
//! is, and nothing else; whoever may know more signs in there. What concerns one person alone is no message for a group.

use super::{Offered, Rules, register};
use crate::{
    ids::{CustomerId, DepartmentId, RobotId},
    language::Language,
    notifications::notice::{NoticeGroup, NoticeKind, Reach, RobotKind},
    people::directory::Directory,
    subjects::{registers::sight::Visible, release::Dossier},
    text::Line,
};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeSet, fmt};

/// What a robot speaks with. It is never shown again.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RobotCredentialsRequest)]
pub struct RobotCredentials {
    /// The `key` of the webhook address (WeCom), its `access_token` (DingTalk), or its last part (Feishu).
    #[schema(max_length = 500)]
    pub token: String,
    /// What messages are signed with (DingTalk, Feishu), if the group asks for signatures.
    #[schema(max_length = 500)]
    pub secret: Option<String>,
}

impl fmt::Debug for RobotCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RobotCredentials(…)")
    }
}

register! {
    /// A robot of a chat group. Its token and its secret are kept apart and never shown.
    ChatRobot(RobotId), stated RobotStated as RobotRequest, asked RobotAsked, shown as RobotView;
    kind "robot" "robots" "群机器人" "chat robot" "群机器人" "chat robots";
    about "在企业微信、钉钉、飞书的群里播报发布的进展。" "Tells groups in WeCom, DingTalk and Feishu how releases go.";
    reads ListRobots ViewRobot;
    create CreateRobot "robot.created" "新增群机器人" "chat robot added";
    update UpdateRobot "robot.updated" "修改群机器人" "chat robot changed";
    delete DeleteRobot "robot.deleted" "删除群机器人" "chat robot deleted";
    fresh password;
    named name;
    unique name;
    fields {
        /// Unique name: which group it is.
        name: Line = "名称" "name" hint "写明是哪个群" "say which group it is";
        /// Who made the group.
        maker: RobotKind = "群所在软件" "provider";
        /// Another address than the provider's, for private deployments: `https://chat.example.cn`, without the path.
        base_url: Option<String> = "服务器地址" "server address"
            hint "仅私有部署填写，如 https://chat.example.cn，不含路径；不填则使用厂商的地址"
            "for private deployments only, like https://chat.example.cn, without a path; empty for the maker's address"
            [schema(max_length = 200)];
        /// The language of the group.
        language: Language = "语言" "language";
        /// The messages that it says: those of the steps of a release.
        kinds: BTreeSet<NoticeKind> = "消息类型" "messages"
            hint "群里只发发布步骤的消息，不写人员、客户和文件内容；只涉及个人的消息不进群。"
            "a group hears only of the steps of releases, without people, customers and contents; what concerns one person alone is never said to it"
            among offered;
        /// Only about releases for these customers; empty: for all.
        customers: BTreeSet<CustomerId> = "客户" "customers" hint "只播报这些客户的发布；不选则不限" "only releases for these customers; all when empty"
            [serde(default)];
        /// Only about releases that touch the work of these departments; empty: of all.
        departments: BTreeSet<DepartmentId> = "涉及部门" "departments concerned"
            hint "只播报涉及这些部门的发布；不选则不限" "only releases that concern these departments; all when empty"
            [serde(default)];
        /// False: it is silent.
        active: bool = "启用" "active" hint "停用的机器人不发消息" "an inactive robot is silent"
            [serde(default = "crate::subjects::registers::yes")];
    }
    follows {
        /// True when messages are signed.
        signed: bool = is_signed, "加签" "signed";
    }
    besides {
        /// Needed for a new robot, and for another provider or address; null keeps what the robot has.
        credentials: Option<RobotCredentials>;
    }
    retires by active;
    finds q in name;
    example {
        "name": "核心系统发布群", "maker": "dingtalk", "language": "zh-CN", "kinds": ["approval_requested", "deployment_failed"],
        "credentials": { "token": "6f2c77d1a0", "secret": "SEC1a2b3c" }
    }
}

/// A robot that keeps its token signs as before.
fn is_signed(stated: &RobotStated, before: Option<&ChatRobot>) -> bool {
    stated.credentials.as_ref().map_or_else(|| before.is_some_and(|robot| robot.signed), |given| given.secret.is_some())
}

impl Rules for ChatRobot {
    fn position(&self) -> String {
        self.name.to_string()
    }
}

/// The messages that a group may be sent: those of the steps of a release, and nothing that concerns one person alone.
#[must_use]
pub fn group_kinds() -> BTreeSet<NoticeKind> {
    NoticeKind::ALL.iter().copied().filter(|kind| kind.rule().reach == Reach::Groups).collect()
}

/// The same by families, as they are offered.
fn offered() -> Vec<Offered> {
    let kinds = group_kinds();
    let family = |group: NoticeGroup| {
        let words = kinds.iter().filter(|kind| kind.rule().group == group).map(|kind| kind.as_str()).collect();
        Offered { family: ("NoticeGroup", group.as_str()), words }
    };
    NoticeGroup::ALL.iter().map(|group| family(*group)).filter(|offered| !offered.words.is_empty()).collect()
}

impl ChatRobot {
    /// True when the group is told messages of this kind about this release.
    #[must_use]
    pub fn says(&self, kind: NoticeKind, dossier: &Dossier, directory: &Directory) -> bool {
        self.active && self.kinds.contains(&kind) && self.is_about(dossier, directory)
    }

    fn is_about(&self, dossier: &Dossier, directory: &Directory) -> bool {
        let release = &dossier.release;
        let customer = self.customers.is_empty() || release.customer_id.is_some_and(|id| self.customers.contains(&id));
        let mut touched = release
            .service_objects
            .iter()
            .filter_map(|id| directory.service_objects.get(id))
            .flat_map(|object| &object.departments);
        customer && (self.departments.is_empty() || touched.any(|id| self.departments.contains(id)))
    }
}

impl Visible for ChatRobot {}
