//! Group robots of WeCom, DingTalk and Feishu. They only inform: their buttons are links to pages, where people sign in.

mod answer;
mod card;
mod limit;
mod resolver;
mod sign;

pub use card::payload;
pub use limit::Limits;
pub use sign::{dingtalk_signature, feishu_signature};

use crate::{SenderIdentity, clean, mail::FailureClass};
use answer::Meaning;
use chrono::{DateTime, TimeDelta, Utc};
use fabu_domain::{
    language::Language,
    notifications::{
        notice::{Notice, RobotKind},
        robot_reach::RobotReach,
    },
};
use reqwest::{Client, Url, redirect};
use resolver::PermittedAddresses;
use serde_json::Value;
use std::{fmt, sync::Arc, time::Duration};

/// How long a robot may take to answer.
const TIMEOUT: Duration = Duration::from_secs(20);
/// How much of an answer is read, in bytes: real ones have a hundred.
const LONGEST_ANSWER: usize = 16 * 1024;

/// A robot of a group.
#[derive(Clone, PartialEq, Eq)]
pub struct Robot {
    /// Who made the group.
    pub kind: RobotKind,
    /// Another address than the provider's, for private deployments: `https://chat.example.cn`, without the path.
    pub base_url: Option<String>,
    /// The key (WeCom), the access token (DingTalk) or the id of the hook (Feishu): whoever has it can speak in the group.
    pub token: String,
    /// The secret that messages are signed with (DingTalk, Feishu).
    pub secret: Option<String>,
    /// The language of the group.
    pub language: Language,
}

impl fmt::Debug for Robot {
    /// Without token and secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Robot").field("kind", &self.kind).field("base_url", &self.base_url).finish_non_exhaustive()
    }
}

/// A message that did not get into the group.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RobotError {
    /// Too many messages: not before this instant. No attempt was used up by it.
    #[error("the robot may not speak again before {until}")]
    Wait {
        /// When to try again.
        until: DateTime<Utc>,
    },
    /// It was refused or could not be sent.
    #[error("{words}")]
    Failed {
        /// Whether another try may help.
        class: FailureClass,
        /// What was said.
        words: String,
    },
}

impl RobotError {
    fn failed(class: FailureClass, words: &impl ToString) -> Self {
        Self::Failed { class, words: clean::cut(&words.to_string(), 500) }
    }
}

/// Speaks to robots, below their limits.
#[derive(Debug)]
pub struct Speaker {
    client: Client,
    limits: Limits,
    reach: RobotReach,
}

impl Speaker {
    /// A speaker that reaches public addresses over https, and what `reach` permits besides; one for each process, because it
    /// counts what was sent.
    ///
    /// # Errors
    /// When TLS cannot be prepared.
    pub fn new(reach: RobotReach) -> Result<Self, RobotError> {
        let broken = |error: &dyn fmt::Display| RobotError::failed(FailureClass::Unreachable, &error);
        let roots = rustls::RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        let tls = rustls::ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|error| broken(&error))?
            .with_root_certificates(roots)
            .with_no_client_auth();
        let client = Client::builder()
            .tls_backend_preconfigured(tls)
            .timeout(TIMEOUT)
            // A robot never moves; a redirect would carry its token elsewhere.
            .redirect(redirect::Policy::none())
            // The address that was looked at is the one connected to: no proxy, and no second look-up.
            .no_proxy()
            .dns_resolver(Arc::new(PermittedAddresses(reach.clone())))
            .build()
            .map_err(|error| broken(&error))?;
        Ok(Self { client, limits: Limits::default(), reach })
    }

    /// Tries the way to a provider, or to a private deployment, without saying anything: any answer shows that it is open.
    ///
    /// # Errors
    /// [`RobotError::Failed`] when nobody answers.
    pub async fn reach(&self, maker: RobotKind, base_url: Option<&str>) -> Result<(), RobotError> {
        let url = self.permitted(base(maker, base_url))?;
        self.client.head(url).send().await.map(drop).map_err(lost)
    }

    /// Says `notice` in the group of `robot`, and what the provider's server answered.
    ///
    /// # Errors
    /// [`RobotError::Wait`] when the robot would be over its limit or the server said that it was; else the class of the
    /// failure with the server's words.
    pub async fn say(
        &self,
        robot: &Robot,
        notice: &Notice,
        sender: &SenderIdentity,
        now: DateTime<Utc>,
    ) -> Result<String, RobotError> {
        let address = address(robot, self.permitted(base(robot.kind, robot.base_url.as_deref()))?, now)?;
        let mut body = payload(notice, robot.kind, robot.language, sender, now);
        if let (RobotKind::Feishu, Some(secret), Some(fields)) = (robot.kind, &robot.secret, body.as_object_mut()) {
            let seconds = now.timestamp();
            fields.insert("timestamp".to_owned(), Value::String(seconds.to_string()));
            fields.insert("sign".to_owned(), Value::String(feishu_signature(seconds, secret)));
        }
        self.limits.take(robot, now).map_err(|until| RobotError::Wait { until })?;
        let sent = self.client.post(address).json(&body).send().await;
        let mut answer = sent.map_err(lost)?;
        let status = answer.status();
        let mut text = Vec::new();
        while let Some(part) = answer.chunk().await.map_err(lost)? {
            text.extend_from_slice(&part);
            if text.len() > LONGEST_ANSWER {
                break;
            }
        }
        let text = String::from_utf8_lossy(&text);
        // The rest of the answer is shown to nobody: it may come from another server than a provider's.
        let words = match answer::code(robot.kind, &text) {
            Some(code) => format!("HTTP {}, {} {code}", status.as_u16(), answer::field(robot.kind)),
            None => format!("HTTP {}", status.as_u16()),
        };
        match answer::meaning(robot.kind, status.as_u16(), &text) {
            Meaning::Accepted => Ok(words),
            Meaning::TooMany => {
                let until = now + pause(robot.kind);
                self.limits.pause(robot, until);
                Err(RobotError::Wait { until })
            }
            Meaning::Refused(class) => Err(RobotError::failed(class, &words)),
        }
    }
}

