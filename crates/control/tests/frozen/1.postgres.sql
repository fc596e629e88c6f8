CREATE TABLE throughline_change (
    count bigint NOT NULL
);
CREATE TABLE throughline_control_version (
    version bigint NOT NULL,
    description text NOT NULL,
    installed_on timestamp with time zone DEFAULT now() NOT NULL,
    success boolean NOT NULL,
    checksum bytea NOT NULL,
    execution_time bigint NOT NULL
);
CREATE TABLE throughline_dataset (
    name text NOT NULL COLLATE pg_catalog."C",
    description text NOT NULL,
    kind text NOT NULL,
    created_nanos bigint NOT NULL,
    updated_nanos bigint NOT NULL,
    deleted_nanos bigint
);
CREATE TABLE throughline_field (
    dataset text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C",
    type text NOT NULL
);
CREATE TABLE throughline_record (
    kind text NOT NULL COLLATE pg_catalog."C",
    id text NOT NULL COLLATE pg_catalog."C",
    created_nanos bigint NOT NULL,
    updated_nanos bigint NOT NULL,
    body text NOT NULL
);
CREATE TABLE throughline_token (
    id text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL,
    description text NOT NULL,
    hash bytea NOT NULL,
    capabilities text NOT NULL,
    created_nanos bigint NOT NULL,
    expires_nanos bigint,
    revoked_nanos bigint
);
INSERT INTO throughline_change VALUES (2);
INSERT INTO throughline_control_version VALUES (1, 'control', '2026-11-29 08:36:33.711685+00', true, '\xef16db10a0de9234b618e7f12c925677416c668c13154d909a8c398321cea6e96dfd400f5d7b5069aa31a3295a0c2dba', 15594476);
INSERT INTO throughline_dataset VALUES ('Shop', 'orders', 'axiom:events:v1', 1795940818573024340, 1795940818573024340, NULL);
INSERT INTO throughline_dataset VALUES ('gone', '', 'otel:traces:v1', 1795940818599021095, 1795940818599021095, 1795940818639310271);
INSERT INTO throughline_field VALUES ('shop', 'order', 'integer');
INSERT INTO throughline_field VALUES ('shop', 'paid', 'boolean');
INSERT INTO throughline_record VALUES ('annotation', 'ann_05cfcf28ca7a43a7b7e4fc08b02bf4ba', 1795940818656436646, 1795940818656436646, '{"datasets":["Shop"],"time":"2026-11-29T08:26:58.656185599Z","title":"one","type":"deploy"}');
INSERT INTO throughline_token VALUES ('2cdc9a78-85e9-4c2f-9e0f-94285b2b5ed8', 'app', '', '\x5f6ce4ced072e3371c9190b1a9fbb7d5d5444be4acef3661599dc507d9d43a76', '{"datasetCapabilities":{"*":{"ingest":["create"]}},"orgCapabilities":{}}', 1795940820701190288, NULL, NULL);
ALTER TABLE ONLY throughline_control_version
    ADD CONSTRAINT throughline_control_version_pkey PRIMARY KEY (version);
ALTER TABLE ONLY throughline_field
    ADD CONSTRAINT throughline_field_pkey PRIMARY KEY (dataset, name);
ALTER TABLE ONLY throughline_record
    ADD CONSTRAINT throughline_record_pkey PRIMARY KEY (kind, id);
ALTER TABLE ONLY throughline_token
    ADD CONSTRAINT throughline_token_hash_key UNIQUE (hash);
ALTER TABLE ONLY throughline_token
    ADD CONSTRAINT throughline_token_pkey PRIMARY KEY (id);
CREATE UNIQUE INDEX throughline_dataset_name ON throughline_dataset USING btree (lower(name));

