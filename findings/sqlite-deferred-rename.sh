#!/usr/bin/env bash
# SQLite (3.54.1, as bundled by apsw 3.54.1.0): a table rebuilt by renaming satisfies every reference and still cannot be committed.
#
# Expected: with `PRAGMA defer_foreign_keys`, references are looked at when the transaction commits. A parent table that is
#   copied, dropped, and replaced by a renamed copy with the same rows leaves no reference without its row, so COMMIT succeeds.
# Seen: `PRAGMA foreign_key_check` finds nothing, and COMMIT fails with "FOREIGN KEY constraint failed": the drop counts one
#   violation for each child row, and only an INSERT into a table of the parent's name takes it back; a rename does not.
#   Dropping first, creating the table anew under its own name and inserting the rows commits.
# What Fabu does: migrations rebuild tables in the second way (migrations/sqlite/0018_subjects), and a test runs them over
#   filled databases (crates/store/tests/it/migrations.rs).
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check apsw==3.54.1.0
cat > probe.py <<'PYTHON'
import apsw

WAYS = {
    "rename": "CREATE TABLE fresh (id INTEGER PRIMARY KEY, note TEXT); INSERT INTO fresh (id) SELECT id FROM parent;"
    " DROP TABLE parent; ALTER TABLE fresh RENAME TO parent;",
    "insert": "CREATE TABLE kept AS SELECT * FROM parent; DROP TABLE parent; CREATE TABLE parent (id INTEGER PRIMARY KEY, note TEXT);"
    " INSERT INTO parent (id) SELECT id FROM kept; DROP TABLE kept;",
}
for way, sql in WAYS.items():
    db = apsw.Connection(":memory:")
    db.execute(
        "PRAGMA foreign_keys = ON; CREATE TABLE parent (id INTEGER PRIMARY KEY);"
        " CREATE TABLE child (parent_id INTEGER REFERENCES parent (id)); INSERT INTO parent VALUES (1); INSERT INTO child VALUES (1);"
    )
    db.execute("BEGIN; PRAGMA defer_foreign_keys = ON;" + sql)
    found = db.execute("PRAGMA foreign_key_check").fetchall()
    try:
        db.execute("COMMIT")
        end = "committed"
    except apsw.ConstraintError as error:
        end = str(error)
    print(f"{apsw.sqlite_lib_version()} {way}: {len(found)} violations found, {end}")
PYTHON
seen="$(env/bin/python probe.py)"
echo "$seen"
expected="3.54.1 rename: 0 violations found, FOREIGN KEY constraint failed
3.54.1 insert: 0 violations found, committed"
[ "$seen" = "$expected" ] || { echo "changed: expected the rename to fail at the commit and the insert to pass" >&2; exit 1; }
