-- Failed attempts to prove who one is, and sign-ins that succeeded. key: a keyed hash of whom, and from where, is counted;
-- until_ms: milliseconds since 1970 at which the limit is whole again, or at which the sign-in no longer counts.
CREATE TABLE attempt_limits (
    key TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    until_ms BIGINT NOT NULL
);
CREATE INDEX attempt_limits_by_end ON attempt_limits (until_ms);
