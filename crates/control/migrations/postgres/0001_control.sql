-- As in SQLite: what the tables and columns are is said there. Texts are compared byte for byte, as SQLite does.
CREATE TABLE throughline_token (
    id TEXT COLLATE "C" PRIMARY KEY,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    hash BYTEA NOT NULL UNIQUE,
    capabilities TEXT NOT NULL,
    created_nanos BIGINT NOT NULL,
    expires_nanos BIGINT,
    revoked_nanos BIGINT
);

CREATE TABLE throughline_dataset (
    name TEXT COLLATE "C" NOT NULL,
    description TEXT NOT NULL,
    kind TEXT NOT NULL,
    created_nanos BIGINT NOT NULL,
    updated_nanos BIGINT NOT NULL,
    deleted_nanos BIGINT
);
CREATE UNIQUE INDEX throughline_dataset_name ON throughline_dataset (lower(name));

-- The dataset's name in lower case.
CREATE TABLE throughline_field (
    dataset TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    type TEXT NOT NULL,
    PRIMARY KEY (dataset, name)
);

CREATE TABLE throughline_record (
    kind TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    created_nanos BIGINT NOT NULL,
    updated_nanos BIGINT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (kind, id)
);

CREATE TABLE throughline_change (count BIGINT NOT NULL);
INSERT INTO throughline_change VALUES (0);
