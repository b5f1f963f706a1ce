//! Names as they are compared: one change in every spelling, doubles of old kept and told.

use crate::support::*;
use fabu_domain::subjects::{change::Change, visibility::Scope};
use fabu_store::{
    ChangeFilter, Reader, StoreError,
    testing::{TestDatabase, migrated},
};

fn read<T>(database: &TestDatabase, f: impl FnOnce(&mut Reader<'_>) -> Result<T, StoreError>) -> T {
    database.store().read_blocking(f).unwrap()
}

fn numbers(database: &TestDatabase, search: &str) -> Vec<String> {
    let filter = ChangeFilter { scope: Scope::All, search: Some(search.to_owned()), ..ChangeFilter::default() };
    let found = read(database, move |r| r.list_changes(&filter, None, 9));
    found.items.into_iter().map(|change| change.number.to_string()).collect()
}

#[test]
fn another_spelling_of_a_number_is_refused_and_finds_the_change() {
    let database = TestDatabase::create().unwrap();
    let by = stored_user(database.store(), "wang").id;
    let known = change("RFC-1", by, 0);
    let also = known.clone();
    write(database.store(), move |tx| tx.insert_change(&also, &entry("change.registered")));
    for spelling in ["rfc-1", "ＲＦＣ－１", "RFC\u{2013}1"] {
        let other = change(spelling, by, 1);
        let result = database.store().write_blocking(move |tx| tx.insert_change(&other, &entry("change.registered")));
        assert!(matches!(result, Err(StoreError::Duplicate { .. })), "{spelling}: {result:?}");
        assert_eq!(read(&database, move |r| r.change_by_number(spelling)), Some(known.clone()), "{spelling}");
        assert_eq!(numbers(&database, spelling), ["RFC-1"]);
    }
}

/// What stood before the table keeps its rows and its spelling: the first has the name, the other is still found by its own.
#[test]
fn doubles_from_before_are_kept_and_can_still_be_changed() {
    let database = TestDatabase::create().unwrap();
    let store = database.store();
    let by = stored_user(store, "wang").id;
    let (first, second) = (change("RFC-1", by, 0), change("RFC-2", by, 1));
    let both = [first.clone(), second.clone()];
    write(store, move |tx| both.iter().try_for_each(|change| tx.insert_change(change, &entry("change.registered"))));
    database.execute("DELETE FROM folded_names").unwrap();
    database.execute("UPDATE changes SET number = 'rfc-1' WHERE number = 'RFC-2'").unwrap();
    store.migrate(&migrated).unwrap();
    assert_eq!(numbers(&database, "ＲＦＣ").len(), 2, "both are there and found");
    assert_eq!(read(&database, |r| r.change_by_number("ｒfc-1")), Some(first));
    let twin = read(&database, |r| r.change_by_number("rfc-1")).unwrap();
    assert_eq!(twin.id, second.id, "its own spelling leads to it");
    let renamed = Change { title: "新标题".parse_line(), ..twin.clone() };
    write(store, move |tx| tx.update_change(&renamed, 1, &entry("change.updated")));
    let apart = Change { number: fabu_domain::text::Code::parse("RFC-3").unwrap(), ..twin };
    write(store, move |tx| tx.update_change(&apart, 2, &entry("change.updated")));
    assert_eq!(read(&database, |r| r.change_by_number("rfc-3")).map(|change| change.id), Some(second.id));
    store.migrate(&migrated).unwrap();
}
