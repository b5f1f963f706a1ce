//! Pages of lists: by key, never by position, so that nothing is skipped or shown twice while records come and go.

use crate::{error::AppError, fault::Fault};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use fabu_domain::subject::refusal::Text;
use fabu_store::Cursor;

/// The most that one page holds.
pub const MOST: usize = 100;
/// What a page holds when the caller does not say.
pub const USUAL: usize = 20;

/// A part of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// In list order.
    pub items: Vec<T>,
    /// Where the next page begins; none at the end.
    pub next_cursor: Option<String>,
}

impl<T> Page<T> {
    /// The same page of other things.
    pub fn map<U>(self, f: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(f).collect(), next_cursor: self.next_cursor }
    }
}

impl<T> From<fabu_store::Page<T>> for Page<T> {
    fn from(page: fabu_store::Page<T>) -> Self {
        Self { items: page.items, next_cursor: page.next.map(|cursor| cursor.to_string()) }
    }
}

/// What part of a list is wanted.
#[derive(Debug, Clone, Default)]
pub struct PageRequest {
    /// [`Page::next_cursor`] of the page before.
    pub cursor: Option<String>,
    /// At most so many items, 1 to 100.
    pub limit: Option<u32>,
}

impl PageRequest {
    /// How many items are wanted.
    ///
    /// # Errors
    /// [`Fault::QueryInvalid`] outside 1 to 100.
    pub fn size(&self) -> Result<usize, AppError> {
        match self.limit.map(|limit| usize::try_from(limit).unwrap_or(usize::MAX)) {
            None => Ok(USUAL),
            Some(limit) if (1..=MOST).contains(&limit) => Ok(limit),
            Some(_) => Err(AppError::Fault {
                fault: Fault::QueryInvalid,
                params: vec![
                    ("name", Text::same("limit")),
                    ("reason", Text::new(format!("1 至 {MOST}"), format!("1 to {MOST}"))),
                ],
            }),
        }
    }

    /// The place in a list that the database sorts.
    ///
    /// # Errors
    /// [`Fault::CursorInvalid`].
    pub fn stored_cursor(&self) -> Result<Option<Cursor>, AppError> {
        let parse = |text: &str| text.parse().map_err(|_| Fault::CursorInvalid.into());
        self.cursor.as_deref().map(parse).transpose()
    }

    /// Sorts a list that is held in memory by a unique key, and takes the wanted part.
    ///
    /// # Errors
    /// When the cursor or the limit is invalid.
    pub fn of<T>(&self, mut items: Vec<T>, key: impl Fn(&T) -> String) -> Result<Page<T>, AppError> {
        let (size, after) = (self.size()?, self.cursor.as_deref().map(decode).transpose()?);
        items.retain(|item| after.as_ref().is_none_or(|after| key(item) > *after));
        items.sort_by_cached_key(&key);
        let more = items.len() > size;
        items.truncate(size);
        let next_cursor = items.last().filter(|_| more).map(|last| URL_SAFE_NO_PAD.encode(key(last)));
        Ok(Page { items, next_cursor })
    }
}

fn decode(cursor: &str) -> Result<String, AppError> {
    let bytes = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| Fault::CursorInvalid)?;
    String::from_utf8(bytes).map_err(|_| Fault::CursorInvalid.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_follow_each_other_without_gap_or_double() {
        let all: Vec<String> = (0..45).map(|n| format!("{n:03}")).collect();
        let (mut seen, mut cursor) = (Vec::new(), None);
        loop {
            let page = PageRequest { cursor, limit: None }.of(all.iter().rev().cloned().collect(), String::clone).unwrap();
            seen.extend(page.items);
            cursor = page.next_cursor;
            if cursor.is_none() {
                break;
            }
        }
        assert_eq!(seen, all);
    }

    #[test]
    fn refuses_foreign_cursors_and_wild_limits() {
        for (cursor, limit) in [(Some("%%".to_owned()), None), (None, Some(0)), (None, Some(101))] {
            assert!(PageRequest { cursor, limit }.of(vec![String::new()], String::clone).is_err());
        }
    }
}
