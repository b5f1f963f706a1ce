//! The label of a version: `V1.1`.

use std::{fmt, str::FromStr};

/// The label of a version of the procedure; a later version has a greater one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct VersionLabel {
    major: u16,
    minor: u16,
}

/// Text that is no label.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is no version of the procedure; write V, the major and the minor number, each up to 999: V1.1")]
pub struct NoLabel(pub String);

impl VersionLabel {
    /// The first version, with which the program begins.
    pub const FIRST: Self = Self { major: 1, minor: 0 };

    /// The label of the next small change.
    #[must_use]
    pub const fn next(self) -> Self {
        if self.minor < 999 { Self { minor: self.minor + 1, ..self } } else { Self { major: self.major + 1, minor: 0 } }
    }

    /// Sorts a greater label first, as text.
    #[must_use]
    pub fn newest_first(self) -> String {
        format!("{:03}.{:03}", 999_u16.saturating_sub(self.major), 999_u16.saturating_sub(self.minor))
    }
}

impl fmt::Display for VersionLabel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "V{}.{}", self.major, self.minor)
    }
}

impl FromStr for VersionLabel {
    type Err = NoLabel;

    fn from_str(text: &str) -> Result<Self, NoLabel> {
        let numbers = text.strip_prefix('V').and_then(|rest| rest.split_once('.'));
        let parsed = numbers.and_then(|(major, minor)| Some(Self { major: major.parse().ok()?, minor: minor.parse().ok()? }));
        let within = |label: &Self| label.major < 1000 && label.minor < 1000;
        // One spelling: neither signs nor leading zeros.
        parsed.filter(|label| within(label) && label.to_string() == text).ok_or_else(|| NoLabel(text.to_owned()))
    }
}

impl serde::Serialize for VersionLabel {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for VersionLabel {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl utoipa::PartialSchema for VersionLabel {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .pattern(Some("^V[0-9]{1,3}\\.[0-9]{1,3}$"))
            .examples(["V1.1"])
            .into()
    }
}

impl utoipa::ToSchema for VersionLabel {}
