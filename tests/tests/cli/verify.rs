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
    assert!(found.contains("5 events, 5 seals checked, 0 events wait"), "{found}");
    (instance, head)
}

/// Past the triggers that refuse it, as somebody with the database's own tools would.
fn tamper(instance: &Instance, sql: &str) {
    let postgres = instance.database().url().starts_with("postgres");
    let before = match postgres {
        true => {
            "ALTER TABLE events DISABLE TRIGGER USER; ALTER TABLE seals DISABLE TRIGGER USER; \
             ALTER TABLE event_records DISABLE TRIGGER USER;"
        }
        false => {
            "PRAGMA foreign_keys=OFF; DROP TRIGGER IF EXISTS events_refuse_update; DROP TRIGGER IF EXISTS events_refuse_delete; \
             DROP TRIGGER IF EXISTS seals_refuse_delete; DROP TRIGGER IF EXISTS event_records_refuse_delete;"
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
    // The entries of the third release and of the whole import, which are the last two.
    let cut = "DELETE FROM event_records WHERE event_id IN (SELECT event_id FROM seals WHERE seq >= 4); \
        DELETE FROM seals WHERE seq >= 4; DELETE FROM events WHERE id NOT IN (SELECT event_id FROM seals)";
    tamper(&instance, cut);
    let found = refused(&instance, &[]).await;
    assert!(found.contains("3 seals checked") && !found.contains("BAD at seal"), "the rest is a whole chain: {found}");
    assert!(found.contains("BAD release HIST-A/3: is not in the log"), "the rows that the entries proved show it: {found}");
    let found = refused(&instance, &["--head", &head]).await;
    assert!(found.contains("seal 5 was kept outside"), "{found}");
    let nonsense = instance.file("nonsense", "4\n");
    assert!(instance.run(&["verify", "--head", &nonsense]).await.refused().contains("line 1"));
}

#[tokio::test]
async fn names_a_release_that_was_taken_away_and_a_file_that_belongs_to_nothing() {
    let (instance, _) = sealed().await;
    std::fs::create_dir_all(instance.data_dir().join("attachments/ab")).unwrap();
    std::fs::write(instance.data_dir().join("attachments/ab/stray"), "x").unwrap();
    tamper(&instance, "DELETE FROM releases WHERE number = 'HIST-A/2'");
    let found = refused(&instance, &[]).await;
    assert!(found.contains("BAD release HIST-A/2: is missing"), "{found}");
    assert!(found.contains("BAD release HIST-A/2: is named in the log and does not exist"), "{found}");
    assert!(found.contains("attachments/ab/stray: belongs to no attachment"), "{found}");
}

/// RELIABILITY 33: a copy as an auditor gets it, on media that cannot be written to.
#[tokio::test]
async fn checks_a_copy_without_writing_beside_it() {
    let (instance, _) = sealed().await;
    if instance.database().url().starts_with("postgres") {
        let url = instance.database().url();
        let join = if url.contains('?') { '&' } else { '?' };
        let read_only = format!("{url}{join}options=-cdefault_transaction_read_only%3Don");
        drop(instance.run(&["verify", "--database", &read_only]).await.ok());
        return;
    }
    let folder = instance.data_dir().join("copy");
    let original = instance.database().url().trim_start_matches("sqlite://").to_owned();
    instance.database().execute("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
    check_copy(&instance, &original, &folder, &[""], "no write-ahead log beside it").await;
    let serving = instance.serve(&[]).await;
    let add = ["user", "add", "admin", "--name", "系统管理员", "--role", "system_administrator"];
    drop(instance.run(&add).await.ok());
    check_copy(&instance, &original, &folder, &["", "-wal"], "with its write-ahead log of").await;
    drop(serving.stop("TERM").await.ok());
}

/// Copies the files with these endings, takes the right to write away, and checks the copy.
async fn check_copy(instance: &Instance, original: &str, folder: &std::path::Path, endings: &[&str], told: &str) {
    std::fs::create_dir(folder).unwrap();
    for ending in endings {
        let to = folder.join(format!("fabu.sqlite{ending}"));
        std::fs::copy(format!("{original}{ending}"), &to).unwrap();
        set_mode(&to, 0o444);
    }
    set_mode(folder, 0o555);
    let found = instance.run(&["verify", "--database", "", "--data-dir", folder.to_str().unwrap()]).await;
    set_mode(folder, 0o755);
    assert_eq!(std::fs::read_dir(folder).unwrap().count(), endings.len(), "nothing was written beside it");
    let found = found.ok();
    assert!(found.contains(told) && found.contains("everything is in order"), "{found}");
    std::fs::remove_dir_all(folder).unwrap();
}

fn set_mode(path: &std::path::Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}
