//! Named cases of 5.5.4, each with the keys and severities that it gives. Times are China time.

use super::*;

macro_rules! conflicts {
    ($($name:ident: $case:expr => [$($expected:expr),*];)+) => {
        $(#[test]
        fn $name() {
            let expected: Vec<String> = vec![$(String::from($expected)),*];
            assert_eq!($case.found(), expected);
        })+

        /// The brief asks for at least forty.
        #[test]
        fn the_table_has_its_cases() {
            assert!([$(stringify!($name)),+].len() >= 40);
        }
    };
}

fn frozen() -> String {
    format!("freeze/{FREEZE} hard")
}

fn booked(person: UserId) -> String {
    format!("person_booked/REL-2/{person} soft")
}

fn away(person: UserId) -> String {
    format!("person_away/{person} soft")
}

fn hours() -> String {
    format!("business_hours/{BANK} soft")
}

const WEEK: &[BusinessDay] =
    &[BusinessDay::Monday, BusinessDay::Tuesday, BusinessDay::Wednesday, BusinessDay::Thursday, BusinessDay::Friday];

fn night() -> Case {
    release("2026-12-30 22:00", "2026-12-31 02:00")
}

conflicts! {
    nothing_around: night() => [];

    // Freezes: edges.
    freeze_over_the_whole_window: night().frozen(freeze("2026-12-30 00:00", "2027-01-01 00:00")) => [frozen()];
    freeze_that_begins_inside_the_window: night().frozen(freeze("2026-12-31 01:59", "2027-01-01 00:00")) => [frozen()];
    freeze_that_ends_inside_the_window: night().frozen(freeze("2026-12-30 00:00", "2026-12-30 22:01")) => [frozen()];
    freeze_inside_the_window: night().frozen(freeze("2026-12-30 23:00", "2026-12-30 23:30")) => [frozen()];
    freeze_that_ends_when_the_window_begins: night().frozen(freeze("2026-12-30 00:00", "2026-12-30 22:00")) => [];
    freeze_that_begins_when_the_window_ends: night().frozen(freeze("2026-12-31 02:00", "2027-01-01 00:00")) => [];
    freeze_of_midnight_in_china_not_in_utc: release("2027-01-01 00:00", "2027-01-01 04:00").frozen(freeze("2026-12-25 00:00", "2027-01-01 00:00")) => [];
    freeze_of_the_last_minute_of_the_year: release("2026-12-31 23:59", "2027-01-01 01:00").frozen(freeze("2026-12-25 00:00", "2027-01-01 00:00")) => [frozen()];
    freeze_of_the_quarter_end: release("2027-03-31 22:00", "2027-04-01 02:00").frozen(freeze("2027-03-30 00:00", "2027-04-01 00:00")) => [frozen()];
    first_hours_of_the_next_quarter: release("2027-04-01 00:00", "2027-04-01 02:00").frozen(freeze("2027-03-30 00:00", "2027-04-01 00:00")) => [];

    // Freezes: scope, state, what they allow.
    inactive_freeze: night().frozen(FreezeWindow { active: false, ..freeze("2026-12-30 00:00", "2027-01-01 00:00") }) => [];
    freeze_of_the_customer: night().frozen(FreezeWindow { customers: vec![BANK], ..freeze("2026-12-30 00:00", "2027-01-01 00:00") }) => [frozen()];
    freeze_of_another_customer: night().frozen(FreezeWindow { customers: vec![OTHER_CUSTOMER], ..freeze("2026-12-30 00:00", "2027-01-01 00:00") }) => [];
    freeze_of_the_object: night().frozen(FreezeWindow { service_objects: vec![CORE], ..freeze("2026-12-30 00:00", "2027-01-01 00:00") }) => [frozen()];
    freeze_of_another_object: night().frozen(FreezeWindow { service_objects: vec![OFFICE], ..freeze("2026-12-30 00:00", "2027-01-01 00:00") }) => [];
    freeze_of_the_item_in_another_spelling: night().frozen(FreezeWindow { configuration_items: vec![Line::parse("ｃｉ-app").unwrap()], ..freeze("2026-12-30 00:00", "2027-01-01 00:00") }) => [frozen()];
    freeze_of_another_item: night().frozen(FreezeWindow { configuration_items: vec![Line::parse("CI-DB").unwrap()], ..freeze("2026-12-30 00:00", "2027-01-01 00:00") }) => [];
    freeze_of_another_customer_but_this_object: night().frozen(FreezeWindow { customers: vec![OTHER_CUSTOMER], service_objects: vec![CORE], ..freeze("2026-12-30 00:00", "2027-01-01 00:00") }) => [frozen()];
    freeze_that_allows_emergencies_lets_one_through: night().change(|o| o.kind = ReleaseKind::Emergency).frozen(freeze("2026-12-30 00:00", "2027-01-01 00:00")) => [];
    freeze_that_allows_nothing_stops_an_emergency: night().change(|o| o.kind = ReleaseKind::Emergency)
        .frozen(FreezeWindow { allowed: [].into(), ..freeze("2026-12-30 00:00", "2027-01-01 00:00") }) => [frozen()];
    freeze_that_allows_minor_releases: night().frozen(FreezeWindow { allowed: [ReleaseKind::Minor].into(), ..freeze("2026-12-30 00:00", "2027-01-01 00:00") }) => [];
    freeze_that_allows_minor_releases_stops_a_major_one: night().change(|o| o.kind = ReleaseKind::Major)
        .frozen(FreezeWindow { allowed: [ReleaseKind::Minor].into(), ..freeze("2026-12-30 00:00", "2027-01-01 00:00") }) => [frozen()];
    excepted_freeze: night().excepted(|_| ()).frozen(freeze("2026-12-30 00:00", "2027-01-01 00:00")) => [];
    excepted_freeze_that_was_changed_since: night().excepted(|e| e.freeze_version = 2).frozen(freeze("2026-12-30 00:00", "2027-01-01 00:00")) => [frozen()];
    exception_from_another_freeze: night().excepted(|e| e.freeze_id = FreezeWindowId(Uuid::from_u128(9))).frozen(freeze("2026-12-30 00:00", "2027-01-01 00:00")) => [frozen()];
    exception_for_another_window: night().excepted(|e| e.window = span("2026-12-30 21:00", "2026-12-31 01:00")).frozen(freeze("2026-12-30 00:00", "2027-01-01 00:00")) => [frozen()];
    two_freezes_at_once: night().frozen(freeze("2026-12-30 00:00", "2027-01-01 00:00"))
        .frozen(FreezeWindow { id: FreezeWindowId(Uuid::from_u128(10)), ..freeze("2026-12-30 00:00", "2027-01-01 00:00") })
        => [frozen(), format!("freeze/{} hard", FreezeWindowId(Uuid::from_u128(10)))];

    // Freezes that recur.
    month_end_of_february: release("2027-02-28 20:00", "2027-02-28 23:00").frozen(recurring("FREQ=MONTHLY;BYMONTHDAY=-1", "2026-11-30 18:00", "2026-12-01 02:00")) => [frozen()];
    month_end_over_midnight: release("2027-01-01 00:30", "2027-01-01 01:30").frozen(recurring("FREQ=MONTHLY;BYMONTHDAY=-1", "2026-11-30 18:00", "2026-12-01 02:00")) => [frozen()];
    day_before_the_month_end: release("2027-02-27 20:00", "2027-02-27 23:00").frozen(recurring("FREQ=MONTHLY;BYMONTHDAY=-1", "2026-11-30 18:00", "2026-12-01 02:00")) => [];
    before_the_first_occurrence: release("2026-10-31 20:00", "2026-10-31 23:00").frozen(recurring("FREQ=MONTHLY;BYMONTHDAY=-1", "2026-11-30 18:00", "2026-12-01 02:00")) => [];
    after_the_last_occurrence: release("2027-01-31 20:00", "2027-01-31 23:00").frozen(recurring("FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=2", "2026-11-30 18:00", "2026-12-01 02:00")) => [];
    nightly_freeze_just_before_the_window: night().frozen(recurring("FREQ=DAILY", "2026-12-01 20:00", "2026-12-01 22:00")) => [];
    weekly_freeze_years_later: release("2031-12-05 20:00", "2031-12-05 21:00").frozen(recurring("FREQ=WEEKLY;BYDAY=FR", "2026-12-04 20:00", "2026-12-04 22:00")) => [frozen()];
    quarter_end_by_rule: release("2027-06-30 23:00", "2027-07-01 00:00").frozen(recurring("FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1", "2026-12-31 00:00", "2027-01-01 00:00")) => [frozen()];
    freeze_at_the_time_of_day_where_others_have_summer_time: release("2027-07-01 20:30", "2027-07-01 21:30").frozen(recurring("FREQ=DAILY", "2026-12-01 20:00", "2026-12-01 21:00")) => [frozen()];
    summer_time_moves_nothing: release("2027-07-01 21:00", "2027-07-01 22:00").frozen(recurring("FREQ=DAILY", "2026-12-01 20:00", "2026-12-01 21:00")) => [];

    // Other releases.
    same_item_at_the_same_time: night().beside(same_item("2026-12-30 23:00", "2026-12-31 01:00")) => ["same_item/REL-2 hard"];
    same_item_in_another_spelling: night().beside(OtherRelease { items: vec!["ＣＩ-app".to_owned()], ..other("2026-12-30 23:00", "2026-12-31 01:00") }) => ["same_item/REL-2 hard"];
    same_item_directly_before: night().beside(same_item("2026-12-30 20:00", "2026-12-30 22:00")) => [];
    same_item_directly_after: night().beside(same_item("2026-12-31 02:00", "2026-12-31 04:00")) => [];
    same_item_one_minute_too_long: night().beside(same_item("2026-12-30 20:00", "2026-12-30 22:01")) => ["same_item/REL-2 hard"];
    same_item_that_is_only_planned: night().beside(OtherRelease { is_firm: false, ..same_item("2026-12-30 23:00", "2026-12-31 01:00") }) => ["same_item/REL-2 soft"];
    same_item_of_an_emergency: night().change(|o| o.kind = ReleaseKind::Emergency).beside(same_item("2026-12-30 23:00", "2026-12-31 01:00")) => ["same_item/REL-2 soft"];
    same_object_at_the_same_time: night().beside(same_object("2026-12-31 01:00", "2026-12-31 05:00")) => ["same_object/REL-2 soft"];
    same_object_and_item_count_once: night().beside(OtherRelease { objects: vec![CORE], ..same_item("2026-12-30 23:00", "2026-12-31 01:00") }) => ["same_item/REL-2 hard"];
    other_things_at_the_same_time: night().beside(other("2026-12-30 22:00", "2026-12-31 02:00")) => [];
    not_with_itself: night().beside(OtherRelease { number: "REL-1".to_owned(), ..same_item("2026-12-30 22:00", "2026-12-31 02:00") }) => [];
    two_others_in_order_of_number: night().beside(OtherRelease { number: "REL-3".to_owned(), ..same_object("2026-12-30 22:00", "2026-12-31 02:00") })
        .beside(same_item("2026-12-30 22:00", "2026-12-31 02:00")) => ["same_item/REL-2 hard", "same_object/REL-3 soft"];

    // Related items.
    related_item_one_step_away: night().near(&["CI-APP", "CI-OA"]).beside(other("2026-12-30 23:00", "2026-12-31 01:00")) => ["related_item/REL-2 soft"];
    related_item_two_steps_away: night().near(&["CI-APP", "CI-DB", "CI-OA"]).beside(other("2026-12-30 23:00", "2026-12-31 01:00")) => ["related_item/REL-2 soft"];
    related_item_three_steps_away: night().near(&["CI-APP", "CI-DB", "CI-SAN", "CI-OA"]).beside(other("2026-12-30 23:00", "2026-12-31 01:00")) => [];
    related_item_that_nobody_changes: night().near(&["CI-APP", "CI-DB"]).beside(other("2026-12-30 23:00", "2026-12-31 01:00")) => [];
    related_item_at_another_time: night().near(&["CI-APP", "CI-OA"]).beside(other("2026-12-31 02:00", "2026-12-31 04:00")) => [];

    // People.
    person_in_both_at_the_same_time: night().working(LI, "2026-12-30 22:00", "2026-12-31 02:00").beside(staffed(LI, "2026-12-31 01:00", "2026-12-31 03:00")) => [booked(LI)];
    person_whose_step_is_over: night().working(LI, "2026-12-30 22:00", "2026-12-30 23:00").beside(staffed(LI, "2026-12-30 23:00", "2026-12-31 01:00")) => [];
    person_with_two_steps_counts_once: night().working(LI, "2026-12-30 22:00", "2026-12-30 23:00").working(LI, "2026-12-30 23:30", "2026-12-31 00:30")
        .beside(staffed(LI, "2026-12-30 22:00", "2026-12-31 02:00")) => [booked(LI)];
    another_person: night().working(WU, "2026-12-30 22:00", "2026-12-31 02:00").beside(staffed(LI, "2026-12-30 22:00", "2026-12-31 02:00")) => [];
    person_away_on_the_second_day: night().working(LI, "2026-12-30 22:00", "2026-12-31 02:00").away(LI, "2026-12-31", "2027-01-03") => [away(LI)];
    person_away_from_the_day_that_begins_when_the_work_ends: release("2026-12-30 22:00", "2026-12-31 00:00").working(LI, "2026-12-30 22:00", "2026-12-31 00:00").away(LI, "2026-12-31", "2027-01-03") => [];
    person_back_at_midnight_in_china: release("2027-01-04 00:00", "2027-01-04 02:00").working(LI, "2027-01-04 00:00", "2027-01-04 02:00").away(LI, "2026-12-31", "2027-01-03") => [];
    person_away_who_has_no_part: night().working(WU, "2026-12-30 22:00", "2026-12-31 02:00").away(LI, "2026-12-30", "2026-12-31") => [];

    // The customer's hours.
    window_in_business_hours: release("2026-12-30 10:00", "2026-12-30 11:00").open(WEEK, 540, 1020) => [hours()];
    window_that_begins_at_closing_time: release("2026-12-30 17:00", "2026-12-30 19:00").open(WEEK, 540, 1020) => [];
    window_that_ends_after_opening_time: release("2026-12-30 05:00", "2026-12-30 09:01").open(WEEK, 540, 1020) => [hours()];
    window_on_a_day_without_business: release("2026-12-27 10:00", "2026-12-27 11:00").open(WEEK, 540, 1020) => [];
    window_on_a_holiday: release("2026-10-01 10:00", "2026-10-01 11:00").open(WEEK, 540, 1020) => [];
    window_on_a_day_of_make_up_work: release("2026-10-10 10:00", "2026-10-10 11:00").open(WEEK, 540, 1020) => [hours()];
    window_on_a_holiday_of_a_customer_that_never_closes: release("2026-10-01 10:00", "2026-10-01 11:00").open(BusinessDay::ALL, 0, 1439) => [hours()];
    window_over_the_weekend_into_monday: release("2026-12-26 22:00", "2026-12-28 10:00").open(WEEK, 540, 1020) => [hours()];
    window_of_a_customer_without_hours: release("2026-12-30 10:00", "2026-12-30 11:00") => [];

    everything_at_once: release("2026-12-31 15:00", "2026-12-31 23:00").working(LI, "2026-12-31 15:00", "2026-12-31 23:00")
        .frozen(freeze("2026-12-25 00:00", "2027-01-01 00:00"))
        .beside(OtherRelease { people: vec![Booking { person: LI, window: span("2026-12-31 20:00", "2026-12-31 22:00") }], ..same_item("2026-12-31 20:00", "2026-12-31 22:00") })
        .away(LI, "2026-12-31", "2026-12-31").open(WEEK, 540, 1020)
        => [frozen(), "same_item/REL-2 hard", booked(LI), away(LI), hours()];
}

/// The sentence names what it is with, when, and the way to a related item, in both languages.
#[test]
fn conflicts_are_said_in_both_languages() {
    let case = night()
        .frozen(freeze("2026-12-30 00:00", "2027-01-01 00:00"))
        .near(&["CI-APP", "CI-DB", "CI-OA"])
        .near(&["CI-APP", "CI-X", "CI-Y", "CI-OA"])
        .beside(other("2026-12-30 23:00", "2026-12-31 01:00"));
    let found = find(&case.occasion, &case.around());
    assert_eq!(
        found[0].sentence.zh,
        "上线时间落在封网期“年终结账封网”（2026-12-30 00:00 – 2027-01-01 00:00）内，该期间不允许此类发布"
    );
    assert_eq!((found[0].against.as_str(), found[0].window), ("年终结账封网", case.occasion.window));
    assert!(found[1].sentence.en.ends_with("on a related item: CI-APP → CI-DB → CI-OA"), "{}", found[1].sentence.en);
    assert_eq!(found[1].window, span("2026-12-30 23:00", "2026-12-31 01:00"));
}
