//! Dates as ledgers write them.

use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, NaiveTime, SubsecRound, TimeDelta, TimeZone, Utc};
use fabu_domain::{
    identity::folded,
    time::{clock::COMPANY_ZONE, quarter::Quarter},
};

/// Why a text names no instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DateFault {
    /// It is no date, or one that can be read in two ways.
    NoDate,
    /// 24:00 of the last day of a quarter: the end of this quarter or the beginning of the next.
    QuarterEdge,
}

/// A part of the day, as words before or after the hour say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Morning,
    Noon,
    Afternoon,
    Evening,
    Am,
    Pm,
}

/// Words for parts of the day, longer ones first.
const PARTS: [(&str, Part); 12] = [
    ("上午", Part::Morning),
    ("早上", Part::Morning),
    ("早晨", Part::Morning),
    ("凌晨", Part::Am),
    ("中午", Part::Noon),
    ("下午", Part::Afternoon),
    ("傍晚", Part::Evening),
    ("晚上", Part::Evening),
    ("夜间", Part::Evening),
    ("晚", Part::Evening),
    ("am", Part::Am),
    ("pm", Part::Pm),
];
/// Days of the week that stand beside a date and say nothing more.
const WEEKDAYS: [&str; 3] = ["星期", "礼拜", "周"];

