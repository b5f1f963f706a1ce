//! The only map of errors to HTTP: problem details (RFC 9457) in the reader's language.

use actix_web::{HttpResponse, ResponseError, http::StatusCode};
use fabu_app::{AppError, Failure, Fault, FieldError, fault::Params};
use fabu_domain::{
    address::segment,
    language::Language,
    people::directory::Directory,
    subject::refusal::{Party, ReasonKind, Refusal, Unmet, capital},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What is wrong, for people and for programs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Problem {
    /// A name of the kind of problem; the same as `code`, as a URI.
    #[serde(rename = "type")]
    #[schema(example = "urn:fabu:problem:resource.stale")]
    pub kind: String,
    /// One sentence in the reader's language.
    #[schema(example = "somebody else changed the record; reload and try again")]
    pub title: String,
    /// The HTTP status.
    #[schema(example = 412)]
    pub status: u16,
    /// The stable word for programs.
    #[schema(example = "resource.stale")]
    pub code: String,
    /// The request in the log.
    #[schema(example = "0192f3c1-7b1e-7000-8000-000000000001")]
    pub request_id: String,
    /// The path that was asked for.
    #[schema(example = "/api/v1/departments/0192f3c1-7b1e-7000-8000-000000000001")]
    pub instance: String,
    /// Every reason why the procedure says no.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blocked_by: Vec<BlockedBy>,
    /// Every invalid field.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldProblem>,
    /// With 412: the version that is current, as If-Match wants it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "\"v18\"")]
    pub current_etag: Option<String>,
}

/// One reason why something may not be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BlockedBy {
    /// The stable word for programs.
    #[schema(example = "role.not_permitted")]
    pub code: String,
    /// The clause of the procedure.
    #[schema(example = "5.3")]
    pub clause: String,
    /// Something is missing, somebody else must act, or it is not the caller's role.
    pub kind: ReasonKind,
    /// The sentence in the reader's language.
    #[schema(example = "this step belongs to release owner")]
    pub message: String,
    /// Who can clear it.
    pub who: Vec<Who>,
    /// Where it can be cleared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "/api/v1/releases/REL-2026-0007/documents/release_plan")]
    pub href: Option<String>,
}

/// A person or a role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Who {
    /// Which of the two.
    pub kind: WhoKind,
    /// The user's id or the role's word.
    #[schema(example = "release_owner")]
    pub id: String,
    /// The name shown to people.
    #[schema(example = "发布负责人")]
    pub name: String,
}

/// Whether a [`Who`] is a person or a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WhoKind {
    /// One person.
    User,
    /// Whoever holds the role.
    Role,
}

/// One invalid field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FieldProblem {
    /// JSON pointer into the body.
    #[schema(example = "/name")]
    pub pointer: String,
    /// The stable word for programs.
    #[schema(example = "field.empty")]
    pub code: String,
    /// The sentence in the reader's language.
    #[schema(example = "must not be empty")]
    pub message: String,
}

/// The error type of every handler and extractor.
#[derive(Debug)]
pub struct ApiError(pub Failure);

impl<E: Into<Failure>> From<E> for ApiError {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl std::fmt::Display for ApiError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl ResponseError for ApiError {
    fn status_code(&self) -> StatusCode {
        status(self.0.error.row().0)
    }

    /// A body for the case that the envelope, which knows language and request, does not run.
    fn error_response(&self) -> HttpResponse {
        self.problem(Language::English, "", "").response(None)
    }
}

impl ApiError {
    /// Seconds after which it makes sense to try again.
    #[must_use]
    pub fn retry_after(&self) -> Option<String> {
        match self.0.error.row() {
            (Fault::Busy | Fault::Unavailable | Fault::NoSpace, _) => Some("2".to_owned()),
            (Fault::TooManyRequests | Fault::TooMuchUnderWay, _) => Some("1".to_owned()),
            (Fault::TooManyConnections | Fault::TooManyStreams, _) => Some("10".to_owned()),
            (Fault::TooManyAttempts, params) => {
                params.into_iter().find(|(name, _)| *name == "seconds").map(|(_, value)| value.en)
            }
            _ => None,
        }
    }

    /// True when the text belongs into the log because the caller must not see it.
    #[must_use]
    pub fn is_internal(&self) -> bool {
        let (fault, _) = self.0.error.row();
        fault.status() >= 500 && fault != Fault::Busy
    }

