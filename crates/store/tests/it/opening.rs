//! Which databases are opened, and over which connections.

use fabu_store::{
    Backend, Store, StoreError, StoreOptions,
    testing::{TestDatabase, make_sqlite, migrated},
};
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, KeyPair};

/// The message with which a database is refused.
fn refused(url: &str) -> String {
    match Store::open(&StoreOptions::new(url)) {
        Ok(_) => panic!("{url} was opened"),
        Err(StoreError::Setup(text) | StoreError::Unavailable(text)) => text,
        Err(other) => panic!("{url}: {other}"),
    }
}

/// A database of another encoding would migrate and fail at the first Chinese name: it is refused at the start.
#[test]
fn refuses_a_database_that_is_not_utf_8() {
    let database = TestDatabase::empty().unwrap();
    match database.store().backend() {
        Backend::Sqlite => {
            let folder = tempfile::tempdir().unwrap();
            let file = folder.path().join("fabu.sqlite");
            let file = file.display().to_string();
            make_sqlite(&file, "PRAGMA encoding='UTF-16le'; CREATE TABLE t (a TEXT);").unwrap();
            let text = refused(&file);
            assert!(text.contains("UTF-16le") && text.contains("UTF-8"), "{text}");
        }
        Backend::Postgres => {
            let (server, name) = database.url().rsplit_once('/').unwrap();
            let other = format!("{name}_ascii");
            database.execute(&format!("CREATE DATABASE {other} ENCODING 'SQL_ASCII' LOCALE 'C' TEMPLATE template0")).unwrap();
            let text = refused(&format!("{server}/{other}"));
            database.execute(&format!("DROP DATABASE {other} WITH (FORCE)")).unwrap();
            assert!(text.contains("SQL_ASCII") && text.contains("CREATE DATABASE fabu ENCODING 'UTF8'"), "{text}");
        }
    }
}

/// With `sslmode=verify-full` the certificate must come from the company's own authority and name the host. The server of
/// the tests has one for `localhost`.
#[test]
fn postgres_is_reached_by_tls_only_with_the_right_authority_and_name() {
    let database = TestDatabase::empty().unwrap();
    if database.store().backend() == Backend::Sqlite {
        return;
    }
    let authority = std::env::var("FABU_TEST_POSTGRES_AUTHORITY").expect("set by `cargo xtask postgres`");
    let named = database.url().replace("@127.0.0.1:", "@localhost:");
    assert_ne!(named, database.url());
    let folder = tempfile::tempdir().unwrap();
    let foreign = folder.path().join("foreign.pem");
    std::fs::write(&foreign, foreign_authority()).unwrap();

    let store = Store::open(&StoreOptions::new(format!("{named}?sslmode=verify-full&sslrootcert={authority}"))).unwrap();
    assert!(store.migrate(&migrated).unwrap() > 0);
    let foreign = foreign.display();
    let text = refused(&format!("{named}?sslmode=verify-full&sslrootcert={foreign}"));
    assert!(text.contains("certificate verify failed"), "{text}");
    let text = refused(&format!("{named}?sslmode=verify-ca&sslrootcert={foreign}"));
    assert!(text.contains("certificate verify failed"), "{text}");
    let text = refused(&format!("{}?sslmode=verify-full&sslrootcert={authority}", database.url()));
    assert!(text.contains("does not match host name"), "{text}");
}

/// The certificate of an authority that signed nothing here.
fn foreign_authority() -> String {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.distinguished_name.push(DnType::CommonName, "another authority");
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.self_signed(&KeyPair::generate().unwrap()).unwrap().pem()
}
