//! Recurring spans of time by an RRULE (RFC 5545) in company time.
//!
//! The rule is only parsed and expanded: its text stays as it came in. A rule recurs daily or more seldom, its spans do not overlap,
//! and its expansion is bounded, so that no rule costs more than [`MOST_OCCURRENCES`] steps.

use crate::{
    subject::refusal::Text,
    time::{clock::COMPANY_ZONE, window::Window},
};
use chrono::{DateTime, TimeDelta, Utc};
use rrule::{Frequency, RRule, RRuleSet, Tz, Unvalidated};

/// The most spans that a rule is expanded to, from the first one on: ten years of daily ones.
pub const MOST_OCCURRENCES: usize = 3_660;
/// The longest text of a rule, in characters.
pub const LONGEST_RULE: usize = 200;
/// How many of its first spans are looked at to see whether spans of a rule overlap.
const COMPARED: usize = 400;

/// A rule that can be expanded.
#[derive(Debug, Clone)]
pub struct Recurrence {
    set: RRuleSet,
    length: TimeDelta,
}

impl Recurrence {
    /// Reads a rule whose first span is `first`, and looks whether its spans are sound.
    ///
    /// # Errors
    /// A sentence in both languages: not readable, more often than daily, a first span that the rule does not give, spans that
    /// overlap.
    pub fn parse(rule: &str, first: Window) -> Result<Self, Text> {
        let recurrence = Self::read(rule, first)?;
        let spans: Vec<Window> = recurrence.spans().take(COMPARED).collect();
        if spans.first().map(|span| span.start) != Some(first.start) {
            let zh = "重复规则的第一次须与开始时间相同（北京时间），请改开始时间或规则";
            let en = "the first time that the rule gives must be the stated start (China time): change one of them";
            return Err(Text::new(zh, en));
        }
        if spans.windows(2).any(|pair| pair[1].start < pair[0].end) {
            let en = "one occurrence lasts longer than the interval: they overlap";
            return Err(Text::new("一次的时长超过了重复间隔，各次相互重叠", en));
        }
        Ok(recurrence)
    }

    fn read(rule: &str, first: Window) -> Result<Self, Text> {
        let said = |zh: &str, en: &str| Text::new(zh, en);
        if rule.chars().count() > LONGEST_RULE {
            return Err(said("重复规则最多 200 个字符", "a rule has at most 200 characters"));
        }
        // The parser takes several lines and other properties for parts of a rule.
        if !rule.is_ascii() || rule.contains(['\n', '\r', ':']) {
            return Err(said(
                "重复规则只写 RRULE 的值，如 FREQ=MONTHLY;BYMONTHDAY=-1",
                "the value of an RRULE alone, like FREQ=MONTHLY;BYMONTHDAY=-1",
            ));
        }
        let read: RRule<Unvalidated> = rule.parse().map_err(|_| {
            said(
                "重复规则无法识别，应如 FREQ=MONTHLY;BYMONTHDAY=-1",
                "the rule cannot be read; write it like FREQ=MONTHLY;BYMONTHDAY=-1",
            )
        })?;
        let daily = matches!(read.get_freq(), Frequency::Yearly | Frequency::Monthly | Frequency::Weekly | Frequency::Daily);
        let by_time = !(read.get_by_hour().is_empty() && read.get_by_minute().is_empty() && read.get_by_second().is_empty());
        if !daily || by_time {
            let en = "a freeze recurs daily or more seldom, always at the same time of day (no BYHOUR, BYMINUTE, BYSECOND)";
            return Err(said("重复频率最快为每天一次，时刻与首次相同（不用 BYHOUR、BYMINUTE、BYSECOND）", en));
        }
        let start = first.start.with_timezone(&Tz::Tz(COMPANY_ZONE));
        let rule = read.validate(start).map_err(|_| {
            said(
                "重复规则自相矛盾，或 UNTIL 不是 UTC 时间（如 20271231T155959Z）",
                "the rule contradicts itself, or UNTIL is no time in UTC (like 20271231T155959Z)",
            )
        })?;
        Ok(Self { set: RRuleSet::new(start).limit().rrule(rule), length: first.end - first.start })
    }

    /// Its spans in order, at most [`MOST_OCCURRENCES`].
    pub fn spans(&self) -> impl Iterator<Item = Window> + '_ {
        (&self.set).into_iter().take(MOST_OCCURRENCES).map(|start| {
            let start = start.with_timezone(&Utc);
            Window { start, end: start + self.length }
        })
    }
}

/// The span itself, or the spans of the rule, as far as they begin before an instant; a rule that cannot be read gives the first one.
#[must_use]
pub fn expand(first: Window, rule: Option<&str>, before: DateTime<Utc>) -> Vec<Window> {
    match rule.map(|rule| Recurrence::read(rule, first)) {
        Some(Ok(recurrence)) => recurrence.spans().take_while(|span| span.start < before).collect(),
        _ => vec![first],
    }
}

