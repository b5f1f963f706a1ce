//! The next free window.

use super::*;
use crate::subjects::release::conflicts::free_windows;
use chrono::TimeDelta;

fn starts(case: &Case, from: &str, minutes: i64, limit: usize) -> Vec<String> {
    let found = free_windows(&case.occasion, &case.around(), china(from), TimeDelta::minutes(minutes), limit);
    let local =
        |at: chrono::DateTime<chrono::Utc>| at.with_timezone(&crate::time::clock::COMPANY_ZONE).format("%m-%d %H:%M").to_string();
    found
        .iter()
        .map(|free| format!("{}{}", local(free.window.start), if free.in_business_hours { " open" } else { "" }))
        .collect()
}

#[test]
fn windows_begin_at_half_hours_one_after_another() {
    let case = release("2026-12-30 22:00", "2026-12-31 02:00");
    assert_eq!(starts(&case, "2026-12-30 22:10", 120, 3), ["12-30 22:30", "12-31 00:30", "12-31 02:30"]);
    assert_eq!(starts(&case, "2026-12-30 22:00", 45, 2), ["12-30 22:00", "12-30 23:00"]);
}

#[test]
fn what_is_taken_is_passed_over() {
    let case = release("2026-12-30 22:00", "2026-12-31 02:00")
        .frozen(freeze("2026-12-30 21:00", "2027-01-01 00:00"))
        .beside(same_object("2027-01-01 00:00", "2027-01-01 03:20"))
        .beside(OtherRelease { number: "REL-3".to_owned(), ..other("2027-01-01 04:00", "2027-01-02 00:00") });
    assert_eq!(starts(&case, "2026-12-30 20:00", 60, 2), ["12-30 20:00", "01-01 03:30"], "REL-3 has nothing to do with it");
    let staffed = case.clone().working(LI, "2026-12-30 22:00", "2026-12-30 23:00").away(LI, "2027-01-01", "2027-01-05");
    assert_eq!(starts(&staffed, "2026-12-30 20:00", 60, 2), ["12-30 20:00", "01-06 00:00"]);
}

#[test]
fn the_customers_hours_come_last() {
    let case = release("2026-12-30 22:00", "2026-12-31 02:00").open(&[BusinessDay::Wednesday], 540, 1020);
    assert_eq!(starts(&case, "2026-12-30 10:00", 240, 1), ["12-30 17:00"]);
    let always = release("2026-12-30 22:00", "2026-12-31 02:00").open(BusinessDay::ALL, 0, 1439);
    assert_eq!(starts(&always, "2026-12-30 10:00", 240, 2), ["12-30 10:00 open", "12-30 14:00 open"]);
}

#[test]
fn nothing_is_free_when_everything_is_frozen_for_ninety_days() {
    let case = release("2026-12-30 22:00", "2026-12-31 02:00").frozen(freeze("2026-12-01 00:00", "2027-11-01 00:00"));
    assert_eq!(starts(&case, "2026-12-30 10:00", 60, 5), [""; 0]);
}

/// An exception is for one window; it frees no other one.
#[test]
fn an_exception_frees_no_other_window() {
    let case =
        release("2026-12-30 22:00", "2026-12-31 02:00").frozen(freeze("2026-12-30 00:00", "2027-01-01 00:00")).excepted(|_| ());
    assert_eq!(case.found(), [""; 0]);
    assert_eq!(starts(&case, "2026-12-30 10:00", 240, 1), ["01-01 00:00"]);
}