/// The instant that `text` names. ISO 8601 with an offset counts as it says; everything else is China time: `2024-03-05`,
/// `2024-3-5 18:30`, `2024/3/5 18:30:00`, `2024.3.5`, `2024年3月5日18时30分`, `2025-3-5 18点`, `下午6:30`, `24:00`, `20250305`, and the
/// number of the day by which spreadsheets keep it (`45721`); full-width signs too. A day without a time is its first instant.
pub(super) fn parse(text: &str) -> Result<DateTime<Utc>, DateFault> {
    let text = text.trim();
    let offset = DateTime::parse_from_rfc3339(text).or_else(|_| DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f%z"));
    if let Ok(at) = offset {
        return Ok(at.with_timezone(&Utc).trunc_subsecs(6));
    }
    let text = folded(text);
    let (local, is_midnight_after) = serial(&text).map(|at| (at, false)).or_else(|| written(&text)).ok_or(DateFault::NoDate)?;
    let before = local.date().pred_opt().ok_or(DateFault::NoDate)?;
    if is_midnight_after && Quarter::of_day(before) != Quarter::of_day(local.date()) {
        return Err(DateFault::QuarterEdge);
    }
    let at = COMPANY_ZONE.from_local_datetime(&local).earliest().ok_or(DateFault::NoDate)?;
    Ok(at.with_timezone(&Utc))
}

/// Days since the end of 1899, with the time as a fraction: `45721`, `45721.770833`.
fn serial(text: &str) -> Option<NaiveDateTime> {
    let (days, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let days: u64 = Some(days).filter(|days| days.len() == 5 && digits(days) && digits(fraction))?.parse().ok()?;
    let day = NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(Days::new(days))?;
    let share: f64 = format!("0.{fraction}0").parse().ok()?;
    // Whole seconds: the fraction is a rounded one.
    let seconds = (share * 86_400.0).round() as i64;
    day.and_time(NaiveTime::MIN).checked_add_signed(TimeDelta::seconds(seconds))
}

/// A date and perhaps a time in words and signs; true when the time was 24:00.
fn written(text: &str) -> Option<(NaiveDateTime, bool)> {
    let mut text = without_weekday(text);
    let part = PARTS.iter().find(|(word, _)| text.contains(word));
    if let Some((word, _)) = part {
        text = text.replacen(word, " ", 1);
    }
    let plain: String = text.chars().filter_map(sign).collect();
    let plain = plain.replace('半', "30");
    let (date, time) = plain.trim().split_once(' ').unwrap_or((plain.trim(), ""));
    let (date, time) = compact(date, time)?;
    let (time, next) = time_of_day(&time, part.map(|(_, part)| *part))?;
    let day = if next { date.succ_opt()? } else { date };
    Some((day.and_time(time), next))
}

/// The text without the day of the week: `(周三)`, `星期三`.
fn without_weekday(text: &str) -> String {
    let text = text.replace(['(', ')', '[', ']'], " ");
    for word in WEEKDAYS {
        if let Some(at) = text.find(word) {
            let rest = &text[at + word.len()..];
            if let Some(day) = rest.chars().next().filter(|c| "一二三四五六日天".contains(*c)) {
                return [&text[..at], " ", &rest[day.len_utf8()..]].concat();
            }
        }
    }
    text
}

/// Chinese words as the signs they stand for.
fn sign(c: char) -> Option<char> {
    match c {
        '年' | '月' | '/' => Some('-'),
        '日' | '号' | 't' | ',' => Some(' '),
        '时' | '点' | '分' => Some(':'),
        '秒' | '整' | '钟' => None,
        c => Some(c),
    }
}

/// Day and time, also run together: `20250305`, `202503051830`, `20250305 1830`.
fn compact(date: &str, time: &str) -> Option<(NaiveDate, String)> {
    let digits = |text: &str, lengths: &[usize]| lengths.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if !digits(date, &[8, 12, 14]) {
        return Some((day(date)?, time.trim().to_owned()));
    }
    let (date, run_on) = date.split_at(8);
    let time = if run_on.is_empty() { time.trim() } else { run_on };
    let colons = |text: &str| text.as_bytes().chunks(2).map(String::from_utf8_lossy).collect::<Vec<_>>().join(":");
    let time = if digits(time, &[4, 6]) { colons(time) } else { time.to_owned() };
    Some((day(&format!("{}-{}-{}", &date[..4], &date[4..6], &date[6..]))?, time))
}

fn day(text: &str) -> Option<NaiveDate> {
    let separator = if text.contains('-') { '-' } else { '.' };
    let [year, month, day] = numbers(text, separator)?;
    NaiveDate::from_ymd_opt(i32::try_from(year).ok().filter(|year| (1900..=9999).contains(year))?, month, day)
}

/// The time of a day; true when it is the end of the day, 24:00.
fn time_of_day(text: &str, part: Option<Part>) -> Option<(NaiveTime, bool)> {
    // An hour alone counts only when it is called one (18点) or stands beside a part of the day.
    let named = text.ends_with(':') || part.is_some();
    let text = text.trim().trim_end_matches(':').trim();
    if text.is_empty() {
        return part.is_none().then_some((NaiveTime::MIN, false));
    }
    let (hour, rest) = match text.split_once(':') {
        Some((hour, rest)) => (hour, rest),
        None if named => (text, "0"),
        None => return None,
    };
    let (hour, next) = hour_of_day(hour.trim().parse().ok()?, part)?;
    let (minute, second) = rest.split_once(':').unwrap_or((rest, "0"));
    let text = format!("{hour}:{}:{}", minute.trim(), second.trim());
    let time = NaiveTime::parse_from_str(&text, "%H:%M:%S%.f").ok()?.trunc_subsecs(6);
    (!next || time == NaiveTime::MIN).then_some((time, next))
}

/// The hour from 0 to 23; true for hour 24. None for an hour that its part of the day does not have.
fn hour_of_day(hour: u32, part: Option<Part>) -> Option<(u32, bool)> {
    let hour = match (part, hour) {
        (None, 24) => return Some((0, true)),
        (None, hour @ 0..=23) | (Some(Part::Morning), hour @ 0..=11) | (Some(Part::Am), hour @ 0..=11) => hour,
        (Some(Part::Am), 12) => 0,
        (Some(Part::Noon), hour @ 11..=12) => hour,
        (Some(Part::Noon), hour @ 1..=2) => hour + 12,
        (Some(Part::Afternoon | Part::Pm), hour @ 12..=23) | (Some(Part::Evening), hour @ 17..=23) => hour,
        (Some(Part::Afternoon | Part::Pm), hour @ 1..=11) | (Some(Part::Evening), hour @ 5..=11) => hour + 12,
        _ => return None,
    };
    Some((hour, false))
}

/// Exactly so many decimal numbers.
fn numbers<const N: usize>(text: &str, separator: char) -> Option<[u32; N]> {
    let parts: Vec<u32> = text.split(separator).map(|part| part.trim().parse().ok()).collect::<Option<_>>()?;
    parts.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utc(text: &str) -> Option<String> {
        parse(text).ok().map(|at| at.format("%Y-%m-%d %H:%M:%S%.f").to_string())
    }

    #[test]
    fn reads_offsets_as_they_say_and_the_rest_as_china_time() {
        assert_eq!(utc("2019-03-18T10:22:42-07:00").as_deref(), Some("2019-03-18 17:22:42"));
        assert_eq!(utc("2019-01-02T18:00:45Z").as_deref(), Some("2019-01-02 18:00:45"));
        assert_eq!(utc("2019-01-02T18:00:45+0800").as_deref(), Some("2019-01-02 10:00:45"));
        for text in ["2024-03-05 18:30", "2024/3/5 18:30", "2024-03-05T18:30:00", "2024年3月5日 18:30", "2024年3月5日18时30分"]
        {
            assert_eq!(utc(text).as_deref(), Some("2024-03-05 10:30:00"), "{text}");
        }
        for text in ["2024-03-05", "2024/3/5", "2024.3.5", "2024年3月5日", " 2024-3-5 "] {
            assert_eq!(utc(text).as_deref(), Some("2024-03-04 16:00:00"), "{text}");
        }
        assert_eq!(utc("2024年3月5日 18时30分15秒").as_deref(), Some("2024-03-05 10:30:15"));
        assert_eq!(utc("2024-03-05 18:30:15.123456789").as_deref(), Some("2024-03-05 10:30:15.123456"));
    }

    #[test]
    fn reads_dates_as_offices_write_them() {
        for text in
            ["45721", "20250305", "２０２５－３－５", "２０２５／３／５", "2025年3月5号", "2025-3-5 (周三)", "2025年3月5日星期三"]
        {
            assert_eq!(utc(text).as_deref(), Some("2025-03-04 16:00:00"), "{text}");
        }
        for text in [
            "2025-3-5 18点",
            "2025-3-5 下午6:00",
            "2025-3-5 6:00 PM",
            "2025/3/5 晚上6点",
            "2025年3月5日下午6时",
            "20250305 1800",
            "20250305180000",
            "45721.75",
            "2025-3-5 18点整",
            "２０２５年３月５日　１８：００",
            "2025-3-5（周三）18:00",
            "2025-3-5 6pm",
        ] {
            assert_eq!(utc(text).as_deref(), Some("2025-03-05 10:00:00"), "{text}");
        }
        for text in ["2025-3-5 18:30", "2025-3-5 下午6:30", "2025-3-5 下午6点半", "2025-3-5 18点30", "45721.770833"] {
            assert_eq!(utc(text).as_deref(), Some("2025-03-05 10:30:00"), "{text}");
        }
        assert_eq!(utc("2025-3-5 24:00").as_deref(), Some("2025-03-05 16:00:00"));
        assert_eq!(utc("2025-3-5 凌晨1:30").as_deref(), Some("2025-03-04 17:30:00"));
        assert_eq!(utc("2025-3-5 中午12点").as_deref(), Some("2025-03-05 04:00:00"));
        assert_eq!(utc("2025-3-5 12:15 am").as_deref(), Some("2025-03-04 16:15:00"));
    }

    #[test]
    fn refuses_what_is_no_date_or_two() {
        for text in [
            "",
            "soon",
            "4535",
            "2024-02-30",
            "2024-13-01",
            "5.3.2024",
            "24-3-5",
            "2024-03-05 25:00",
            "2024-03",
            "2024年",
            "20251301",
            "2025-3-5 24:30",
            "2025-3-5 18",
            "2025-3-5 上午15:00",
            "2025-3-5 晚上12点",
            "2025-3-5 下午",
            "3/5/2025",
        ] {
            assert_eq!(parse(text), Err(DateFault::NoDate), "{text}");
        }
        assert_eq!(parse("2025-3-31 24:00"), Err(DateFault::QuarterEdge));
    }
}
