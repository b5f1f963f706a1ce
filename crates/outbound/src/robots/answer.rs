//! What the providers' servers answer.

use crate::mail::FailureClass;
use fabu_domain::notifications::notice::RobotKind;
use serde_json::Value;

/// What an answer means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// The message is in the group.
    Accepted,
    /// The robot spoke too often.
    TooMany,
    /// It is not in the group.
    Refused(FailureClass),
}

/// The field in which a provider's server says how it went.
pub const fn field(kind: RobotKind) -> &'static str {
    match kind {
        RobotKind::WeCom | RobotKind::DingTalk => "errcode",
        RobotKind::Feishu => "code",
    }
}

/// The number in that field; none when the answer is no provider's.
pub fn code(kind: RobotKind, body: &str) -> Option<i64> {
    let body: Value = serde_json::from_str(body).ok()?;
    // Feishu's older answer has `StatusCode` in place of `code`.
    body.get(field(kind)).or_else(|| body.get("StatusCode")).and_then(Value::as_i64)
}

/// The meaning of an answer with an HTTP status. Servers say 200 and put the failure into the body.
pub fn meaning(kind: RobotKind, status: u16, body: &str) -> Meaning {
    match (status, code(kind, body)) {
        (429, _) => Meaning::TooMany,
        (200..300, Some(code)) => of_code(kind, code),
        // A gateway on the way, or something else that is no robot.
        (200..300, None) | (408 | 500.., _) => Meaning::Refused(FailureClass::Temporary),
        (_, Some(code)) if of_code(kind, code) != Meaning::Accepted => of_code(kind, code),
        _ => Meaning::Refused(FailureClass::Permanent),
    }
}

fn of_code(kind: RobotKind, code: i64) -> Meaning {
    match (kind, code) {
        (_, 0) => Meaning::Accepted,
        (RobotKind::WeCom, 45009 | 45033) | (RobotKind::DingTalk, 130_101 | 410_100) | (RobotKind::Feishu, 11232 | 9499) => {
            Meaning::TooMany
        }
        // Busy.
        (_, -1) | (RobotKind::Feishu, 1_500..1_600 | 11_233) => Meaning::Refused(FailureClass::Temporary),
        // The rest is about the key, the signature, the words that a group demands, or the message.
        _ => Meaning::Refused(FailureClass::Permanent),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_answer_is_accepted_waited_for_or_refused() {
        use Meaning::{Accepted, Refused, TooMany};
        let (later, never) = (Refused(FailureClass::Temporary), Refused(FailureClass::Permanent));
        for (kind, status, body, expected) in [
            (RobotKind::WeCom, 200, r#"{"errcode":0,"errmsg":"ok"}"#, Accepted),
            (RobotKind::WeCom, 200, r#"{"errcode":45009,"errmsg":"api freq out of limit"}"#, TooMany),
            (RobotKind::WeCom, 200, r#"{"errcode":93000,"errmsg":"invalid webhook url"}"#, never),
            (RobotKind::WeCom, 200, r#"{"errcode":-1,"errmsg":"system busy"}"#, later),
            (RobotKind::DingTalk, 200, r#"{"errcode":0,"errmsg":"ok"}"#, Accepted),
            (RobotKind::DingTalk, 200, r#"{"errcode":130101,"errmsg":"send too fast"}"#, TooMany),
            (RobotKind::DingTalk, 200, r#"{"errcode":310000,"errmsg":"sign not match"}"#, never),
            (RobotKind::Feishu, 200, r#"{"code":0,"msg":"success"}"#, Accepted),
            (RobotKind::Feishu, 200, r#"{"StatusCode":0,"StatusMessage":"success"}"#, Accepted),
            (RobotKind::Feishu, 200, r#"{"code":19021,"msg":"sign match fail"}"#, never),
            (RobotKind::Feishu, 400, r#"{"code":9499,"msg":"too many request"}"#, TooMany),
            (RobotKind::Feishu, 200, r#"{"code":11232,"msg":"frequency limited"}"#, TooMany),
            (RobotKind::WeCom, 429, "", TooMany),
            (RobotKind::WeCom, 502, "<html>bad gateway</html>", later),
            (RobotKind::WeCom, 200, "<html>sign in to the network</html>", later),
            (RobotKind::WeCom, 404, "", never),
            (RobotKind::DingTalk, 302, "", never),
        ] {
            assert_eq!(meaning(kind, status, body), expected, "{kind} {status} {body}");
        }
    }
}
