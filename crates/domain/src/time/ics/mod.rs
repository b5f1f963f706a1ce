//! Holidays and make-up days out of an iCalendar file (RFC 5545), as calendars publish them: `国庆节（休）`, `春节 补班 第1天`.
//!
//! Only what a list of days needs is read: events with their days and their names. A day is off (休) or worked (班) by a mark: a
//! mark of the title, or the property `X-APPLE-SPECIAL-DAY`. Categories and descriptions are free text and decide nothing. What has
//! no mark is left out and listed with its line, so that a person can decide.

mod dates;
mod fault;
mod lines;
mod marks;
#[cfg(test)]
mod tests;

use crate::{text::Line, time::working_time::PublishedDay};
use chrono::{Datelike, NaiveDate, Weekday};
use dates::Zones;
pub use fault::IcsFault;
use lines::{Property, property, unescaped, unfolded};
use marks::{Mark, Title};
use std::collections::BTreeMap;

/// The days of one event, with the line in the file on which it begins (from 1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IcsEvent {
    /// The line.
    pub line: usize,
    /// Its days, in order.
    pub days: Vec<PublishedDay>,
}

/// An event that sets no day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// The line on which it begins.
    pub line: usize,
    /// Its title.
    pub name: String,
    /// Its days, in order; empty when they cannot be told.
    pub dates: Vec<NaiveDate>,
    /// Why it sets none.
    pub reason: WhyLeftOut,
}

crate::word_enum! {
    /// Why an event sets no day.
    WhyLeftOut {
        /// It has no mark: a festival, a solar term, an appointment.
        Unmarked = "unmarked" "没有标记" "no mark",
        /// It says that its days are as any other: 不放假, 照常上班.
        Ordinary = "ordinary" "与平日相同" "as any other day",
        /// It repeats by a rule: an anniversary.
        Repeats = "repeats" "重复事件，请逐日录入" "repeats; enter its days one by one",
        /// It was cancelled.
        Cancelled = "cancelled" "已取消" "cancelled",
        /// Its mark may mean either (调休), or its marks contradict each other.
        Unclear = "unclear" "可休可班，请确定" "may be off or worked; decide",
    }
}

crate::word_enum! {
    /// What a person decides of the days of an event.
    DayDecision {
        /// They are off.
        Off = "off",
        /// They are worked.
        Working = "working",
        /// They are as any other.
        Ordinary = "ordinary",
    }
}

/// What a file says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct IcsCalendar {
    /// Events that set days off or days worked.
    pub events: Vec<IcsEvent>,
    /// Events that set none.
    pub left_out: Vec<LeftOut>,
}

/// What is wrong in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IcsError {
    /// It is no iCalendar file.
    NoCalendar,
    /// Events that cannot be taken, with their lines.
    Events(Vec<(usize, IcsFault)>),
}

/// Reads the events of a file. `decided` says what the days of an event are, by the line on which it begins; it counts before the
/// marks of the event.
///
/// # Errors
/// No calendar, or every event that cannot be taken.
pub fn read(text: &str, decided: &BTreeMap<usize, DayDecision>) -> Result<IcsCalendar, IcsError> {
    let lines = unfolded(text);
    let properties: Vec<Property<'_>> = lines.iter().filter_map(|(line, text)| property(*line, text)).collect();
    if !properties.iter().any(|property| property.is("BEGIN", "VCALENDAR")) {
        return Err(IcsError::NoCalendar);
    }
    let zones = zones(&properties);
    let all_cancelled = properties.iter().any(|property| property.is("METHOD", "CANCEL"));
    let (mut calendar, mut faults) = (IcsCalendar::default(), Vec::new());
    for (draft, finished) in drafts(&properties) {
        let line = draft.first().map_or(1, |property| property.line);
        if !finished {
            faults.push((line, IcsFault::Unfinished));
            continue;
        }
        let draft = Draft { line, properties: draft, all_cancelled };
        match draft.read(&zones, decided.get(&line).copied()) {
            Ok(Found::Event(event)) => calendar.events.push(event),
            Ok(Found::LeftOut(event)) => calendar.left_out.push(event),
            Err(fault) => faults.push((line, fault)),
        }
    }
    if faults.is_empty() { Ok(calendar) } else { Err(IcsError::Events(faults)) }
}

