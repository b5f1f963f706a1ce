-- What the worker needs: a queue that can be claimed, and the truth about every message. SQLite's twin has the same
-- tables and columns.

-- queue: which workers take it. claims: rises with every claim and fences off a worker that lost its lease.
-- losses: how many workers went away with it. run_at of a running job is the end of its lease, so that one index finds
-- whatever may be claimed.
ALTER TABLE jobs ADD COLUMN queue TEXT COLLATE "C" NOT NULL DEFAULT 'general';
ALTER TABLE jobs ADD COLUMN claims BIGINT NOT NULL DEFAULT 0;
ALTER TABLE jobs ADD COLUMN losses INTEGER NOT NULL DEFAULT 0;
UPDATE jobs SET queue = 'events' WHERE kind = 'dispatch_events';
DROP INDEX jobs_by_due;
CREATE INDEX jobs_by_due ON jobs (queue, run_at) WHERE finished_at IS NULL;
CREATE INDEX jobs_by_status ON jobs (status, created_at, id);
CREATE INDEX jobs_by_end ON jobs (finished_at) WHERE finished_at IS NOT NULL;

-- The last slot of each periodic job that was put in.
CREATE TABLE schedules (
    name TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    through TIMESTAMPTZ NOT NULL,
    slot TEXT COLLATE "C" NOT NULL
);

-- One row per message and recipient.
CREATE TABLE deliveries (
    id UUID NOT NULL PRIMARY KEY,
    dedupe_key TEXT COLLATE "C" NOT NULL CONSTRAINT "deliveries.dedupe_key" UNIQUE,
    channel TEXT COLLATE "C" NOT NULL,
    recipient_id UUID,
    address TEXT NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    release_id UUID,
    event_id UUID,
    language TEXT COLLATE "C" NOT NULL,
    notice JSONB NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    attempts INTEGER NOT NULL,
    next_at TIMESTAMPTZ,
    sent_at TIMESTAMPTZ,
    last_error TEXT,
    created_at TIMESTAMPTZ NOT NULL,
    version BIGINT NOT NULL,
    CHECK ((state = 'sent') = (sent_at IS NOT NULL)),
    CHECK ((state IN ('pending', 'held')) = (next_at IS NOT NULL))
);
CREATE INDEX deliveries_by_creation ON deliveries (created_at, id);
CREATE INDEX deliveries_by_state ON deliveries (state, created_at, id);
CREATE INDEX deliveries_by_due ON deliveries (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX deliveries_by_recipient ON deliveries (recipient_id, created_at, id);
CREATE INDEX deliveries_by_release ON deliveries (release_id, created_at, id);

CREATE TABLE delivery_attempts (
    delivery_id UUID NOT NULL REFERENCES deliveries (id),
    number INTEGER NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    outcome TEXT COLLATE "C" NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (delivery_id, number)
);

-- What a person chose; nobody's row is missing by mistake: without one the defaults hold.
CREATE TABLE notification_settings (
    user_id UUID NOT NULL PRIMARY KEY REFERENCES users (id),
    choices JSONB NOT NULL,
    version BIGINT NOT NULL
);