    /// The body for a reader.
    #[must_use]
    pub fn problem(&self, language: Language, request_id: &str, path: &str) -> Problem {
        let (fault, params) = self.0.error.row();
        let mut problem = of_fault(fault, &params, language, request_id, path);
        match &self.0.error {
            AppError::Refused(refusal) => {
                problem.blocked_by = blocked_by(refusal, self.0.directory.as_deref(), self.subject(), language);
                if let [only] = problem.blocked_by.as_slice() {
                    problem.title.clone_from(&only.message);
                    problem.code.clone_from(&only.code);
                    problem.kind = urn(&only.code);
                }
            }
            AppError::Stale { current } => problem.current_etag = Some(crate::etag::of_version(*current)),
            AppError::Invalid(errors) => problem.errors = errors.iter().map(|e| field(e, language)).collect(),
            _ => {}
        }
        problem
    }

    fn subject(&self) -> Option<&str> {
        self.0.subject.as_ref().map(|subject| subject.path.as_str())
    }
}

impl Problem {
    /// The answer that carries it.
    #[must_use]
    pub fn response(&self, retry_after: Option<String>) -> HttpResponse {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = HttpResponse::build(status);
        response.content_type("application/problem+json");
        if let Some(seconds) = retry_after {
            response.insert_header(("Retry-After", seconds));
        }
        if status == StatusCode::UNAUTHORIZED {
            response.insert_header(("WWW-Authenticate", "Bearer"));
        }
        response.body(serde_json::to_string(self).unwrap_or_default())
    }
}

/// The problem of a fault without further parts.
#[must_use]
pub fn of_fault(fault: Fault, params: &Params, language: Language, request_id: &str, path: &str) -> Problem {
    Problem {
        kind: urn(fault.code()),
        title: capital(&fault.text(language, params)),
        status: fault.status(),
        code: fault.code().to_owned(),
        request_id: request_id.to_owned(),
        instance: path.to_owned(),
        blocked_by: Vec::new(),
        errors: Vec::new(),
        current_etag: None,
    }
}

/// The reasons of a refusal, with names, for a reader; also used by `actions` and gates in views.
#[must_use]
pub fn blocked_by(refusal: &Refusal, directory: Option<&Directory>, subject: Option<&str>, language: Language) -> Vec<BlockedBy> {
    refusal.unmet().iter().map(|unmet| reason(unmet, directory, subject, language)).collect()
}

/// One reason for a reader.
#[must_use]
pub fn reason(unmet: &Unmet, directory: Option<&Directory>, subject: Option<&str>, language: Language) -> BlockedBy {
    let who: Vec<Who> = unmet.who.iter().map(|party| named(*party, directory, language)).collect();
    let separator = if language == Language::Chinese { "、" } else { ", " };
    let names: Vec<&str> = who.iter().map(|w| w.name.as_str()).collect();
    BlockedBy {
        code: unmet.code.as_str().to_owned(),
        clause: unmet.clause().to_owned(),
        kind: unmet.code.kind(),
        message: capital(&unmet.text(language).replace("{who}", &names.join(separator))),
        href: subject.zip(unmet.place.as_deref()).map(|(subject, place)| href(subject, place)),
        who,
    }
}

/// The address of a place: an approval, a task and a release have their own; what is only a part of the release's view is pointed at in
/// it (RFC 6901); everything else lies below the release.
fn href(subject: &str, place: &str) -> String {
    let number = subject.strip_prefix("releases/");
    let subject = number.map_or_else(|| subject.to_owned(), |number| format!("releases/{}", segment(number)));
    match place.split_once('/') {
        Some(("approvals" | "tasks" | "releases", _)) => format!("/api/v1/{place}"),
        None if PARTS_OF_THE_VIEW.contains(&place) => format!("/api/v1/{subject}#/{place}"),
        _ => format!("/api/v1/{subject}/{place}"),
    }
}

/// Places that have no address of their own.
const PARTS_OF_THE_VIEW: [&str; 5] = ["approvals", "archive", "changes", "tasks", "team"];

fn named(party: Party, directory: Option<&Directory>, language: Language) -> Who {
    match party {
        Party::User(id) => {
            Who { kind: WhoKind::User, id: id.to_string(), name: directory.map_or_else(|| id.to_string(), |d| d.name(id)) }
        }
        Party::Role(role) => {
            Who { kind: WhoKind::Role, id: role.as_str().to_owned(), name: role.text().in_language(language).to_owned() }
        }
    }
}

fn field(error: &FieldError, language: Language) -> FieldProblem {
    FieldProblem {
        pointer: error.pointer.clone(),
        code: error.fault.code().to_owned(),
        message: capital(&error.fault.text(language, &error.params)),
    }
}

fn urn(code: &str) -> String {
    format!("urn:fabu:problem:{code}")
}

fn status(fault: Fault) -> StatusCode {
    StatusCode::from_u16(fault.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}
