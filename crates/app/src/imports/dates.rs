//! Dates as ledgers write them.

use chrono::{DateTime, NaiveDate, NaiveTime, SubsecRound, TimeZone, Utc};
use fabu_domain::clock::COMPANY_ZONE;

/// The instant that `text` names. ISO 8601 with an offset counts as it says; everything else is China time:
/// `2024-03-05`, `2024-3-5 18:30`, `2024/3/5 18:30:00`, `2024.3.5`, `2024年3月5日`, `2024年3月5日18时30分`. A day without a
/// time is its first instant.
pub(super) fn parse(text: &str) -> Option<DateTime<Utc>> {
    let text = text.trim();
    let offset = DateTime::parse_from_rfc3339(text).or_else(|_| DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f%z"));
    if let Ok(at) = offset {
        return Some(at.with_timezone(&Utc).trunc_subsecs(6));
    }
    let plain: String = text.chars().filter_map(plain).collect();
    let (date, time) = plain.trim().split_once(' ').unwrap_or((plain.trim(), ""));
    let local = day(date)?.and_time(time_of_day(time)?);
    COMPANY_ZONE.from_local_datetime(&local).earliest().map(|at| at.with_timezone(&Utc))
}

/// Chinese words as the signs they stand for.
fn plain(c: char) -> Option<char> {
    match c {
        '年' | '月' | '/' => Some('-'),
        '日' | 'T' | '\u{3000}' => Some(' '),
        '时' | '点' | '分' | '：' => Some(':'),
        '秒' => None,
        c => Some(c),
    }
}

fn day(text: &str) -> Option<NaiveDate> {
    let separator = if text.contains('-') { '-' } else { '.' };
    let [year, month, day] = numbers(text, separator)?;
    NaiveDate::from_ymd_opt(i32::try_from(year).ok().filter(|year| (1900..=9999).contains(year))?, month, day)
}

fn time_of_day(text: &str) -> Option<NaiveTime> {
    let text = text.trim().trim_end_matches(':');
    if text.is_empty() {
        return Some(NaiveTime::MIN);
    }
    if let Some(time) = numbers(text, ':').and_then(|[hour, minute]| NaiveTime::from_hms_opt(hour, minute, 0)) {
        return Some(time);
    }
    NaiveTime::parse_from_str(text, "%H:%M:%S%.f").ok().map(|time| time.trunc_subsecs(6))
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
        parse(text).map(|at| at.format("%Y-%m-%d %H:%M:%S%.f").to_string())
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
    fn refuses_what_is_no_date() {
        for text in
            ["", "soon", "45356", "2024-02-30", "2024-13-01", "5.3.2024", "24-3-5", "2024-03-05 25:00", "2024-03", "2024年"]
        {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
