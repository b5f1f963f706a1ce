//! Text with rules: parsed once at the edge, valid from then on.
//!
//! What is invisible and comes in with pasted text is taken out: marks of direction, spaces without width, tags. Line breaks become
//! one kind (LF). Control characters are refused everywhere (a line break in a name would break a mail header); multi-line text
//! keeps line breaks and tabs.

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
    /// A control character.
    #[error("must not contain control characters (found U+{0:04X})")]
    Control(u32),
}

impl TextError {
    /// The sentence for Chinese readers; `Display` is the one for English readers.
    #[must_use]
    pub fn zh(&self) -> String {
        match self {
            Self::Empty => "不能为空".to_owned(),
            Self::TooLong { max, actual } => format!("最多 {max} 个字符，现有 {actual} 个"),
            Self::Control(code) => format!("不能包含控制字符（U+{code:04X}）"),
        }
    }
}

/// True for a control character: not with `lines` for line breaks and tabs.
#[must_use]
pub fn forbidden(c: char, lines: bool) -> bool {
    c.is_control() && !(lines && matches!(c, '\n' | '\t'))
}

/// True for a character that nobody sees and that makes equal texts differ or turns the direction of writing: no width, direction,
/// fillers, tags. Joiners (U+200C, U+200D) and variation selectors are not among them: they change how a visible sign looks.
#[must_use]
pub const fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
            | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}'
            | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}'
    )
}

/// The text without what is invisible, with LF as its only line break.
#[must_use]
pub fn visible(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let seen = text.chars().filter(|c| !is_invisible(*c));
    seen.map(|c| if matches!(c, '\r' | '\u{2028}' | '\u{2029}') { '\n' } else { c }).collect()
}

/// Every text of a document's content made [`visible`].
pub fn make_visible(content: &mut serde_json::Value) {
    match content {
        serde_json::Value::String(text) => *text = visible(text),
        serde_json::Value::Array(items) => items.iter_mut().for_each(make_visible),
        serde_json::Value::Object(map) => map.values_mut().for_each(make_visible),
        _ => {}
    }
}

fn check(text: &str, max: usize, lines: bool) -> Result<String, TextError> {
    // A separator of lines that only looks like one is a space in a single line.
    let text = if lines { visible(text) } else { visible(&text.replace(['\u{2028}', '\u{2029}'], " ")) };
    let text = text.trim();
    // A joiner or a variation selector alone joins and varies nothing.
    if text.chars().all(|c| c.is_whitespace() || matches!(c, '\u{200C}' | '\u{200D}' | '\u{FE00}'..='\u{FE0F}')) {
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
    fn refuses_empty_long_and_control_text() {
        assert_eq!(Line::parse(" \t"), Err(TextError::Empty));
        assert_eq!(Code::parse(&"x".repeat(101)), Err(TextError::TooLong { max: 100, actual: 101 }));
        assert_eq!(Line::parse("\u{200B}\u{FEFF}"), Err(TextError::Empty));
        assert_eq!(Line::parse("\u{2060}\u{200D}"), Err(TextError::Empty), "a joiner alone joins nothing");
        assert_eq!(Note::parse("nul\0"), Err(TextError::Control(0)));
    }

    #[test]
    fn takes_out_what_is_invisible_and_keeps_one_kind_of_line_break() {
        for hidden in ["\u{200B}", "\u{FEFF}", "\u{200E}", "\u{200F}", "\u{2060}", "\u{202E}", "\u{2066}", "\u{E0041}", "\u{AD}"]
        {
            assert_eq!(Code::parse(&format!("{hidden}RFC{hidden}-1{hidden}")).unwrap().as_str(), "RFC-1", "{hidden:?}");
        }
        assert_eq!(Note::parse("a\r\nb\rc\u{2028}d").unwrap().as_str(), "a\nb\nc\nd");
        assert_eq!(Line::parse("👩\u{200D}💻").unwrap().as_str(), "👩\u{200D}💻", "a joined sign stays whole");
        let mut content = serde_json::json!({ "a": ["x\u{200B}y", 1], "b": { "c": "p\r\nq" } });
        make_visible(&mut content);
        assert_eq!(content, serde_json::json!({ "a": ["xy", 1], "b": { "c": "p\nq" } }));
    }
}
