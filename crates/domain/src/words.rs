//! Words: enums whose values travel and are stored as words. What people read of them in both languages stands in the
//! declaration, and nowhere else: refusals, mails, workbooks, the description of the API (`x-enum-texts`) and, generated
//! from that, the pages read it there.

use crate::subject::refusal::Text;
use utoipa::openapi::{
    RefOr,
    extensions::ExtensionsBuilder,
    schema::{ObjectBuilder, Schema, Type},
};

/// Declares an enum of words: `Variant = "word" "中文" "english",`. The English text is written as inside a sentence. An
/// enum that nobody reads the values of has words alone.
#[macro_export]
macro_rules! word_enum {
    ($(#[doc = $doc:literal])* $name:ident {
        $($(#[doc = $vdoc:literal])* $variant:ident = $word:literal $zh:literal $en:literal),+ $(,)?
    }) => {
        $crate::word_enum! { @declare $(#[doc = $doc])* $name { $($(#[doc = $vdoc])* $variant = $word),+ } [$(($word, $zh, $en)),+] }

        impl $name {
            /// What people read of it in Chinese.
            #[must_use]
            pub const fn zh(self) -> &'static str {
                match self { $(Self::$variant => $zh),+ }
            }

            /// What people read of it in English, as inside a sentence.
            #[must_use]
            pub const fn en(self) -> &'static str {
                match self { $(Self::$variant => $en),+ }
            }

            /// What people read of it, in both languages.
            #[must_use]
            pub fn text(self) -> $crate::subject::refusal::Text {
                $crate::subject::refusal::Text::new(self.zh(), self.en())
            }
        }

        impl $crate::blocks::document::shape::Entered for $name {
            const INPUT: $crate::blocks::document::shape::Input = $crate::blocks::document::shape::Input::Choice(stringify!($name));
        }

        impl $crate::subjects::registers::Needed for $name {}

        impl From<$name> for $crate::subject::refusal::Text {
            fn from(word: $name) -> Self {
                word.text()
            }
        }
    };
    ($(#[doc = $doc:literal])* $name:ident { $($(#[doc = $vdoc:literal])* $variant:ident = $word:literal),+ $(,)? }) => {
        $crate::word_enum! { @declare $(#[doc = $doc])* $name { $($(#[doc = $vdoc])* $variant = $word),+ } [] }
    };
    (@declare $(#[doc = $doc:literal])* $name:ident {
        $($(#[doc = $vdoc:literal])* $variant:ident = $word:literal),+
    } [$($text:expr),*]) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[doc = $vdoc])* #[serde(rename = $word)] $variant),+ }

        // Written out: the derive does not see a word that comes through a macro and would show the variants' names.
        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                $crate::words::schema(concat!($($doc),*).trim(), &[$($word),+], &[$($text),*])
            }
        }

        impl utoipa::ToSchema for $name {}

        impl $name {
            /// Every value, in declaration order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word used on the wire and in the database.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::words::UnknownWord;
            fn from_str(text: &str) -> Result<Self, $crate::words::UnknownWord> {
                match text {
                    $($word => Ok(Self::$variant),)+
                    _ => Err($crate::words::UnknownWord { word: text.to_owned(), expected: stringify!($name), known: &[$($word),+] }),
                }
            }
        }
    };
}

/// A word that is no value of the expected kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{word}\" is no {expected}; known: {}", known.join(", "))]
pub struct UnknownWord {
    /// What was given.
    pub word: String,
    /// The kind of value that was expected.
    pub expected: &'static str,
    /// Every accepted word.
    pub known: &'static [&'static str],
}

/// The description of an enum of words: its values, and under `x-enum-texts` what people read of each, by language.
#[must_use]
pub fn schema(description: &str, words: &[&str], texts: &[(&str, &str, &str)]) -> RefOr<Schema> {
    let object =
        ObjectBuilder::new().schema_type(Type::String).description(Some(description)).enum_values(Some(words.iter().copied()));
    if texts.is_empty() {
        return object.into();
    }
    // A label stands by itself, so it begins with a capital.
    let label = |(word, zh, en): &(&str, &str, &str)| {
        let Text { zh, en } = Text::new(*zh, *en).capital();
        ((*word).to_owned(), serde_json::json!({ "zh-CN": zh, "en": en }))
    };
    let labels: serde_json::Map<String, serde_json::Value> = texts.iter().map(label).collect();
    object.extensions(Some(ExtensionsBuilder::new().add("x-enum-texts", labels).build())).into()
}
