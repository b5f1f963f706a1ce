-- The registers, the log and the tables that every change touches. PostgreSQL's twin has the same tables and columns.
-- Instants are UTC text (sortable), ids are UUID text, words are those of the domain.

CREATE TABLE directory_state (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    version INTEGER NOT NULL
) STRICT;
INSERT INTO directory_state (id, version) VALUES (1, 1);

CREATE TABLE instance (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE departments (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    head_id TEXT REFERENCES users (id),
    deputy_head_id TEXT REFERENCES users (id),
    active INTEGER NOT NULL CHECK (active IN (0, 1)),
    version INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE users (
    id TEXT NOT NULL PRIMARY KEY,
    login TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    email TEXT,
    phone TEXT,
    department_id TEXT REFERENCES departments (id),
    position TEXT,
    language TEXT NOT NULL,
    active INTEGER NOT NULL CHECK (active IN (0, 1)),
    session_version INTEGER NOT NULL,
    version INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX users_by_department ON users (department_id);

CREATE TABLE user_roles (
    user_id TEXT NOT NULL REFERENCES users (id),
    role TEXT NOT NULL,
    PRIMARY KEY (user_id, role)
) STRICT, WITHOUT ROWID;
CREATE INDEX user_roles_by_role ON user_roles (role, user_id);

CREATE TABLE user_credentials (
    user_id TEXT NOT NULL PRIMARY KEY REFERENCES users (id),
    password_hash TEXT NOT NULL,
    must_change INTEGER NOT NULL CHECK (must_change IN (0, 1)),
    expires_at TEXT,
    failed_attempts INTEGER NOT NULL,
    locked_until TEXT,
    changed_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE customers (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    contract TEXT,
    active INTEGER NOT NULL CHECK (active IN (0, 1)),
    version INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE customer_representatives (
    customer_id TEXT NOT NULL REFERENCES customers (id),
    position INTEGER NOT NULL,
    user_id TEXT NOT NULL REFERENCES users (id),
    from_day TEXT NOT NULL,
    until_day TEXT,
    internal_reason TEXT,
    PRIMARY KEY (customer_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX customer_representatives_by_user ON customer_representatives (user_id);

CREATE TABLE service_objects (
    id TEXT NOT NULL PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    customer_id TEXT NOT NULL REFERENCES customers (id),
    active INTEGER NOT NULL CHECK (active IN (0, 1)),
    version INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX service_objects_by_customer ON service_objects (customer_id);

CREATE TABLE service_object_departments (
    service_object_id TEXT NOT NULL REFERENCES service_objects (id),
    position INTEGER NOT NULL,
    department_id TEXT NOT NULL REFERENCES departments (id),
    PRIMARY KEY (service_object_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX service_object_departments_by_department ON service_object_departments (department_id);

CREATE TABLE deputies (
    id TEXT NOT NULL PRIMARY KEY,
    principal_id TEXT NOT NULL REFERENCES users (id),
    deputy_id TEXT NOT NULL REFERENCES users (id),
    from_day TEXT NOT NULL,
    until_day TEXT NOT NULL,
    absent INTEGER NOT NULL CHECK (absent IN (0, 1)),
    CHECK (principal_id <> deputy_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX deputies_by_principal ON deputies (principal_id);
CREATE INDEX deputies_by_deputy ON deputies (deputy_id);

CREATE TABLE changes (
    id TEXT NOT NULL PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    description TEXT,
    kind TEXT NOT NULL,
    requested_by TEXT NOT NULL,
    requested_at TEXT NOT NULL,
    state TEXT NOT NULL,
    approval TEXT,
    release_id TEXT,
    registered_by TEXT NOT NULL REFERENCES users (id),
    registered_at TEXT NOT NULL,
    version INTEGER NOT NULL,
    CHECK (state <> 'approved' OR approval IS NOT NULL)
) STRICT;
CREATE INDEX changes_by_registration ON changes (registered_at, id);
CREATE INDEX changes_by_state ON changes (state, registered_at, id);
CREATE INDEX changes_by_release ON changes (release_id);

CREATE TABLE change_service_objects (
    change_id TEXT NOT NULL REFERENCES changes (id),
    position INTEGER NOT NULL,
    service_object_id TEXT NOT NULL REFERENCES service_objects (id),
    PRIMARY KEY (change_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX change_service_objects_by_object ON change_service_objects (service_object_id, change_id);

CREATE TABLE sessions (
    id TEXT NOT NULL PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id),
    family TEXT NOT NULL,
    token_hash BLOB NOT NULL UNIQUE,
    session_version INTEGER NOT NULL,
    authenticated_at TEXT NOT NULL,
    issued_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    ends_at TEXT NOT NULL,
    rotated_at TEXT,
    successor TEXT,
    revoked_at TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_by_user ON sessions (user_id);
CREATE INDEX sessions_by_family ON sessions (family);
CREATE INDEX sessions_by_end ON sessions (ends_at);

CREATE TABLE attachments (
    id TEXT NOT NULL PRIMARY KEY,
    release_id TEXT NOT NULL,
    file_name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size INTEGER NOT NULL CHECK (size >= 0),
    sha256 TEXT NOT NULL,
    storage_key TEXT NOT NULL UNIQUE,
    uploaded_by TEXT NOT NULL REFERENCES users (id),
    uploaded_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX attachments_by_release ON attachments (release_id, id);

CREATE TABLE counters (
    name TEXT NOT NULL,
    year INTEGER NOT NULL,
    value INTEGER NOT NULL,
    PRIMARY KEY (name, year)
) STRICT, WITHOUT ROWID;

CREATE TABLE jobs (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    status TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    max_attempts INTEGER NOT NULL,
    run_at TEXT NOT NULL,
    lease_until TEXT,
    unique_key TEXT UNIQUE,
    last_error TEXT,
    created_at TEXT NOT NULL,
    finished_at TEXT
) STRICT;
CREATE INDEX jobs_by_due ON jobs (status, run_at);

CREATE TABLE idempotency_keys (
    principal TEXT NOT NULL,
    key TEXT NOT NULL,
    route TEXT NOT NULL,
    body_sha256 BLOB NOT NULL,
    status INTEGER,
    headers TEXT,
    body BLOB,
    created_at TEXT NOT NULL,
    PRIMARY KEY (principal, key)
) STRICT;
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);

-- The log. A correction is a new entry: neither this program nor a careless hand changes one.
CREATE TABLE events (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    version INTEGER NOT NULL,
    subject TEXT NOT NULL,
    release_id TEXT,
    release_version INTEGER,
    actor TEXT,
    on_behalf_of TEXT,
    request_id TEXT NOT NULL,
    occurred_at TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    payload TEXT NOT NULL
) STRICT;
CREATE INDEX events_by_release ON events (release_id, recorded_at, id) WHERE release_id IS NOT NULL;
CREATE INDEX events_by_subject ON events (subject, recorded_at, id) WHERE release_id IS NULL;

-- Events that wait for their seal, in the order in which they were written.
CREATE TABLE unsealed_events (
    position INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    event_id TEXT NOT NULL UNIQUE REFERENCES events (id)
) STRICT;

CREATE TABLE seals (
    seq INTEGER NOT NULL PRIMARY KEY CHECK (seq > 0),
    event_id TEXT NOT NULL UNIQUE REFERENCES events (id),
    prev_hash BLOB NOT NULL,
    hash BLOB NOT NULL
) STRICT;

CREATE TRIGGER events_refuse_update BEFORE UPDATE ON events BEGIN SELECT RAISE (ABORT, 'events are append-only'); END;
CREATE TRIGGER events_refuse_delete BEFORE DELETE ON events BEGIN SELECT RAISE (ABORT, 'events are append-only'); END;
-- INSERT OR REPLACE would delete without asking the trigger above on a connection without recursive_triggers.
CREATE TRIGGER events_refuse_replace BEFORE INSERT ON events WHEN EXISTS (SELECT 1 FROM events WHERE id = NEW.id)
BEGIN SELECT RAISE (ABORT, 'events are append-only'); END;

CREATE TRIGGER seals_refuse_update BEFORE UPDATE ON seals BEGIN SELECT RAISE (ABORT, 'seals are append-only'); END;
CREATE TRIGGER seals_refuse_delete BEFORE DELETE ON seals BEGIN SELECT RAISE (ABORT, 'seals are append-only'); END;
CREATE TRIGGER seals_refuse_replace BEFORE INSERT ON seals
WHEN EXISTS (SELECT 1 FROM seals WHERE seq = NEW.seq OR event_id = NEW.event_id)
BEGIN SELECT RAISE (ABORT, 'seals are append-only'); END;