/// The properties of each event without those of components inside it, such as alarms; false where the file ends before it.
fn drafts<'p>(properties: &'p [Property<'p>]) -> Vec<(Vec<&'p Property<'p>>, bool)> {
    let mut found: Vec<(Vec<&Property<'_>>, bool)> = Vec::new();
    // None outside events, else how many components inside the event are open.
    let mut depth: Option<usize> = None;
    for property in properties {
        match (depth, property.name.as_str()) {
            (None, "BEGIN") if property.is("BEGIN", "VEVENT") => {
                found.push((vec![property], false));
                depth = Some(0);
            }
            (Some(inner), "BEGIN") => depth = Some(inner + 1),
            (Some(_), "END") if property.is("END", "VEVENT") => {
                found.last_mut().into_iter().for_each(|(_, finished)| *finished = true);
                depth = None;
            }
            (Some(inner), "END") => depth = Some(inner.saturating_sub(1)),
            (Some(0), _) => found.last_mut().into_iter().for_each(|(draft, _)| draft.push(property)),
            _ => {}
        }
    }
    found
}

/// The zones that the file defines; those with one offset all year can be counted with.
fn zones(properties: &[Property<'_>]) -> Zones {
    let mut zones = Zones::new();
    let mut offsets: Vec<&str> = Vec::new();
    let mut id = None;
    for property in properties {
        match property.name.as_str() {
            "BEGIN" if property.is("BEGIN", "VTIMEZONE") => (id, offsets) = (None, Vec::new()),
            "TZID" => id = Some(property.value.to_owned()),
            "TZOFFSETTO" => offsets.push(property.value),
            "END" if property.is("END", "VTIMEZONE") => {
                offsets.dedup();
                let only = if let [only] = offsets[..] { dates::offset(only) } else { None };
                zones.extend(id.take().map(|id| (id, only)));
            }
            _ => {}
        }
    }
    zones
}

/// An event while it is read.
struct Draft<'p> {
    line: usize,
    properties: Vec<&'p Property<'p>>,
    all_cancelled: bool,
}

enum Found {
    Event(IcsEvent),
    LeftOut(LeftOut),
}

impl Draft<'_> {
    fn get(&self, name: &str) -> Option<&Property<'_>> {
        self.properties.iter().find(|property| property.name == name).copied()
    }

    fn read(&self, zones: &Zones, decided: Option<DayDecision>) -> Result<Found, IcsFault> {
        let summary = unescaped(self.get("SUMMARY").map_or("", |summary| summary.value));
        let title = marks::title(&summary);
        let cancelled = self.all_cancelled || self.get("STATUS").is_some_and(|status| status.is("STATUS", "CANCELLED"));
        let rule = self.get("RRULE").map(|rule| dates::daily(rule.value));
        let repeats = rule == Some(None) || self.get("RDATE").is_some() || (rule.is_some() && self.get("EXDATE").is_some());
        let times = rule.flatten().unwrap_or(1);
        let dates = dates::days(self.get("DTSTART"), self.get("DTEND"), self.get("DURATION"), times, zones);
        let reason = match (decided, self.mark(&title)) {
            _ if cancelled => Err(WhyLeftOut::Cancelled),
            _ if repeats => Err(WhyLeftOut::Repeats),
            (Some(DayDecision::Off), _) | (None, Mark::Off) => Ok(true),
            (Some(DayDecision::Working), _) | (None, Mark::Worked) => Ok(false),
            (Some(DayDecision::Ordinary), _) | (None, Mark::Ordinary) => Err(WhyLeftOut::Ordinary),
            (None, Mark::WorkedAsUsual) if dates.as_ref().is_ok_and(|dates| dates.iter().any(is_weekend)) => Ok(false),
            (None, Mark::WorkedAsUsual) => Err(WhyLeftOut::Ordinary),
            (None, Mark::Unclear) => Err(WhyLeftOut::Unclear),
            (None, Mark::None) => Err(WhyLeftOut::Unmarked),
        };
        let is_off_day = match reason {
            Ok(is_off_day) => is_off_day,
            Err(reason) => {
                let (name, dates) = (summary.trim().to_owned(), dates.unwrap_or_default());
                return Ok(Found::LeftOut(LeftOut { line: self.line, name, dates, reason }));
            }
        };
        let name = Line::parse(&title.name).map_err(|_| IcsFault::Name)?.to_string();
        let days = dates?.into_iter().map(|date| PublishedDay { name: name.clone(), date, is_off_day }).collect();
        Ok(Found::Event(IcsEvent { line: self.line, days }))
    }

    /// What the event says of its days: by the property of Apple's calendars, by its title, or by both alike.
    fn mark(&self, title: &Title) -> Mark {
        let special = self.get("X-APPLE-SPECIAL-DAY").map(|special| match special.value.to_ascii_uppercase().as_str() {
            "WORK-HOLIDAY" => Mark::Off,
            "ALTERNATE-WORKDAY" => Mark::Worked,
            _ => Mark::None,
        });
        match (special.unwrap_or(Mark::None), title.mark) {
            (Mark::None, mark) | (mark, Mark::None | Mark::Unclear) => mark,
            (special, mark) if special == mark => mark,
            _ => Mark::Unclear,
        }
    }
}

fn is_weekend(day: &NaiveDate) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}
