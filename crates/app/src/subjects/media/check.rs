//! The check of the media library: is what lies at the place of a medium still what was checked in (9.2a)? Only files are looked at;
//! addresses and shelves are for people.

use super::describe;
use crate::{App, AppError, Caller, Cx};
use fabu_domain::subjects::registers::{
    Register,
    media_item::{CheckOutcome, MediaCheck, MediaItem, PlaceKind},
};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use sm3::Sm3;
use std::{
    io::{ErrorKind, Read},
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

/// Media whose results are written at once.
const BATCH: usize = 50;
/// Bytes of a file that are in memory at a time.
const PIECE: usize = 256 * 1024;

/// What a check found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MediaFindings {
    /// Media whose file is the one that was checked in.
    pub same: usize,
    /// What is another file or is gone: name and version, place, and what is wrong, in English.
    pub differing: Vec<String>,
    /// Places that this machine does not reach.
    pub unreachable: Vec<String>,
    /// Media that are kept at an address or on a shelf.
    pub elsewhere: usize,
    /// Media for which no time was left; the next check begins with them.
    pub left: usize,
}

/// What was seen at the place of a medium.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Look {
    outcome: CheckOutcome,
    found: Option<String>,
}

impl App {
    /// Hashes every active medium that is kept in a file this machine reaches, those first that were not looked at for longest, and
    /// keeps the result with each. What differs or is gone is logged, and the configuration administrators and the process owner
    /// are notified. Stops after `limit`.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub async fn check_media(&self, limit: Duration) -> Result<MediaFindings, AppError> {
        let deadline = Instant::now() + limit;
        let mut media: Vec<MediaItem> = self.store.read(|tx| tx.records().map_err(AppError::from)).await?;
        media.retain(|medium| medium.active);
        let all = media.len();
        media.retain(|medium| PlaceKind::of(medium.place.as_str()) == PlaceKind::Path);
        media.sort_by_key(|medium| medium.last_check.as_ref().map(|check| check.at));
        let mut findings = MediaFindings { elsewhere: all - media.len(), left: media.len(), ..MediaFindings::default() };
        let mut seen = Vec::new();
        for medium in media {
            let looking = medium.clone();
            let own = [self.settings.data_dir.clone(), self.settings.attachments_folder()];
            let look = tokio::task::spawn_blocking(move || look_at(&looking, &own, deadline)).await;
            let Some(look) = look.map_err(|error| AppError::Internal(format!("media are not checked: {error}")))? else { break };
            findings.count(&medium, &look);
            seen.push((medium, look));
            if seen.len() == BATCH {
                self.note_checks(std::mem::take(&mut seen)).await?;
            }
        }
        if !seen.is_empty() {
            self.note_checks(seen).await?;
        }
        Ok(findings)
    }

    async fn note_checks(&self, seen: Vec<(MediaItem, Look)>) -> Result<(), AppError> {
        let noted = self.write(&Caller::system("check_media"), move |cx| note(cx, &seen)).await;
        noted.map_err(|failure| failure.error)
    }
}

impl MediaFindings {
    /// True when nothing differs or is gone.
    #[must_use]
    pub fn sound(&self) -> bool {
        self.differing.is_empty()
    }

    fn count(&mut self, medium: &MediaItem, look: &Look) {
        self.left -= 1;
        let said = |what: &str| format!("{} {} ({}): {what}", medium.name, medium.item_version, medium.place);
        match look.outcome {
            CheckOutcome::Same => self.same += 1,
            CheckOutcome::Unreachable => self.unreachable.push(said("not reached from here")),
            CheckOutcome::Missing => self.differing.push(said("the file is gone")),
            CheckOutcome::Differs => {
                self.differing.push(said(&format!("found {}", look.found.as_deref().unwrap_or("another file"))));
            }
        }
    }
}

/// Keeps what was seen, unless the medium is another one by now.
fn note(cx: &mut Cx<'_, '_>, seen: &[(MediaItem, Look)]) -> Result<(), AppError> {
    let (mut noted, mut alarms) = (Vec::new(), Vec::new());
    for (looked_at, look) in seen {
        let Some(medium) = cx.tx.record::<MediaItem>(looked_at.id)? else { continue };
        let is_other = !medium.active || !medium.is_same_file(looked_at);
        if is_other {
            continue;
        }
        if matches!(look.outcome, CheckOutcome::Differs | CheckOutcome::Missing) {
            let payload = json!({
                "name": describe(&medium), "place": medium.place, "outcome": look.outcome, "sha256": medium.sha256, "found": look.found,
            });
            alarms.push(cx.entry("media_item.differs", MediaItem::subject(medium.id), payload));
        }
        let check = MediaCheck { at: cx.now, outcome: look.outcome };
        noted.push(MediaItem { last_check: Some(check), ..medium });
    }
    if noted.is_empty() {
        return Ok(());
    }
    let payload = json!({ "media": noted.len() });
    let checked = cx.entry("media_item.checked", MediaItem::DECLARED.path.to_owned(), payload);
    let entries: Vec<_> = std::iter::once(checked).chain(alarms.iter().cloned()).collect();
    cx.tx.update_records(&noted, &entries)?;
    alarms.iter().try_for_each(|alarm| cx.notify_concerned(alarm))
}

