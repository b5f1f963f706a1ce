-- Files that belong to a medium of the definitive media library: what it is made of (SBOM, 9.2a).
CREATE TABLE media_files (
    id TEXT NOT NULL PRIMARY KEY,
    media_item_id TEXT NOT NULL REFERENCES register_records (id),
    file_name TEXT NOT NULL,
    format TEXT NOT NULL,
    format_version TEXT NOT NULL,
    components INTEGER NOT NULL CHECK (components >= 0),
    described_sha256 TEXT,
    size INTEGER NOT NULL CHECK (size >= 0),
    sha256 TEXT NOT NULL,
    storage_key TEXT NOT NULL,
    uploaded_by TEXT NOT NULL REFERENCES users (id),
    uploaded_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX media_files_by_storage_key ON media_files (storage_key);
CREATE INDEX media_files_by_medium ON media_files (media_item_id, id);
-- Media are found by the name that versions share: they are entered anew.
DELETE FROM folded_names WHERE kind = 'media_item';
