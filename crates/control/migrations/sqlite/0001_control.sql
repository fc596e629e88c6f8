-- Tokens. A revoked one keeps its row: a server that ever had a token never opens again by itself.
CREATE TABLE token (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    -- SHA-256 of the token's text.
    hash BLOB NOT NULL UNIQUE,
    -- JSON: {"datasetCapabilities", "orgCapabilities"}.
    capabilities TEXT NOT NULL,
    created_nanos INTEGER NOT NULL,
    expires_nanos INTEGER,
    revoked_nanos INTEGER
) STRICT;

-- What is said of a dataset. Its rows are the store's.
CREATE TABLE dataset (
    name TEXT PRIMARY KEY COLLATE NOCASE,
    description TEXT NOT NULL,
    kind TEXT NOT NULL,
    created_nanos INTEGER NOT NULL,
    updated_nanos INTEGER NOT NULL,
    -- Not null: it was deleted, and is there again only when it has rows or is created anew.
    deleted_nanos INTEGER
) STRICT;

-- The fields of events, with the type that all their values so far have.
CREATE TABLE field (
    dataset TEXT NOT NULL COLLATE NOCASE,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    PRIMARY KEY (dataset, name)
) STRICT, WITHOUT ROWID;

-- Annotations, virtual fields, saved queries: JSON, as the client sent it.
CREATE TABLE record (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    created_nanos INTEGER NOT NULL,
    updated_nanos INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;

-- Counts the changes of what servers keep in memory, so that they see those of other processes.
CREATE TABLE change (count INTEGER NOT NULL) STRICT;
INSERT INTO change VALUES (0);
CREATE TRIGGER token_made AFTER INSERT ON token BEGIN UPDATE change SET count = count + 1; END;
CREATE TRIGGER token_changed AFTER UPDATE ON token BEGIN UPDATE change SET count = count + 1; END;
CREATE TRIGGER dataset_made AFTER INSERT ON dataset BEGIN UPDATE change SET count = count + 1; END;
CREATE TRIGGER dataset_changed AFTER UPDATE ON dataset BEGIN UPDATE change SET count = count + 1; END;
CREATE TRIGGER field_made AFTER INSERT ON field BEGIN UPDATE change SET count = count + 1; END;
CREATE TRIGGER field_changed AFTER UPDATE ON field BEGIN UPDATE change SET count = count + 1; END;
CREATE TRIGGER field_removed AFTER DELETE ON field BEGIN UPDATE change SET count = count + 1; END;