/// What lies at the place of a medium; none when the time is over. The folders of the instance itself are nobody's library: what a
/// keeper learned of a file in them by its hash would be the keys and the data of everybody.
fn look_at(medium: &MediaItem, own: &[PathBuf], deadline: Instant) -> Option<Look> {
    let place = Path::new(medium.place.as_str());
    let is = |outcome| Some(Look { outcome, found: None });
    let was_reached = medium.last_check.as_ref().is_some_and(|check| check.outcome != CheckOutcome::Unreachable);
    if is_inside(place, own) {
        return is(CheckOutcome::Unreachable);
    }
    match std::fs::metadata(place) {
        Ok(about) if about.is_file() => {}
        Err(error) if error.kind() == ErrorKind::NotFound && (was_reached || has_folder(place)) => {
            return is(CheckOutcome::Missing);
        }
        _ => return is(CheckOutcome::Unreachable),
    }
    let Ok((size, sha256, sm3)) = hashes_of(place, deadline)? else { return is(CheckOutcome::Unreachable) };
    let fits = sha256 == medium.sha256
        && medium.sm3.as_ref().is_none_or(|known| *known == sm3)
        && medium.size.is_none_or(|known| known == size);
    let outcome = if fits { CheckOutcome::Same } else { CheckOutcome::Differs };
    Some(Look { outcome, found: (!fits).then(|| format!("SHA-256 {sha256}, SM3 {sm3}, {size} B")) })
}

/// True for a place in one of these folders, by whatever links.
fn is_inside(place: &Path, folders: &[PathBuf]) -> bool {
    let real = |path: &Path| std::fs::canonicalize(path).ok();
    let place = real(place);
    folders.iter().filter_map(|folder| real(folder)).any(|folder| place.as_ref().is_some_and(|place| place.starts_with(folder)))
}

fn has_folder(place: &Path) -> bool {
    place.is_absolute() && place.parent().is_some_and(Path::is_dir)
}

/// Size and hashes of a file, in one pass; none when the time is over.
fn hashes_of(place: &Path, deadline: Instant) -> Option<std::io::Result<(u64, String, String)>> {
    let mut file = match std::fs::File::open(place) {
        Ok(file) => file,
        Err(error) => return Some(Err(error)),
    };
    let (mut sha256, mut sm3, mut size, mut piece) = (Sha256::new(), Sm3::new(), 0, vec![0; PIECE]);
    while Instant::now() < deadline {
        match file.read(&mut piece) {
            Ok(0) => return Some(Ok((size, hex::encode(sha256.finalize()), hex::encode(sm3.finalize())))),
            Ok(n) => {
                let read = piece.get(..n).unwrap_or_default();
                sha256.update(read);
                sm3.update(read);
                size += n as u64;
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Some(Err(error)),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folders_of_the_instance_are_no_library() {
        let (own, library) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let folders = [own.path().to_owned()];
        let [key, medium, link] = [own.path().join("secret.key"), library.path().join("a.tar"), library.path().join("link")];
        std::fs::write(&key, b"key").unwrap();
        std::fs::write(&medium, b"abc").unwrap();
        std::os::unix::fs::symlink(&key, &link).unwrap();
        assert_eq!([&key, &link, &medium].map(|place| is_inside(place, &folders)), [true, true, false]);
        assert!(!is_inside(&library.path().join("none"), &folders));
    }

    #[test]
    fn both_hashes_are_those_of_the_standards() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("abc");
        std::fs::write(&file, b"abc").unwrap();
        let later = Instant::now() + Duration::from_secs(60);
        let (size, sha256, sm3) = hashes_of(&file, later).unwrap().unwrap();
        assert_eq!(size, 3);
        // FIPS 180-4 and GB/T 32905-2016, example 1.
        assert_eq!(sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(sm3, "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
        assert!(hashes_of(&file, Instant::now()).is_none(), "no time is left");
        assert!(hashes_of(&folder.path().join("none"), later).unwrap().is_err());
    }
}
