//! What a server answered, with assertions that say what was expected.

use fabu_api::problem::Problem;
use reqwest::{StatusCode, header::HeaderMap};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// An answer, read completely.
#[derive(Debug, Clone)]
pub struct Answered {
    /// What was asked: `PUT /api/v1/me`.
    pub request: String,
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub text: String,
}

impl Answered {
    pub(crate) async fn read(request: String, response: reqwest::Response) -> Self {
        let (status, headers) = (response.status(), response.headers().clone());
        Self { request, status, headers, text: response.text().await.expect("a complete body") }
    }

    /// The body as JSON; null when there is none.
    #[must_use]
    pub fn json(&self) -> Value {
        if self.text.is_empty() { Value::Null } else { self.parse() }
    }

    /// The body as a type.
    ///
    /// # Panics
    /// When it is something else.
    #[must_use]
    pub fn parse<T: DeserializeOwned>(&self) -> T {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{}: {error} in {}", self.request, self.text))
    }

    /// Asserts the status.
    ///
    /// # Panics
    /// When it is another one.
    #[track_caller]
    #[must_use]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}: {}", self.request, self.text);
        self
    }

    /// Asserts success and gives the body.
    ///
    /// # Panics
    /// When the call failed.
    #[track_caller]
    pub fn ok(&self) -> Value {
        assert!(self.status.is_success(), "{}: {} {}", self.request, self.status, self.text);
        self.json()
    }

    /// Asserts a complete problem with this status and code.
    ///
    /// # Panics
    /// When the answer is anything else.
    #[track_caller]
    pub fn problem(&self, status: u16, code: &str) -> Problem {
        assert_eq!(self.status.as_u16(), status, "{}: {}", self.request, self.text);
        let kind = self.header("content-type").unwrap_or_default();
        assert_eq!(kind, "application/problem+json", "{}: {}", self.request, self.text);
        let problem: Problem = self.parse();
        assert_eq!((problem.status, problem.code.as_str()), (status, code), "{}: {}", self.request, self.text);
        assert_eq!(Some(problem.request_id.as_str()), self.header("x-request-id").as_deref(), "{}", self.request);
        assert!(!problem.title.is_empty() && !problem.title.contains('{'), "{}: {}", self.request, self.text);
        problem
    }

    /// Asserts a refusal by the policy: 403 with the people or roles who may, or because the caller has no role at all.
    ///
    /// # Panics
    /// When the answer is anything else.
    #[track_caller]
    pub fn not_permitted(&self) -> Problem {
        let without_role = self.status == 403 && self.json()["code"] == "role.none";
        self.problem(403, if without_role { "role.none" } else { "role.not_permitted" })
    }

    /// Asserts 422 and gives the pointers and codes of the invalid fields.
    ///
    /// # Panics
    /// When the answer is anything else.
    #[track_caller]
    pub fn invalid(&self) -> Vec<(String, String)> {
        let problem = self.problem(422, "request.invalid_fields");
        problem.errors.into_iter().map(|error| (error.pointer, error.code)).collect()
    }

    /// A header.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<String> {
        self.headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
    }

    /// The ETag.
    ///
    /// # Panics
    /// When there is none.
    #[track_caller]
    #[must_use]
    pub fn etag(&self) -> String {
        self.header("etag").unwrap_or_else(|| panic!("{} has no ETag: {}", self.request, self.text))
    }

    /// The `id` of the body.
    ///
    /// # Panics
    /// When the call failed or there is none.
    #[track_caller]
    #[must_use]
    pub fn id(&self) -> String {
        self.ok()["id"].as_str().unwrap_or_else(|| panic!("{} has no id: {}", self.request, self.text)).to_owned()
    }
}
