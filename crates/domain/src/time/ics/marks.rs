//! What the title of an event says about its days: by a mark of its own, never by a part of free text.
//!
//! A mark is a whole piece of the title: in brackets (`国庆节（休）`), as its last word (`春节 补班`), or joined to the name of a
//! statutory holiday (`劳动节假期`). `学校放假通知` and `班会` hold no mark.

/// What a title says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// 休: the days are off.
    Off,
    /// 班: the days are worked.
    Worked,
    /// 照常上班: work goes on as on any such day.
    WorkedAsUsual,
    /// 不放假, 无需补班: the days are as any other.
    Ordinary,
    /// 调休 alone, or marks that contradict each other.
    Unclear,
    /// No mark.
    None,
}

/// A title, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Title {
    /// What it is called, without marks and counters such as `第1天/共2天`.
    pub(super) name: String,
    /// What it says of the days.
    pub(super) mark: Mark,
}

/// Whole words of a day off.
const OFF: [&str; 23] = [
    "休",
    "休息",
    "休息日",
    "休假",
    "放假",
    "放假日",
    "调休放假",
    "调休休息",
    "补休",
    "假",
    "假期",
    "假日",
    "节假日",
    "法定节假日",
    "法定假日",
    "公休",
    "公休日",
    "holiday",
    "holidays",
    "public holiday",
    "day off",
    "days off",
    "off",
];
/// Whole words of a day that is worked.
const WORKED: [&str; 20] = [
    "班",
    "上班",
    "上班日",
    "补班",
    "补班日",
    "调班",
    "调休上班",
    "调休补班",
    "调休工作日",
    "调休班",
    "补休上班",
    "工作日",
    "workday",
    "work day",
    "working day",
    "make-up day",
    "make-up workday",
    "make-up working day",
    "makeup workday",
    "special working day",
];
/// Whole words that may mean either.
const EITHER: [&str; 3] = ["调休", "调休日", "换休"];
/// What turns the word after it into its opposite.
const NEGATIONS: [&str; 12] = ["不", "无", "非", "没有", "没", "未", "免", "取消", "不再", "无需", "不用", "不必"];
/// The same in English, as words of their own.
const NEGATING_WORDS: [&str; 7] = ["not", "no", "non", "isn", "without", "cancelled", "canceled"];
/// Before a word of work: as always.
const AS_USUAL: [&str; 4] = ["照常", "正常", "如常", "仍"];
/// At the beginning of an English title.
const BEGINNINGS: [(&str, Mark); 5] = [
    ("special working day", Mark::Worked),
    ("working day for ", Mark::Worked),
    ("workday for ", Mark::Worked),
    ("make-up day for ", Mark::Worked),
    ("day off for ", Mark::Off),
];
/// Of what the names of the statutory holidays are made, longer ones first.
const HOLIDAYS: [&str; 39] = [
    "mid-autumn",
    "mid autumn",
    "spring festival",
    "chinese new year",
    "lunar new year",
    "new year",
    "tomb-sweeping",
    "tomb sweeping",
    "qingming",
    "ching ming",
    "dragon boat",
    "golden week",
    "national",
    "labour",
    "labor",
    "festival",
    "eve",
    "day",
    "'s",
    "’s",
    "s'",
    "元旦",
    "新年",
    "春节",
    "除夕",
    "过年",
    "清明",
    "劳动",
    "五一",
    "端午",
    "中秋",
    "国庆",
    "十一",
    "法定",
    "节",
    "年",
    "第",
    "天",
    "长",
];
/// Signs between the pieces of a title.
const SEPARATORS: [char; 9] = ['：', ':', '·', '—', '–', '|', '｜', ';', '；'];

/// Reads a title.
pub(super) fn title(summary: &str) -> Title {
    let whole = summary.trim();
    let (mut name, mut marks) = (String::new(), Vec::new());
    for (text, bracketed) in pieces(whole) {
        let inner = text.trim_matches(|c: char| is_bracket(c) || is_separator(c) || c.is_whitespace()).to_lowercase();
        if is_counter(&inner) {
            continue;
        }
        match word(&inner) {
            Mark::None if bracketed => name.push_str(text),
            Mark::None => {
                let (rest, found) = inside(text);
                name.push_str(rest);
                marks.push(found);
            }
            found => marks.push(found),
        }
    }
    let name = name.trim_matches(|c: char| is_separator(c) || c.is_whitespace());
    let name = if name.is_empty() { whole } else { name };
    Title { name: name.to_owned(), mark: together(&marks) }
}

