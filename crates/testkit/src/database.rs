//! A database for one test: nobody else sees it, and it is gone afterwards.
//!
//! `FABU_TEST_DATABASE` says which engine: `sqlite`, the default, or `postgres`, on the server `FABU_TEST_POSTGRES`.
//! `cargo xtask test` runs the tests once with each.

use crate::postgres::Server;
use tempfile::TempDir;

/// Which database engine the test runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// A file in a temporary folder.
    Sqlite,
    /// A database on the server of the test run.
    Postgres,
}

impl Engine {
    /// The engine that `FABU_TEST_DATABASE` names.
    ///
    /// # Panics
    /// When it names neither `sqlite` nor `postgres`.
    #[must_use]
    pub fn of_this_run() -> Self {
        match std::env::var("FABU_TEST_DATABASE").as_deref() {
            Err(_) | Ok("sqlite") => Self::Sqlite,
            Ok("postgres") => Self::Postgres,
            Ok(other) => panic!("FABU_TEST_DATABASE is `{other}`; it must be `sqlite` or `postgres`"),
        }
    }
}

/// A database of one's own; dropping the value removes it, also while connections are still open.
#[derive(Debug)]
pub struct TestDatabase {
    url: String,
    place: Place,
}

#[derive(Debug)]
enum Place {
    Sqlite { _folder: TempDir },
    Postgres { server: Server, name: String },
}

impl TestDatabase {
    /// An empty database, without tables.
    ///
    /// # Panics
    /// When it cannot be made: a test without its database has failed.
    #[must_use]
    pub fn create() -> Self {
        match Engine::of_this_run() {
            Engine::Sqlite => Self::in_a_file(),
            Engine::Postgres => Self::on(Server::of_this_run(), Server::create),
        }
    }

    /// A database with all tables. `migrate` gets a URL and brings the database there up to date; on PostgreSQL it is
    /// called once for all tests, and the result copied, because a copy is quicker than the migrations.
    ///
    /// # Panics
    /// As [`TestDatabase::create`].
    #[must_use]
    pub fn create_migrated(migrate: impl FnOnce(&str)) -> Self {
        match Engine::of_this_run() {
            Engine::Sqlite => {
                let database = Self::in_a_file();
                migrate(&database.url);
                database
            }
            Engine::Postgres => Self::on(Server::of_this_run(), |server| {
                server.create_from(&crate::postgres::template_of_the_migrations(), migrate)
            }),
        }
    }

    /// What a store is opened with: `sqlite:///…/fabu.sqlite` or `postgres://…`.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The engine behind it.
    #[must_use]
    pub fn engine(&self) -> Engine {
        match self.place {
            Place::Sqlite { .. } => Engine::Sqlite,
            Place::Postgres { .. } => Engine::Postgres,
        }
    }

    fn in_a_file() -> Self {
        let folder = tempfile::Builder::new().prefix("fabu-test-").tempdir();
        let folder = folder.unwrap_or_else(|error| panic!("cannot make a temporary folder: {error}"));
        Self {
            url: format!("sqlite://{}", folder.path().join("fabu.sqlite").display()),
            place: Place::Sqlite { _folder: folder },
        }
    }

    fn on(server: Server, create: impl FnOnce(&Server) -> String) -> Self {
        let name = create(&server);
        Self { url: server.url_of(&name), place: Place::Postgres { server, name } }
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        if let Place::Postgres { server, name } = &self.place {
            server.drop_database(name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    fn file_of(database: &TestDatabase) -> PathBuf {
        PathBuf::from(database.url().strip_prefix("sqlite://").unwrap())
    }

    #[test]
    fn two_tests_never_share_a_database() {
        let (one, other) = (TestDatabase::create(), TestDatabase::create());
        assert_ne!(one.url(), other.url());
        if let (Place::Postgres { server, name }, Place::Postgres { name: other, .. }) = (&one.place, &other.place) {
            server.execute(name, "CREATE TABLE only_here (id integer)");
            assert_eq!(server.query(name, "SELECT to_regclass('only_here') IS NULL"), "f");
            assert_eq!(server.query(other, "SELECT to_regclass('only_here') IS NULL"), "t");
        }
    }

    #[test]
    fn a_dropped_database_is_gone() {
        let database = TestDatabase::create();
        match &database.place {
            Place::Sqlite { .. } => {
                let file = file_of(&database);
                std::fs::write(&file, "content").unwrap();
                drop(database);
                assert!(!file.exists());
            }
            Place::Postgres { server, name } => {
                let (server, count) = (server.clone(), format!("SELECT count(*) FROM pg_database WHERE datname = '{name}'"));
                assert_eq!(server.query("postgres", &count), "1");
                drop(database);
                assert_eq!(server.query("postgres", &count), "0");
            }
        }
    }

    #[test]
    fn the_tables_are_made_before_the_test_gets_the_database() {
        let made = |database: &TestDatabase| match &database.place {
            Place::Sqlite { .. } => std::fs::read_to_string(file_of(database)).is_ok_and(|text| text == "tables"),
            Place::Postgres { server, name } => server.query(name, "SELECT to_regclass('made_once') IS NULL") == "f",
        };
        match Engine::of_this_run() {
            Engine::Sqlite => {
                let write = |url: &str| std::fs::write(url.strip_prefix("sqlite://").unwrap(), "tables").unwrap();
                assert!(made(&TestDatabase::create_migrated(write)));
            }
            Engine::Postgres => {
                let mut calls = 0;
                let mut create = || {
                    TestDatabase::on(Server::of_this_run(), |server| {
                        server.create_from("fabu_template_of_a_test", |url| {
                            calls += 1;
                            let (_, name) = url.rsplit_once('/').unwrap();
                            server.execute(name, "CREATE TABLE made_once (id integer)");
                        })
                    })
                };
                let (first, second) = (create(), create());
                assert!(made(&first) && made(&second));
                assert_eq!(calls, 1, "the second database must be a copy");
                first_server(&first).drop_database("fabu_template_of_a_test");
            }
        }
    }

    fn first_server(database: &TestDatabase) -> &Server {
        match &database.place {
            Place::Postgres { server, .. } => server,
            Place::Sqlite { .. } => panic!("not on PostgreSQL"),
        }
    }
}
