//! Keyset paging: a page says where the next one begins.

use crate::StoreError;

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// The rows, in the order of the list.
    pub items: Vec<T>,
    /// Where the next page begins; none on the last one.
    pub next: Option<Cursor>,
}

impl<T> Page<T> {
    /// Makes a page of up to `limit` rows out of up to `limit + 1` found; `cursor` names the place after a row.
    pub(crate) fn cut(mut found: Vec<T>, limit: usize, cursor: impl FnOnce(&T) -> Cursor) -> Self {
        let more = found.len() > limit;
        found.truncate(limit);
        let next = if more { found.last().map(cursor) } else { None };
        Self { items: found, next }
    }

    /// The same page with other items.
    #[must_use]
    pub fn map<U>(self, f: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(f).collect(), next: self.next }
    }
}

/// A place in one list in one order. Opaque to callers; it holds the sort key of the last row seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    list: String,
    keys: Vec<String>,
}

impl Cursor {
    /// The place after the row with these sort keys, in the list (and order) of this name.
    pub(crate) fn new(list: &str, keys: &[&str]) -> Self {
        Self { list: list.to_owned(), keys: keys.iter().map(|key| (*key).to_owned()).collect() }
    }

    /// The sort keys, if the cursor belongs to this list and has as many.
    pub(crate) fn keys<const N: usize>(&self, list: &str) -> Result<[&str; N], StoreError> {
        let keys: Vec<&str> = self.keys.iter().map(String::as_str).collect();
        if self.list != list {
            return Err(StoreError::Cursor);
        }
        keys.try_into().map_err(|_| StoreError::Cursor)
    }
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let parts: Vec<&str> = std::iter::once(self.list.as_str()).chain(self.keys.iter().map(String::as_str)).collect();
        f.write_str(&hex::encode(serde_json::to_vec(&parts).map_err(|_| std::fmt::Error)?))
    }
}

impl std::str::FromStr for Cursor {
    type Err = StoreError;

    fn from_str(text: &str) -> Result<Self, StoreError> {
        let bytes = hex::decode(text).map_err(|_| StoreError::Cursor)?;
        let mut parts = serde_json::from_slice::<Vec<String>>(&bytes).map_err(|_| StoreError::Cursor)?.into_iter();
        // A NUL would be an error of PostgreSQL instead of the caller.
        let list = parts.next().ok_or(StoreError::Cursor)?;
        let keys: Vec<String> = parts.collect();
        if keys.iter().any(|key| key.contains('\0')) { Err(StoreError::Cursor) } else { Ok(Self { list, keys }) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn survives_the_way_through_a_url() {
        let cursor = Cursor::new("changes.number", &["变更 1/2", "7"]);
        let text = cursor.to_string();
        assert!(text.chars().all(|c| c.is_ascii_alphanumeric()));
        assert_eq!(text.parse::<Cursor>().unwrap(), cursor);
        assert_eq!(cursor.keys::<2>("changes.number").unwrap(), ["变更 1/2", "7"]);
    }

    #[test]
    fn refuses_what_it_did_not_make() {
        for text in ["", "zz", "5b5d", "7b7d", &hex::encode(r#"["users","a\u0000b"]"#)] {
            assert!(matches!(text.parse::<Cursor>(), Err(StoreError::Cursor)), "{text}");
        }
        let cursor = Cursor::new("users", &["a"]);
        assert!(cursor.keys::<1>("changes").is_err());
        assert!(cursor.keys::<2>("users").is_err());
    }

    #[test]
    fn names_a_next_page_only_when_there_is_one() {
        let page = Page::cut(vec![1, 2, 3], 2, |n| Cursor::new("n", &[&n.to_string()]));
        assert_eq!((page.items, page.next), (vec![1, 2], Some(Cursor::new("n", &["2"]))));
        assert_eq!(Page::cut(vec![1, 2], 2, |_| Cursor::new("n", &[])).next, None);
    }
}
