//! Forged, foreign and broken access tokens (RELIABILITY target 12).

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as B64};
use chrono::TimeDelta;
use fabu_testkit::{Actor, TestApp};
use jsonwebtoken::{Algorithm, EncodingKey, crypto::sign};
use reqwest::{Method, header::AUTHORIZATION};
use serde_json::{Value, json};

struct Forge {
    header: Value,
    claims: Value,
    key: Vec<u8>,
    token: String,
}

impl Forge {
    fn new(app: &TestApp, token: &str) -> Self {
        let part = |n: usize| -> Value {
            let text = token.split('.').nth(n).unwrap_or_default();
            serde_json::from_slice(&B64.decode(text).unwrap()).unwrap()
        };
        let key = app.app.settings.signing_keys[0].expose().clone();
        Self { header: part(0), claims: part(1), key, token: token.to_owned() }
    }

    fn signed(&self, header: &str, claims: &str, algorithm: Algorithm, key: &[u8]) -> String {
        let text = format!("{}.{}", B64.encode(header), B64.encode(claims));
        let signature = sign(text.as_bytes(), &EncodingKey::from_secret(key), algorithm).unwrap();
        format!("{text}.{signature}")
    }

    fn claim(&self, change: impl FnOnce(&mut Value)) -> String {
        let mut claims = self.claims.clone();
        change(&mut claims);
        self.signed(&self.header.to_string(), &claims.to_string(), Algorithm::HS256, &self.key)
    }

    fn header(&self, change: impl FnOnce(&mut Value)) -> String {
        let mut header = self.header.clone();
        change(&mut header);
        self.signed(&header.to_string(), &self.claims.to_string(), Algorithm::HS256, &self.key)
    }

    fn unsigned(&self, algorithm: &str) -> String {
        let mut header = self.header.clone();
        header["alg"] = json!(algorithm);
        format!("{}.{}.", B64.encode(header.to_string()), B64.encode(self.claims.to_string()))
    }
}

fn set(name: &'static str, value: Value) -> impl FnOnce(&mut Value) {
    move |object| object[name] = value
}

fn without(name: &'static str) -> impl FnOnce(&mut Value) {
    move |object| {
        object.as_object_mut().unwrap().remove(name);
    }
}

fn corpus(forge: &Forge) -> Vec<(&'static str, String)> {
    let exp = forge.claims["exp"].as_i64().unwrap();
    let iat = forge.claims["iat"].as_i64().unwrap();
    let parts: Vec<&str> = forge.token.split('.').collect();
    let flipped = |text: &str| format!("{}{}", if text.starts_with('A') { 'B' } else { 'A' }, &text[1..]);
    let (header, claims) = (forge.header.to_string(), forge.claims.to_string());
    let other_key: Vec<u8> = forge.key.iter().rev().copied().collect();
    vec![
        ("alg none", forge.unsigned("none")),
        ("alg None", forge.unsigned("None")),
        ("alg nOnE", forge.unsigned("nOnE")),
        ("alg empty", forge.unsigned("")),
        ("alg HS256 unsigned", forge.unsigned("HS256")),
        ("alg RS256 with our key", forge.header(set("alg", json!("RS256")))),
        ("alg ES256 with our key", forge.header(set("alg", json!("ES256")))),
        ("alg HS512 header, HS256 signature", forge.header(set("alg", json!("HS512")))),
        ("HS512", forge.signed(&header.replace("HS256", "HS512"), &claims, Algorithm::HS512, &forge.key)),
        ("HS384", forge.signed(&header.replace("HS256", "HS384"), &claims, Algorithm::HS384, &forge.key)),
        ("another key", forge.signed(&header, &claims, Algorithm::HS256, &other_key)),
        ("an empty key", forge.signed(&header, &claims, Algorithm::HS256, b"")),
        (
            "the key id as the key",
            forge.signed(&header, &claims, Algorithm::HS256, forge.header["kid"].as_str().unwrap().as_bytes()),
        ),
        ("changed header", format!("{}.{}.{}", flipped(parts[0]), parts[1], parts[2])),
        ("changed claims", format!("{}.{}.{}", parts[0], flipped(parts[1]), parts[2])),
        ("changed signature", format!("{}.{}.{}", parts[0], parts[1], flipped(parts[2]))),
        ("cut signature", forge.token[..forge.token.len() - 3].to_owned()),
        ("no signature", format!("{}.{}", parts[0], parts[1])),
        ("empty signature", format!("{}.{}.", parts[0], parts[1])),
        ("four parts", format!("{}.x", forge.token)),
        ("swapped parts", format!("{}.{}.{}", parts[1], parts[0], parts[2])),
        ("padding", format!("{}==", forge.token)),
        ("exp a string", forge.claim(set("exp", json!(exp.to_string())))),
        ("exp negative", forge.claim(set("exp", json!(-1)))),
        ("exp a fraction", forge.claim(set("exp", json!(1e20)))),
        ("exp null", forge.claim(set("exp", Value::Null))),
        ("exp missing", forge.claim(without("exp"))),
        ("exp too large", forge.claim(set("exp", json!(u64::MAX)))),
        ("nbf in the future", forge.claim(set("nbf", json!(iat + 1)))),
        ("nbf a string", forge.claim(set("nbf", json!(iat.to_string())))),
        ("nbf missing", forge.claim(without("nbf"))),
        ("iat in the future", forge.claim(set("iat", json!(iat + 100)))),
        ("aud missing", forge.claim(without("aud"))),
        ("aud of another instance", forge.claim(set("aud", json!("https://test.example.com")))),
        ("aud a list", forge.claim(set("aud", json!(["https://fabu.example.com", "x"])))),
        ("iss missing", forge.claim(without("iss"))),
        ("iss another", forge.claim(set("iss", json!("evil")))),
        ("sub missing", forge.claim(without("sub"))),
        ("sub unknown", forge.claim(set("sub", json!("0192f3c1-7b1e-7000-8000-000000000001")))),
        ("sub SQL", forge.claim(set("sub", json!("' OR 1=1 --")))),
        ("sub a list", forge.claim(set("sub", json!([forge.claims["sub"]])))),
        ("session version another", forge.claim(set("sv", json!(99)))),
        ("session unknown", forge.claim(set("sid", json!("0192f3c1-7b1e-7000-8000-000000000001")))),
        ("unknown claim", forge.claim(set("roles", json!(["system_administrator"])))),
        ("duplicate claim", forge.signed(&header, &claims.replacen('{', "{\"iss\":\"fabu\",", 1), Algorithm::HS256, &forge.key)),
        ("claims a list", forge.signed(&header, "[]", Algorithm::HS256, &forge.key)),
        ("claims no JSON", forge.signed(&header, "{", Algorithm::HS256, &forge.key)),
        ("kid missing", forge.header(without("kid"))),
        ("kid a path", forge.header(set("kid", json!("../../../../dev/null")))),
        ("kid SQL", forge.header(set("kid", json!("x' UNION SELECT 'key' --")))),
        ("typ JWT", forge.header(set("typ", json!("JWT")))),
        ("typ missing", forge.header(without("typ"))),
        ("jku", forge.header(set("jku", json!("https://evil.example.com/keys")))),
        ("x5u", forge.header(set("x5u", json!("https://evil.example.com/cert")))),
        ("jwk", forge.header(set("jwk", json!({ "kty": "oct", "k": "AAAA" })))),
        ("crit", forge.header(set("crit", json!(["exp"])))),
        ("no token", String::new()),
        ("a word", "null".to_owned()),
        ("100 kB", "a".repeat(50_000) + "." + &"b".repeat(50_000)),
    ]
}

