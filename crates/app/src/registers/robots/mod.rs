//! Robots of chat groups. Whoever has a robot's token can speak in its group, so it is sealed in the database, is never
//! shown again, and goes to no other address than the one that it was given for.

mod create_robot;
mod delete_robot;
mod list_robots;
mod update_robot;
mod view_robot;

pub use create_robot::create_robot;
pub use delete_robot::delete_robot;
pub use list_robots::list_robots;
pub use update_robot::update_robot;
pub use view_robot::view_robot;

use crate::{
    AppError, Cx, Fault, FieldError, Settings,
    secrets::{Seal, Secret},
};
use fabu_domain::{
    directory::Language,
    identity::same,
    ids::{CustomerId, DepartmentId, RobotId},
    notice::{NoticeKind, RobotKind},
    robot::{ChatRobot, group_kinds},
    robot_reach::RobotReach,
    text::Line,
};
use fabu_store::Reader;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use url::Url;

/// What people state about a robot.
#[derive(Debug, Clone)]
pub struct RobotFields {
    /// Unique name: which group it is.
    pub name: Line,
    /// Who made the group.
    pub maker: RobotKind,
    /// Another address than the maker's, without the path.
    pub base_url: Option<String>,
    /// The language of the group.
    pub language: Language,
    /// The messages that it says.
    pub kinds: BTreeSet<NoticeKind>,
    /// Only about releases for these customers.
    pub customers: BTreeSet<CustomerId>,
    /// Only about releases that touch these departments.
    pub departments: BTreeSet<DepartmentId>,
    /// What it speaks with; none: what it has.
    pub credentials: Option<Secret<RobotCredentials>>,
    /// False: it is silent.
    pub active: bool,
}

/// What a robot speaks with.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RobotCredentials {
    /// The key (WeCom), the access token (DingTalk) or the id of the hook (Feishu).
    pub token: String,
    /// What messages are signed with (DingTalk, Feishu).
    pub secret: Option<String>,
}

/// The longest token or secret, in characters.
const LONGEST: usize = 500;

impl RobotFields {
    /// Refuses what cannot work, and a name that another robot has. `before` is the robot as it is.
    fn check(&self, cx: &mut Cx<'_, '_>, before: Option<&ChatRobot>) -> Result<(), AppError> {
        let mut errors = Vec::new();
        errors.extend(self.base_url.as_deref().and_then(|url| check_base(url, &cx.settings.robot_reach)));
        if self.kinds.is_empty() {
            errors.push(FieldError::new("/kinds", Fault::FieldEmpty));
        }
        for kind in self.kinds.difference(&group_kinds()) {
            let (zh, en) = (format!("“{}”不发到群里", kind.zh()), format!("{} is not said to groups", kind.en()));
            errors.push(FieldError::invalid("/kinds", zh, en));
        }
        let unknown = |known: bool, pointer: String| (!known).then(|| FieldError::new(pointer, Fault::FieldUnknownId));
        let customer = |(n, id)| unknown(cx.directory.customers.contains_key(id), format!("/customers/{n}"));
        errors.extend(self.customers.iter().enumerate().filter_map(customer));
        let department = |(n, id)| unknown(cx.directory.departments.contains_key(id), format!("/departments/{n}"));
        errors.extend(self.departments.iter().enumerate().filter_map(department));
        errors.extend(self.check_credentials(before));
        AppError::unless_empty(errors)?;
        let taken = cx
            .tx
            .robots()?
            .iter()
            .any(|other| before.is_none_or(|own| own.id != other.id) && same(other.name.as_str(), self.name.as_str()));
        if taken { Err(AppError::fault(Fault::NameTaken, "name", &self.name)) } else { Ok(()) }
    }

    fn check_credentials(&self, before: Option<&ChatRobot>) -> Option<FieldError> {
        let plain = |text: &str| !text.is_empty() && text.len() <= LONGEST && text.bytes().all(|b| b.is_ascii_graphic());
        let format = |pointer| FieldError::invalid(pointer, "只能是可见的 ASCII 字符", "visible ASCII characters only");
        let Some(given) = self.credentials.as_ref().map(Secret::expose) else {
            // A token goes nowhere but where it was given for.
            let same = before.is_some_and(|before| before.maker == self.maker && before.base_url == self.base_url);
            return (!same).then(|| FieldError::new("/credentials", Fault::FieldMissing));
        };
        match &given.secret {
            _ if !plain(&given.token) => Some(format("/credentials/token")),
            Some(_) if self.maker == RobotKind::WeCom => {
                Some(FieldError::invalid("/credentials/secret", "企业微信机器人不用密钥", "robots of WeCom have no secret"))
            }
            Some(secret) if !plain(secret) => Some(format("/credentials/secret")),
            _ => None,
        }
    }

    fn robot(&self, id: RobotId, signed: bool, version: i64) -> ChatRobot {
        let Self { name, maker, base_url, language, kinds, customers, departments, credentials: _, active } = self.clone();
        ChatRobot { id, name, maker, base_url, language, kinds, customers, departments, signed, active, version }
    }

    fn sealed(&self, settings: &Settings, id: RobotId) -> Result<Option<String>, AppError> {
        let seal = |given: &Secret<RobotCredentials>| {
            let text = serde_json::to_string(given.expose()).map_err(|error| error.to_string())?;
            Seal { keys: &settings.signing_keys, place: &subject(id) }.seal(&text)
        };
        self.credentials.as_ref().map(seal).transpose().map_err(AppError::Internal)
    }
}

/// What a robot speaks with; none when no key of this installation opens it any more.
pub(crate) fn credentials(settings: &Settings, id: RobotId, sealed: &str) -> Option<Secret<RobotCredentials>> {
    let text = Seal { keys: &settings.signing_keys, place: &subject(id) }.open(sealed)?;
    serde_json::from_str(text.expose()).ok().map(Secret::new)
}

/// What is wrong with an address: it must be `https://host[:port]`, and not one inside the network unless the operator permits
/// it. A name is looked at again when it is resolved.
fn check_base(url: &str, reach: &RobotReach) -> Option<FieldError> {
    let of_host = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
    let is_base = |scheme: &str| url.strip_prefix(scheme).is_some_and(|rest| rest.trim_end_matches('/').chars().all(of_host));
    let parsed = Url::parse(url).ok().filter(|_| url.len() <= 200 && (is_base("https://") || is_base("http://")));
    let host = parsed.as_ref().and_then(Url::host_str);
    let (Some(parsed), Some(host)) = (&parsed, host) else {
        return Some(FieldError::invalid("/base_url", "须为 https://主机，不带路径", "https://host, without a path"));
    };
    if parsed.scheme() != "https" && !reach.permits_plain(host) {
        let (zh, en) = (
            "须使用 https；例外由运维人员用 --robot-allow 放行",
            "it must be https; the operator permits exceptions with --robot-allow",
        );
        return Some(FieldError::invalid("/base_url", zh, en));
    }
    (!reach.permits_host(host)).then(|| {
        let zh = "不能是本机或内网地址；例外由运维人员用 --robot-allow 放行";
        FieldError::invalid(
            "/base_url",
            zh,
            "no address of this machine or network; the operator permits exceptions with --robot-allow",
        )
    })
}

fn subject(id: RobotId) -> String {
    format!("robots/{id}")
}

fn find(tx: &mut Reader<'_>, id: RobotId) -> Result<ChatRobot, AppError> {
    tx.robot(id)?.ok_or(AppError::NotFound { what: "robot" })
}
