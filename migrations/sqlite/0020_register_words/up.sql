-- The words by which records of registers are found, made from their names. The program fills the table; records that stood before
-- are entered anew.
CREATE TABLE register_words (
    register TEXT NOT NULL,
    word TEXT NOT NULL,
    record_id TEXT NOT NULL,
    PRIMARY KEY (register, word, record_id)
) STRICT, WITHOUT ROWID;
DELETE FROM folded_names WHERE kind IN (SELECT DISTINCT register FROM register_records);
