//! A release kept by the store is the release that the core decided, after every command of every kind of journey.

use crate::support::{at, id};
use fabu_domain::{
    change::{Change, ChangeApproval, ChangeKind, ChangeState},
    ids::{EventId, UserId},
    log::LogEntry,
    release::Dossier,
    stage::{Stage, Verdict},
};
use fabu_scenario::World;
use fabu_store::{Store, StoreError, testing::TestDatabase};

/// Writes people, customer, objects and changes of the world, as the registers would.
fn settle(store: &Store, world: &World) {
    let world = world.clone();
    let result: Result<(), StoreError> = store.write_blocking(move |tx| {
        let directory = &world.surroundings.directory;
        crate::support::insert_directory(tx, directory)?;
        let by = *directory.users.keys().min().unwrap();
        for change in &world.dossier.changes {
            tx.insert_change(&approved(change, by, &world.dossier), &crate::support::entry("change.created"))?;
        }
        tx.insert_release(&world.dossier, &[crate::support::entry("release.created")])
    });
    result.unwrap();
}
