-- When a customer works: days of the week, and minutes of the day in company time; nothing while it is not known.
ALTER TABLE customers ADD COLUMN business_days TEXT;
ALTER TABLE customers ADD COLUMN opens INTEGER;
ALTER TABLE customers ADD COLUMN closes INTEGER;

-- When the submitted plan of a release needs whom; made from the plans.
CREATE TABLE release_bookings (
    release_id UUID NOT NULL REFERENCES releases (id),
    position INTEGER NOT NULL,
    user_id UUID NOT NULL,
    starts_at TIMESTAMPTZ NOT NULL,
    ends_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (release_id, position)
);
CREATE INDEX release_bookings_by_user ON release_bookings (user_id, ends_at);

-- The configuration items that a release changes while it holds a window, by the key of their numbers; made from its list.
CREATE TABLE release_items (
    release_id UUID NOT NULL REFERENCES releases (id),
    item_key TEXT COLLATE "C" NOT NULL,
    item TEXT NOT NULL,
    PRIMARY KEY (release_id, item_key)
);
CREATE INDEX release_items_by_key ON release_items (item_key, release_id);

-- What stands or stood against the window of a release, and since when that is known.
CREATE TABLE release_conflicts (
    release_id UUID NOT NULL REFERENCES releases (id),
    key TEXT COLLATE "C" NOT NULL,
    severity TEXT NOT NULL,
    known_since TIMESTAMPTZ NOT NULL,
    gone_at TIMESTAMPTZ,
    other TEXT,
    body TEXT NOT NULL,
    PRIMARY KEY (release_id, key)
);

CREATE INDEX release_conflicts_by_other ON release_conflicts (other);
CREATE INDEX releases_by_stage_window ON releases (stage, window_end, window_start);
CREATE INDEX register_records_by_version ON register_records (register, version);
