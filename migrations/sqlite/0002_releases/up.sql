-- The release aggregate. Columns hold what lists and joins need; `body` holds the rest as JSON text that only the
-- program reads. `touched` rises with every change of any part, `version` with every step of the procedure.
CREATE TABLE releases (
    id TEXT NOT NULL PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    kind TEXT NOT NULL,
    customer_id TEXT REFERENCES customers (id),
    owner_id TEXT,
    stage TEXT NOT NULL,
    suspended INTEGER NOT NULL CHECK (suspended IN (0, 1)),
    verdict TEXT,
    verdict_at TEXT,
    verdict_quarter TEXT,
    window_start TEXT,
    window_end TEXT,
    imported_number TEXT UNIQUE,
    system TEXT NOT NULL,
    created_at TEXT NOT NULL,
    version INTEGER NOT NULL,
    touched INTEGER NOT NULL,
    body TEXT NOT NULL
) STRICT;
CREATE INDEX releases_by_created ON releases (created_at, id);
CREATE INDEX releases_by_stage_created ON releases (stage, created_at, id);
CREATE INDEX releases_by_stage_number ON releases (stage, number);
CREATE INDEX releases_by_window ON releases (window_start, id);
CREATE INDEX releases_by_quarter ON releases (verdict_quarter, verdict, kind, customer_id);
CREATE INDEX releases_by_customer ON releases (customer_id, created_at, id);
CREATE INDEX releases_by_owner ON releases (owner_id, created_at, id);

CREATE TABLE release_service_objects (
    release_id TEXT NOT NULL REFERENCES releases (id),
    position INTEGER NOT NULL,
    service_object_id TEXT NOT NULL REFERENCES service_objects (id),
    PRIMARY KEY (release_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX release_service_objects_by_object ON release_service_objects (service_object_id, release_id);

CREATE TABLE release_changes (
    release_id TEXT NOT NULL REFERENCES releases (id),
    change_id TEXT NOT NULL REFERENCES changes (id),
    position INTEGER NOT NULL,
    PRIMARY KEY (release_id, change_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX release_changes_by_change ON release_changes (change_id);

CREATE TABLE release_roles (
    release_id TEXT NOT NULL REFERENCES releases (id),
    position INTEGER NOT NULL,
    role TEXT NOT NULL,
    user_id TEXT NOT NULL REFERENCES users (id),
    since TEXT NOT NULL,
    until TEXT,
    assigned_by TEXT NOT NULL REFERENCES users (id),
    reason TEXT NOT NULL,
    PRIMARY KEY (release_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX release_roles_by_user ON release_roles (user_id, release_id);

CREATE TABLE documents (
    release_id TEXT NOT NULL REFERENCES releases (id),
    kind TEXT NOT NULL,
    number TEXT NOT NULL UNIQUE,
    saves INTEGER NOT NULL,
    draft TEXT,
    body TEXT NOT NULL,
    PRIMARY KEY (release_id, kind)
) STRICT;

-- `content` is the canonical text whose SHA-256 is `sha256`.
CREATE TABLE document_revisions (
    release_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    revision INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    submitted_by TEXT NOT NULL REFERENCES users (id),
    submitted_at TEXT NOT NULL,
    content TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (release_id, kind, revision),
    FOREIGN KEY (release_id, kind) REFERENCES documents (release_id, kind)
) STRICT;

CREATE TABLE approvals (
    id TEXT NOT NULL PRIMARY KEY,
    release_id TEXT NOT NULL REFERENCES releases (id),
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    due_at TEXT NOT NULL,
    opened_at TEXT NOT NULL,
    body TEXT NOT NULL
) STRICT;
CREATE INDEX approvals_by_release ON approvals (release_id, position);

CREATE TABLE approval_members (
    approval_id TEXT NOT NULL REFERENCES approvals (id),
    user_id TEXT NOT NULL REFERENCES users (id),
    awaited INTEGER NOT NULL CHECK (awaited IN (0, 1)),
    due_at TEXT NOT NULL,
    PRIMARY KEY (approval_id, user_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX approval_members_by_user ON approval_members (user_id, awaited, due_at, approval_id);

CREATE TABLE tasks (
    id TEXT NOT NULL PRIMARY KEY,
    release_id TEXT NOT NULL REFERENCES releases (id),
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
CREATE INDEX tasks_by_release ON tasks (release_id, position);
CREATE INDEX tasks_by_assignee ON tasks (assignee_id, is_open, due_at, id);
CREATE INDEX tasks_by_verifier ON tasks (verifier_id, state, due_at, id);
CREATE INDEX tasks_by_due ON tasks (is_open, due_at, id);

CREATE TABLE release_units (
    id TEXT NOT NULL PRIMARY KEY,
    release_id TEXT NOT NULL REFERENCES releases (id),
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    version TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    withdrawn INTEGER NOT NULL CHECK (withdrawn IN (0, 1)),
    body TEXT NOT NULL
) STRICT;
CREATE INDEX release_units_by_release ON release_units (release_id, position);
CREATE INDEX release_units_by_sha256 ON release_units (sha256);
CREATE INDEX release_units_by_name ON release_units (name, version);

CREATE TABLE test_cases (
    id TEXT NOT NULL PRIMARY KEY,
    release_id TEXT NOT NULL REFERENCES releases (id),
    position INTEGER NOT NULL,
    category TEXT NOT NULL,
    body TEXT NOT NULL
) STRICT;
CREATE INDEX test_cases_by_release ON test_cases (release_id, position);

CREATE TABLE test_runs (
    release_id TEXT NOT NULL REFERENCES releases (id),
    position INTEGER NOT NULL,
    case_id TEXT NOT NULL REFERENCES test_cases (id),
    unit_id TEXT NOT NULL REFERENCES release_units (id),
    unit_sha256 TEXT NOT NULL,
    result TEXT NOT NULL,
    run_at TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (release_id, position)
) STRICT;

CREATE TABLE run_sheet_entries (
    release_id TEXT NOT NULL REFERENCES releases (id),
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    step TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (release_id, position)
) STRICT;

CREATE TABLE configuration_changes (
    id TEXT NOT NULL PRIMARY KEY,
    release_id TEXT NOT NULL REFERENCES releases (id),
    position INTEGER NOT NULL,
    item TEXT NOT NULL,
    state TEXT NOT NULL,
    due_at TEXT,
    body TEXT NOT NULL
) STRICT;
CREATE INDEX configuration_changes_by_release ON configuration_changes (release_id, position);
CREATE INDEX configuration_changes_by_item ON configuration_changes (item);
