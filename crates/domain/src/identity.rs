//! When two spellings are one name: identity and search do not see width, case and what is invisible.
//!
//! `RFC-1`, `rfc-1`, `ＲＦＣ－１` and `RFC-1` with a mark of direction behind it name one change. A record keeps the spelling that was
//! entered; only comparing folds.

use crate::text::is_invisible;
use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization;

/// The text as it is compared: compatibility forms (NFKC), lower case, nothing invisible, white space as single spaces, and one sign
/// for every dash.
#[must_use]
pub fn folded(text: &str) -> String {
    let seen = |c: &char| !is_invisible(*c) && !matches!(c, '\u{200C}' | '\u{200D}' | '\u{FE00}'..='\u{FE0F}');
    let lower: String = text.chars().filter(seen).nfkc().flat_map(char::to_lowercase).nfkc().map(dash).collect();
    lower.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// True when both spellings are one name.
#[must_use]
pub fn same(one: &str, other: &str) -> bool {
    if one.is_ascii() && other.is_ascii() {
        // Nothing of these is folded but case and white space.
        let (mut ones, mut others) = (one.split_whitespace(), other.split_whitespace());
        return ones.by_ref().all(|word| others.next().is_some_and(|other| word.eq_ignore_ascii_case(other)))
            && others.next().is_none();
    }
    one == other || folded(one) == folded(other)
}

/// The words that a search looks for, folded; all of them must be found, in any order.
#[must_use]
pub fn search_words(text: &str) -> Vec<String> {
    folded(text).split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// True when every word of a search stands in one of the texts.
#[must_use]
pub fn finds(search: &str, texts: &[&str]) -> bool {
    let texts: Vec<String> = texts.iter().map(|text| folded(text)).collect();
    search_words(search).iter().all(|word| texts.iter().any(|text| text.contains(word.as_str())))
}

/// The longest piece of a word that an index of words holds, in characters: for letters and digits, and for other scripts.
const INDEXED: (usize, usize) = (32, 8);

/// What an index of words holds of a folded text. A run of letters and digits is found by its beginning. Scripts without spaces
/// are found from any of their characters on: each rest of a run is held, as far as [`INDEXED`] characters.
#[must_use]
pub fn index_words(text: &str) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    for (run, is_spaced) in runs(text) {
        if is_spaced {
            words.insert(run.chars().take(INDEXED.0).collect());
            continue;
        }
        for (start, _) in run.char_indices() {
            words.insert(run[start..].chars().take(INDEXED.1).collect());
        }
    }
    words
}

/// The beginnings that an index of words is asked for, so that nothing which holds this word of a search is missed. The first run
/// may be the end of something longer, and is asked for only when it stands alone.
#[must_use]
pub fn indexed_beginnings(word: &str) -> Vec<String> {
    let all: Vec<String> = runs(word)
        .into_iter()
        .map(|(run, is_spaced)| run.chars().take(if is_spaced { INDEXED.0 } else { INDEXED.1 }).collect())
        .collect();
    let first_counts = all.len() < 2 || runs(word).first().is_some_and(|(_, is_spaced)| !is_spaced);
    all.into_iter().skip(usize::from(!first_counts)).collect()
}

/// The runs of one kind of character: letters and digits of ASCII (true), or of other scripts (false).
fn runs(text: &str) -> Vec<(&str, bool)> {
    let kind = |c: char| c.is_alphanumeric().then(|| c.is_ascii());
    let mut runs: Vec<(&str, bool)> = Vec::new();
    let mut start: Option<(usize, bool)> = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        if let Some((from, is_spaced)) = start
            && kind(c) != Some(is_spaced)
        {
            runs.push((&text[from..at], is_spaced));
            start = None;
        }
        if start.is_none() {
            start = kind(c).map(|is_spaced| (at, is_spaced));
        }
    }
    runs
}

/// Dashes that look alike and that input methods exchange.
fn dash(c: char) -> char {
    if matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}') { '-' } else { c }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_are_one() {
        for other in ["rfc-1", "ＲＦＣ－１", "RFC-1\u{200E}", "\u{FEFF}RFC-1", "RFC\u{2013}1", " RFC-1 ", "R\u{200D}FC-1"] {
            assert!(same("RFC-1", other), "{other:?}");
        }
        assert!(same("RFC  1 a", " rfc 1 A") && !same("rfc 1", "rfc 1 a") && !same("rfc 1 a", "rfc 1"));
        for other in ["RFC-2", "RFC1", "RFC_1", "RFC-１0", ""] {
            assert!(!same("RFC-1", other), "{other:?}");
        }
        assert_eq!(folded("核心　系统\u{00A0}A"), "核心 系统 a");
        assert!(same("ﬁle", "FILE") && same("é", "e\u{301}"));
    }

    #[test]
    fn an_index_holds_beginnings_of_words_and_every_rest_of_scripts_without_spaces() {
        let words = index_words(&folded("CI-CBS-0001 核心v2库"));
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        assert_eq!(words, ["0001", "cbs", "ci", "v2", "库", "心", "核心"]);
        assert_eq!(index_words(&"核".repeat(20)).len(), 8);
    }

    #[test]
    fn the_index_is_asked_for_nothing_that_could_be_missing() {
        let text = folded("CI-CBS-0001 核心业务系统 v2.4.1");
        let held = index_words(&text);
        for word in ["ci", "cbs-00", "bs-0001", "0001", "业务", "业务系统", "v2.4", "2.4.1"] {
            assert!(text.contains(word), "{word}");
            for beginning in indexed_beginnings(word) {
                assert!(held.iter().any(|held| held.starts_with(&beginning)), "{word}: {beginning}");
            }
        }
        assert!(indexed_beginnings("-").is_empty());
    }

    #[test]
    fn a_search_finds_several_words_in_any_order() {
        assert!(finds("补丁 核心", &["核心业务系统补丁", "RFC-1"]));
        assert!(finds("rfc　补丁", &["核心业务系统补丁", "RFC-1"]));
        assert!(!finds("补丁 网络", &["核心业务系统补丁", "RFC-1"]));
        assert!(finds(" ", &["核心"]));
    }
}
