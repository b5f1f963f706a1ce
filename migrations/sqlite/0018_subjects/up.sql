-- What approvals and tasks are about: a release, the report of a quarter, and whatever comes. A subject has the id of the thing itself.
CREATE TABLE subjects (
    subject_id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    address TEXT NOT NULL
) STRICT;
INSERT INTO subjects (subject_id, kind, address) SELECT id, 'release', 'releases/' || number FROM releases;
INSERT INTO subjects (subject_id, kind, address) SELECT id, 'quarterly_report', 'reports/quarterly/' || period FROM reports;

-- SQLite takes no reference away from a column: both tables are built anew under their names, so that the members of panels find
-- their approvals again before the end of the transaction.
PRAGMA defer_foreign_keys = ON;
CREATE TABLE moved_approvals AS SELECT * FROM approvals;
DROP TABLE approvals;
CREATE TABLE approvals (
    id TEXT NOT NULL PRIMARY KEY,
    subject_id TEXT NOT NULL REFERENCES subjects (subject_id),
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    due_at TEXT NOT NULL,
    opened_at TEXT NOT NULL,
    body TEXT NOT NULL,
    opened_by TEXT
) STRICT;
INSERT INTO approvals (id, subject_id, position, kind, state, due_at, opened_at, body, opened_by)
    SELECT id, release_id, position, kind, state, due_at, opened_at, body, opened_by FROM moved_approvals;
DROP TABLE moved_approvals;
CREATE INDEX approvals_by_subject ON approvals (subject_id, position);
CREATE INDEX approvals_by_opener ON approvals (opened_by, due_at, id);

CREATE TABLE moved_tasks AS SELECT * FROM tasks;
DROP TABLE tasks;
CREATE TABLE tasks (
    id TEXT NOT NULL PRIMARY KEY,
    subject_id TEXT NOT NULL REFERENCES subjects (subject_id),
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    is_open INTEGER NOT NULL CHECK (is_open IN (0, 1)),
    assignee_id TEXT NOT NULL REFERENCES users (id),
    verifier_id TEXT REFERENCES users (id),
    blocks TEXT NOT NULL,
    due_at TEXT NOT NULL,
    body TEXT NOT NULL
) STRICT;
INSERT INTO tasks (id, subject_id, position, kind, state, is_open, assignee_id, verifier_id, blocks, due_at, body)
    SELECT id, release_id, position, kind, state, is_open, assignee_id, verifier_id, blocks, due_at, body FROM moved_tasks;
DROP TABLE moved_tasks;
CREATE INDEX tasks_by_subject ON tasks (subject_id, position);
CREATE INDEX tasks_by_assignee ON tasks (assignee_id, is_open, due_at, id);
CREATE INDEX tasks_by_verifier ON tasks (verifier_id, state, due_at, id);
CREATE INDEX tasks_by_due ON tasks (is_open, due_at, id);
