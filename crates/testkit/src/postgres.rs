//! Making and removing databases on a PostgreSQL server, with its own program `psql`: only the store speaks to a
//! database from Rust.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

/// SQLSTATE of "there is no such database".
const NO_SUCH_DATABASE: &str = "3D000";
/// SQLSTATE of "there is such a database already".
const DATABASE_EXISTS: &str = "42P04";

/// A server on which this process may create databases.
#[derive(Debug, Clone)]
pub struct Server {
    /// `postgres://role:password@host:port`, without the name of a database.
    base: String,
    psql: PathBuf,
}

impl Server {
    /// The server that `FABU_TEST_POSTGRES` names.
    ///
    /// # Panics
    /// When it names none: a test run that asks for PostgreSQL and has none is a failed one, not a skipped one.
    pub fn of_this_run() -> Self {
        let Ok(url) = std::env::var("FABU_TEST_POSTGRES") else {
            panic!("FABU_TEST_POSTGRES must name a server; `cargo xtask postgres PROGRAM…` runs a program with one");
        };
        let (base, _database) = url.rsplit_once('/').filter(|(base, _)| base.contains("//")).unwrap_or((&url, ""));
        let psql = std::env::var_os("FABU_TEST_PSQL").map_or_else(|| "psql".into(), PathBuf::from);
        Self { base: base.to_owned(), psql }
    }

    /// Where the database `name` is opened.
    pub fn url_of(&self, name: &str) -> String {
        format!("{}/{name}", self.base)
    }

    /// Makes an empty database; answers its name.
    pub fn create(&self) -> String {
        let name = unique("fabu_test");
        self.execute("postgres", &format!("CREATE DATABASE {name} TEMPLATE template0"));
        name
    }

    /// Makes a copy of the database `template`; answers its name. When there is no such template yet, one is made with
    /// `fill`. Several processes may do so at once: each fills a database of its own, and the first to give it the name
    /// of the template wins.
    pub fn create_from(&self, template: &str, fill: impl FnOnce(&str)) -> String {
        let name = unique("fabu_test");
        let copy = format!("CREATE DATABASE {name} TEMPLATE {template}");
        match self.psql("postgres", &[&copy]) {
            Ok(_) => return name,
            Err(error) if error.contains(NO_SUCH_DATABASE) => {}
            Err(error) => panic!("{copy}: {error}"),
        }
        let draft = unique("fabu_draft");
        self.execute("postgres", &format!("CREATE DATABASE {draft} TEMPLATE template0"));
        fill(&self.url_of(&draft));
        let publish = [
            // Nobody may be connected to a database that is renamed or copied.
            &format!("ALTER DATABASE {draft} ALLOW_CONNECTIONS false"),
            &format!("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '{draft}'"),
            &format!("ALTER DATABASE {draft} RENAME TO {template}"),
        ];
        match self.psql("postgres", &publish.map(String::as_str)) {
            Ok(_) => {}
            Err(error) if error.contains(DATABASE_EXISTS) => self.drop_database(&draft),
            Err(error) => panic!("cannot publish {template}: {error}"),
        }
        self.execute("postgres", &copy);
        name
    }

    /// Removes a database and ends the connections to it. A failure is told and not raised: the server of a test run
    /// is thrown away as a whole.
    pub fn drop_database(&self, name: &str) {
        if let Err(error) = self.psql("postgres", &[&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")]) {
            eprintln!("the database {name} stays behind: {error}");
        }
    }

    /// Runs one statement.
    ///
    /// # Panics
    /// When the server refuses it.
    pub fn execute(&self, database: &str, statement: &str) {
        if let Err(error) = self.psql(database, &[statement]) {
            panic!("{statement}: {error}");
        }
    }

    /// The one value that a query answers with.
    #[cfg(test)]
    pub fn query(&self, database: &str, query: &str) -> String {
        match self.psql(database, &[query]) {
            Ok(answer) => answer.trim().to_owned(),
            Err(error) => panic!("{query}: {error}"),
        }
    }

    /// Runs statements one by one, each in a transaction of its own; an error names the SQLSTATE.
    fn psql(&self, database: &str, statements: &[&str]) -> Result<String, String> {
        let mut command = Command::new(&self.psql);
        command.args(["--no-psqlrc", "--quiet", "--tuples-only", "--no-align"]);
        command.args(["--set", "ON_ERROR_STOP=1", "--set", "VERBOSITY=sqlstate"]);
        for statement in statements {
            command.args(["--command", statement]);
        }
        command.args(["--dbname", &self.url_of(database)]).env("PGCONNECT_TIMEOUT", "10").stdin(Stdio::null());
        let output = command.output().map_err(|error| format!("cannot start {}: {error}", self.psql.display()))?;
        if output.status.success() {
            Ok(String::from_utf8_lossy(&output.stdout).into_owned())
        } else {
            Err(String::from_utf8_lossy(&output.stderr).trim().to_owned())
        }
    }
}

/// The template that belongs to the migrations as they are now: another migration, another template.
pub fn template_of_the_migrations() -> String {
    let mut hasher = DefaultHasher::new();
    hash_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../migrations/postgres"), &mut hasher);
    format!("fabu_template_{:016x}", hasher.finish())
}

fn hash_folder(folder: &Path, hasher: &mut DefaultHasher) {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    entries.sort();
    for path in entries {
        path.file_name().hash(hasher);
        if path.is_dir() {
            hash_folder(&path, hasher);
        } else {
            std::fs::read(&path).unwrap_or_default().hash(hasher);
        }
    }
}

/// A name that no other test uses: the process and a count.
fn unique(prefix: &str) -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    format!("{prefix}_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed))
}
