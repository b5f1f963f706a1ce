//! Holidays and make-up days out of an iCalendar file (RFC 5545), as calendars publish them: `国庆节（休）`, `春节 补班 第1天`.
//!
//! Only what a list of days needs is read: whole-day events with their dates and their names. Whether a day is off (休) or
//! worked (班) must be said in the event; what cannot be told is a fault with its line, never a guess.

use crate::{clock::company_day, text::Line, working_time::PublishedDay};
use chrono::{NaiveDate, NaiveDateTime};

/// The days of one event, with the line in the file on which it begins (from 1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IcsEvent {
    /// The line.
    pub line: usize,
    /// Its days, in order.
    pub days: Vec<PublishedDay>,
}

/// Why an event cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IcsFault {
    /// It has no dates, impossible ones, or lasts longer than any holiday.
    Dates,
    /// It repeats.
    Repeats,
    /// It has no name, or one that no record may hold.
    Name,
    /// Its words say neither off nor worked.
    Unclear(String),
}

/// What is wrong in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IcsError {
    /// It is no iCalendar file.
    NoCalendar,
    /// Events that cannot be taken, with their lines.
    Events(Vec<(usize, IcsFault)>),
}

/// No holiday is longer, in days.
const LONGEST: usize = 60;
/// Words of a day that is worked; they count before those of a day off, for 调休上班.
const WORKED: [&str; 4] = ["班", "workday", "working day", "make-up"];
/// Words of a day off.
const OFF: [&str; 5] = ["假", "（休）", "(休)", "holiday", "day off"];
/// What follows the name of a holiday.
const TAILS: [&str; 7] = ["假期", "放假", "补班", "上班", "调休", "休", "班"];

/// Reads the events of a file.
///
/// # Errors
/// No calendar, or every event that cannot be taken.
pub fn read(text: &str) -> Result<Vec<IcsEvent>, IcsError> {
    let lines = unfolded(text);
    if !lines.iter().any(|(_, line)| line.eq_ignore_ascii_case("BEGIN:VCALENDAR")) {
        return Err(IcsError::NoCalendar);
    }
    let (mut events, mut faults) = (Vec::new(), Vec::new());
    let mut begun: Option<Draft> = None;
    // Components inside an event, such as alarms, have properties of their own.
    let mut inner = 0_usize;
    for (number, line) in &lines {
        let Some((name, value)) = property(line) else { continue };
        match (name.as_str(), value.to_ascii_uppercase().as_str(), &mut begun) {
            ("BEGIN", "VEVENT", None) => begun = Some(Draft { line: *number, ..Draft::default() }),
            ("BEGIN", _, Some(_)) => inner += 1,
            ("END", "VEVENT", Some(draft)) => {
                match draft.event() {
                    Ok(event) => events.push(event),
                    Err(fault) => faults.push((draft.line, fault)),
                }
                (begun, inner) = (None, 0);
            }
            ("END", _, Some(_)) => inner = inner.saturating_sub(1),
            (_, _, Some(draft)) if inner == 0 => draft.take(&name, value),
            _ => {}
        }
    }
    if faults.is_empty() { Ok(events) } else { Err(IcsError::Events(faults)) }
}

/// An event while it is read.
#[derive(Default)]
struct Draft {
    line: usize,
    start: Option<NaiveDate>,
    end: Option<NaiveDate>,
    impossible: bool,
    repeats: bool,
    summary: String,
    words: String,
}

impl Draft {
    fn take(&mut self, name: &str, value: &str) {
        match name {
            "DTSTART" => (self.start, self.impossible) = dated(value, self.impossible),
            "DTEND" => {
                (self.end, self.impossible) = dated(value, self.impossible);
                // The end of whole days is the day after the last, or its midnight.
                if !value.contains('T') || value.ends_with("T000000") || value.ends_with("T160000Z") {
                    self.end = self.end.and_then(|end| end.pred_opt());
                }
            }
            "RRULE" | "RDATE" => self.repeats = true,
            "SUMMARY" => self.summary = unescaped(value),
            "CATEGORIES" | "DESCRIPTION" => self.words.push_str(&unescaped(value)),
            _ => {}
        }
    }

