//! A release kept by the store is the release that the core decided, after every command of every kind of journey.

use crate::support::{approved, at, entry, insert_directory, write};
use chrono::TimeDelta;
use fabu_domain::{
    ids::{ServiceObjectId, UserId},
    subjects::{
        release::{
            Dossier, Window,
            stage::{ReleaseKind, Stage, Verdict},
        },
        visibility::Scope,
    },
    time::quarter::Quarter,
};
use fabu_scenario::{Journey, Theme, World, cast::CASTS, world::Surroundings};
use fabu_store::{Common, ReleaseFilter, Store, StoreError, TaskFilter, testing::TestDatabase};
use std::cell::RefCell;

/// Every state that a journey goes through, beginning with the created release.
fn states(kind: ReleaseKind, verdict: Verdict, phased: bool) -> (World, Vec<Dossier>) {
    let around = Surroundings::example().unwrap();
    let start = around.now + TimeDelta::days(14);
    let theme = Theme::nth(1, start);
    let theme = if phased { theme.in_phases() } else { theme };
    let mut world = World::open(around, &CASTS[0], "核心系统补丁", kind).unwrap();
    let mut journey = Journey::new(world.cast.clone(), theme).ending(verdict);
    if kind == ReleaseKind::Emergency {
        journey = journey.in_an_emergency();
    }
    let seen = RefCell::new(Vec::new());
    let first = world.clone();
    world
        .travel(&journey, |dossier| {
            seen.borrow_mut().push(dossier.clone());
            false
        })
        .unwrap();
    assert_eq!(world.dossier.release.stage, Stage::Completed);
    (first, seen.into_inner())
}

fn keep_and_compare(kind: ReleaseKind, verdict: Verdict, phased: bool) -> (TestDatabase, Store, Dossier) {
    let (world, states) = states(kind, verdict, phased);
    let database = TestDatabase::create().unwrap();
    let store = database.store().clone();
    let by = world.cast.administrator;
    let (directory, first) = (world.around.directory.clone(), states[0].clone());
    write(&store, move |tx| {
        insert_directory(tx, &directory)?;
        for change in &first.changes {
            tx.insert_change(&approved(change, by), &entry("change.created"))?;
        }
        tx.insert_release(&first, &[entry("release.created")])
    });
    // A second handle has a cache of its own: what it reads comes from the rows.
    let other = database.open().unwrap();
    for pair in states.windows(2) {
        let (old, new) = (pair[0].clone(), pair[1].clone());
        let expected = new.clone();
        write(&store, move |tx| {
            let locked = tx.lock_release(old.release.id)?.unwrap();
            assert_eq!(*locked, old);
            tx.save_release(&old, &new, &[entry("release.stepped")])
        });
        let id = expected.release.id;
        let read = |store: &Store| store.read_blocking(|tx| tx.dossier(id)).map_err(|e: StoreError| e).unwrap().unwrap();
        assert_eq!(*read(&other), expected, "as the rows say");
        assert_eq!(*read(&store), expected, "as the cache says");
    }
    let last = states.last().unwrap().clone();
    (database, store, last)
}

#[test]
fn keeps_a_phased_release_through_every_step() {
    let (_database, store, last) = keep_and_compare(ReleaseKind::Minor, Verdict::Successful, true);
    let quarter = Quarter::of(last.release.verdict.as_ref().unwrap().mark.at);
    let (rows, listed) = store
        .read_blocking(|tx| {
            let filter = ReleaseFilter { scope: Scope::All, quarter: Some(quarter), ..ReleaseFilter::default() };
            Ok::<_, StoreError>((tx.kpi_rows(quarter, &Scope::All)?, tx.list_releases(&filter, None, 10)?))
        })
        .unwrap();
    assert_eq!(rows.iter().map(|r| (r.verdict, r.count)).collect::<Vec<_>>(), [(Verdict::Successful, 1)]);
    assert_eq!(listed.items.iter().map(|r| r.id).collect::<Vec<_>>(), [last.release.id]);
}

