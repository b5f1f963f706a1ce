//! What holds of any two releases, and of any time.

use super::*;
use chrono::TimeDelta;
use proptest::prelude::*;

/// A release of a few hours somewhere in a week, on few things with few people.
fn any_release(number: &'static str) -> impl Strategy<Value = OtherRelease> {
    let some = |all: &'static [u128]| proptest::sample::subsequence(all, 0..=all.len());
    (0..7 * 48_i64, 1..16_i64, some(&[1, 2]), some(&[1, 2, 3]), some(&[0x11, 0x12]), any::<bool>()).prop_map(
        move |(start, halves, objects, items, people, is_firm)| {
            let start = china("2026-12-28 00:00") + TimeDelta::minutes(30 * start);
            let window = Window { start, end: start + TimeDelta::minutes(30 * halves) };
            OtherRelease {
                number: number.to_owned(),
                window,
                is_firm,
                objects: objects.into_iter().map(|id| ServiceObjectId(Uuid::from_u128(id))).collect(),
                items: items.into_iter().map(|id| format!("CI-{id}")).collect(),
                people: people.into_iter().map(|id| Booking { person: UserId(Uuid::from_u128(id)), window }).collect(),
            }
        },
    )
}

fn seen_from(own: &OtherRelease, other: &OtherRelease, related: &[RelatedItem]) -> Vec<(String, bool)> {
    let occasion = Occasion {
        number: own.number.clone(),
        kind: ReleaseKind::Minor,
        window: own.window,
        customer: None,
        objects: own.objects.clone(),
        items: own.items.clone(),
        people: own.people.clone(),
        exceptions: Vec::new(),
    };
    let directory = Directory::default();
    let around = Surroundings { freezes: &[], others: std::slice::from_ref(other), related, directory: &directory };
    let kinds = |conflict: super::super::Conflict| (format!("{} {:?}", conflict.kind, conflict.window), conflict.is_firm);
    find(&occasion, &around).into_iter().map(kinds).collect()
}

/// CI-1 and CI-3 are two steps apart, by CI-9.
fn related(from: &str, to: &str) -> Vec<RelatedItem> {
    vec![RelatedItem { path: [from, "CI-9", to].map(str::to_owned).to_vec() }]
}

fn both_ways(items: &[String]) -> Vec<RelatedItem> {
    let mut all = Vec::new();
    for (from, to) in [("CI-1", "CI-3"), ("CI-3", "CI-1")] {
        if items.iter().any(|item| item == from) {
            all.extend(related(from, to));
        }
    }
    all
}

proptest! {
    /// Whatever one release collides with, collides with it at the same time by the same kind; each says whether the other is firm.
    #[test]
    fn conflicts_between_releases_are_symmetric(a in any_release("REL-A"), b in any_release("REL-B")) {
        let (from_a, from_b) = (seen_from(&a, &b, &both_ways(&a.items)), seen_from(&b, &a, &both_ways(&b.items)));
        let kinds = |found: &[(String, bool)]| found.iter().map(|(kind, _)| kind.clone()).collect::<std::collections::BTreeSet<_>>();
        prop_assert_eq!(kinds(&from_a), kinds(&from_b));
        prop_assert!(from_a.iter().all(|(_, is_firm)| *is_firm == b.is_firm));
        prop_assert!(from_b.iter().all(|(_, is_firm)| *is_firm == a.is_firm));
    }

    /// No collision between releases depends on the day.
    #[test]
    fn moved_together_by_whole_days_they_collide_as_before(a in any_release("REL-A"), b in any_release("REL-B"), days in -400..400_i64) {
        let moved = |release: &OtherRelease| {
            let by = TimeDelta::days(days);
            let shift = |w: Window| Window { start: w.start + by, end: w.end + by };
            let people = release.people.iter().map(|p| Booking { window: shift(p.window), ..*p }).collect();
            OtherRelease { window: shift(release.window), people, ..release.clone() }
        };
        let count = |found: Vec<(String, bool)>| found.into_iter().map(|(kind, _)| kind.split(' ').next().unwrap().to_owned()).collect::<Vec<_>>();
        let related = both_ways(&a.items);
        prop_assert_eq!(count(seen_from(&a, &b, &related)), count(seen_from(&moved(&a), &moved(&b), &related)));
    }

    /// Nothing stands against a free window but business hours, and it lies where it was asked for.
    #[test]
    fn a_free_window_is_free(others in proptest::collection::vec(any_release("REL-B"), 0..6), halves in 1..12_i64) {
        let mut case = release("2026-12-28 22:00", "2026-12-29 02:00").working(LI, "2026-12-28 22:00", "2026-12-29 02:00");
        case.others = others;
        let (from, length) = (china("2026-12-28 00:10"), TimeDelta::minutes(30 * halves));
        let case = case.away(LI, "2026-12-29", "2026-12-29").frozen(freeze("2026-12-31 00:00", "2027-01-01 00:00"));
        let found = super::super::free_windows(&case.occasion, &case.around(), from, length, 5);
        prop_assert_eq!(found.len(), 5);
        for free in found {
            prop_assert!(free.window.start >= from && free.window.end - free.window.start == length);
            prop_assert_eq!(find(&case.occasion.at(free.window), &case.around()), vec![]);
        }
    }
}