    fn event(&self) -> Result<IcsEvent, IcsFault> {
        let start = self.start.filter(|_| !self.impossible).ok_or(IcsFault::Dates)?;
        if self.repeats {
            return Err(IcsFault::Repeats);
        }
        let last = self.end.unwrap_or(start).max(start);
        let dates: Vec<NaiveDate> = start.iter_days().take_while(|day| *day <= last).take(LONGEST + 1).collect();
        if dates.len() > LONGEST {
            return Err(IcsFault::Dates);
        }
        let name = Line::parse(holiday(&self.summary)).map_err(|_| IcsFault::Name)?.to_string();
        let is_off_day = is_off(&self.summary).or_else(|| is_off(&self.words));
        let is_off_day = is_off_day.ok_or_else(|| IcsFault::Unclear(self.summary.trim().to_owned()))?;
        let days = dates.into_iter().map(|date| PublishedDay { name: name.clone(), date, is_off_day }).collect();
        Ok(IcsEvent { line: self.line, days })
    }
}

/// The lines with their numbers, continued ones put together.
fn unfolded(text: &str) -> Vec<(usize, String)> {
    let mut lines: Vec<(usize, String)> = Vec::new();
    for (n, line) in text.trim_start_matches('\u{FEFF}').lines().enumerate() {
        match (line.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(rest), Some((_, before))) => before.push_str(rest),
            _ => lines.push((n + 1, line.trim_end_matches('\r').to_owned())),
        }
    }
    lines
}

/// Name and value of a line, without its parameters.
fn property(line: &str) -> Option<(String, &str)> {
    let mut quoted = false;
    let colon = line.char_indices().find_map(|(at, c)| {
        quoted ^= c == '"';
        (c == ':' && !quoted).then_some(at)
    })?;
    let (head, value) = (&line[..colon], &line[colon + 1..]);
    let name = head.split(';').next().unwrap_or(head);
    Some((name.to_ascii_uppercase(), value.trim()))
}

/// The day of a date or a time; an instant in UTC is a day of the company.
fn dated(value: &str, impossible: bool) -> (Option<NaiveDate>, bool) {
    let day = match value.strip_suffix('Z') {
        Some(utc) => NaiveDateTime::parse_from_str(utc, "%Y%m%dT%H%M%S").ok().map(|at| company_day(at.and_utc())),
        None => NaiveDate::parse_from_str(value.split('T').next().unwrap_or_default(), "%Y%m%d").ok(),
    };
    (day, impossible || day.is_none())
}

fn unescaped(value: &str) -> String {
    let mut out = String::new();
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => out.extend(chars.next().map(|c| if matches!(c, 'n' | 'N') { ' ' } else { c })),
            c => out.push(c),
        }
    }
    out
}

/// Whether the words tell of a day off; none when they tell nothing.
fn is_off(words: &str) -> Option<bool> {
    let words = words.to_lowercase();
    let has = |of: &[&str]| of.iter().any(|word| words.contains(word));
    if has(&WORKED) {
        return Some(false);
    }
    // 休 alone at the end tells of a day off; 调休 alone may mean either.
    let ends_off = words.trim().ends_with('休') && !words.trim().ends_with("调休");
    (has(&OFF) || ends_off).then_some(true)
}