#[test]
fn keeps_a_rolled_back_release_through_every_step() {
    let (_database, store, last) = keep_and_compare(ReleaseKind::Major, Verdict::RolledBack, false);
    let open = TaskFilter { scope: Scope::All, open: Some(true), ..TaskFilter::default() };
    let listed = store.read_blocking(|tx| tx.list_tasks(&open, None, 100)).map_err(|e: StoreError| e).unwrap();
    let expected: Vec<_> = last.tasks.iter().filter(|t| t.is_open()).map(|t| t.id).collect();
    let mut listed: Vec<_> = listed.items.into_iter().map(|item| item.task.id).collect();
    listed.sort();
    assert_eq!(listed, {
        let mut e = expected;
        e.sort();
        e
    });
}

#[test]
fn keeps_an_emergency_release_through_every_step() {
    keep_and_compare(ReleaseKind::Emergency, Verdict::Successful, false);
}

#[test]
fn finds_releases_of_the_same_object_in_the_same_window() {
    let (world, states) = states(ReleaseKind::Minor, Verdict::Successful, false);
    let planned = states.iter().find(|d| d.release.stage == Stage::GoLivePlanning && d.release.window.is_some()).unwrap().clone();
    let database = TestDatabase::create().unwrap();
    let store = database.store().clone();
    let (directory, by, first) = (world.around.directory.clone(), world.cast.administrator, planned.clone());
    write(&store, move |tx| {
        insert_directory(tx, &directory)?;
        for change in &first.changes {
            tx.insert_change(&approved(change, by), &entry("change.created"))?;
        }
        tx.insert_release(&first, &[entry("release.created")])
    });
    let window = planned.release.window.unwrap();
    let other = fabu_domain::ids::ReleaseId(uuid::Uuid::nil());
    let found = |time: Window, id, common: (&[ServiceObjectId], &[String], &[UserId])| {
        let (objects, items, people) = (common.0.to_vec(), common.1.to_vec(), common.2.to_vec());
        let ask = move |tx: &mut fabu_store::Reader<'_>| {
            tx.other_releases(id, time, Common { objects: &objects, items: &items, people: &people })
        };
        store.read_blocking(ask).map_err(|e: StoreError| e).unwrap()
    };
    let (objects, items) = (planned.release.service_objects.clone(), vec![planned.configuration[0].item.clone()]);
    let by_object = found(window, other, (&objects, &[], &[]));
    assert_eq!(by_object.len(), 1);
    assert_eq!(
        (by_object[0].number.as_str(), by_object[0].window, by_object[0].is_firm),
        (planned.release.number.as_str(), window, false)
    );
    assert_eq!(by_object[0].objects, objects);
    assert_eq!(found(window, other, (&[], &["CI-OTHER".to_owned()], &[])), []);
    assert_eq!(found(window, planned.release.id, (&objects, &items, &[])), [], "not with itself");
    let after = Window { start: window.end, end: window.end + TimeDelta::hours(1) };
    assert_eq!(found(after, other, (&objects, &items, &[])), [], "the window is half open");
    assert_eq!(found(Window { start: at(0) - TimeDelta::days(9000), end: window.start }, other, (&objects, &[], &[])), []);
    // Its people and items are found once they are saved.
    let implementer = world.cast.implementer;
    let id = planned.release.id;
    let first = Dossier { documents: std::collections::BTreeMap::new(), configuration: Vec::new(), ..planned.clone() };
    write(&store, move |tx| {
        let _ = tx.lock_release(id)?;
        tx.save_release(&first, &planned, &[entry("release.commented")])
    });
    let upper = items[0].to_uppercase();
    assert_eq!(found(window, other, (&[], &[upper], &[])).len(), 1, "whatever the spelling");
    let booked = found(window, other, (&[], &[], &[implementer]));
    assert!(booked.len() == 1 && booked[0].people.iter().all(|booking| booking.person == implementer), "{booked:?}");
}
