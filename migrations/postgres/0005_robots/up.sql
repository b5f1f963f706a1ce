-- Robots of chat groups. `sealed` holds token and secret, encrypted with a key of this installation.
CREATE TABLE robots (
    id UUID NOT NULL PRIMARY KEY,
    name TEXT COLLATE "C" NOT NULL CONSTRAINT "robots.name" UNIQUE,
    version BIGINT NOT NULL,
    body TEXT NOT NULL,
    sealed TEXT NOT NULL
);
