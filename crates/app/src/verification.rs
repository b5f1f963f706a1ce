//! Checking the whole instance: the log against its seals, every record against the log, every file against its record.

use crate::{
    App, AppError, Caller,
    file_folder::MARKER,
    subjects::releases::attachments::{INCOMING, path},
};
use chrono::{DateTime, TimeDelta, Utc};
use fabu_domain::{
    ids::{IdSource, ReleaseId},
    time::clock::Clock,
};
use fabu_store::{Attachment, Coverage, MediaFile, Reader, RecordCheck, RecordFault, Seal, Store, Verification};
use serde_json::json;
use sha2::{Digest, Sha256};
use std::{
    collections::HashSet,
    io::Read as _,
    path::{Path, PathBuf},
};
use uuid::Uuid;

/// Releases that are checked between two signs of progress; attachments that are read at once.
const BATCH: usize = 200;

/// Bytes of a file that are hashed at once.
const BLOCK: usize = 64 * 1024;

/// How long an upload may lie on disk before its row is written.
const UPLOAD: TimeDelta = TimeDelta::minutes(1);

/// What a check of everything found.
#[derive(Debug, Clone)]
pub struct Findings {
    /// The log and its seals.
    pub log: Verification,
    /// The releases and their documents.
    pub records: RecordCheck,
    /// The rows that were compared with the log.
    pub coverage: Coverage,
    /// Files that were read and hashed.
    pub files: usize,
    /// Everything that is wrong besides the log.
    pub faults: Vec<RecordFault>,
}

impl Findings {
    /// True when nothing is wrong.
    #[must_use]
    pub const fn sound(&self) -> bool {
        self.log.first_bad.is_none() && self.faults.is_empty()
    }
}

/// How far a check has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// Releases whose columns and documents were checked.
    Releases(usize),
    /// Rows that were compared with the log.
    Rows(u64),
    /// Files that were hashed.
    Files(usize),
}

/// What was done to bring a database up to this program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BroughtUp {
    /// Migrations applied.
    pub applied: usize,
    /// Rows taken over, as they are, from a program whose log held no digests; none when there was nothing to take over.
    pub adopted: Option<u64>,
}

/// Applies the pending migrations, all or none, and takes the records over into the log when it holds no digests of them yet.
///
/// # Errors
/// [`AppError::Store`]; when the database was made by a newer program.
pub fn bring_up(store: &Store, clock: &'static dyn Clock, ids: &'static dyn IdSource) -> Result<BroughtUp, AppError> {
    let entry = move |caller: &'static str, kind: &str, table: &str, rows: usize| {
        let payload = json!({ "table": table, "rows": rows });
        Caller::system(caller).entry(ids.next(), clock.now(), kind, "log/records".to_owned(), payload)
    };
    let applied = store.migrate(&|table, rows| entry("migrate", "log.records_migrated", table, rows))?;
    let adopted = store.write_blocking(move |tx| {
        let adopt = |table: &'static str, rows| entry("adopt_records", "log.records_adopted", table, rows);
        Ok::<_, AppError>(tx.adopt_records(adopt)?)
    })?;
    Ok(BroughtUp { applied, adopted })
}

impl App {
    /// Checks the log against its seals and against seals kept outside, every record against the log, its columns and the
    /// hashes of its documents, all in one snapshot, and every file against its record.
    ///
    /// # Errors
    /// [`AppError::Store`] when the database cannot be read at all; [`AppError::Internal`] when the folder of the files
    /// cannot be read.
    pub async fn verify(
        &self,
        kept: Vec<Seal>,
        progress: impl Fn(Progress) + Clone + Send + 'static,
    ) -> Result<Findings, AppError> {
        let told = progress.clone();
        let checked = self.store.read(move |tx| {
            let findings = check_database(tx, &kept, told)?;
            Ok::<_, AppError>((findings, kept_files(tx)?))
        });
        let (mut findings, kept) = checked.await?;
        let (folder, now) = (self.settings.attachments_folder(), self.clock.now());
        let checked = tokio::task::spawn_blocking(move || {
            let mut faults = Vec::new();
            let files = check_files(&folder, &kept, &mut faults, |files| progress(Progress::Files(files)));
            faults.extend(surplus(&folder, &kept, now)?);
            Ok::<_, std::io::Error>((files, faults))
        });
        let checked = checked.await.map_err(std::io::Error::other).and_then(|result| result);
        let (files, mut faults) = checked.map_err(|error| AppError::Internal(format!("the files cannot be read: {error}")))?;
        findings.files = files;
        findings.faults.append(&mut faults);
        Ok(findings)
    }
}

