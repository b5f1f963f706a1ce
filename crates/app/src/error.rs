//! What can go wrong in a use case.

use crate::fault::{Fault, Params};
use fabu_domain::{
    ids::ReleaseId,
    people::directory::Directory,
    subject::refusal::{Refusal, Text},
    text::TextError,
};
use fabu_store::StoreError;
use std::sync::Arc;

/// One invalid value of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// Where it is in the body, as a JSON pointer: `/representatives/0/user_id`.
    pub pointer: String,
    /// What is wrong with it.
    pub fault: Fault,
    /// Values for the text.
    pub params: Params,
}

impl FieldError {
    /// An error without parameters.
    #[must_use]
    pub fn new(pointer: impl Into<String>, fault: Fault) -> Self {
        Self { pointer: pointer.into(), fault, params: Vec::new() }
    }

    /// Fills the place `{name}` of the text.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.params.push((name, Text::same(value.to_string())));
        self
    }

    /// A value that is of the right form and still cannot be, and why, as the end of "值无效：" / "invalid value: ".
    #[must_use]
    pub fn invalid(pointer: impl Into<String>, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::new(pointer, Fault::FieldInvalid).because(zh, en)
    }

    /// Fills the place `{reason}` of the text.
    #[must_use]
    pub fn because(mut self, zh: impl Into<String>, en: impl Into<String>) -> Self {
        self.params.push(("reason", Text::new(zh, en)));
        self
    }

    /// The error of a text that broke the rules of its type.
    #[must_use]
    pub fn text(pointer: impl Into<String>, error: &TextError) -> Self {
        let fault = match error {
            TextError::Empty => Fault::FieldEmpty,
            TextError::TooLong { .. } => Fault::FieldTooLong,
            TextError::Control(_) => Fault::FieldControl,
        };
        Self::new(pointer, fault).because(error.zh(), error.to_string())
    }
}

/// Why a use case did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// The thing does not exist, or the caller may not know that it does.
    #[error("{what} not found")]
    NotFound {
        /// What was looked for, as the path names it: `department`.
        what: &'static str,
    },
    /// The procedure or the policy says no, with every reason.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The caller saw an older version.
    #[error("stale: the record has version {current}")]
    Stale {
        /// The version that is current.
        current: i64,
    },
    /// A fault that concerns the request as a whole.
    #[error("{}", .fault.code())]
    Fault {
        /// Which one.
        fault: Fault,
        /// Values for the text.
        params: Params,
    },
    /// Invalid values, each with its place.
    #[error("{} invalid fields", .0.len())]
    Invalid(Vec<FieldError>),
    /// The database failed.
    #[error(transparent)]
    Store(StoreError),
    /// A defect of the program; the text goes to the log and never to the caller.
    #[error("internal error: {0}")]
    Internal(String),
}

impl AppError {
    /// A fault with one parameter.
    #[must_use]
    pub fn fault(fault: Fault, name: &'static str, value: impl ToString) -> Self {
        Self::Fault { fault, params: vec![(name, Text::same(value.to_string()))] }
    }

    /// `Ok` when there is no invalid field, else all of them.
    ///
    /// # Errors
    /// [`AppError::Invalid`] that holds `errors`.
    pub fn unless_empty(errors: Vec<FieldError>) -> Result<(), Self> {
        if errors.is_empty() { Ok(()) } else { Err(Self::Invalid(errors)) }
    }
}

impl AppError {
    /// The row of the table that describes it, and the values of its text.
    #[must_use]
    pub fn row(&self) -> (Fault, Params) {
        match self {
            Self::NotFound { .. } => (Fault::NotFound, Vec::new()),
            Self::Refused(refusal) if refusal.is_permission() => (Fault::Forbidden, Vec::new()),
            Self::Refused(_) => (Fault::Refused, Vec::new()),
            Self::Stale { .. } => (Fault::Stale, Vec::new()),
            Self::Fault { fault, params } => (*fault, params.clone()),
            Self::Invalid(_) => (Fault::Invalid, Vec::new()),
            Self::Store(error) => (of_store(error), Vec::new()),
            Self::Internal(_) => (Fault::Internal, Vec::new()),
        }
    }
}

fn of_store(error: &StoreError) -> Fault {
    match error {
        StoreError::Busy(_) | StoreError::Unavailable(_) => Fault::Unavailable,
        StoreError::OutcomeUnknown(_) => Fault::OutcomeUnknown,
        StoreError::NoSpace => Fault::NoSpace,
        StoreError::Cursor => Fault::CursorInvalid,
        StoreError::Duplicate { .. } | StoreError::Reference(_) => Fault::Conflict,
        _ => Fault::Internal,
    }
}

impl From<StoreError> for AppError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Stale { current: Some(current) } => Self::Stale { current },
            StoreError::Stale { current: None } => Self::NotFound { what: "record" },
            error => Self::Store(error),
        }
    }
}

impl From<Fault> for AppError {
    fn from(fault: Fault) -> Self {
        Self::Fault { fault, params: Vec::new() }
    }
}

impl From<FieldError> for AppError {
    fn from(error: FieldError) -> Self {
        Self::Invalid(vec![error])
    }
}

/// What an attempt was about: for the log of refused attempts and for the links of its reasons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// The path below the API: `releases/REL-2026-0007`.
    pub path: String,
    /// The release, if it is one.
    pub release_id: Option<ReleaseId>,
}

/// An error with what a reader needs to understand it: the subject and the names of people.
#[derive(Debug, thiserror::Error)]
#[error("{error}")]
pub struct Failure {
    /// What went wrong.
    pub error: AppError,
    /// What the attempt was about.
    pub subject: Option<Box<Subject>>,
    /// The directory of that moment.
    pub directory: Option<Arc<Directory>>,
}

impl<E: Into<AppError>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self { error: error.into(), subject: None, directory: None }
    }
}
