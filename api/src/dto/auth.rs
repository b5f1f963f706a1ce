//! Signing in.

use fabu_app::secrets::Secret;
use fabu_domain::{language::Language, text::Line};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The first administrator.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "login": "admin", "name": "系统管理员", "password": "tulip-orbit-93-kettle", "language": "zh-CN", "token": "5f0c1a-9d27e4-b83f60-c1d9a2" }))]
pub struct SetupRequest {
    /// The name to sign in with.
    #[schema(pattern = "^[a-z0-9][a-z0-9._-]{1,63}$")]
    pub login: String,
    /// The name that records show.
    pub name: Line,
    /// 12 to 128 characters, hard to guess.
    #[schema(min_length = 12, max_length = 128)]
    pub password: String,
    /// Reading language.
    pub language: Language,
    /// What the server printed at its start: proves that its operator asks.
    #[schema(max_length = 64)]
    pub token: String,
}

/// What a person who has not signed in may know of the instance.
#[derive(Debug, Serialize, ToSchema)]
pub struct SetupView {
    /// True while nobody has an account.
    pub needed: bool,
    /// True when everything here is example data: pages say so, and nothing of it counts.
    pub example: bool,
}

/// Login and password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "login": "zhang.wei", "password": "tulip-orbit-93-kettle" }))]
pub struct LoginRequest {
    /// The name to sign in with.
    #[schema(max_length = 64)]
    pub login: String,
    /// The password.
    #[schema(max_length = 128)]
    pub password: String,
}

/// The password once more.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "password": "tulip-orbit-93-kettle" }))]
pub struct ReauthenticationRequest {
    /// The password.
    #[schema(max_length = 128)]
    pub password: String,
}

/// A person's own change of password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "current_password": "tulip-orbit-93-kettle", "new_password": "copper-violin-27-harbour" }))]
pub struct PasswordRequest {
    /// The password until now.
    #[schema(max_length = 128)]
    pub current_password: String,
    /// 12 to 128 characters, hard to guess, without the login.
    #[schema(min_length = 12, max_length = 128)]
    pub new_password: String,
}

/// An access token.
#[derive(Debug, Serialize, ToSchema)]
pub struct TokenView {
    /// Give it as `Authorization: Bearer …`.
    pub access_token: String,
    /// Always `Bearer`.
    #[schema(example = "Bearer")]
    pub token_type: &'static str,
    /// Seconds until it ends; renew it with `POST /auth/refresh`.
    #[schema(example = 900)]
    pub expires_in: i64,
    /// Signed in with a one-time password: nothing but `PUT /me/password` and `GET /me` is allowed.
    pub must_change_password: bool,
}

/// A person's own preferences; a field that is not given stays.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "language": "en", "phone": "+86 535 1234567" }))]
pub struct PreferencesRequest {
    /// Reading language.
    #[serde(default)]
    pub language: Option<Language>,
    /// For duty rosters; null removes it.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>, max_length = 40)]
    pub phone: Option<Option<String>>,
}

/// Tells a field that is null from one that is not given.
fn given<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

/// A password on its way to the use case.
pub(crate) fn secret(text: &str) -> Secret<String> {
    Secret::new(text.to_owned())
}