impl Speaker {
    /// An address that may be spoken to; a name is looked at again when it is resolved.
    fn permitted(&self, base: &str) -> Result<Url, RobotError> {
        let refused = |words: &str| RobotError::failed(FailureClass::Unreachable, &words);
        let url = Url::parse(base).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
        let wrong = || RobotError::failed(FailureClass::Permanent, &"the address of the robot is no https address");
        let url = url.ok_or_else(wrong)?;
        let host = url.host_str().unwrap_or_default();
        if url.scheme() == "http" && !self.reach.permits_plain(host) {
            return Err(refused("robots are spoken to over https only (the operator permits exceptions with --robot-allow)"));
        }
        if !self.reach.permits_host(host) {
            return Err(refused(resolver::NOT_PUBLIC));
        }
        Ok(url)
    }
}

/// Nothing got through. The words of the client hold the address, and with it the token; its reasons say why.
fn lost(error: reqwest::Error) -> RobotError {
    let error = error.without_url();
    let mut reason: &dyn std::error::Error = &error;
    while let Some(deeper) = reason.source() {
        reason = deeper;
    }
    RobotError::failed(FailureClass::Unreachable, &format!("{error}: {reason}"))
}

/// The address of a provider, or of a private deployment, without the path.
fn base(maker: RobotKind, own: Option<&str>) -> &str {
    let makers = match maker {
        RobotKind::WeCom => "https://qyapi.weixin.qq.com",
        RobotKind::DingTalk => "https://oapi.dingtalk.com",
        RobotKind::Feishu => "https://open.feishu.cn",
    };
    own.unwrap_or(makers).trim_end_matches('/')
}

/// For how long a robot that spoke too often is not heard.
const fn pause(kind: RobotKind) -> TimeDelta {
    match kind {
        RobotKind::WeCom | RobotKind::Feishu => TimeDelta::seconds(60),
        RobotKind::DingTalk => TimeDelta::minutes(10),
    }
}

/// Where a robot is spoken to, below the address of its provider.
fn address(robot: &Robot, base: Url, now: DateTime<Utc>) -> Result<Url, RobotError> {
    let path = match robot.kind {
        RobotKind::WeCom => "cgi-bin/webhook/send",
        RobotKind::DingTalk => "robot/send",
        RobotKind::Feishu => "open-apis/bot/v2/hook",
    };
    let wrong = || RobotError::failed(FailureClass::Permanent, &"the address of the robot cannot be read");
    let mut url = base.join(path).map_err(|_| wrong())?;
    match robot.kind {
        RobotKind::WeCom => drop(url.query_pairs_mut().append_pair("key", &robot.token)),
        RobotKind::DingTalk => {
            let mut query = url.query_pairs_mut();
            query.append_pair("access_token", &robot.token);
            if let Some(secret) = &robot.secret {
                let millis = now.timestamp_millis();
                query.append_pair("timestamp", &millis.to_string());
                query.append_pair("sign", &dingtalk_signature(millis, secret));
            }
        }
        RobotKind::Feishu => drop(url.path_segments_mut().map_err(|()| wrong())?.push(&robot.token)),
    }
    Ok(url)
}
