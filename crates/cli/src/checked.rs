//! A database that is checked: opened so that nothing is written into it or beside it.

use crate::instance::Instance;
use anyhow::{Context, Result, bail};
use fabu_app::{
    App, AppError,
    database::{Store, StoreOptions},
    secrets::{Secret, random_bytes},
};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// An open database that nobody writes to through this program.
pub struct Checked {
    /// To read from.
    pub store: Store,
    /// Where it is, and what lies beside it.
    pub about: String,
    /// The file of SQLite when it is read as one that nobody has open.
    pub file: Option<PathBuf>,
    /// Holds the copy that is read instead of the original.
    pub _copy: Option<TempDir>,
}

/// The write-ahead log beside a database file.
fn wal_of(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push("-wal");
    name.into()
}

fn length(file: &Path) -> u64 {
    std::fs::metadata(file).map_or(0, |about| about.len())
}

/// True when neither the file nor its folder is meant to be written to.
fn is_read_only(file: &Path) -> Result<bool> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Ok(std::fs::metadata(file)?.permissions().readonly() || std::fs::metadata(folder)?.permissions().readonly())
}

impl Checked {
    /// Opens a file of SQLite.
    ///
    /// # Errors
    /// When there is none, or it cannot be read.
    pub fn sqlite(file: &Path, options: &StoreOptions) -> Result<Self> {
        if !file.is_file() {
            bail!("there is no database {}: name the folder with --data-dir", file.display());
        }
        let (shown, wal) = (file.display(), wal_of(file));
        let written = length(&wal);
        let open = |file: &Path, frozen: bool| {
            let options = StoreOptions { url: file.display().to_string(), ..options.clone() };
            Store::open_read_only(&options, frozen).with_context(|| format!("cannot open the database {shown}"))
        };
        if written == 0 {
            let about = format!("{shown}, no write-ahead log beside it: whole unless it was copied from a running instance");
            return Ok(Self { store: open(file, true)?, about, file: Some(file.to_owned()), _copy: None });
        }
        let about = format!("{shown}, with its write-ahead log of {written} bytes");
        if !is_read_only(file)? {
            return Ok(Self { store: open(file, false)?, about, file: None, _copy: None });
        }
        // To read the write-ahead log SQLite must write beside it.
        let copy = TempDir::new().context("cannot make a folder for a copy of the database")?;
        let copied = copy.path().join("fabu.sqlite");
        for (from, to) in [(file, copied.clone()), (wal.as_path(), wal_of(&copied))] {
            let bytes = std::fs::File::open(from).and_then(|mut from| std::io::copy(&mut from, &mut std::fs::File::create(to)?));
            bytes.with_context(|| format!("cannot copy {}", from.display()))?;
        }
        Ok(Self { store: open(&copied, false)?, about, file: None, _copy: Some(copy) })
    }

    /// What was read is worth nothing when somebody began to write to the file meanwhile.
    ///
    /// # Errors
    /// When somebody did.
    pub fn refuse_opened_meanwhile(&self) -> Result<()> {
        match &self.file {
            Some(file) if length(&wal_of(file)) > 0 => bail!("{} was opened during the check: check again", file.display()),
            _ => Ok(()),
        }
    }
}

impl Instance {
    /// The application over a database that is checked.
    ///
    /// # Errors
    /// When it is none of this program, or of another version.
    pub async fn to_check(&self, checked: &Checked) -> Result<App> {
        let lacking = checked.store.read(|tx| tx.lacking_migrations().map_err(AppError::from)).await;
        let lacking = lacking.with_context(|| format!("cannot use the database {}", self.describe()))?;
        if lacking > 0 {
            bail!("the database {} lacks {lacking} migrations: run `fabu migrate` first", self.describe());
        }
        // A check signs nothing: its key is thrown away with it.
        let keys = vec![Secret::new(random_bytes().to_vec())];
        Ok(self.assemble(checked.store.clone(), "http://127.0.0.1".parse().context("an address")?, keys))
    }
}
