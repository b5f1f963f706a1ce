-- losses_alone: how many workers went away with a job while they did nothing else; only those are held against it.
-- alone: its worker does nothing else now.
ALTER TABLE jobs ADD COLUMN losses_alone INTEGER NOT NULL DEFAULT 0;
ALTER TABLE jobs ADD COLUMN alone INTEGER NOT NULL DEFAULT 0;

-- When a way that was closed (mail, or the address of a robot) was last found open again.
CREATE TABLE ways (
    name TEXT NOT NULL PRIMARY KEY,
    opened_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
