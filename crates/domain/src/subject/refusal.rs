//! Why something may not be done: every reason at once, each with its clause and who can clear it.
//!
//! Nothing here is formatted text until a reader's language is known: an [`Unmet`] holds a [`Code`] and its parameters.

mod codes;

pub use codes::Code;

use crate::{ids::UserId, language::Language, people::role::Role};
use serde::{Deserialize, Serialize};

crate::word_enum! {
    /// The three kinds of reason that people must be able to tell apart.
    ReasonKind {
        /// 缺条件: a fact or record is missing.
        Missing = "missing",
        /// 等他人: somebody else must act first.
        Waiting = "waiting",
        /// 无权限: not the caller's role.
        NotPermitted = "not_permitted",
    }
}

/// Who can clear a reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Party {
    /// This person.
    User(UserId),
    /// Whoever holds this role.
    Role(Role),
}

/// A value with a name in each language.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Text {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

/// A name at the beginning of a line or a sentence.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

impl Text {
    /// A text in both languages.
    #[must_use]
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }

    /// A text that is the same in both languages: a name, a number, somebody's own words.
    #[must_use]
    pub fn same(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { zh: text.clone(), en: text }
    }

    /// True when there is nothing to read in either language.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.zh.is_empty() && self.en.is_empty()
    }

    /// The text for a reader.
    #[must_use]
    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::Chinese => &self.zh,
            Language::English => &self.en,
        }
    }

    /// As the beginning of a sentence: English words of ours are lower case, to stand inside one.
    #[must_use]
    pub fn capital(self) -> Self {
        Self { en: capital(&self.en), ..self }
    }

    /// Several texts as a list.
    #[must_use]
    pub fn list(texts: &[Self]) -> Self {
        let join = |pick: fn(&Self) -> &str, separator: &str| texts.iter().map(pick).collect::<Vec<_>>().join(separator);
        Self { zh: join(|t| &t.zh, "、"), en: join(|t| &t.en, ", ") }
    }
}

/// One reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unmet {
    /// What is wrong.
    pub code: Code,
    /// The exact clause, when the code serves several.
    clause: Option<&'static str>,
    /// The values that fill the text's `{name}` places.
    pub params: Vec<(&'static str, Text)>,
    /// Who can clear it.
    pub who: Vec<Party>,
    /// The part of the release to open, as a path below the release: `documents/release_plan`.
    pub place: Option<String>,
}

impl Unmet {
    /// A reason without parameters.
    #[must_use]
    pub fn new(code: Code) -> Self {
        Self { code, clause: None, params: Vec::new(), who: Vec::new(), place: None }
    }

    /// Fills the place `{name}` of the text.
    #[must_use]
    pub fn with(self, name: &'static str, value: impl ToString) -> Self {
        let value = value.to_string();
        self.with_text(name, Text { zh: value.clone(), en: value })
    }

    /// Fills the place `{name}` of the text with a value that has a name in each language.
    #[must_use]
    pub fn with_text(mut self, name: &'static str, value: impl Into<Text>) -> Self {
        self.params.push((name, value.into()));
        self
    }

    /// Names a more exact clause than the code's own.
    #[must_use]
    pub fn of_clause(mut self, clause: &'static str) -> Self {
        self.clause = Some(clause);
        self
    }

    /// The clause.
    #[must_use]
    pub fn clause(&self) -> &'static str {
        self.clause.unwrap_or(self.code.clause())
    }

    /// Names who can clear it.
    #[must_use]
    pub fn by(mut self, who: impl IntoIterator<Item = Party>) -> Self {
        self.who.extend(who);
        self
    }

    /// Says where to go.
    #[must_use]
    pub fn at(mut self, place: impl Into<String>) -> Self {
        self.place = Some(place.into());
        self
    }

    /// The sentence for a reader.
    #[must_use]
    pub fn text(&self, language: Language) -> String {
        let template = self.code.template(language);
        self.params
            .iter()
            .fold(template.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value.in_language(language)))
    }
}

impl From<Code> for Unmet {
    fn from(code: Code) -> Self {
        Self::new(code)
    }
}

/// All reasons why a command was refused; never empty.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("refused: {}", self.unmet.iter().map(|u| u.text(Language::English)).collect::<Vec<_>>().join("; "))]
pub struct Refusal {
    unmet: Vec<Unmet>,
}

impl Refusal {
    /// One reason.
    #[must_use]
    pub fn one(unmet: impl Into<Unmet>) -> Self {
        Self { unmet: vec![unmet.into()] }
    }

    /// `Ok` when there is no reason, else all of them.
    ///
    /// # Errors
    /// The refusal that holds `unmet`.
    pub fn unless_empty(unmet: Vec<Unmet>) -> Result<(), Self> {
        if unmet.is_empty() { Ok(()) } else { Err(Self { unmet }) }
    }

    /// The reasons.
    #[must_use]
    pub fn unmet(&self) -> &[Unmet] {
        &self.unmet
    }

    /// True when the only thing in the way is the caller's lack of permission.
    #[must_use]
    pub fn is_permission(&self) -> bool {
        self.unmet.iter().all(|u| u.code.kind() == ReasonKind::NotPermitted)
    }
}
