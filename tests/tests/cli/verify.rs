use crate::support::Instance;

const LEDGER: &str = "number,title,outcome,date\nA/1,one,ok,2024-03-05\nA/2,two,回退,2024-03-06\nA/3,three,ok,2024-03-07\n";

/// Three imported releases, all sealed, and a file with the last seal.
async fn sealed() -> (Instance, String) {
    let instance = Instance::empty();
    let server = instance.serve(&[]).await;
    drop(instance.run(&["import", "ledger", &instance.file("ledger.csv", LEDGER)]).await.ok());
    drop(server.stop("TERM").await.ok());
    let head = instance.file("head", "");
    let found = instance.run(&["verify", "--keep-head", &head]).await.ok();
    assert!(found.contains("4 events, 4 seals checked, 0 events wait"), "{found}");
    (instance, head)
}

/// Past the triggers that refuse it, as somebody with the database's own tools would.
fn tamper(instance: &Instance, sql: &str) {
    let postgres = instance.database().url().starts_with("postgres");
    let before = match postgres {
        true => "ALTER TABLE events DISABLE TRIGGER USER; ALTER TABLE seals DISABLE TRIGGER USER;",
        false => {
            "PRAGMA foreign_keys=OFF; DROP TRIGGER IF EXISTS events_refuse_update; DROP TRIGGER IF EXISTS events_refuse_delete; \
             DROP TRIGGER IF EXISTS seals_refuse_delete;"
        }
    };
    instance.database().execute(&format!("{before} {sql}")).unwrap();
}

async fn refused(instance: &Instance, arguments: &[&str]) -> String {
    let found = instance.run(&[&["verify"], arguments].concat()).await;
    assert_eq!(found.code, Some(1), "{}{}", found.out, found.err);
    assert!(found.out.contains("NOT in order"), "{}", found.out);
    found.out
}

#[tokio::test]
async fn finds_the_first_changed_event() {
    let (instance, _) = sealed().await;
    tamper(&instance, "UPDATE events SET subject = 'releases/other' WHERE id = (SELECT event_id FROM seals WHERE seq = 2)");
    let found = refused(&instance, &[]).await;
    assert!(found.contains("BAD at seal 2:"), "{found}");
}

#[tokio::test]
async fn finds_a_figure_that_was_changed_behind_the_record() {
    let (instance, _) = sealed().await;
    tamper(&instance, "UPDATE releases SET verdict = 'successful' WHERE number = 'HIST-A/2'");
    let found = refused(&instance, &[]).await;
    assert!(found.contains("BAD release HIST-A/2: the columns verdict differ"), "{found}");
}

#[tokio::test]
async fn finds_a_release_that_cannot_be_read() {
    let (instance, _) = sealed().await;
    tamper(&instance, "UPDATE releases SET body = '{}' WHERE number = 'HIST-A/3'");
    let found = refused(&instance, &[]).await;
    assert!(found.contains("BAD release HIST-A/3: unreadable row"), "{found}");
}

#[tokio::test]
async fn finds_a_cut_off_end_by_the_seal_kept_outside() {
    let (instance, head) = sealed().await;
    drop(instance.run(&["verify", "--head", &head]).await.ok());
    tamper(&instance, "DELETE FROM seals WHERE seq = 4; DELETE FROM events WHERE kind = 'ledger.imported'");
    drop(instance.run(&["verify"]).await.ok());
    let found = refused(&instance, &["--head", &head]).await;
    assert!(found.contains("seal 4 was kept outside"), "{found}");
    let nonsense = instance.file("nonsense", "4\n");
    assert!(instance.run(&["verify", "--head", &nonsense]).await.refused().contains("line 1"));
}
