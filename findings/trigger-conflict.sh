#!/usr/bin/env bash
# SQLite (3.53, as bundled by libsqlite3-sys 0.37): the conflict clause of a statement replaces that of its triggers.
#
# Expected: `INSERT OR IGNORE` inside a trigger ignores a row that is there already, whatever statement fired the trigger.
# Seen: fired by `INSERT … ON CONFLICT DO UPDATE` (an upsert) the same trigger fails with a unique constraint, because the
#   outer statement's policy takes its place. A log kept by triggers then refuses writes that work as plain updates.
# What Fabu does: the table its triggers write to has no unique key, and they use no conflict clause (crates/store/src/records).
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
cargo init --quiet --vcs none --name probe .
printf 'rusqlite = { version = "=0.40.0", features = ["bundled"] }\n' >> Cargo.toml
cat > src/main.rs <<'RUST'
use rusqlite::Connection;

fn main() {
    let db = Connection::open_in_memory().expect("a database");
    db.execute_batch(
        "CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT);
         CREATE TABLE noted (name TEXT UNIQUE);
         CREATE TRIGGER note_update AFTER UPDATE ON item BEGIN INSERT OR IGNORE INTO noted VALUES (new.name); END;
         INSERT INTO noted VALUES ('a');
         INSERT INTO item VALUES (1, 'a');",
    )
    .expect("tables");
    let plain = db.execute("UPDATE item SET name = 'a' WHERE id = 1", []);
    let upsert = db.execute("INSERT INTO item VALUES (1, 'a') ON CONFLICT (id) DO UPDATE SET name = excluded.name", []);
    println!("{}: plain {plain:?}, upsert {}", rusqlite::version(), upsert.map_or_else(|e| e.to_string(), |n| n.to_string()));
}
RUST
seen="$(cargo run --quiet)"
echo "$seen"
case "$seen" in
    *"plain Ok(1), upsert UNIQUE constraint failed: noted.name") ;;
    *) echo "changed: expected the upsert to fail in the trigger" >&2; exit 1 ;;
esac