async fn call(nobody: &Actor, authorization: &str) -> reqwest::Response {
    nobody.request(Method::GET, "/me").header(AUTHORIZATION, authorization).send().await.unwrap()
}

#[tokio::test]
async fn refuses_every_forged_token() {
    let app = TestApp::start().await;
    let nobody = app.nobody();
    let setup = json!({ "login": "admin", "name": "管理员", "password": "tulip-orbit-93-kettle", "language": "zh-CN", "token": app.set_up_token() });
    nobody.post("/setup", setup).await.ok();
    let admin = nobody.sign_in("admin", "tulip-orbit-93-kettle").await;
    let forge = Forge::new(&app, &admin.token().unwrap());
    assert_eq!(call(&nobody, &format!("Bearer {}", forge.claim(|_| {}))).await.status(), 200, "the forge itself works");
    let corpus = corpus(&forge);
    assert!(corpus.len() >= 40);
    for (name, token) in corpus {
        let status = call(&nobody, &format!("Bearer {token}")).await.status();
        assert!(status == 401 || (status == 431 && token.len() > 50_000), "{name}: {status}");
    }
    for scheme in ["Basic", "Token", ""] {
        assert_eq!(call(&nobody, format!("{scheme} {}", forge.token).trim()).await.status(), 401, "{scheme}");
    }
}

#[tokio::test]
async fn refuses_a_token_at_the_second_it_expires_and_a_refresh_token() {
    let app = TestApp::start().await;
    let nobody = app.nobody();
    let setup = json!({ "login": "admin", "name": "管理员", "password": "tulip-orbit-93-kettle", "language": "zh-CN", "token": app.set_up_token() });
    nobody.post("/setup", setup).await.ok();
    let admin = nobody.sign_in("admin", "tulip-orbit-93-kettle").await;
    app.pass(TimeDelta::seconds(899));
    admin.get("/me").await.ok();
    app.pass(TimeDelta::seconds(1));
    admin.get("/me").await.problem(401, "token.expired");
    let login = json!({ "login": "admin", "password": "tulip-orbit-93-kettle" });
    let cookie = nobody.post("/auth/login", login).await.header("set-cookie").unwrap();
    let refresh = cookie.split(['=', ';']).nth(1).unwrap_or_default();
    nobody.with_token(refresh).get("/me").await.problem(401, "token.invalid");
    let twice = nobody.request(Method::GET, "/me").header(AUTHORIZATION, "Bearer a").header(AUTHORIZATION, "Bearer b");
    nobody.send(twice).await.problem(401, "token.invalid");
}

#[tokio::test]
async fn a_token_of_another_environment_with_the_same_key_is_refused() {
    let (here, there) =
        (TestApp::start().await, TestApp::start_with(|s| s.base_url = "https://other.example.com".parse().unwrap()).await);
    for app in [&here, &there] {
        let setup = json!({ "login": "admin", "name": "管理员", "password": "tulip-orbit-93-kettle", "language": "zh-CN", "token": app.set_up_token() });
        app.nobody().post("/setup", setup).await.ok();
    }
    let admin = here.nobody().sign_in("admin", "tulip-orbit-93-kettle").await;
    admin.at(&there.url).get("/me").await.problem(401, "token.invalid");
}