/// What several marks say together.
fn together(marks: &[Mark]) -> Mark {
    let mut marks = marks.iter().copied().filter(|mark| *mark != Mark::None);
    let first = marks.next().unwrap_or(Mark::None);
    // 调休 beside a clear mark only says why.
    marks.fold(first, |known, mark| match (known, mark) {
        (known, mark) if known == mark => known,
        (Mark::Unclear, mark @ (Mark::Off | Mark::Worked)) | (mark @ (Mark::Off | Mark::Worked), Mark::Unclear) => mark,
        _ => Mark::Unclear,
    })
}

/// The title cut at brackets and separators; true for a piece in brackets.
fn pieces(text: &str) -> Vec<(&str, bool)> {
    let (mut found, mut start, mut open) = (Vec::new(), 0, false);
    for (at, c) in text.char_indices() {
        let opens = matches!(c, '（' | '(' | '[' | '【' | '「' | '［');
        let closes = matches!(c, '）' | ')' | ']' | '】' | '」' | '］');
        let dash = c == '-' && text[..at].ends_with(' ') && text[at + 1..].starts_with(' ');
        if (opens || SEPARATORS.contains(&c) || dash) && !open {
            found.push((&text[start..at], false));
            start = at;
        }
        if closes && open {
            let end = at + c.len_utf8();
            found.push((&text[start..end], true));
            start = end;
        }
        open = (open || opens) && !closes;
    }
    found.push((&text[start..], open));
    found.retain(|(piece, _)| !piece.is_empty());
    found
}

/// The mark that a piece outside brackets ends or begins with, and the piece without it.
fn inside(piece: &str) -> (&str, Mark) {
    let mut rest = piece.trim_end();
    let last =
        |text: &str| text.rfind(char::is_whitespace).map_or(0, |at| at + text[at..].chars().next().map_or(0, char::len_utf8));
    while is_counter(&rest[last(rest)..].to_lowercase()) {
        rest = rest[..last(rest)].trim_end();
    }
    let at = last(rest);
    match word(&rest[at..].to_lowercase()) {
        Mark::None => {}
        // One Latin word at the end of a sentence is none: only a name of a holiday may stand before it.
        _ if rest.is_ascii() && at > 0 => {}
        found => return (rest[..at].trim_end(), found),
    }
    if let Some((first, after)) = rest.trim_start().split_once(char::is_whitespace)
        && ["休", "班", "补班"].contains(&first)
    {
        return (after.trim_start(), word(first));
    }
    joined(rest)
}

/// The mark joined to a name: `劳动节假期`, `妇女节不放假`, `Spring Festival holiday`.
fn joined(text: &str) -> (&str, Mark) {
    let lower = text.to_lowercase();
    if let Some((_, mark)) = BEGINNINGS.iter().find(|(beginning, _)| lower.trim_start().starts_with(beginning)) {
        return (text, *mark);
    }
    let known = OFF.iter().chain(&WORKED).chain(&EITHER).filter(|known| known.chars().count() > 1 && **known != "off");
    let Some(found) = known.filter(|known| lower.ends_with(**known)).max_by_key(|known| known.len()) else {
        return (text, Mark::None);
    };
    let stem = lower[..lower.len() - found.len()].trim_end();
    let mark = word(found);
    let negated = NEGATIONS.iter().any(|no| stem.ends_with(no))
        || stem.split(|c: char| !c.is_alphanumeric()).any(|part| NEGATING_WORDS.contains(&part));
    if negated {
        return (text, Mark::Ordinary);
    }
    if mark == Mark::Worked && AS_USUAL.iter().any(|usual| stem.ends_with(usual)) {
        return (text, Mark::WorkedAsUsual);
    }
    if !is_statutory(stem) {
        return (text, Mark::None);
    }
    // Lower case may be of another length; then the name stays as it is.
    let name = text.get(..stem.len()).filter(|name| name.to_lowercase() == stem && !stem.is_empty());
    (name.unwrap_or(text), mark)
}

