//! Why something may not be done: every reason at once, each with its clause and who can clear it.
//!
//! Nothing here is formatted text until a reader's language is known: an [`Unmet`] holds a [`Code`] and its parameters.

use crate::{directory::Language, ids::UserId, role::Role};
use serde::Serialize;

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

/// One reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unmet {
    /// What is wrong.
    pub code: Code,
    /// The values that fill the text's `{name}` places.
    pub params: Vec<(&'static str, String)>,
    /// Who can clear it.
    pub who: Vec<Party>,
    /// The part of the release to open, as a path below the release: `documents/release_plan`.
    pub place: Option<String>,
}

impl Unmet {
    /// A reason without parameters.
    #[must_use]
    pub fn new(code: Code) -> Self {
        Self { code, params: Vec::new(), who: Vec::new(), place: None }
    }

    /// Fills the place `{name}` of the text.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.params.push((name, value.to_string()));
        self
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
        self.params.iter().fold(template.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
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

/// Declares the catalogue: code, clause, kind, Chinese text, English text.
macro_rules! catalogue {
    ($($variant:ident $code:literal $clause:literal $kind:ident $zh:literal $en:literal;)+) => {
        /// Every reason the procedure knows.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code { $(#[doc = $en] $variant),+ }

        impl Code {
            /// Every code, in clause order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The stable word for programs.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// The row of the requirements table (and so the clause) that it comes from.
            #[must_use]
            pub const fn clause(self) -> &'static str {
                match self { $(Self::$variant => $clause),+ }
            }

            /// Which of the three kinds it is.
            #[must_use]
            pub const fn kind(self) -> ReasonKind {
                match self { $(Self::$variant => ReasonKind::$kind),+ }
            }

            /// The text with `{name}` places.
            #[must_use]
            pub const fn template(self, language: Language) -> &'static str {
                match (self, language) {
                    $((Self::$variant, Language::Chinese) => $zh, (Self::$variant, Language::English) => $en),+
                }
            }
        }
    };
}

catalogue! {
    NotPermitted "role.not_permitted" "4" NotPermitted "这一步由{who}办理" "this step belongs to {who}";
    WrongStage "release.wrong_stage" "5" Missing "当前阶段为{stage}，此操作只能在{stages}进行" "the release is in stage {stage}; this can be done in {stages}";
    Suspended "release.suspended" "RO2" Waiting "发布已挂起：{reason}" "the release is suspended: {reason}";
}
