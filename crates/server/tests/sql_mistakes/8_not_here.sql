SELECT * FROM information_schema.tables
----
1:15 "information_schema": expected the name of a dataset; a dot in it is written in double quotes
====
SELECT * FROM generate_series(1, 10)
----
1:15 "generate_series": generate_series(…) is no table here: expected a dataset
====
SELECT name FROM traces WHERE name = $1
----
1:38 "$1": parameters are not here: expected the value itself
====
EXPLAIN SELECT 1
----
1:1 "EXPLAIN": expected SELECT; a plan is asked for by POST /api/v1/explain, or throughline query --explain
====
SHOW TABLES
----
1:1 "SHOW": expected SELECT; the datasets are listed by GET /v1/datasets, their fields by GET /v2/datasets/NAME/fields
====
DROP TABLE traces
----
1:1 "DROP": expected SELECT or WITH: SQL only reads here
====
INSERT INTO traces VALUES (1)
----
1:1 "INSERT": expected SELECT or WITH: SQL only reads here
====
CREATE TABLE x AS SELECT 1
----
1:1 "CREATE": expected SELECT or WITH: SQL only reads here
====
COPY traces TO 'x.parquet'
----
1:1 "COPY": expected SELECT or WITH: SQL only reads here
====
SET datafusion.execution.batch_size = 1
----
1:1 "SET": expected SELECT or WITH: SQL only reads here
====
WITH x AS (DELETE FROM traces) SELECT * FROM x
----
1:12 "DELETE": SQL only reads here: expected SELECT
====
SELECT name FROM traces FOR UPDATE
----
1:25 "FOR": expected the end of the query after LIMIT: FOR, SETTINGS, FORMAT and |> are not here
====
SELECT name FROM traces TABLESAMPLE (10)
----
1:18 "traces": expected the dataset traces alone: there are no samples and versions of it
====
SELECT name INTO x FROM traces
----
1:13 "INTO": SQL only reads here: expected no INTO
====
SELECT percentile(duration) OVER () FROM traces
----
1:8 "percentile(duration)": percentile is of rows, not over a window: expected GROUP BY in place of OVER
====
SELECT percentile(duration, 50) OVER () FROM traces
----
1:8 "percentile(duration, 50)": percentile is of rows, not over a window: expected GROUP BY in place of OVER
====
SELECT percentile(duration, 50) OVER (PARTITION BY name ORDER BY _time) FROM traces
----
1:8 "percentile(duration, 50)": percentile is of rows, not over a window: expected GROUP BY in place of OVER
