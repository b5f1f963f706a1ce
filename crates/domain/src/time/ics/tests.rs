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

fn taken(text: &str) -> IcsCalendar {
    read(text, &BTreeMap::new()).unwrap()
}

fn days(event_lines: &str) -> Vec<(String, String, bool)> {
    let found = taken(&file(&event(event_lines)));
    let days = found.events.into_iter().flat_map(|event| event.days);
    days.map(|day| (day.name, day.date.to_string(), day.is_off_day)).collect()
}

fn left_out(event_lines: &str) -> Vec<(String, usize, &'static str)> {
    let found = taken(&file(&event(event_lines)));
    assert_eq!(found.events, [], "{event_lines}");
    found.left_out.into_iter().map(|event| (event.name, event.dates.len(), event.reason.as_str())).collect()
}

fn fault(event_lines: &str) -> IcsFault {
    match read(&file(&event(event_lines)), &BTreeMap::new()) {
        Err(IcsError::Events(faults)) if faults.len() == 1 => faults[0].1.clone(),
        other => panic!("{event_lines}: {other:?}"),
    }
}

#[test]
fn reads_days_off_and_worked_of_the_usual_calendars() {
    let text = file(
        &[
            event("DTSTART;VALUE=DATE:20261001\r\nDTEND;VALUE=DATE:20261003\r\nSUMMARY;LANGUAGE=zh_CN:国庆节（休）\r\n"),
            event("DTSTART;VALUE=DATE:20261010\r\nSUMMARY:国庆节（班）\r\nBEGIN:VALARM\r\nSUMMARY:提醒\r\nEND:VALARM\r\n"),
            event("DTSTART:20260213T160000Z\r\nDTEND:20260214T100000Z\r\nSUMMARY:春节 补班 第1天/共2天\r\n"),
            event("DTSTART;TZID=Asia/Shanghai:20260501T000000\r\nDTEND:20260501T160000Z\r\nSUMMARY:劳动\r\n 节假期\r\n"),
            event("DTSTART;VALUE=DATE:20260101\r\nSUMMARY:元旦\r\nX-APPLE-SPECIAL-DAY:WORK-HOLIDAY\r\n"),
            event("DTSTART;VALUE=DATE:20260104\r\nSUMMARY:元旦调休上班\r\n"),
            event("DTSTART;VALUE=DATE:20260228\r\nSUMMARY:春节\r\nX-APPLE-SPECIAL-DAY:ALTERNATE-WORKDAY\r\n"),
        ]
        .concat(),
    );
    let found = taken(&text);
    let lines: Vec<usize> = found.events.iter().map(|event| event.line).collect();
    assert_eq!(lines, [3, 8, 15, 20, 26, 31, 35]);
    let days: Vec<PublishedDay> = found.events.into_iter().flat_map(|event| event.days).collect();
    let expected = [
        day("国庆节", "2026-10-01", true),
        day("国庆节", "2026-10-02", true),
        day("国庆节", "2026-10-10", false),
        day("春节", "2026-02-14", false),
        day("劳动节", "2026-05-01", true),
        day("元旦", "2026-01-01", true),
        day("元旦", "2026-01-04", false),
        day("春节", "2026-02-28", false),
    ];
    assert_eq!(days, expected);
}

/// Categories and descriptions are free text: a word in them makes no day off and turns no make-up day into one.
#[test]
fn takes_no_meaning_from_categories_and_descriptions() {
    let holiday = "DTSTART;VALUE=DATE:20260308\r\nSUMMARY:妇女节\r\nCATEGORIES:节假日\r\nDESCRIPTION:女职工放假半天\r\n";
    assert_eq!(left_out(holiday), [("妇女节".to_owned(), 1, "unmarked")]);
    let made_up =
        "DTSTART;VALUE=DATE:20260214\r\nSUMMARY:春节（班）\r\nCATEGORIES:节假日\r\nDESCRIPTION:因春节节假日补班（休）\r\n";
    assert_eq!(days(made_up), [("春节".to_owned(), "2026-02-14".to_owned(), false)]);
    for (summary, reason) in [("妇女节不放假", "ordinary"), ("元旦调休", "unclear"), ("国庆节（休）（班）", "unclear")]
    {
        let lines = format!("DTSTART;VALUE=DATE:20270308\r\nSUMMARY:{summary}\r\n");
        assert_eq!(left_out(&lines), [(summary.to_owned(), 1, reason)]);
    }
    let both = "DTSTART;VALUE=DATE:20260101\r\nSUMMARY:元旦（班）\r\nX-APPLE-SPECIAL-DAY:WORK-HOLIDAY\r\n";
    assert_eq!(left_out(both), [("元旦（班）".to_owned(), 1, "unclear")]);
}

#[test]
fn work_as_usual_sets_a_day_only_where_it_would_be_off() {
    let on = |date: &str| format!("DTSTART;VALUE=DATE:{date}\r\nSUMMARY:青年节照常上班\r\n");
    assert_eq!(left_out(&on("20260504")), [("青年节照常上班".to_owned(), 1, "ordinary")]);
    assert_eq!(days(&on("20260509")).len(), 1);
}

