//! Text with rules: parsed once at the edge, valid from then on.
//!
//! Control characters are refused everywhere (a line break in a name would break a mail header); multi-line text keeps
//! line breaks and tabs.

use serde::{Deserialize, Serialize};

/// Why a text was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Nothing but white space.
    #[error("must not be empty")]
    Empty,
    /// Longer than allowed, in characters.
    #[error("must have at most {max} characters, has {actual}")]
    TooLong {
        /// The longest length allowed.
        max: usize,
        /// The length given.
        actual: usize,
    },
    /// A control or format character that can hide or break text.
    #[error("must not contain control characters (found U+{0:04X})")]
    Control(u32),
}

/// True for a character that can hide or break text: controls (with `lines`: but line breaks and tabs), and those that turn
/// the direction of writing or have no width.
#[must_use]
pub fn forbidden(c: char, lines: bool) -> bool {
    let bidi = matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200B}' | '\u{FEFF}');
    (c.is_control() && !(lines && matches!(c, '\n' | '\t' | '\r'))) || bidi
}

fn check(text: &str, max: usize, lines: bool) -> Result<String, TextError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(TextError::Empty);
    }
    let actual = text.chars().count();
    if actual > max {
        return Err(TextError::TooLong { max, actual });
    }
    match text.chars().find(|c| forbidden(*c, lines)) {
        Some(c) => Err(TextError::Control(c as u32)),
        None => Ok(text.to_owned()),
    }
}

macro_rules! text_types {
    ($($(#[$doc:meta])* $name:ident(max = $max:literal, lines = $lines:literal)),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The longest accepted length, in characters.
            pub const MAX: usize = $max;

            /// Accepts `text` without its outer white space.
            ///
            /// # Errors
            /// [`TextError`] when it is empty, too long or holds control characters.
            pub fn parse(text: &str) -> Result<Self, TextError> {
                check(text, $max, $lines).map(Self)
            }

            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = TextError;
            fn try_from(text: String) -> Result<Self, TextError> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(text: $name) -> Self {
                text.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                utoipa::openapi::ObjectBuilder::new()
                    .schema_type(utoipa::openapi::schema::Type::String)
                    .min_length(Some(1))
                    .max_length(Some($max))
                    .into()
            }
        }

        impl utoipa::ToSchema for $name {}
    )+};
}

text_types! {
    /// One line that names a thing: a title, a person, a department.
    Line(max = 200, lines = false),
    /// A short identifier of an outside system: a change number, a version.
    Code(max = 100, lines = false),
    /// Several lines that explain or give a reason.
    Note(max = 20000, lines = true),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trims_and_accepts_chinese() {
        assert_eq!(Line::parse("  核心系统补丁 ").unwrap().as_str(), "核心系统补丁");
    }

    #[test]
    fn refuses_line_breaks_in_a_line_but_not_in_a_note() {
        assert_eq!(Line::parse("a\nb"), Err(TextError::Control(10)));
        assert!(Note::parse("a\nb").is_ok());
    }

    #[test]
    fn refuses_empty_long_and_hidden_text() {
        assert_eq!(Line::parse(" \t"), Err(TextError::Empty));
        assert_eq!(Code::parse(&"x".repeat(101)), Err(TextError::TooLong { max: 100, actual: 101 }));
        assert_eq!(Note::parse("pay\u{202E}fdp"), Err(TextError::Control(0x202E)));
        assert_eq!(Note::parse("nul\0"), Err(TextError::Control(0)));
    }
}
