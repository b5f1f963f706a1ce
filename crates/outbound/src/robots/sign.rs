//! The signatures of robots: the same parts, put together the other way round by each provider.

use base64::{Engine, prelude::BASE64_STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// DingTalk: the key is the secret, the message the time and the secret. Not yet escaped for the address.
#[must_use]
pub fn dingtalk_signature(millis: i64, secret: &str) -> String {
    signature(secret, &format!("{millis}\n{secret}"))
}

/// Feishu: the key is the time and the secret, the message is empty.
#[must_use]
pub fn feishu_signature(seconds: i64, secret: &str) -> String {
    signature(&format!("{seconds}\n{secret}"), "")
}

fn signature(key: &str, message: &str) -> String {
    // HMAC takes keys of any length.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key.as_bytes()) else { return String::new() };
    mac.update(message.as_bytes());
    BASE64_STANDARD.encode(mac.finalize().into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signatures_are_those_of_another_implementation() {
        assert_eq!(dingtalk_signature(1_700_000_000_000, "SECtest000"), "eMOG0XyddguuyrYRvkmf9LtZVwxKrmhQ0ENWqf2fVpc=");
        assert_eq!(feishu_signature(1_700_000_000, "feishutest000"), "cSEnLeMtcz40gDyUxCM3fdehiGIg4uRTFGrgjm3z5Xg=");
    }
}
