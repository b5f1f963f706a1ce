-- losses_alone: how many workers went away with a job while they did nothing else; only those are held against it.
-- alone: its worker does nothing else now.
ALTER TABLE jobs ADD COLUMN losses_alone INTEGER NOT NULL DEFAULT 0;
ALTER TABLE jobs ADD COLUMN alone BOOLEAN NOT NULL DEFAULT FALSE;

-- When a way that was closed (mail, or the address of a robot) was last found open again.
CREATE TABLE ways (
    name TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    opened_at TIMESTAMPTZ NOT NULL
);
