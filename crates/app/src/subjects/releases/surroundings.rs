//! What there is around the window of a release, as of one transaction.

use crate::AppError;
use chrono::{DateTime, Utc};
use fabu_domain::{
    ids::UserId,
    people::directory::Directory,
    subjects::release::{
        Dossier, Window,
        conflicts::{self, Conflict, Occasion, RELATED_STEPS, RelatedItem, Surroundings},
    },
};
use fabu_store::{Common, Reader};

/// What stands against the window of a release.
pub(super) fn conflicts_of(tx: &mut Reader<'_>, dossier: &Dossier, directory: &Directory) -> Result<Vec<Conflict>, AppError> {
    let Some(occasion) = Occasion::of(dossier) else { return Ok(Vec::new()) };
    around(tx, dossier, &occasion, occasion.window, directory, |around| conflicts::find(&occasion, around))
}

/// What stands against the window that a release waits for as it is in force; nothing once the window is over.
pub(super) fn conflicts_in_force(
    tx: &mut Reader<'_>,
    dossier: &Dossier,
    directory: &Directory,
    now: DateTime<Utc>,
) -> Result<Vec<Conflict>, AppError> {
    let Some(occasion) = Occasion::in_force(dossier).filter(|occasion| occasion.window.end > now) else { return Ok(Vec::new()) };
    around(tx, dossier, &occasion, occasion.window, directory, |around| conflicts::find(&occasion, around))
}

/// Looks at what there is around a release in a time.
pub(super) fn around<T>(
    tx: &mut Reader<'_>,
    dossier: &Dossier,
    occasion: &Occasion,
    time: Window,
    directory: &Directory,
    look: impl FnOnce(&Surroundings<'_>) -> T,
) -> Result<T, AppError> {
    let own: Vec<&str> = occasion.items.iter().map(String::as_str).collect();
    let related: Vec<RelatedItem> =
        tx.related_items(&own, RELATED_STEPS)?.into_iter().map(|related| RelatedItem { path: related.path }).collect();
    let near = related.iter().filter_map(|item| item.path.last()).cloned();
    let items: Vec<String> = occasion.items.iter().cloned().chain(near).collect();
    let people: Vec<UserId> = occasion.people.iter().map(|booking| booking.person).collect();
    let common = Common { objects: &occasion.objects, items: &items, people: &people };
    let others = tx.other_releases(dossier.release.id, time, common)?;
    let calendar = tx.freeze_calendar()?;
    Ok(look(&Surroundings { freezes: &calendar.freezes, others: &others, related: &related, directory }))
}
