-- Robots of chat groups. `sealed` holds token and secret, encrypted with a key of this installation.
CREATE TABLE robots (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    version INTEGER NOT NULL,
    body TEXT NOT NULL,
    sealed TEXT NOT NULL
) STRICT;
