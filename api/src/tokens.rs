//! Access tokens: a short JWT that says who, never what (RELIABILITY 4.6, 4.7, F10).
//!
//! Times are checked here, with the application's clock and no leeway; the library checks the signature, the algorithm,
//! the issuer and the audience.

use chrono::{DateTime, Utc};
use fabu_app::{App, AppError, Caller, Fault, Settings, Via, auth::SignedIn, secrets::digest};
use fabu_domain::{
    ids::{SessionId, UserId},
    language::Language,
};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, decode_header, encode};
use serde::{Deserialize, Serialize};

const ISSUER: &str = "fabu";
const KIND: &str = "at+jwt";

/// Longer tokens are not looked at.
const LONGEST: usize = 4096;

/// Makes and reads access tokens.
pub struct Tokens {
    audience: String,
    validation: Validation,
    signing: EncodingKey,
    kid: String,
    accepted: Vec<(String, DecodingKey)>,
}

/// The content of a token. Unknown and repeated claims are refused.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Claims {
    iss: String,
    aud: String,
    sub: UserId,
    iat: i64,
    nbf: i64,
    exp: i64,
    /// Session version.
    sv: i64,
    /// Session.
    sid: SessionId,
    /// Reading language.
    lang: Language,
    /// When the password was last given.
    reauthenticated_at: i64,
    /// Signed in with a one-time password.
    otp: bool,
}

impl Tokens {
    /// Takes the keys from the settings.
    #[must_use]
    pub fn new(settings: &Settings) -> Self {
        let keys: Vec<&Vec<u8>> = settings.signing_keys.iter().map(|key| key.expose()).collect();
        let kid = |key: &[u8]| hex::encode(&digest(&[b"fabu key id".as_slice(), key].concat())[..8]);
        let first = keys.first().map_or(&[][..], |key| key.as_slice());
        let mut validation = Validation::new(Algorithm::HS256);
        validation.leeway = 0;
        validation.validate_exp = false;
        validation.validate_nbf = false;
        validation.set_issuer(&[ISSUER]);
        validation.set_audience(&[settings.base_url.as_str()]);
        validation.set_required_spec_claims(&["exp", "nbf", "iss", "aud", "sub"]);
        Self {
            audience: settings.base_url.to_string(),
            validation,
            signing: EncodingKey::from_secret(first),
            kid: kid(first),
            accepted: keys.iter().map(|key| (kid(key), DecodingKey::from_secret(key))).collect(),
        }
    }

    /// A token for somebody who has just signed in.
    ///
    /// # Errors
    /// [`AppError::Internal`] when it cannot be signed.
    pub fn issue(&self, app: &App, signed_in: &SignedIn) -> Result<String, AppError> {
        let now = signed_in.at.timestamp();
        let claims = Claims {
            iss: ISSUER.to_owned(),
            aud: self.audience.clone(),
            sub: signed_in.user_id,
            iat: now,
            nbf: now,
            exp: now + app.settings.session_times.access.num_seconds(),
            sv: signed_in.session_version,
            sid: signed_in.session_id,
            lang: signed_in.language,
            reauthenticated_at: signed_in.reauthenticated_at.timestamp(),
            otp: signed_in.must_change_password,
        };
        let header = Header { typ: Some(KIND.to_owned()), kid: Some(self.kid.clone()), ..Header::new(Algorithm::HS256) };
        encode(&header, &claims, &self.signing).map_err(|error| AppError::Internal(format!("token: {error}")))
    }

    /// Who a token names, if it is ours and in time.
    ///
    /// # Errors
    /// [`Fault::TokenInvalid`] or [`Fault::TokenExpired`].
    pub fn read(&self, token: &str, now: DateTime<Utc>, request_id: &str, accepted: Option<Language>) -> Result<Caller, Fault> {
        let claims = self.claims(token).ok_or(Fault::TokenInvalid)?;
        let now = now.timestamp();
        if claims.nbf > now || claims.iat > now || claims.exp <= claims.nbf {
            return Err(Fault::TokenInvalid);
        }
        if claims.exp <= now {
            return Err(Fault::TokenExpired);
        }
        Ok(Caller {
            user_id: claims.sub,
            via: Via::Session { session_id: claims.sid, session_version: claims.sv },
            reauthenticated_at: DateTime::from_timestamp(claims.reauthenticated_at, 0),
            must_change_password: claims.otp,
            request_id: request_id.to_owned(),
            language: accepted.unwrap_or(claims.lang),
        })
    }

    fn claims(&self, token: &str) -> Option<Claims> {
        if token.len() > LONGEST {
            return None;
        }
        let header = decode_header(token).ok()?;
        let foreign =
            header.jku.is_some() || header.jwk.is_some() || header.x5u.is_some() || header.x5c.is_some() || header.x5t.is_some();
        if foreign || header.typ.as_deref() != Some(KIND) || header.crit.is_some() {
            return None;
        }
        let (_, key) = self.accepted.iter().find(|(kid, _)| Some(kid) == header.kid.as_ref())?;
        decode::<Claims>(token, key, &self.validation).ok().map(|data| data.claims)
    }
}
