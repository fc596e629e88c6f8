BEGIN TRANSACTION;
CREATE TABLE _sqlx_migrations (
    version BIGINT PRIMARY KEY,
    description TEXT NOT NULL,
    installed_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    success BOOLEAN NOT NULL,
    checksum BLOB NOT NULL,
    execution_time BIGINT NOT NULL
);
INSERT INTO "_sqlx_migrations" VALUES(1,'control','2026-11-29 08:26:58',1,X'2A741F320E5E1B2ACB65DE5EA47D399B372F72B8BF9534F2C8BEDB54ABD8FD2B742A7310173DB42F2BC4A0F895042651',3660717);
CREATE TABLE change (count INTEGER NOT NULL) STRICT;
INSERT INTO "change" VALUES(6);
CREATE TABLE dataset (
    name TEXT PRIMARY KEY COLLATE NOCASE,
    description TEXT NOT NULL,
    kind TEXT NOT NULL,
    created_nanos INTEGER NOT NULL,
    updated_nanos INTEGER NOT NULL,
    -- Not null: it was deleted, and is there again only when it has rows or is created anew.
    deleted_nanos INTEGER
) STRICT;
INSERT INTO "dataset" VALUES('Shop','orders','axiom:events:v1',1795940818573024340,1795940818573024340,NULL);
INSERT INTO "dataset" VALUES('gone','','otel:traces:v1',1795940818599021095,1795940818599021095,1795940818639310271);
CREATE TABLE field (
    dataset TEXT NOT NULL COLLATE NOCASE,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    PRIMARY KEY (dataset, name)
) STRICT, WITHOUT ROWID;
INSERT INTO "field" VALUES('Shop','order','integer');
INSERT INTO "field" VALUES('Shop','paid','boolean');
CREATE TABLE record (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    created_nanos INTEGER NOT NULL,
    updated_nanos INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;
INSERT INTO "record" VALUES('annotation','ann_05cfcf28ca7a43a7b7e4fc08b02bf4ba',1795940818656436646,1795940818656436646,'{"datasets":["Shop"],"time":"2026-11-29T08:26:58.656185599Z","title":"one","type":"deploy"}');
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
INSERT INTO "token" VALUES('2cdc9a78-85e9-4c2f-9e0f-94285b2b5ed8','app','',X'5F6CE4CED072E3371C9190B1A9FBB7D5D5444BE4ACEF3661599DC507D9D43A76','{"datasetCapabilities":{"*":{"ingest":["create"]}},"orgCapabilities":{}}',1795940820701190288,NULL,NULL);
CREATE TRIGGER token_made AFTER INSERT ON token BEGIN UPDATE change SET count = count + 1; END;
CREATE TRIGGER token_changed AFTER UPDATE ON token BEGIN UPDATE change SET count = count + 1; END;
CREATE TRIGGER dataset_made AFTER INSERT ON dataset BEGIN UPDATE change SET count = count + 1; END;
CREATE TRIGGER dataset_changed AFTER UPDATE ON dataset BEGIN UPDATE change SET count = count + 1; END;
CREATE TRIGGER field_made AFTER INSERT ON field BEGIN UPDATE change SET count = count + 1; END;
CREATE TRIGGER field_changed AFTER UPDATE ON field BEGIN UPDATE change SET count = count + 1; END;
CREATE TRIGGER field_removed AFTER DELETE ON field BEGIN UPDATE change SET count = count + 1; END;
COMMIT;
