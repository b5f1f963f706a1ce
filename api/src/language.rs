//! The language that a request asks for (Accept-Language, RFC 9110, 12.5.4).

use actix_web::http::header::{ACCEPT_LANGUAGE, HeaderMap};
use fabu_domain::language::Language;

/// The rest of a longer list is not read.
const MOST_RANGES: usize = 50;

/// A range such as `en-GB` or `*`, and its weight in thousandths.
type Range<'a> = (&'a str, u16);

/// The language of ours that the request prefers: the one with the greater weight, at equal weight the one named first.
/// None when the request leaves the choice to us: it names neither, or refuses both.
pub(crate) fn accepted(headers: &HeaderMap) -> Option<Language> {
    let lines = headers.get_all(ACCEPT_LANGUAGE).filter_map(|line| line.to_str().ok());
    let ranges: Vec<Range> = lines.flat_map(|line| line.split(',')).filter_map(range).take(MOST_RANGES).collect();
    let (chinese, english) = (wish(&ranges, "zh"), wish(&ranges, "en"));
    match (chinese, english) {
        (Wish::Open, Wish::Open) | (Wish::Refused, Wish::Refused) => None,
        (Wish::Refused, _) => Some(Language::English),
        (_, Wish::Refused) => Some(Language::Chinese),
        (Wish::Named(chinese), Wish::Named(english)) if english < chinese => Some(Language::English),
        (Wish::Named(_), _) => Some(Language::Chinese),
        (Wish::Open, Wish::Named(_)) => Some(Language::English),
    }
}

/// What a request says of one language.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wish {
    /// Nothing.
    Open,
    /// Weight zero.
    Refused,
    /// The complement of its weight, then its place: the smaller comes first.
    Named((u16, usize)),
}

/// The wish for a language: by its own ranges, of which the greatest weight counts because we have one English; else by `*`,
/// when that sets it apart from another that is named.
fn wish(ranges: &[Range], tag: &str) -> Wish {
    let is_of = |range: &str, tag: &str| range.split('-').next().is_some_and(|first| first.eq_ignore_ascii_case(tag));
    let best = |own: &dyn Fn(&str) -> bool| {
        let found = ranges.iter().enumerate().filter(|(_, (range, _))| own(range));
        found.map(|(place, (_, weight))| (1000 - *weight, place)).min()
    };
    let is_ours = |range: &str| is_of(range, "zh") || is_of(range, "en");
    let by_star = || best(&|range| range == "*").filter(|_| ranges.iter().any(|(range, _)| is_ours(range)));
    match best(&|range| is_of(range, tag)).or_else(by_star) {
        None => Wish::Open,
        Some((1000, _)) => Wish::Refused,
        Some(named) => Wish::Named(named),
    }
}

/// A range and its weight; nothing for what is no range.
fn range(part: &str) -> Option<Range<'_>> {
    let mut pieces = part.split(';').map(str::trim);
    let range = pieces.next()?;
    let is_subtag = |tag: &str| (1..=8).contains(&tag.len()) && tag.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if range != "*" && !range.split('-').all(is_subtag) {
        return None;
    }
    let Some(weight) = pieces.next() else { return Some((range, 1000)) };
    let (name, value) = weight.split_once('=')?;
    let is_weight = name.trim().eq_ignore_ascii_case("q") && pieces.next().is_none();
    is_weight.then(|| thousandths(value.trim())).flatten().map(|weight| (range, weight))
}

/// `0.85` as 850: at most three digits after the point, and nothing above one.
fn thousandths(text: &str) -> Option<u16> {
    let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
    if rest.len() > 3 || !rest.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let rest: u16 = format!("{rest:0<3}").parse().ok()?;
    match (whole, rest) {
        ("0", rest) => Some(rest),
        ("1", 0) => Some(1000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::HeaderValue;

    fn of(lines: &[&'static str]) -> Option<Language> {
        accepted(&lines.iter().map(|line| (ACCEPT_LANGUAGE, HeaderValue::from_static(line))).collect())
    }

    /// RFC 9110, 12.4.2 and 12.5.4: the weight decides, a missing one is 1, zero refuses, `*` is every language not named.
    #[test]
    fn the_language_is_chosen_by_weight() {
        const ZH: Option<Language> = Some(Language::Chinese);
        const EN: Option<Language> = Some(Language::English);
        for (line, expected) in [
            ("zh-CN", ZH),
            ("en", EN),
            ("en-GB", EN),
            ("EN-us", EN),
            ("zh-Hant-TW", ZH),
            ("zh-CN,zh;q=0.9,en;q=0.8", ZH),
            ("en-US,en;q=0.9,zh;q=0.8", EN),
            ("zh;q=0.5, en;q=0.8", EN),
            ("en;q=0.5, zh", ZH),
            ("en, zh;q=0.9", EN),
            ("zh, en", ZH),
            ("en, zh", EN),
            ("en;q=0.5, zh;q=0.5", EN),
            ("fr, en;q=0.3, zh;q=0.2", EN),
            ("en-GB;q=0.2, zh;q=0.5, en;q=0.8", EN),
            ("en ; q=0.2 , zh ; Q=0.5", ZH),
            ("zh;q=0.001, en;q=0.002", EN),
            ("zh;q=1.000, en;q=0.999", ZH),
            // Zero refuses.
            ("zh;q=0", EN),
            ("en;q=0", ZH),
            ("zh;q=0, en;q=0.1", EN),
            ("en;q=0.0, *", ZH),
            ("zh;q=0, en;q=0", None),
            // Every language not named.
            ("zh;q=0.3, *;q=0.9", EN),
            ("en;q=0.3, *;q=0.2", EN),
            ("en, *;q=0.1", EN),
            ("*, en;q=0.5", ZH),
            ("en, *;q=0", EN),
            // No choice of ours.
            ("*", None),
            ("*;q=0.5", None),
            ("fr, *;q=0.5", None),
            ("fr", None),
            ("", None),
            // No range, or no weight.
            ("english", None),
            ("zhuang", None),
            ("eng", None),
            ("en;q=2", None),
            ("en;q=0.1234, zh;q=0.1", ZH),
            ("en;q=x, zh;q=0.1", ZH),
            ("en;q=-1, zh;q=0.1", ZH),
            ("en;level=1, zh;q=0.1", ZH),
            ("en_GB, zh;q=0.1", ZH),
            (",,en,,", EN),
            (";q=1, en", EN),
        ] {
            assert_eq!(of(&[line]), expected, "{line}");
        }
        assert_eq!(of(&["fr;q=0.9", "zh;q=0.2", "en;q=0.4"]), EN, "several lines are one list");
        assert_eq!(of(&[]), None);
    }
}
