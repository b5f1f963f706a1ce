-- Names as they are compared: without width, case and what is invisible. The program fills the table, also for records that stood
-- before it; of records that are one name only the first has the key, the others are reported.
CREATE TABLE folded_names (
    kind TEXT NOT NULL,
    subject_id UUID NOT NULL,
    unique_key TEXT,
    words TEXT NOT NULL,
    PRIMARY KEY (kind, subject_id)
);
CREATE UNIQUE INDEX folded_names_unique_key ON folded_names (kind, unique_key);
