//! Names in views of a release: people, customers, marks. Names are borrowed from the directory.

use chrono::{DateTime, Utc};
use fabu_app::Rx;
use fabu_domain::{
    ids::{CustomerId, DepartmentId, ServiceObjectId, UserId},
    language::Language,
    people::{directory::Directory, role::Role},
    subject::refusal::{Text, capital},
    subjects::release::{Stamp, stage::Stage},
};
use serde::Serialize;
use std::{borrow::Cow, str::FromStr};
use utoipa::ToSchema;

/// Who reads, in which language, and the names that the reader sees.
#[derive(Debug, Clone, Copy)]
pub struct Names<'a> {
    /// People, customers, departments, service objects.
    pub directory: &'a Directory,
    /// The reader's language.
    pub language: Language,
}

/// A person.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PersonView<'a> {
    /// Identity.
    pub id: UserId,
    /// The name shown to people.
    #[schema(value_type = String, example = "李娜")]
    pub name: Cow<'a, str>,
}

/// A person's name under a decision.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MarkView<'a> {
    /// Who.
    pub by: PersonView<'a>,
    /// When.
    pub at: DateTime<Utc>,
    /// Why; empty when no reason was due.
    #[schema(value_type = String)]
    pub reason: Cow<'a, str>,
}

/// A customer.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CustomerRefView<'a> {
    /// Identity.
    pub id: CustomerId,
    /// Name.
    #[schema(value_type = String)]
    pub name: Cow<'a, str>,
}

/// An object under service.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ServiceObjectRefView<'a> {
    /// Identity.
    pub id: ServiceObjectId,
    /// Short code.
    #[schema(value_type = String)]
    pub code: Cow<'a, str>,
    /// Name.
    #[schema(value_type = String)]
    pub name: Cow<'a, str>,
}

/// A stage with its name.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct StageView {
    /// The stable word.
    pub code: Stage,
    /// The name in the reader's language.
    #[schema(value_type = String, example = "制定发布方案")]
    pub name: Cow<'static, str>,
}

impl<'a> Names<'a> {
    /// For the reader of a list.
    #[must_use]
    pub fn of(rx: &'a Rx<'_, '_>) -> Self {
        Self { directory: &rx.directory, language: rx.caller.language }
    }

    /// A person with the name that the directory knows; the id of somebody unknown.
    #[must_use]
    pub fn person(&self, id: UserId) -> PersonView<'a> {
        let name = self.directory.users.get(&id).map(|user| Cow::Borrowed(user.name.as_str()));
        PersonView { id, name: name.unwrap_or_else(|| Cow::Owned(id.to_string())) }
    }

    /// The names under a decision.
    #[must_use]
    pub fn mark<'m>(&self, mark: &'m Stamp) -> MarkView<'m>
    where
        'a: 'm,
    {
        MarkView { by: self.person(mark.by), at: mark.at, reason: Cow::Borrowed(&mark.reason) }
    }

    /// The same of a decision that is worked out for the answer.
    #[must_use]
    pub fn owned_mark(&self, mark: Stamp) -> MarkView<'a> {
        MarkView { by: self.person(mark.by), at: mark.at, reason: Cow::Owned(mark.reason) }
    }

    /// A customer.
    #[must_use]
    pub fn customer(&self, id: CustomerId) -> CustomerRefView<'a> {
        let name = self.directory.customers.get(&id).map(|customer| Cow::Borrowed(customer.name.as_str()));
        CustomerRefView { id, name: name.unwrap_or_else(|| Cow::Owned(id.to_string())) }
    }

    /// An object under service.
    #[must_use]
    pub fn service_object(&self, id: ServiceObjectId) -> ServiceObjectRefView<'a> {
        match self.directory.service_objects.get(&id) {
            Some(object) => {
                ServiceObjectRefView { id, code: Cow::Borrowed(object.code.as_str()), name: Cow::Borrowed(object.name.as_str()) }
            }
            None => ServiceObjectRefView { id, code: Cow::Borrowed(""), name: Cow::Owned(id.to_string()) },
        }
    }

    /// The name of a department.
    #[must_use]
    pub fn department(&self, id: DepartmentId) -> Cow<'a, str> {
        let name = self.directory.departments.get(&id).map(|department| Cow::Borrowed(department.name.as_str()));
        name.unwrap_or_else(|| Cow::Owned(id.to_string()))
    }

    /// The name of a role.
    #[must_use]
    pub fn role(&self, role: Role) -> Cow<'static, str> {
        self.pick(role.zh(), role.en())
    }

    /// A stage with its name.
    #[must_use]
    pub fn stage(&self, stage: Stage) -> StageView {
        StageView { code: stage, name: self.pick(stage.zh(), stage.en()) }
    }

    /// One of two names; see [`Names::name`].
    #[must_use]
    pub fn pick(&self, zh: &'static str, en: &str) -> Cow<'static, str> {
        match self.language {
            Language::Chinese => Cow::Borrowed(zh),
            Language::English => Cow::Owned(capital(en)),
        }
    }

    /// A name as it stands alone: our English names are lower case, to stand inside sentences.
    #[must_use]
    pub fn name(&self, name: Text) -> Cow<'static, str> {
        Cow::Owned(self.text(name.capital()))
    }

    /// A text in the reader's language.
    #[must_use]
    pub fn text(&self, text: Text) -> String {
        match self.language {
            Language::Chinese => text.zh,
            Language::English => text.en,
        }
    }
}

/// A person named by id or as `me`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whom {
    /// The caller.
    Me,
    /// This person.
    User(UserId),
}

impl Whom {
    pub(super) const fn id(self, caller: UserId) -> UserId {
        match self {
            Self::Me => caller,
            Self::User(id) => id,
        }
    }
}

impl FromStr for Whom {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "me" => Ok(Self::Me),
            id => id.parse().map(Self::User).map_err(|_| "a user's id or me".to_owned()),
        }
    }
}
