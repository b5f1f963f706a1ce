//! Instants as people write them, in China time.

use crate::{
    subject::refusal::Text,
    time::{clock::COMPANY_ZONE, quarter::Quarter},
};
use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc, Weekday};

/// `2026-12-01 22:00（周二）`, `Tue 2026-12-01 22:00`.
#[must_use]
pub fn long(at: DateTime<Utc>) -> Text {
    let local = at.with_timezone(&COMPANY_ZONE);
    let clock = local.format("%Y-%m-%d %H:%M");
    let weekday = weekday(local.weekday());
    Text::new(format!("{clock}（{}）", weekday.0), format!("{} {clock}", weekday.1))
}

/// A calendar day: `2026-12-01（周二）`, `Tue 2026-12-01`.
#[must_use]
pub fn day(day: NaiveDate) -> Text {
    let weekday = weekday(day.weekday());
    Text::new(format!("{}（{}）", day.format("%Y-%m-%d"), weekday.0), format!("{} {}", weekday.1, day.format("%Y-%m-%d")))
}

/// `12-01 22:00`; with the year when it is another than that of `now`.
#[must_use]
pub fn short(at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let local = at.with_timezone(&COMPANY_ZONE);
    let same_year = local.year() == now.with_timezone(&COMPANY_ZONE).year();
    local.format(if same_year { "%m-%d %H:%M" } else { "%Y-%m-%d %H:%M" }).to_string()
}

/// From one instant to another: `2026-12-01 22:00（周二）至次日 02:00`.
#[must_use]
pub fn span(from: DateTime<Utc>, to: DateTime<Utc>) -> Text {
    let (start, end) = (from.with_timezone(&COMPANY_ZONE), to.with_timezone(&COMPANY_ZONE));
    let clock = end.format("%H:%M");
    let (zh, en) = match (end.date_naive() - start.date_naive()).num_days() {
        0 => (format!(" {clock}"), clock.to_string()),
        1 => (format!("次日 {clock}"), format!("{clock} the next day")),
        _ => {
            let end = long(to);
            (format!(" {}", end.zh), end.en)
        }
    };
    let start = long(from);
    Text::new(format!("{}至{zh}", start.zh), format!("{} to {en}", start.en))
}

/// A length of time in its largest unit, cut and never rounded up: `6 小时`, `6 h`. From two days on in days, from
/// ninety minutes on in hours.
#[must_use]
pub fn length(time: TimeDelta) -> Text {
    let minutes = time.num_minutes().max(0);
    match minutes {
        0..90 => Text::new(format!("{minutes} 分钟"), format!("{minutes} min")),
        90..2880 => Text::new(format!("{} 小时", minutes / 60), format!("{} h", minutes / 60)),
        _ => {
            let days = minutes / 1440;
            Text::new(format!("{days} 天"), format!("{days} days"))
        }
    }
}

/// A quarter: `2026 年第三季度`, `Q3 2026`.
#[must_use]
pub fn quarter(quarter: Quarter) -> Text {
    let number = match quarter.number() {
        1 => "一",
        2 => "二",
        3 => "三",
        _ => "四",
    };
    Text::new(format!("{} 年第{number}季度", quarter.year()), format!("Q{} {}", quarter.number(), quarter.year()))
}

const fn weekday(day: Weekday) -> (&'static str, &'static str) {
    match day {
        Weekday::Mon => ("周一", "Mon"),
        Weekday::Tue => ("周二", "Tue"),
        Weekday::Wed => ("周三", "Wed"),
        Weekday::Thu => ("周四", "Thu"),
        Weekday::Fri => ("周五", "Fri"),
        Weekday::Sat => ("周六", "Sat"),
        Weekday::Sun => ("周日", "Sun"),
    }
}