#[test]
fn festivals_anniversaries_and_cancelled_events_neither_count_nor_keep_the_file_out() {
    let festival = |more: &str| format!("DTSTART;VALUE=DATE:20260204\r\nSUMMARY:立春\r\n{more}");
    assert_eq!(left_out(&festival("")), [("立春".to_owned(), 1, "unmarked")]);
    assert_eq!(left_out(&festival("RRULE:FREQ=YEARLY\r\n")), [("立春".to_owned(), 1, "repeats")]);
    assert_eq!(left_out("SUMMARY:无日期\r\nDTSTART:soon\r\n"), [("无日期".to_owned(), 0, "unmarked")]);
    let cancelled = "DTSTART;VALUE=DATE:20260101\r\nSUMMARY:元旦（休）\r\nSTATUS:CANCELLED\r\n";
    assert_eq!(left_out(cancelled), [("元旦（休）".to_owned(), 1, "cancelled")]);
    let yearly = "DTSTART;VALUE=DATE:20260101\r\nRRULE:FREQ=YEARLY\r\nSUMMARY:元旦（休）\r\n";
    assert_eq!(left_out(yearly), [("元旦（休）".to_owned(), 1, "repeats")]);
    let all =
        format!("BEGIN:VCALENDAR\r\nMETHOD:CANCEL\r\n{}END:VCALENDAR\r\n", event("DTSTART:20260101\r\nSUMMARY:元旦（休）\r\n"));
    assert_eq!(taken(&all).left_out[0].reason, WhyLeftOut::Cancelled);
}

#[test]
fn counts_durations_and_ends_as_the_standard_says() {
    let count = |lines: &str| {
        let found = days(&format!("{lines}SUMMARY:国庆节（休）\r\n"));
        (found.len(), found.last().map(|(_, date, _)| date.clone()).unwrap_or_default())
    };
    let to = |days: usize, last: &str| (days, last.to_owned());
    assert_eq!(count("DTSTART;VALUE=DATE:20261001\r\nDURATION:P7D\r\n"), to(7, "2026-10-07"));
    assert_eq!(count("DTSTART;VALUE=DATE:20261001\r\nDURATION:P1W\r\n"), to(7, "2026-10-07"));
    assert_eq!(count("DTSTART;VALUE=DATE:20261001\r\nDURATION:PT24H\r\n"), to(1, "2026-10-01"));
    assert_eq!(count("DTSTART:20261001T000000\r\nDURATION:PT24H\r\n"), to(1, "2026-10-01"));
    assert_eq!(count("DTSTART:20261001T090000\r\nDURATION:P1DT9H\r\n"), to(2, "2026-10-02"));
    assert_eq!(count("DTSTART;VALUE=DATE:20261001\r\nDTEND;VALUE=DATE:20261008\r\n"), to(7, "2026-10-07"));
    assert_eq!(count("DTSTART;VALUE=DATE:20261001\r\nDTEND;VALUE=DATE:20261001\r\n"), to(1, "2026-10-01"));
    assert_eq!(count("DTSTART;VALUE=DATE:20261001\r\nRRULE:FREQ=DAILY;COUNT=7\r\n"), to(7, "2026-10-07"));
}

#[test]
fn a_zone_counts_and_one_that_is_not_known_is_refused() {
    let on = |zone: &str| {
        format!("DTSTART;TZID={zone}:20260930T120000\r\nDTEND;TZID={zone}:20261001T120000\r\nSUMMARY:国庆节（休）\r\n")
    };
    for zone in ["America/New_York", "\"Eastern Standard Time\"", "/example.org/20260101/America/New_York"] {
        assert_eq!(days(&on(zone)), [("国庆节".to_owned(), "2026-10-01".to_owned(), true)], "{zone}");
    }
    assert_eq!(days(&on("China Standard Time")).len(), 2);
    assert_eq!(fault(&on("Office")), IcsFault::Zone("Office".to_owned()));
    let zone = "BEGIN:VTIMEZONE\r\nTZID:Office\r\nBEGIN:STANDARD\r\nTZOFFSETFROM:-0400\r\nTZOFFSETTO:-0400\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n";
    let found = taken(&file(&[zone, &event(&on("Office"))].concat()));
    assert_eq!(found.events[0].days, [day("国庆节", "2026-10-01", true)]);
}

#[test]
fn a_decision_stands_in_for_a_mark() {
    let text =
        file(&[event("DTSTART:20260104\r\nSUMMARY:元旦调休\r\n"), event("DTSTART:20260308\r\nSUMMARY:妇女节\r\n")].concat());
    let decided = [(3, DayDecision::Working), (7, DayDecision::Ordinary)].into();
    let found = read(&text, &decided).unwrap();
    assert_eq!(found.events, [IcsEvent { line: 3, days: vec![day("元旦", "2026-01-04", false)] }]);
    assert_eq!(found.left_out[0].reason, WhyLeftOut::Ordinary);
}

#[test]
fn names_the_line_of_every_event_that_cannot_be_taken() {
    let text = file(
        &[
            event("SUMMARY:国庆节（休）\r\n"),
            event("DTSTART;VALUE=DATE:20260230\r\nSUMMARY:春节（休）\r\n"),
            event("DTSTART;VALUE=DATE:20260101\r\nDTEND;VALUE=DATE:20270101\r\nSUMMARY:元旦（休）\r\n"),
            event("DTSTART;VALUE=DATE:20260102\r\nDTEND;VALUE=DATE:20260101\r\nSUMMARY:元旦（休）\r\n"),
            event("DTSTART;VALUE=DATE:20260104\r\nX-APPLE-SPECIAL-DAY:WORK-HOLIDAY\r\n"),
            "BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20260104\r\n".to_owned(),
        ]
        .concat(),
    );
    let faults = [
        (3, IcsFault::Dates),
        (6, IcsFault::Dates),
        (10, IcsFault::Dates),
        (15, IcsFault::Dates),
        (20, IcsFault::Name),
        (24, IcsFault::Unfinished),
    ];
    assert_eq!(read(&text, &BTreeMap::new()), Err(IcsError::Events(faults.to_vec())));
    assert_eq!(read("{\"year\": 2026}", &BTreeMap::new()), Err(IcsError::NoCalendar));
    assert_eq!(taken(&file("")), IcsCalendar::default());
}
