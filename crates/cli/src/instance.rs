//! Which instance a command works on: its data directory and its database.

use crate::checked::Checked;
use anyhow::{Context, Result, bail};
use clap::Args;
use fabu_app::{
    App, BaseUrl, Settings,
    database::{Store, StoreOptions},
    secrets::{Secret, random_bytes},
};
use fabu_domain::{ids::TimeOrderedIds, time::clock::SystemClock};
use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

/// The name of the SQLite database in the data directory.
const SQLITE: &str = "fabu.sqlite";

/// How long a command at the terminal waits for its turn to write.
const PATIENCE: Duration = Duration::from_secs(60);

/// Where an instance keeps what it knows.
#[derive(Args, Clone)]
pub struct Instance {
    /// The folder of the database, the files and the secret key
    #[arg(long, env = "FABU_DATA_DIR", value_name = "DIR", default_value = "data")]
    pub data_dir: PathBuf,
    /// A PostgreSQL database instead of SQLite in the data directory: postgres://user:password@host/name
    #[arg(long, env = "DATABASE_URL", value_name = "URL", hide_env_values = true)]
    pub database: Option<String>,
    /// The folder of uploaded files, the same for every process of the instance: on several machines a shared one [default:
    /// attachments in the data directory]
    #[arg(long, env = "FABU_ATTACHMENTS", value_name = "DIR")]
    pub attachments: Option<PathBuf>,
}

impl Instance {
    fn url(&self) -> String {
        let in_folder = || self.data_dir.join(SQLITE).display().to_string();
        self.database.clone().filter(|url| !url.is_empty()).unwrap_or_else(in_folder)
    }

    /// The database as people may see it: without the password.
    pub fn describe(&self) -> String {
        let url = self.url();
        match (url.split_once("://"), url.rsplit_once('@')) {
            (Some((scheme, _)), Some((_, place))) if scheme != "sqlite" => format!("{scheme}://…@{place}"),
            _ => url.trim_start_matches("sqlite://").to_owned(),
        }
    }

    /// True when the database is a file in the data directory.
    pub fn in_folder(&self) -> bool {
        self.database.as_ref().is_none_or(String::is_empty)
    }

    /// True when there is a database, as far as can be told without opening it.
    pub fn exists(&self) -> bool {
        !self.in_folder() || self.data_dir.join(SQLITE).is_file()
    }

    /// Opens the database, making the data directory when it is not there.
    ///
    /// # Errors
    /// When the folder cannot be made or the database cannot be used.
    pub fn create_or_open(&self, wait: Option<Duration>) -> Result<Store> {
        keep_private(&self.data_dir);
        make_private_folder(&self.data_dir).with_context(|| {
            format!("cannot make the data directory {}: choose another one with --data-dir", self.data_dir.display())
        })?;
        let mut options = StoreOptions::new(self.url());
        options.wait = wait.unwrap_or(options.wait);
        Store::open(&options).with_context(|| format!("cannot open the database {}", self.describe()))
    }

    /// Opens a database that exists, for a command at the terminal.
    ///
    /// # Errors
    /// When there is none.
    pub fn open(&self) -> Result<Store> {
        let url = self.url();
        let is_file = !url.starts_with("postgres://") && !url.starts_with("postgresql://");
        let file = url.trim_start_matches("sqlite://");
        if is_file && !Path::new(file).is_file() {
            bail!(
                "there is no database {file}: name the folder with --data-dir, or make one with `fabu serve` or `fabu migrate`"
            );
        }
        self.create_or_open(Some(PATIENCE))
    }

    /// Opens an instance whose database is of this program's version, for a command at the terminal.
    ///
    /// # Errors
    /// When there is none, or it must be migrated first.
    pub fn app(&self) -> Result<App> {
        let store = self.open()?;
        let pending = store.pending_migrations().with_context(|| format!("cannot use the database {}", self.describe()))?;
        if pending > 0 {
            bail!("the database {} lacks {pending} migrations: run `fabu migrate` first", self.describe());
        }
        // A command signs nothing: its key is thrown away with it.
        let keys = vec![Secret::new(random_bytes().to_vec())];
        Ok(self.assemble(store, BaseUrl::listening(([127, 0, 0, 1], 80).into()), keys))
    }

    /// Opens an instance to check it: nothing is written, neither into the database nor beside it.
    ///
    /// # Errors
    /// When there is none, or it must be migrated first.
    pub fn open_to_check(&self) -> Result<Checked> {
        let url = self.url();
        let options = StoreOptions { wait: PATIENCE, ..StoreOptions::new(&url) };
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            let store = Store::open_read_only(&options, false);
            let store = store.with_context(|| format!("cannot open the database {}", self.describe()))?;
            return Ok(Checked { store, about: self.describe(), file: None, _copy: None });
        }
        Checked::sqlite(Path::new(url.trim_start_matches("sqlite://")), &options)
    }

    /// Puts the application together.
    pub fn assemble(&self, store: Store, base_url: BaseUrl, keys: Vec<Secret<Vec<u8>>>) -> App {
        let usual = Settings::new(base_url, &self.data_dir, Vec::new());
        let settings = Settings { signing_keys: keys, attachments: self.attachments.clone(), ..usual };
        App::new(store, Arc::new(SystemClock), Arc::new(TimeOrderedIds), settings)
    }
}

/// What this process makes can be read by its own account only: the database, the files, the mails, the keys. What an earlier
/// version left open to others in the data directory is closed.
fn keep_private(data_dir: &Path) {
    #[cfg(unix)]
    {
        rustix::process::umask(rustix::fs::Mode::from_bits_truncate(0o077));
        for name in [SQLITE, "fabu.sqlite-wal", "fabu.sqlite-shm", "attachments", "mail"] {
            let path = data_dir.join(name);
            let Ok(about) = std::fs::metadata(&path) else { continue };
            let mode = std::os::unix::fs::PermissionsExt::mode(&about.permissions());
            let private = std::os::unix::fs::PermissionsExt::from_mode(mode & 0o700);
            if mode & 0o077 != 0
                && let Err(error) = std::fs::set_permissions(&path, private)
            {
                tracing::warn!(file = %path.display(), %error, "it can be read by others, and that cannot be changed");
            }
        }
    }
}

/// Makes a folder that only its owner can look into; one that exists stays as it is.
fn make_private_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_no_password() {
        let instance = |url: &str| Instance { data_dir: "data".into(), database: Some(url.to_owned()), attachments: None };
        assert_eq!(instance("postgres://fabu:p@ss@db.example.com/fabu").describe(), "postgres://…@db.example.com/fabu");
        assert_eq!(instance("sqlite:///srv/fabu.sqlite").describe(), "/srv/fabu.sqlite");
        assert_eq!(instance("").describe(), "data/fabu.sqlite");
    }
}