/// Checks everything that is in the database, as one reader sees it.
///
/// # Errors
/// [`AppError::Store`] when the database cannot be read at all.
pub fn check_database(tx: &mut Reader<'_>, kept: &[Seal], progress: impl Fn(Progress)) -> Result<Findings, AppError> {
    let log = tx.verify(1, kept)?;
    let mut faults = Vec::new();
    tx.check_database(&mut faults)?;
    let coverage = tx.check_records(&mut faults, |rows| progress(Progress::Rows(rows)))?;
    let (mut records, mut after) = (RecordCheck::default(), None::<ReleaseId>);
    while let Some(last) = tx.check_releases(after, BATCH, &mut records)? {
        progress(Progress::Releases(records.releases));
        after = Some(last);
    }
    faults.append(&mut records.faults);
    if coverage.since.is_none() && log.events > 0 {
        let what = "holds no digests of records yet: start `fabu serve` or `fabu migrate` once".to_owned();
        faults.push(RecordFault { record: "log".to_owned(), what });
    }
    Ok(Findings { log, records, coverage, files: 0, faults })
}

/// A file that a record knows.
struct KeptFile {
    /// What people call it.
    record: String,
    storage_key: String,
    size: i64,
    sha256: String,
}

/// Every file of a release or a medium.
fn kept_files(tx: &mut Reader<'_>) -> Result<Vec<KeptFile>, AppError> {
    let mut all: Vec<(Attachment, String)> = Vec::new();
    while let Some(mut more) = tx.attachments_after(all.last().map(|(attachment, _)| attachment.id), BATCH)? {
        all.append(&mut more);
    }
    let of_release = |(attachment, number): (Attachment, String)| KeptFile {
        record: format!("release {number}, file {}", attachment.file_name),
        storage_key: attachment.storage_key,
        size: attachment.size,
        sha256: attachment.sha256,
    };
    let of_medium = |file: MediaFile| KeptFile {
        record: format!("media item {}, file {}", file.media_item_id, file.file_name),
        storage_key: file.storage_key,
        size: file.size,
        sha256: file.sha256,
    };
    Ok(all.into_iter().map(of_release).chain(tx.media_files()?.into_iter().map(of_medium)).collect())
}

/// Reads and hashes every file; their number.
fn check_files(folder: &Path, kept: &[KeptFile], faults: &mut Vec<RecordFault>, progress: impl Fn(usize)) -> usize {
    for (n, known) in kept.iter().enumerate() {
        let file = path(folder, &known.storage_key);
        let what = match hash(&file) {
            Ok((size, sha256)) if i64::try_from(size) == Ok(known.size) && sha256 == known.sha256 => None,
            Ok((size, _)) if i64::try_from(size) != Ok(known.size) => Some(format!("has {size} bytes instead of {}", known.size)),
            Ok(_) => Some("is not what was uploaded: its SHA-256 differs".to_owned()),
            Err(error) => Some(format!("cannot be read: {error}")),
        };
        if let Some(what) = what {
            faults.push(RecordFault { record: known.record.clone(), what: format!("{what} ({})", file.display()) });
        }
        progress(n + 1);
    }
    kept.len()
}

fn hash(file: &Path) -> std::io::Result<(u64, String)> {
    let mut file = std::fs::File::open(file)?;
    let (mut hasher, mut size, mut block) = (Sha256::new(), 0, vec![0; BLOCK]);
    loop {
        match file.read(&mut block)? {
            0 => return Ok((size, hex::encode(hasher.finalize()))),
            n => {
                size += n as u64;
                hasher.update(block.get(..n).unwrap_or_default());
            }
        }
    }
}

/// Files that belong to no attachment. What an upload has just written, or left in the middle, is none.
fn surplus(folder: &Path, kept: &[KeptFile], now: DateTime<Utc>) -> std::io::Result<Vec<RecordFault>> {
    let known: HashSet<PathBuf> = kept.iter().map(|known| path(folder, &known.storage_key)).collect();
    let mut faults = Vec::new();
    let aside = [folder.join(INCOMING), folder.join(MARKER)];
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = match std::fs::read_dir(&folder) {
            Ok(entries) => entries,
            // Nothing was ever uploaded.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
            Err(error) => return Err(error),
        };
        for entry in entries {
            let entry = entry?;
            if aside.contains(&entry.path()) {
                continue;
            }
            if entry.file_type()?.is_dir() {
                folders.push(entry.path());
            } else if !known.contains(&entry.path()) && !is_upload(&entry.path(), now) {
                let record = format!("file {}", entry.path().display());
                faults.push(RecordFault { record, what: "belongs to no attachment".to_owned() });
            }
        }
    }
    faults.sort_by(|a, b| a.record.cmp(&b.record));
    Ok(faults)
}

/// A file is named by an id that tells the time at which it was made.
fn is_upload(file: &Path, now: DateTime<Utc>) -> bool {
    let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let made = Uuid::try_parse(name).ok().and_then(|id| id.get_timestamp()).map(|at| at.to_unix());
    let made = made.and_then(|(seconds, _)| DateTime::from_timestamp(i64::try_from(seconds).ok()?, 0));
    made.is_some_and(|made| (now - made).abs() < UPLOAD)
}
