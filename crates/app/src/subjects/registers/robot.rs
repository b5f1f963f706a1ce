//! What a robot of a chat group must be. Whoever has a robot's token can speak in its group, so it is sealed in the database, is
//! never shown again, and goes to no other address than the one that it was given for.

use super::Checked;
use crate::{
    AppError, Cx, Fault, FieldError, Settings,
    secrets::{Encryption, Secret},
};
use fabu_domain::{
    ids::RobotId,
    notifications::{notice::RobotKind, robot_reach::RobotReach},
    subjects::registers::{
        Register,
        robot::{ChatRobot, RobotCredentials, RobotStated, group_kinds},
    },
};
use serde_json::Value;
use url::Url;

/// The longest token or secret, in characters.
const LONGEST: usize = 500;

impl Checked for ChatRobot {
    fn check(cx: &mut Cx<'_, '_>, stated: &RobotStated, before: Option<&Self>) -> Result<Vec<FieldError>, AppError> {
        let mut errors = Vec::new();
        errors.extend(stated.base_url.as_deref().and_then(|url| check_base(url, &cx.settings.robot_reach)));
        if stated.kinds.is_empty() {
            errors.push(FieldError::new("/kinds", Fault::FieldEmpty));
        }
        for kind in stated.kinds.difference(&group_kinds()) {
            let (zh, en) = (format!("“{}”不发到群里", kind.zh()), format!("{} is not said to groups", kind.en()));
            errors.push(FieldError::invalid("/kinds", zh, en));
        }
        let unknown = |known: bool, pointer: String| (!known).then(|| FieldError::new(pointer, Fault::FieldUnknownId));
        let customer = |(n, id)| unknown(cx.directory.customers.contains_key(id), format!("/customers/{n}"));
        errors.extend(stated.customers.iter().enumerate().filter_map(customer));
        let department = |(n, id)| unknown(cx.directory.departments.contains_key(id), format!("/departments/{n}"));
        errors.extend(stated.departments.iter().enumerate().filter_map(department));
        errors.extend(check_credentials(stated, before));
        Ok(errors)
    }

    fn sealed(settings: &Settings, id: RobotId, stated: &RobotStated) -> Result<Option<String>, AppError> {
        let seal = |given: &RobotCredentials| {
            let text = serde_json::to_string(given).map_err(|error| error.to_string())?;
            Encryption { keys: &settings.signing_keys, place: &Self::subject(id) }.seal(&text)
        };
        stated.credentials.as_ref().map(seal).transpose().map_err(AppError::Internal)
    }

    fn note_update(stated: &RobotStated, payload: &mut Value) {
        payload["credentials_replaced"] = stated.credentials.is_some().into();
    }
}

fn check_credentials(stated: &RobotStated, before: Option<&ChatRobot>) -> Option<FieldError> {
    let plain = |text: &str| !text.is_empty() && text.len() <= LONGEST && text.bytes().all(|b| b.is_ascii_graphic());
    let format = |pointer| FieldError::invalid(pointer, "只能是可见的 ASCII 字符", "visible ASCII characters only");
    let Some(given) = &stated.credentials else {
        // A token goes nowhere but where it was given for.
        let same = before.is_some_and(|before| before.maker == stated.maker && before.base_url == stated.base_url);
        return (!same).then(|| FieldError::new("/credentials", Fault::FieldMissing));
    };
    match &given.secret {
        _ if !plain(&given.token) => Some(format("/credentials/token")),
        Some(_) if stated.maker == RobotKind::WeCom => {
            Some(FieldError::invalid("/credentials/secret", "企业微信机器人不用密钥", "robots of WeCom have no secret"))
        }
        Some(secret) if !plain(secret) => Some(format("/credentials/secret")),
        _ => None,
    }
}

/// What a robot speaks with; none when no key of this installation opens it any more.
pub(crate) fn credentials(settings: &Settings, id: RobotId, sealed: &str) -> Option<Secret<RobotCredentials>> {
    let text = Encryption { keys: &settings.signing_keys, place: &ChatRobot::subject(id) }.open(sealed)?;
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
