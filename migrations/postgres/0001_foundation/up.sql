-- The registers, the log and the tables that every change touches. SQLite's twin has the same tables and columns.
-- Text that is sorted or compared has the collation "C", so that lists have the same order in both databases.
-- A unique constraint is named as SQLite reports it, so that both tell the same about a duplicate.

CREATE TABLE directory_state (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    version BIGINT NOT NULL
);
INSERT INTO directory_state (id, version) VALUES (1, 1);

CREATE TABLE instance (
    key TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE departments (
    id UUID NOT NULL PRIMARY KEY,
    name TEXT COLLATE "C" NOT NULL CONSTRAINT "departments.name" UNIQUE,
    head_id UUID,
    deputy_head_id UUID,
    active BOOLEAN NOT NULL,
    version BIGINT NOT NULL
);

CREATE TABLE users (
    id UUID NOT NULL PRIMARY KEY,
    login TEXT COLLATE "C" NOT NULL CONSTRAINT "users.login" UNIQUE,
    name TEXT COLLATE "C" NOT NULL,
    email TEXT,
    phone TEXT,
    department_id UUID REFERENCES departments (id),
    position TEXT,
    language TEXT NOT NULL,
    active BOOLEAN NOT NULL,
    session_version BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX users_by_department ON users (department_id);
ALTER TABLE departments ADD FOREIGN KEY (head_id) REFERENCES users (id), ADD FOREIGN KEY (deputy_head_id) REFERENCES users (id);

CREATE TABLE user_roles (
    user_id UUID NOT NULL REFERENCES users (id),
    role TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (user_id, role)
);
CREATE INDEX user_roles_by_role ON user_roles (role, user_id);

CREATE TABLE user_credentials (
    user_id UUID NOT NULL PRIMARY KEY REFERENCES users (id),
    password_hash TEXT NOT NULL,
    must_change BOOLEAN NOT NULL,
    expires_at TIMESTAMPTZ,
    failed_attempts INTEGER NOT NULL,
    locked_until TIMESTAMPTZ,
    changed_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE customers (
    id UUID NOT NULL PRIMARY KEY,
    name TEXT COLLATE "C" NOT NULL CONSTRAINT "customers.name" UNIQUE,
    contract TEXT,
    active BOOLEAN NOT NULL,
    version BIGINT NOT NULL
);

CREATE TABLE customer_representatives (
    customer_id UUID NOT NULL REFERENCES customers (id),
    position INTEGER NOT NULL,
    user_id UUID NOT NULL REFERENCES users (id),
    from_day DATE NOT NULL,
    until_day DATE,
    internal_reason TEXT,
    PRIMARY KEY (customer_id, position)
);
CREATE INDEX customer_representatives_by_user ON customer_representatives (user_id);

CREATE TABLE service_objects (
    id UUID NOT NULL PRIMARY KEY,
    code TEXT COLLATE "C" NOT NULL CONSTRAINT "service_objects.code" UNIQUE,
    name TEXT COLLATE "C" NOT NULL,
    customer_id UUID NOT NULL REFERENCES customers (id),
    active BOOLEAN NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX service_objects_by_customer ON service_objects (customer_id);

CREATE TABLE service_object_departments (
    service_object_id UUID NOT NULL REFERENCES service_objects (id),
    position INTEGER NOT NULL,
    department_id UUID NOT NULL REFERENCES departments (id),
    PRIMARY KEY (service_object_id, position)
);
CREATE INDEX service_object_departments_by_department ON service_object_departments (department_id);

CREATE TABLE deputies (
    id UUID NOT NULL PRIMARY KEY,
    principal_id UUID NOT NULL REFERENCES users (id),
    deputy_id UUID NOT NULL REFERENCES users (id),
    from_day DATE NOT NULL,
    until_day DATE NOT NULL,
    absent BOOLEAN NOT NULL,
    CHECK (principal_id <> deputy_id)
);
CREATE INDEX deputies_by_principal ON deputies (principal_id);
CREATE INDEX deputies_by_deputy ON deputies (deputy_id);

CREATE TABLE changes (
    id UUID NOT NULL PRIMARY KEY,
    number TEXT COLLATE "C" NOT NULL CONSTRAINT "changes.number" UNIQUE,
    title TEXT NOT NULL,
    description TEXT,
    kind TEXT COLLATE "C" NOT NULL,
    requested_by TEXT NOT NULL,
    requested_at TIMESTAMPTZ NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    approval JSONB,
    release_id UUID,
    registered_by UUID NOT NULL REFERENCES users (id),
    registered_at TIMESTAMPTZ NOT NULL,
    version BIGINT NOT NULL,
    CHECK (state <> 'approved' OR approval IS NOT NULL)
);
CREATE INDEX changes_by_registration ON changes (registered_at, id);
CREATE INDEX changes_by_state ON changes (state, registered_at, id);
CREATE INDEX changes_by_release ON changes (release_id);

CREATE TABLE change_service_objects (
    change_id UUID NOT NULL REFERENCES changes (id),
    position INTEGER NOT NULL,
    service_object_id UUID NOT NULL REFERENCES service_objects (id),
    PRIMARY KEY (change_id, position)
);
CREATE INDEX change_service_objects_by_object ON change_service_objects (service_object_id, change_id);

CREATE TABLE sessions (
    id UUID NOT NULL PRIMARY KEY,
    user_id UUID NOT NULL REFERENCES users (id),
    family UUID NOT NULL,
    token_hash BYTEA NOT NULL CONSTRAINT "sessions.token_hash" UNIQUE,
    session_version BIGINT NOT NULL,
    authenticated_at TIMESTAMPTZ NOT NULL,
    issued_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    ends_at TIMESTAMPTZ NOT NULL,
    rotated_at TIMESTAMPTZ,
    successor UUID,
    revoked_at TIMESTAMPTZ
);
CREATE INDEX sessions_by_user ON sessions (user_id);
CREATE INDEX sessions_by_family ON sessions (family);
CREATE INDEX sessions_by_end ON sessions (ends_at);

CREATE TABLE attachments (
    id UUID NOT NULL PRIMARY KEY,
    release_id UUID NOT NULL,
    file_name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size BIGINT NOT NULL CHECK (size >= 0),
    sha256 TEXT NOT NULL,
    storage_key TEXT NOT NULL CONSTRAINT "attachments.storage_key" UNIQUE,
    uploaded_by UUID NOT NULL REFERENCES users (id),
    uploaded_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX attachments_by_release ON attachments (release_id, id);

CREATE TABLE counters (
    name TEXT COLLATE "C" NOT NULL,
    year INTEGER NOT NULL,
    value BIGINT NOT NULL,
    PRIMARY KEY (name, year)
);

CREATE TABLE jobs (
    id UUID NOT NULL PRIMARY KEY,
    kind TEXT COLLATE "C" NOT NULL,
    payload JSONB NOT NULL,
    status TEXT COLLATE "C" NOT NULL,
    attempts INTEGER NOT NULL,
    max_attempts INTEGER NOT NULL,
    run_at TIMESTAMPTZ NOT NULL,
    lease_until TIMESTAMPTZ,
    unique_key TEXT COLLATE "C" CONSTRAINT "jobs.unique_key" UNIQUE,
    last_error TEXT,
    created_at TIMESTAMPTZ NOT NULL,
    finished_at TIMESTAMPTZ
);
CREATE INDEX jobs_by_due ON jobs (status, run_at);

CREATE TABLE idempotency_keys (
    principal TEXT COLLATE "C" NOT NULL,
    key TEXT COLLATE "C" NOT NULL,
    route TEXT NOT NULL,
    body_sha256 BYTEA NOT NULL,
    status INTEGER,
    headers JSONB,
    body BYTEA,
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (principal, key)
);
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);

-- The log. A correction is a new entry: neither this program nor a careless hand changes one.
CREATE TABLE events (
    id UUID NOT NULL PRIMARY KEY,
    kind TEXT COLLATE "C" NOT NULL,
    version INTEGER NOT NULL,
    subject TEXT NOT NULL,
    release_id UUID,
    release_version BIGINT,
    actor UUID,
    on_behalf_of UUID,
    request_id TEXT NOT NULL,
    occurred_at TIMESTAMPTZ NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL,
    payload JSONB NOT NULL
);
CREATE INDEX events_by_release ON events (release_id, recorded_at, id) WHERE release_id IS NOT NULL;
CREATE INDEX events_by_subject ON events (subject, recorded_at, id) WHERE release_id IS NULL;

-- Events that wait for their seal, in the order in which they were written.
CREATE TABLE unsealed_events (
    position BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    event_id UUID NOT NULL CONSTRAINT "unsealed_events.event_id" UNIQUE REFERENCES events (id)
);

CREATE TABLE seals (
    seq BIGINT NOT NULL PRIMARY KEY CHECK (seq > 0),
    event_id UUID NOT NULL CONSTRAINT "seals.event_id" UNIQUE REFERENCES events (id),
    prev_hash BYTEA NOT NULL,
    hash BYTEA NOT NULL
);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% are append-only', TG_TABLE_NAME;
END
$$;
CREATE TRIGGER events_refuse_change BEFORE UPDATE OR DELETE ON events FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER events_refuse_truncate BEFORE TRUNCATE ON events FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER seals_refuse_change BEFORE UPDATE OR DELETE ON seals FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER seals_refuse_truncate BEFORE TRUNCATE ON seals FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
