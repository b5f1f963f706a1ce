-- The release aggregate. Columns hold what lists and joins need; `body` holds the rest as JSON text that only the
-- program reads. `touched` rises with every change of any part, `version` with every step of the procedure.
CREATE TABLE releases (
    id UUID NOT NULL PRIMARY KEY,
    number TEXT COLLATE "C" NOT NULL CONSTRAINT "releases.number" UNIQUE,
    title TEXT COLLATE "C" NOT NULL,
    kind TEXT NOT NULL,
    customer_id UUID REFERENCES customers (id),
    owner_id UUID,
    stage TEXT COLLATE "C" NOT NULL,
    suspended BOOLEAN NOT NULL,
    verdict TEXT,
    verdict_at TIMESTAMPTZ,
    verdict_quarter TEXT COLLATE "C",
    window_start TIMESTAMPTZ,
    window_end TIMESTAMPTZ,
    imported_number TEXT COLLATE "C" CONSTRAINT "releases.imported_number" UNIQUE,
    system TEXT COLLATE "C" NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    version BIGINT NOT NULL,
    touched BIGINT NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX releases_by_created ON releases (created_at, id);
CREATE INDEX releases_by_stage_created ON releases (stage, created_at, id);
CREATE INDEX releases_by_stage_number ON releases (stage, number);
CREATE INDEX releases_by_window ON releases (window_start, id);
CREATE INDEX releases_by_quarter ON releases (verdict_quarter, verdict, kind, customer_id);
CREATE INDEX releases_by_customer ON releases (customer_id, created_at, id);
CREATE INDEX releases_by_owner ON releases (owner_id, created_at, id);

CREATE TABLE release_service_objects (
    release_id UUID NOT NULL REFERENCES releases (id),
    position INTEGER NOT NULL,
    service_object_id UUID NOT NULL REFERENCES service_objects (id),
    PRIMARY KEY (release_id, position)
);
CREATE INDEX release_service_objects_by_object ON release_service_objects (service_object_id, release_id);

CREATE TABLE release_changes (
    release_id UUID NOT NULL REFERENCES releases (id),
    change_id UUID NOT NULL REFERENCES changes (id),
    position INTEGER NOT NULL,
    PRIMARY KEY (release_id, change_id)
);
CREATE INDEX release_changes_by_change ON release_changes (change_id);

CREATE TABLE release_roles (
    release_id UUID NOT NULL REFERENCES releases (id),
    position INTEGER NOT NULL,
    role TEXT NOT NULL,
    user_id UUID NOT NULL REFERENCES users (id),
    since TIMESTAMPTZ NOT NULL,
    until TIMESTAMPTZ,
    assigned_by UUID NOT NULL REFERENCES users (id),
    reason TEXT NOT NULL,
    PRIMARY KEY (release_id, position)
);
CREATE INDEX release_roles_by_user ON release_roles (user_id, release_id);

CREATE TABLE documents (
    release_id UUID NOT NULL REFERENCES releases (id),
    kind TEXT NOT NULL,
    number TEXT COLLATE "C" NOT NULL CONSTRAINT "documents.number" UNIQUE,
    saves BIGINT NOT NULL,
    draft TEXT,
    body TEXT NOT NULL,
    PRIMARY KEY (release_id, kind)
);

-- `content` is the canonical text whose SHA-256 is `sha256`.
CREATE TABLE document_revisions (
    release_id UUID NOT NULL,
    kind TEXT NOT NULL,
    revision INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    submitted_by UUID NOT NULL REFERENCES users (id),
    submitted_at TIMESTAMPTZ NOT NULL,
    content TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (release_id, kind, revision),
    FOREIGN KEY (release_id, kind) REFERENCES documents (release_id, kind)
);

CREATE TABLE approvals (
    id UUID NOT NULL PRIMARY KEY,
    release_id UUID NOT NULL REFERENCES releases (id),
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    due_at TIMESTAMPTZ NOT NULL,
    opened_at TIMESTAMPTZ NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX approvals_by_release ON approvals (release_id, position);

CREATE TABLE approval_members (
    approval_id UUID NOT NULL REFERENCES approvals (id),
    user_id UUID NOT NULL REFERENCES users (id),
    awaited BOOLEAN NOT NULL,
    due_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (approval_id, user_id)
);
CREATE INDEX approval_members_by_user ON approval_members (user_id, awaited, due_at, approval_id);

CREATE TABLE tasks (
    id UUID NOT NULL PRIMARY KEY,
    release_id UUID NOT NULL REFERENCES releases (id),
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    is_open BOOLEAN NOT NULL,
    assignee_id UUID NOT NULL REFERENCES users (id),
    verifier_id UUID REFERENCES users (id),
    blocks TEXT NOT NULL,
    due_at TIMESTAMPTZ NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX tasks_by_release ON tasks (release_id, position);
CREATE INDEX tasks_by_assignee ON tasks (assignee_id, is_open, due_at, id);
CREATE INDEX tasks_by_verifier ON tasks (verifier_id, state, due_at, id);
CREATE INDEX tasks_by_due ON tasks (is_open, due_at, id);

CREATE TABLE release_units (
    id UUID NOT NULL PRIMARY KEY,
    release_id UUID NOT NULL REFERENCES releases (id),
    position INTEGER NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    version TEXT COLLATE "C" NOT NULL,
    sha256 TEXT NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX release_units_by_release ON release_units (release_id, position);
CREATE INDEX release_units_by_sha256 ON release_units (sha256);
CREATE INDEX release_units_by_name ON release_units (name, version);

CREATE TABLE test_cases (
    id UUID NOT NULL PRIMARY KEY,
    release_id UUID NOT NULL REFERENCES releases (id),
    position INTEGER NOT NULL,
    category TEXT NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX test_cases_by_release ON test_cases (release_id, position);

CREATE TABLE test_runs (
    release_id UUID NOT NULL REFERENCES releases (id),
    position INTEGER NOT NULL,
    case_id UUID NOT NULL REFERENCES test_cases (id),
    unit_id UUID NOT NULL REFERENCES release_units (id),
    unit_sha256 TEXT NOT NULL,
    result TEXT NOT NULL,
    run_at TIMESTAMPTZ NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (release_id, position)
);

CREATE TABLE run_sheet_entries (
    release_id UUID NOT NULL REFERENCES releases (id),
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    step TEXT NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (release_id, position)
);

CREATE TABLE configuration_changes (
    id UUID NOT NULL PRIMARY KEY,
    release_id UUID NOT NULL REFERENCES releases (id),
    position INTEGER NOT NULL,
    item TEXT COLLATE "C" NOT NULL,
    state TEXT NOT NULL,
    due_at TIMESTAMPTZ,
    body TEXT NOT NULL
);
CREATE INDEX configuration_changes_by_release ON configuration_changes (release_id, position);
CREATE INDEX configuration_changes_by_item ON configuration_changes (item);
