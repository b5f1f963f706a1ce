//! Help to turn rows into domain types: an unreadable value names its table, row and column.

use crate::StoreError;
use serde::de::DeserializeOwned;
use std::{fmt::Display, str::FromStr};

/// The row that is being read.
pub(crate) struct Place<K> {
    pub(crate) table: &'static str,
    pub(crate) key: K,
}

impl<K: Display> Place<K> {
    pub(crate) fn bad(&self, column: &str, reason: impl ToString) -> StoreError {
        StoreError::corrupt(self.table, &self.key, column, reason)
    }

    /// A text with rules.
    pub(crate) fn text<T: TryFrom<String, Error: Display>>(&self, column: &str, text: String) -> Result<T, StoreError> {
        T::try_from(text).map_err(|error| self.bad(column, error))
    }

    /// The same, if there is one.
    pub(crate) fn optional<T: TryFrom<String, Error: Display>>(
        &self,
        column: &str,
        text: Option<String>,
    ) -> Result<Option<T>, StoreError> {
        text.map(|text| self.text(column, text)).transpose()
    }

    /// A word of the domain.
    pub(crate) fn word<T: FromStr<Err: Display>>(&self, column: &str, word: &str) -> Result<T, StoreError> {
        word.parse().map_err(|error: T::Err| self.bad(column, error))
    }

    /// A structure kept as JSON.
    pub(crate) fn json<T: DeserializeOwned>(&self, column: &str, value: serde_json::Value) -> Result<T, StoreError> {
        serde_json::from_value(value).map_err(|error| self.bad(column, error))
    }

    /// Bytes of a fixed length.
    pub(crate) fn bytes<const N: usize>(&self, column: &str, bytes: Vec<u8>) -> Result<[u8; N], StoreError> {
        bytes.try_into().map_err(|bytes: Vec<u8>| self.bad(column, format!("{} bytes instead of {N}", bytes.len())))
    }
}
