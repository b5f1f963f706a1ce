//! What PostgreSQL asks to run again is run again whole: the first try leaves nothing behind.

use fabu_app::database::{Backend, StoreError};
use fabu_domain::{notifications::delivery::JobStatus, people::role::Role, subjects::release::stage::Stage};
use fabu_testkit::{TestApp, Voyage};
use serde_json::json;
use std::collections::BTreeMap;

/// Now and then a statement that writes to the log fails as that of a transaction that lost against another one. A sequence is not
/// rolled back, so the next try gets further.
const PLANT: &str = "CREATE SEQUENCE planted;
    CREATE FUNCTION plant() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF nextval('planted') % 23 = 1 THEN RAISE EXCEPTION 'planted' USING ERRCODE = '40001'; END IF;
        RETURN NULL;
    END $$;
    CREATE TRIGGER planted BEFORE INSERT ON events FOR EACH STATEMENT EXECUTE FUNCTION plant()";

/// Fails unless the plant has struck often.
const STRUCK: &str = "DO $$ BEGIN IF (SELECT last_value FROM planted) < 100 THEN RAISE EXCEPTION 'not struck'; END IF; END $$";

/// What a release leaves behind: how many events of each kind, and how many jobs that tell people.
async fn traces(planted: bool) -> (BTreeMap<String, usize>, i64) {
    let app = TestApp::start().await;
    let company = app.company().await;
    let postgres = app.database().store().backend() == Backend::Postgres;
    if planted && postgres {
        app.database().execute(PLANT).unwrap();
    }
    let voyage = Voyage::begin(&app, &company).await;
    voyage.travel_to(Stage::ConfigurationUpdate).await;
    let auditor = company.of(Role::ReleaseAdministrator).again().await;
    for n in 0..4 {
        let _comment = auditor.post(&voyage.path("/comments"), json!({ "text": format!("意见 {n}") })).await.expect(201);
    }
    if planted && postgres {
        app.database().execute(STRUCK).unwrap();
        app.database().execute("DROP TRIGGER planted ON events").unwrap();
    }
    let jobs = app.app.store.read(|tx| tx.count_jobs("dispatch_events", JobStatus::Pending)).await;
    let mut kinds = BTreeMap::new();
    for (_, entry) in app.log_after(0).await {
        *kinds.entry(entry.kind).or_default() += 1;
    }
    (kinds, jobs.unwrap_or_else(|error: StoreError| panic!("{error}")))
}

#[tokio::test]
async fn a_release_whose_transactions_are_run_again_leaves_the_same_events_and_jobs_as_another() {
    let (calm, troubled) = (traces(false).await, traces(true).await);
    assert!(calm.0.len() > 20 && calm.1 > 10, "{calm:?}");
    assert_eq!(calm, troubled);
}
