//! The calendar as one table: quarter edges to the second, leap days, summer time, holidays and make-up days.

use crate::time::{
    clock::{COMPANY_ZONE, company_day},
    quarter::Quarter,
    working_time::{DayKind, NoWorkingHours, PublishedYear, WorkingCalendar, WorkingSpan},
};
use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, TimeZone, Utc};

/// A company time, `2026-12-31 23:59:59`.
fn china(text: &str) -> DateTime<Utc> {
    let local = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S").unwrap();
    COMPANY_ZONE.from_local_datetime(&local).earliest().unwrap().with_timezone(&Utc)
}

fn utc(text: &str) -> DateTime<Utc> {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S").unwrap().and_utc()
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn every_quarter_edge_to_the_second_in_china_time_and_utc() {
    let table = [
        // China time
        (china("2025-12-31 23:59:59"), "2025Q4"),
        (china("2026-01-01 00:00:00"), "2026Q1"),
        (china("2026-01-01 00:00:01"), "2026Q1"),
        (china("2026-03-31 23:59:58"), "2026Q1"),
        (china("2026-03-31 23:59:59"), "2026Q1"),
        (china("2026-04-01 00:00:00"), "2026Q2"),
        (china("2026-04-01 00:00:01"), "2026Q2"),
        (china("2026-06-30 23:59:59"), "2026Q2"),
        (china("2026-07-01 00:00:00"), "2026Q3"),
        (china("2026-07-01 00:00:01"), "2026Q3"),
        (china("2026-09-30 23:59:59"), "2026Q3"),
        (china("2026-10-01 00:00:00"), "2026Q4"),
        (china("2026-12-31 23:59:59"), "2026Q4"),
        (china("2027-01-01 00:00:00"), "2027Q1"),
        (china("2027-02-28 23:59:59"), "2027Q1"),
        (china("2028-02-29 12:00:00"), "2028Q1"),
        (china("2028-03-31 23:59:59"), "2028Q1"),
        (china("2100-02-28 23:59:59"), "2100Q1"),
        (china("1900-01-01 00:00:00"), "1900Q1"),
        // the same edges in UTC: eight hours earlier
        (utc("2025-12-31 15:59:59"), "2025Q4"),
        (utc("2025-12-31 16:00:00"), "2026Q1"),
        (utc("2026-03-31 15:59:59"), "2026Q1"),
        (utc("2026-03-31 16:00:00"), "2026Q2"),
        (utc("2026-03-31 23:59:59"), "2026Q2"),
        (utc("2026-06-30 15:59:59"), "2026Q2"),
        (utc("2026-06-30 16:00:00"), "2026Q3"),
        (utc("2026-09-30 15:59:59"), "2026Q3"),
        (utc("2026-09-30 16:00:00"), "2026Q4"),
        (utc("2026-12-31 15:59:59"), "2026Q4"),
        (utc("2026-12-31 16:00:00"), "2027Q1"),
        // 1986 to 1991: in summer nine hours
        (utc("1988-06-30 14:59:59"), "1988Q2"),
        (utc("1988-06-30 15:00:00"), "1988Q3"),
        (utc("1988-12-31 15:59:59"), "1988Q4"),
        (utc("1988-12-31 16:00:00"), "1989Q1"),
        (utc("1991-06-30 15:00:00"), "1991Q3"),
        (utc("1992-06-30 15:00:00"), "1992Q2"),
    ];
    for (at, expected) in table {
        let quarter = Quarter::of(at);
        assert_eq!(quarter.to_string(), expected, "{at}");
        assert!(quarter.contains(at) && quarter.start() <= at && at < quarter.end(), "{at}");
        assert!(!quarter.previous().contains(at) && !quarter.next().contains(at), "{at}");
    }
}

#[test]
fn quarters_follow_each_other_without_gap_or_overlap() {
    let mut quarter = Quarter::new(1900, 1).unwrap();
    while quarter.year() < 2101 {
        assert_eq!(quarter.end(), quarter.next().start());
        assert_eq!(quarter.next().previous(), quarter);
        assert_eq!(Quarter::of(quarter.start()), quarter);
        assert_eq!(Quarter::of(quarter.end() - TimeDelta::microseconds(1)), quarter);
        assert_eq!(company_day(quarter.start()), quarter.first_day());
        assert_eq!(quarter.to_string().parse(), Ok(quarter));
        quarter = quarter.next();
    }
}

#[test]
fn refuses_text_that_is_no_quarter() {
    for text in ["", "2026", "2026Q0", "2026Q5", "2026q1", "26Q1", "2026Q12", " 2026Q1", "2026-Q1", "1899Q4", "+026Q1"] {
        assert!(text.parse::<Quarter>().is_err(), "{text}");
    }
    assert_eq!(serde_json::to_string(&Quarter::new(2026, 4)).unwrap(), r#""2026Q4""#);
    assert!(serde_json::from_str::<Quarter>(r#""2026Q9""#).is_err());
}

#[test]
fn working_days_of_2026_and_plain_weeks_around_them() {
    let calendar = WorkingCalendar::default();
    let table = [
        ("2026-01-01", false),
        ("2026-01-02", false),
        ("2026-01-03", false),
        ("2026-01-04", true), // a Sunday, made up
        ("2026-01-05", true),
        ("2026-01-10", false),
        ("2026-02-13", true),
        ("2026-02-14", true), // a Saturday, made up
        ("2026-02-15", false),
        ("2026-02-16", false), // a Monday in the spring festival
        ("2026-02-23", false),
        ("2026-02-24", true),
        ("2026-02-28", true), // a Saturday, made up
        ("2026-03-01", false),
        ("2026-04-06", false),
        ("2026-04-07", true),
        ("2026-05-05", false),
        ("2026-05-09", true), // a Saturday, made up
        ("2026-06-19", false),
        ("2026-06-22", true),
        ("2026-09-20", true), // a Sunday, made up
        ("2026-09-25", false),
        ("2026-10-07", false),
        ("2026-10-08", true),
        ("2026-10-10", true), // a Saturday, made up
        ("2027-01-01", true), // not announced yet: a plain Friday
        ("2027-02-28", false),
        ("2028-02-29", true), // a leap day, Tuesday
        ("2028-03-04", false),
        ("1900-01-01", true),
    ];
    for (day, worked) in table {
        assert_eq!(calendar.is_working_day(date(day)), worked, "{day}");
    }
    assert!(calendar.knows_year(2026) && !calendar.knows_year(2027));
}

#[test]
fn adds_working_days_over_weekends_holidays_and_make_up_days() {
    let calendar = WorkingCalendar::default();
    let table = [
        // from, days, until
        ("2026-11-18 10:00:00", 1, "2026-11-19 10:00:00"),
        ("2026-11-20 10:00:00", 1, "2026-11-23 10:00:00"), // over a weekend
        ("2026-11-20 10:00:00", 0, "2026-11-20 10:00:00"),
        ("2026-11-20 18:00:00", 1, "2026-11-24 09:00:00"), // the day is over at six
        ("2026-11-20 17:59:59", 1, "2026-11-23 17:59:59"),
        ("2026-11-20 22:30:00", 5, "2026-11-30 09:00:00"), // at night: from the next morning
        ("2026-11-21 11:00:00", 1, "2026-11-24 09:00:00"), // a Saturday: from Monday morning
        ("2026-11-22 23:59:59", 0, "2026-11-23 09:00:00"),
        ("2026-11-23 00:00:00", 2, "2026-11-25 09:00:00"),
        ("2026-11-23 08:59:59", 1, "2026-11-24 09:00:00"),
        ("2026-11-23 12:00:00", 1, "2026-11-24 13:30:00"), // lunch: from its end
        ("2026-02-13 10:00:00", 1, "2026-02-14 10:00:00"), // the make-up Saturday counts
        ("2026-02-14 10:00:00", 1, "2026-02-24 10:00:00"), // over the spring festival
        ("2026-02-16 10:00:00", 1, "2026-02-25 09:00:00"), // from inside it
        ("2026-02-27 16:00:00", 2, "2026-03-02 16:00:00"), // Friday, made-up Saturday, Monday
        ("2026-09-30 17:00:00", 3, "2026-10-10 17:00:00"), // 8, 9 and the made-up 10 October
        ("2026-12-31 09:00:00", 1, "2027-01-01 09:00:00"), // 2027 is plain until announced
        ("2028-02-28 15:00:00", 1, "2028-02-29 15:00:00"),
        ("2028-02-28 15:00:00", 2, "2028-03-01 15:00:00"),
        ("2027-02-26 15:00:00", 1, "2027-03-01 15:00:00"),
    ];
    for (from, days, until) in table {
        assert_eq!(calendar.add_working_days(china(from), days), china(until), "{from} + {days}");
    }
}

#[test]
fn measures_working_hours() {
    let calendar = WorkingCalendar::default();
    let table = [
        ("2026-11-23 09:00:00", 3, "2026-11-23 12:00:00"),
        ("2026-11-23 09:00:00", 4, "2026-11-23 14:30:00"),
        ("2026-11-23 11:30:00", 1, "2026-11-23 14:00:00"),
        ("2026-11-23 17:00:00", 1, "2026-11-23 18:00:00"),
        ("2026-11-23 17:00:00", 2, "2026-11-24 10:00:00"),
        ("2026-11-20 17:30:00", 1, "2026-11-23 09:30:00"),
        ("2026-11-21 12:00:00", 1, "2026-11-23 10:00:00"),
        ("2026-11-23 12:30:00", 1, "2026-11-23 14:30:00"),
        ("2026-11-23 06:00:00", 0, "2026-11-23 09:00:00"),
        ("2026-11-23 09:00:00", 15, "2026-11-24 18:00:00"), // two days of 7.5 hours
        ("2026-02-14 17:00:00", 2, "2026-02-24 10:00:00"),
    ];
    for (from, hours, until) in table {
        let (from, until) = (china(from), china(until));
        assert_eq!(calendar.working_time_between(from, until), TimeDelta::hours(hours), "{from} to {until}");
        assert_eq!(calendar.working_time_between(until, from), TimeDelta::zero(), "never negative");
    }
    let festival = calendar.working_time_between(china("2026-02-15 00:00:00"), china("2026-02-24 00:00:00"));
    assert_eq!(festival, TimeDelta::zero());
}

#[test]
fn the_report_of_a_quarter_is_drafted_on_the_first_working_day_after_it() {
    let calendar = WorkingCalendar::default();
    for (quarter, day) in [
        ("2025Q4", "2026-01-04"), // new year holiday, then a made-up Sunday
        ("2026Q1", "2026-04-01"),
        ("2026Q2", "2026-07-01"),
        ("2026Q3", "2026-10-08"),
        ("2026Q4", "2027-01-01"),
        ("2027Q4", "2028-01-03"),
    ] {
        assert_eq!(calendar.first_working_day_after(quarter.parse().unwrap()), date(day), "{quarter}");
    }
}

#[test]
fn takes_over_a_published_year() {
    let mut calendar = WorkingCalendar::default();
    let published: PublishedYear = serde_json::from_str(
        r#"{"year": 2027, "days": [
            {"name": "元旦", "date": "2027-01-01", "isOffDay": true},
            {"name": "元旦", "date": "2027-01-09", "isOffDay": false}]}"#,
    )
    .unwrap();
    calendar.publish(&published);
    assert!(!calendar.is_working_day(date("2027-01-01")) && calendar.is_working_day(date("2027-01-09")));
    assert!(calendar.knows_year(2027));
    assert_eq!(calendar.first_working_day_after(Quarter::new(2026, 4).unwrap()), date("2027-01-04"));
}

#[test]
fn refuses_hours_that_are_no_working_day() {
    let span = |start, end| WorkingSpan { start, end };
    for hours in [vec![], vec![span(60, 60)], vec![span(60, 1441)], vec![span(60, 120), span(119, 180)]] {
        assert_eq!(WorkingCalendar::new([], hours), Err(NoWorkingHours));
    }
}

#[test]
fn a_calendar_without_any_working_day_still_answers() {
    let day = date("2026-11-23");
    let off = day.iter_days().take(1000).map(|d| (d, DayKind::Off));
    let calendar = WorkingCalendar::new(off, vec![WorkingSpan { start: 0, end: 24 * 60 }]).unwrap();
    let from = china("2026-11-23 10:00:00");
    assert_eq!(calendar.add_working_days(from, 3), from);
}

/// From 1 November on the next year's arrangement is asked for: it is announced in that month.
#[test]
fn names_the_year_whose_arrangement_is_missing() {
    let known = WorkingCalendar::default();
    for (now, missing) in [
        ("2026-10-31 23:59:59", None),
        ("2026-11-01 00:00:00", Some(2027)),
        ("2026-12-31 23:59:59", Some(2027)),
        ("2027-01-01 00:00:00", Some(2027)),
        ("2025-06-01 12:00:00", Some(2025)),
        ("2025-11-01 00:00:00", Some(2025)),
    ] {
        assert_eq!(known.missing_year(china(now)), missing, "{now}");
    }
}

/// The last days of December may stand in the arrangements of two years: the later one counts, in whatever order they come.
#[test]
fn of_two_years_the_later_one_says_what_a_day_is() {
    let year = |year, off: &str| -> PublishedYear {
        serde_json::from_str(&format!(
            r#"{{"year": {year}, "days": [{{"name": "元旦", "date": "2026-12-31", "isOffDay": {off}}}]}}"#
        ))
        .unwrap()
    };
    for years in [[year(2026, "false"), year(2027, "true")], [year(2027, "true"), year(2026, "false")]] {
        let calendar = WorkingCalendar::of_years(&years);
        assert_eq!(calendar.days().collect::<Vec<_>>(), [(date("2026-12-31"), DayKind::Off)]);
        assert!(calendar.knows_year(2026) && calendar.knows_year(2027) && !calendar.knows_year(2028));
        assert_eq!(calendar.hours(), WorkingCalendar::default().hours());
    }
}

/// A shift that ends at midnight, in spans that touch: hours are neither lost nor counted twice.
#[test]
fn counts_a_day_that_is_worked_until_midnight() {
    let span = |start, end| WorkingSpan { start, end };
    let calendar = WorkingCalendar::new([], vec![span(0, 720), span(720, 1440)]).unwrap();
    assert_eq!(calendar.hours(), [span(0, 720), span(720, 1440)]);
    let (monday, friday) = (china("2026-11-23 22:00:00"), china("2026-11-27 22:00:00"));
    assert_eq!(calendar.working_time_between(monday, china("2026-11-25 00:00:00")), TimeDelta::hours(26));
    assert_eq!(calendar.working_time_between(friday, china("2026-11-30 01:00:00")), TimeDelta::hours(3));
    assert_eq!(calendar.next_working_moment(china("2026-11-28 00:00:00")), china("2026-11-30 00:00:00"));
}

/// A time of day that summer time skips on the day a deadline falls on: it moves on by the hour that was lost.
#[test]
fn a_deadline_in_the_hour_that_summer_time_skips_moves_on_by_an_hour() {
    let days = ["1986-05-03", "1986-05-04"].map(|day| (date(day), DayKind::Working));
    let calendar = WorkingCalendar::new(days, vec![WorkingSpan { start: 0, end: 24 * 60 }]).unwrap();
    // From two o'clock on 4 May 1986 clocks in China were nine hours ahead.
    assert_eq!(calendar.add_working_days(china("1986-05-03 02:30:00"), 1), utc("1986-05-03 18:30:00"));
    assert_eq!(calendar.add_working_days(china("1986-05-03 01:59:59"), 1), utc("1986-05-03 17:59:59"));
}