/// What a word alone says.
fn word(text: &str) -> Mark {
    let listed = |text: &str| match text {
        _ if OFF.contains(&text) => Mark::Off,
        _ if WORKED.contains(&text) => Mark::Worked,
        _ if EITHER.contains(&text) => Mark::Unclear,
        _ => Mark::None,
    };
    let without =
        |before: &[&str]| before.iter().filter_map(|word| text.strip_prefix(word)).map(&listed).find(|mark| *mark != Mark::None);
    match listed(text) {
        Mark::None if without(&NEGATIONS).is_some() => Mark::Ordinary,
        Mark::None => match without(&AS_USUAL) {
            Some(Mark::Worked) => Mark::WorkedAsUsual,
            Some(mark) => mark,
            None => Mark::None,
        },
        mark => mark,
    }
}

/// True for a name that is made of names of statutory holidays only.
fn is_statutory(stem: &str) -> bool {
    let rest = HOLIDAYS.iter().fold(stem.to_owned(), |rest, part| rest.replace(part, " "));
    rest.chars().all(|c| !c.is_alphabetic() || matches!(c, '、' | '和' | '与' | '及'))
}

/// `第1天/共2天`, `1/7`, `day 3`.
fn is_counter(text: &str) -> bool {
    let numbers = text.chars().any(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
    let signs = text.contains('第') || text.contains('/') || text.starts_with("day ");
    let known = |c: char| c.is_ascii_digit() || c.is_whitespace() || "第共天日/／,，一二三四五六七八九十dayof".contains(c);
    numbers && signs && text.chars().all(known)
}

fn is_separator(c: char) -> bool {
    SEPARATORS.contains(&c) || c == '-'
}

fn is_bracket(c: char) -> bool {
    "（）()[]【】「」［］".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_a_whole_piece_of_the_title() {
        for (summary, name, mark) in [
            ("国庆节（休）", "国庆节", Mark::Off),
            ("国庆节(班)", "国庆节", Mark::Worked),
            ("【休】国庆节", "国庆节", Mark::Off),
            ("国庆节 中秋节（休）", "国庆节 中秋节", Mark::Off),
            ("抗战胜利 80 周年纪念日（休）", "抗战胜利 80 周年纪念日", Mark::Off),
            ("公司成立日：放假", "公司成立日", Mark::Off),
            ("春节 补班 第1天/共2天", "春节", Mark::Worked),
            ("春节 第2天 放假", "春节 第2天", Mark::Off),
            ("班 国庆节", "国庆节", Mark::Worked),
            ("劳动节假期", "劳动节", Mark::Off),
            ("2026年国庆、中秋放假", "2026年国庆、中秋", Mark::Off),
            ("元旦调休上班", "元旦", Mark::Worked),
            ("国庆节调休（班）", "国庆节", Mark::Worked),
            ("放假", "放假", Mark::Off),
            ("Spring Festival Holiday", "Spring Festival", Mark::Off),
            ("New Year's Day (day off)", "New Year's Day", Mark::Off),
            ("National Day - Workday", "National Day", Mark::Worked),
            ("Working Day for National Day Holiday", "Working Day for National Day Holiday", Mark::Worked),
        ] {
            assert_eq!(title(summary), Title { name: name.to_owned(), mark }, "{summary}");
        }
    }

    #[test]
    fn parts_of_free_text_say_nothing() {
        for summary in [
            "妇女节",
            "班会",
            "退休欢送会",
            "学校放假",
            "学校放假通知",
            "春节放假安排",
            "中秋节（农历八月十五）",
            "暑假",
            "午休",
            "上班路线调整",
            "早班",
            "Holiday party",
            "School holiday",
            "Planning off-site",
            "立春",
            "国庆节",
            "休市安排",
        ] {
            assert_eq!(title(summary).mark, Mark::None, "{summary}");
            assert_eq!(title(summary).name, summary);
        }
    }

    #[test]
    fn negations_and_either_are_understood_as_such() {
        for (summary, mark) in [
            ("妇女节不放假", Mark::Ordinary),
            ("妇女节（不放假）", Mark::Ordinary),
            ("青年节 不休", Mark::Ordinary),
            ("元旦无需补班", Mark::Ordinary),
            ("Not a holiday", Mark::Ordinary),
            ("Non-working day", Mark::Ordinary),
            ("妇女节照常上班", Mark::WorkedAsUsual),
            ("青年节（正常上班）", Mark::WorkedAsUsual),
            ("元旦调休", Mark::Unclear),
            ("元旦（休）（班）", Mark::Unclear),
            ("国庆节放假（班）", Mark::Unclear),
        ] {
            assert_eq!(title(summary).mark, mark, "{summary}");
        }
    }
}