/// The name of the holiday, without what is said about the day.
fn holiday(summary: &str) -> &str {
    let whole = summary.trim();
    let mut name = whole.split(['（', '(', ' ', '\u{3000}', '·']).next().unwrap_or(whole);
    while let Some(shorter) = TAILS.iter().find_map(|tail| name.strip_suffix(tail)).filter(|shorter| !shorter.is_empty()) {
        name = shorter;
    }
    if name.is_empty() { whole } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(events: &str) -> String {
        format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{events}END:VCALENDAR\r\n")
    }

    fn event(lines: &str) -> String {
        format!("BEGIN:VEVENT\r\n{lines}END:VEVENT\r\n")
    }

    fn day(name: &str, date: &str, is_off_day: bool) -> PublishedDay {
        PublishedDay { name: name.to_owned(), date: date.parse().unwrap(), is_off_day }
    }

    #[test]
    fn reads_days_off_and_worked_of_the_usual_calendars() {
        let text = file(
            &[
                event("DTSTART;VALUE=DATE:20261001\r\nDTEND;VALUE=DATE:20261003\r\nSUMMARY;LANGUAGE=zh_CN:国庆节（休）\r\n"),
                event("DTSTART;VALUE=DATE:20261010\r\nSUMMARY:国庆节（班）\r\nBEGIN:VALARM\r\nSUMMARY:提醒\r\nEND:VALARM\r\n"),
                event("DTSTART:20260213T160000Z\r\nDTEND:20260214T100000Z\r\nSUMMARY:春节 补班 第1天/共2天\r\n"),
                event("DTSTART;TZID=Asia/Shanghai:20260501T000000\r\nDTEND:20260501T160000Z\r\nSUMMARY:劳动\r\n 节假期\r\n"),
                event("DTSTART;VALUE=DATE:20260101\r\nSUMMARY:元旦\r\nCATEGORIES:Public Holiday\r\n"),
                event("DTSTART;VALUE=DATE:20260104\r\nSUMMARY:元旦调休上班\r\n"),
            ]
            .concat(),
        );
        let found = read(&text).unwrap();
        let lines: Vec<usize> = found.iter().map(|event| event.line).collect();
        assert_eq!(lines, [3, 8, 15, 20, 26, 31]);
        let days: Vec<PublishedDay> = found.into_iter().flat_map(|event| event.days).collect();
        let expected = [
            day("国庆节", "2026-10-01", true),
            day("国庆节", "2026-10-02", true),
            day("国庆节", "2026-10-10", false),
            day("春节", "2026-02-14", false),
            day("劳动节", "2026-05-01", true),
            day("元旦", "2026-01-01", true),
            day("元旦", "2026-01-04", false),
        ];
        assert_eq!(days, expected);
    }

    #[test]
    fn names_the_line_of_every_event_that_cannot_be_taken() {
        let text = file(
            &[
                event("SUMMARY:国庆节（休）\r\n"),
                event("DTSTART;VALUE=DATE:20260230\r\nSUMMARY:春节（休）\r\n"),
                event("DTSTART;VALUE=DATE:20260101\r\nDTEND;VALUE=DATE:20270101\r\nSUMMARY:元旦（休）\r\n"),
                event("DTSTART;VALUE=DATE:20260101\r\nRRULE:FREQ=YEARLY\r\nSUMMARY:元旦（休）\r\n"),
                event("DTSTART;VALUE=DATE:20260308\r\nSUMMARY:妇女节\r\n"),
                event("DTSTART;VALUE=DATE:20260104\r\nSUMMARY:元旦调休\r\n"),
                event("DTSTART;VALUE=DATE:20260104\r\nDESCRIPTION:假\r\n"),
            ]
            .concat(),
        );
        let faults = [
            (3, IcsFault::Dates),
            (6, IcsFault::Dates),
            (10, IcsFault::Dates),
            (15, IcsFault::Repeats),
            (20, IcsFault::Unclear("妇女节".to_owned())),
            (24, IcsFault::Unclear("元旦调休".to_owned())),
            (28, IcsFault::Name),
        ];
        assert_eq!(read(&text), Err(IcsError::Events(faults.to_vec())));
        assert_eq!(read("{\"year\": 2026}"), Err(IcsError::NoCalendar));
        assert_eq!(read(&file("")), Ok(Vec::new()));
    }
}
