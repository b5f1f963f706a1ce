//! Freezes as rules look at them follow every commit and nothing else.

use crate::support::{ParseLine, entry, id, write};
use fabu_domain::subjects::{
    registers::freeze_window::{FreezeAuthority, FreezeKind, FreezeWindow, FreezeWindowId},
    release::Window,
};
use fabu_store::{Reader, StoreError, testing::TestDatabase};
use std::sync::Arc;

fn freeze(name: &str, rule: Option<&str>) -> FreezeWindow {
    FreezeWindow {
        id: FreezeWindowId(id::<FreezeWindowId>().into()),
        name: name.parse_line(),
        kind: FreezeKind::Freeze,
        reason: fabu_domain::text::Note::parse("结账").unwrap(),
        starts: "2026-11-30T10:00:00Z".parse().unwrap(),
        ends: "2026-11-30T16:00:00Z".parse().unwrap(),
        recurrence: rule.map(ParseLine::parse_line),
        customers: Vec::new(),
        service_objects: Vec::new(),
        configuration_items: Vec::new(),
        allowed: [].into(),
        authority: FreezeAuthority::GeneralManager,
        active: true,
        version: 1,
    }
}

fn month_ends(tx: &mut Reader<'_>) -> Result<Vec<(i64, usize)>, StoreError> {
    let time = Window { start: "2026-12-31T10:00:00Z".parse().unwrap(), end: "2027-02-28T12:00:00Z".parse().unwrap() };
    Ok(tx.freeze_calendar()?.freezes.iter().map(|held| (held.record.version, held.within(time).len())).collect())
}

#[test]
fn the_freezes_are_those_of_the_last_commit_and_kept_until_the_next() {
    let database = TestDatabase::create().unwrap();
    let store = database.store().clone();
    let held = || store.read_blocking(month_ends).unwrap();
    assert_eq!(held(), []);
    let first = freeze("月末", Some("FREQ=MONTHLY;BYMONTHDAY=-1"));
    let added = first.clone();
    write(&store, move |tx| tx.create_record(&added, None, &entry("freeze_window.created")));
    assert_eq!(held(), [(1, 3)]);
    let calendar = || store.read_blocking(|tx| tx.freeze_calendar()).unwrap();
    assert!(Arc::ptr_eq(&calendar(), &calendar()), "nothing is read twice");
    // What a transaction does that is rolled back is seen by itself alone.
    let changed = FreezeWindow { recurrence: None, ..first.clone() };
    let rolled_back = store.write_blocking(move |tx| -> Result<(), StoreError> {
        let version = tx.update_record(&changed, 1, None, &entry("freeze_window.updated"))?;
        assert_eq!(month_ends(tx)?, [(version, 0)]);
        Err(StoreError::NoSpace)
    });
    assert!(rolled_back.is_err());
    assert_eq!(held(), [(1, 3)]);
    let before = calendar();
    let other = freeze("春节", None);
    write(&store, move |tx| tx.create_record(&other, None, &entry("freeze_window.created")));
    let kept = calendar().freezes.iter().any(|held| before.freezes.iter().any(|known| Arc::ptr_eq(known, held)));
    assert!(kept, "an unchanged freeze is not expanded again");
}
