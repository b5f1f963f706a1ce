//! The table that most registers share: lists by facets, words and pages, and what goes with a record.

use crate::support::*;
use fabu_domain::{
    ids::UserId,
    people::directory::Directory,
    subjects::{
        registers::{
            Register,
            media_item::{MediaItem, MediaItemAsked, MediaKind},
            sight::Eye,
        },
        visibility::Scope,
    },
    text::Code,
};
use fabu_store::{Kept, StoreError, testing::TestDatabase};

fn item(name: &str, version: &str, kind: MediaKind, custodian: UserId) -> MediaItem {
    MediaItem {
        id: id(),
        name: name.parse_line(),
        item_version: Code::parse(version).unwrap(),
        kind,
        sha256: "0".repeat(64),
        sm3: None,
        size: None,
        licence: None,
        source: "git".parse_line(),
        custodian,
        place: "/media".parse_line(),
        configuration_item: None,
        place_kind: None,
        last_check: None,
        active: true,
        version: 1,
    }
}

fn add(database: &TestDatabase, items: &[MediaItem]) {
    let items = items.to_vec();
    write(database.store(), move |tx| {
        items.iter().try_for_each(|item| tx.create_record(item, None, &entry("media_item.created")))
    });
}

/// The names and versions of what is found, page by page.
fn found(database: &TestDatabase, scope: &Scope, asked: &MediaItemAsked) -> Vec<String> {
    let directory = Directory::default();
    let eye = Eye { scope, reader: id(), directory: &directory };
    let (mut all, mut after) = (Vec::new(), None);
    loop {
        let page = database.store().read_blocking(|tx| MediaItem::list(tx, asked, &eye, after.as_ref(), 2)).unwrap();
        assert!(page.items.len() <= 2);
        all.extend(page.items.iter().map(|item| format!("{} {}", item.name, item.item_version)));
        after = page.next;
        if after.is_none() {
            return all;
        }
    }
}

#[test]
fn lists_records_by_facets_words_and_activity_page_by_page() {
    let database = TestDatabase::create().unwrap();
    let (one, other) = (stored_user(database.store(), "one").id, stored_user(database.store(), "other").id);
    let mut items = vec![
        item("core", "2.0", MediaKind::Application, one),
        item("core", "1.0", MediaKind::Application, other),
        item("Ｄａｔａ", "1.0", MediaKind::Data, one),
        item("array", "7", MediaKind::Hardware, one),
    ];
    items[3].active = false;
    add(&database, &items);
    let asked = |change: fn(&mut MediaItemAsked)| {
        let mut asked = MediaItemAsked::default();
        change(&mut asked);
        asked
    };
    let all = |asked: &MediaItemAsked| found(&database, &Scope::All, asked);
    assert_eq!(all(&MediaItemAsked::default()), ["array 7", "core 1.0", "core 2.0", "Ｄａｔａ 1.0"]);
    assert_eq!(all(&asked(|a| a.active = Some(true))), ["core 1.0", "core 2.0", "Ｄａｔａ 1.0"]);
    assert_eq!(all(&asked(|a| a.kind = Some(MediaKind::Application))), ["core 1.0", "core 2.0"]);
    assert_eq!(all(&asked(|a| a.q = Some("data".to_owned()))), ["Ｄａｔａ 1.0"], "in whatever width");
    assert_eq!(all(&asked(|a| a.q = Some("1.0 CORE".to_owned()))), ["core 1.0"], "all words, in any order");
    assert_eq!(all(&asked(|a| a.q = Some("c_re".to_owned()))), [""; 0], "an underscore is no wild card");
    let both = MediaItemAsked { custodian: Some(one), kind: Some(MediaKind::Application), ..MediaItemAsked::default() };
    assert_eq!(all(&both), ["core 2.0"]);
    // Nobody's customer owns media: an outsider sees none, whatever is asked.
    assert_eq!(found(&database, &Scope::Nothing, &MediaItemAsked::default()), [""; 0]);
    assert_eq!(found(&database, &Scope::Customers([id()].into()), &MediaItemAsked::default()), [""; 0]);

    let changed = MediaItem { kind: MediaKind::Platform, custodian: other, ..items[0].clone() };
    let expected = changed.clone().at_version(2);
    assert_eq!(write(database.store(), move |tx| tx.update_record(&changed, 1, None, &entry("media_item.updated"))), 2);
    assert_eq!(all(&both), [""; 0], "facets follow the record");
    assert_eq!(all(&asked(|a| a.kind = Some(MediaKind::Platform))), ["core 2.0"]);
    assert_eq!(database.store().read_blocking(|tx| tx.record(expected.id)).unwrap(), Some(expected));
}

#[test]
fn keeps_one_record_of_a_name_and_frees_it_with_the_record() {
    let database = TestDatabase::create().unwrap();
    let person = stored_user(database.store(), "one").id;
    let first = item("core", "2.0", MediaKind::Application, person);
    add(&database, std::slice::from_ref(&first));
    let twin = item("ＣＯＲＥ", "2.0", MediaKind::Application, person);
    let has = |name: &'static str, own| database.store().read_blocking(|tx| MediaItem::has_twin(tx, name, own)).unwrap();
    assert!(has("CORE 2.0", None) && !has("core 2.1", None) && !has("core 2.0", Some(first.id)));
    let again = twin.clone();
    let result = database.store().write_blocking(move |tx| tx.create_record(&again, None, &entry("x")));
    assert!(matches!(result, Err(StoreError::Duplicate { .. })), "{result:?}");
    let stale = database.store().write_blocking(move |tx| tx.delete_record::<MediaItem>(first.id, 7, &entry("x")));
    assert!(matches!(stale, Err(StoreError::Stale { current: Some(1) })), "{stale:?}");
    write(database.store(), move |tx| tx.delete_record::<MediaItem>(first.id, 1, &entry("media_item.deleted")));
    add(&database, &[twin]);
    assert_eq!(found(&database, &Scope::All, &MediaItemAsked::default()), ["ＣＯＲＥ 2.0"]);
}

#[test]
fn names_the_place_of_a_body_that_says_otherwise_than_its_columns() {
    let database = TestDatabase::create().unwrap();
    let person = stored_user(database.store(), "one").id;
    let one = item("core", "2.0", MediaKind::Application, person);
    add(&database, std::slice::from_ref(&one));
    let no = if database.store().backend() == fabu_store::Backend::Postgres { "false" } else { "0" };
    database.execute(&format!("UPDATE register_records SET active = {no}")).unwrap();
    let error = database.store().read_blocking(|tx| tx.record::<MediaItem>(one.id)).unwrap_err();
    let StoreError::Corrupt { table, row, column, .. } = error else { panic!("{error}") };
    assert_eq!((table.as_str(), row, column.as_str()), ("register_records", one.id.to_string(), "body"));
}