/// An instant of company time as the tests write it: `2026-12-31 23:59`.
#[cfg(test)]
pub(crate) fn china(text: &str) -> DateTime<Utc> {
    let local = chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap();
    local.and_local_timezone(COMPANY_ZONE).unwrap().with_timezone(&Utc)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(start: &str, end: &str) -> Window {
        Window { start: china(start), end: china(end) }
    }

    fn starts(rule: &str, start: &str, end: &str, count: usize) -> Vec<String> {
        let recurrence = Recurrence::parse(rule, span(start, end)).unwrap();
        let local = |window: Window| window.start.with_timezone(&COMPANY_ZONE).format("%Y-%m-%d %H:%M").to_string();
        recurrence.spans().take(count).map(local).collect()
    }

    #[test]
    fn rules_are_expanded_in_china_time() {
        let month_end = starts("FREQ=MONTHLY;BYMONTHDAY=-1", "2026-11-30 18:00", "2026-12-01 02:00", 4);
        assert_eq!(month_end, ["2026-11-30 18:00", "2026-12-31 18:00", "2027-01-31 18:00", "2027-02-28 18:00"]);
        // 00:30 in China is the day before in UTC: the day of the month is the one in China.
        assert_eq!(
            starts("FREQ=MONTHLY;BYMONTHDAY=1", "2026-12-01 00:30", "2026-12-01 01:00", 2),
            ["2026-12-01 00:30", "2027-01-01 00:30"]
        );
        let last_friday = starts("FREQ=MONTHLY;BYDAY=-1FR", "2026-11-27 20:00", "2026-11-27 23:00", 3);
        assert_eq!(last_friday, ["2026-11-27 20:00", "2026-12-25 20:00", "2027-01-29 20:00"]);
        let leap = starts("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "2028-02-29 00:00", "2028-03-01 00:00", 2);
        assert_eq!(leap, ["2028-02-29 00:00", "2032-02-29 00:00"]);
        // The end is compared in UTC: 15:59:59Z of the 31st is the last second of the year in China.
        let until = starts("FREQ=DAILY;UNTIL=20261231T155959Z", "2026-12-30 22:00", "2026-12-30 23:00", 9);
        assert_eq!(until, ["2026-12-30 22:00", "2026-12-31 22:00"]);
        assert_eq!(starts("FREQ=WEEKLY;COUNT=2", "2026-12-01 22:00", "2026-12-01 23:00", 9).len(), 2);
        // Back to back is no overlap.
        assert_eq!(starts("FREQ=DAILY", "2026-12-01 00:00", "2026-12-02 00:00", 2), ["2026-12-01 00:00", "2026-12-02 00:00"]);
    }

    #[test]
    fn what_cannot_be_expanded_is_refused_with_its_reason() {
        let refused = |rule: &str, start: &str, end: &str| Recurrence::parse(rule, span(start, end)).unwrap_err().en;
        let one = ("2026-12-01 22:00", "2026-12-01 23:00");
        for unreadable in ["", "monthly", "FREQ=FORTNIGHTLY", "FREQ=DAILY;COUNT=x", "FREQ=DAILY;SURPRISE=1"] {
            assert!(refused(unreadable, one.0, one.1).contains("cannot be read"), "{unreadable}");
        }
        for several in ["DTSTART:20261201T000000Z\nRRULE:FREQ=DAILY", "RRULE:FREQ=DAILY", "FREQ=每天"] {
            assert!(refused(several, one.0, one.1).contains("alone"), "{several}");
        }
        for often in ["FREQ=HOURLY", "FREQ=MINUTELY", "FREQ=SECONDLY", "FREQ=DAILY;BYHOUR=1,2"] {
            assert!(refused(often, one.0, one.1).contains("daily or more seldom"), "{often}");
        }
        assert!(refused("FREQ=DAILY;UNTIL=20261231T220000", one.0, one.1).contains("UTC"));
        assert!(refused("FREQ=MONTHLY;BYMONTHDAY=-1", one.0, one.1).contains("stated start"));
        assert!(refused("FREQ=DAILY", "2026-12-01 00:00", "2026-12-02 00:01").contains("overlap"));
        assert!(refused("FREQ=WEEKLY;BYDAY=TU,WE", "2026-12-01 00:00", "2026-12-02 12:00").contains("overlap"));
        assert!(refused(&format!("FREQ=DAILY;BYMONTHDAY={}", "1,".repeat(200)), one.0, one.1).contains("200"));
    }

    #[test]
    fn a_rule_that_never_comes_ends_and_a_long_one_is_cut() {
        let never = Recurrence::parse("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", span("2026-12-01 22:00", "2026-12-01 23:00"));
        assert!(never.unwrap_err().en.contains("stated start"));
        let daily = Recurrence::parse("FREQ=DAILY", span("2026-12-01 22:00", "2026-12-01 23:00")).unwrap();
        assert_eq!(daily.spans().count(), MOST_OCCURRENCES);
    }
}
