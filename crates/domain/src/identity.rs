//! When two spellings are one name: identity and search do not see width, case and what is invisible.
//!
//! `RFC-1`, `rfc-1`, `ＲＦＣ－１` and `RFC-1` with a mark of direction behind it name one change. A record keeps the spelling that was
//! entered; only comparing folds.

use crate::text::is_invisible;
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
        for other in ["RFC-2", "RFC1", "RFC_1", "RFC-１0", ""] {
            assert!(!same("RFC-1", other), "{other:?}");
        }
        assert_eq!(folded("核心　系统\u{00A0}A"), "核心 系统 a");
        assert!(same("ﬁle", "FILE") && same("é", "e\u{301}"));
    }

    #[test]
    fn a_search_finds_several_words_in_any_order() {
        assert!(finds("补丁 核心", &["核心业务系统补丁", "RFC-1"]));
        assert!(finds("rfc　补丁", &["核心业务系统补丁", "RFC-1"]));
        assert!(!finds("补丁 网络", &["核心业务系统补丁", "RFC-1"]));
        assert!(finds(" ", &["核心"]));
    }
}
