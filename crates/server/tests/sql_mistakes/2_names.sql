SELECT nme FROM traces
----
1:8 "nme": unknown field 'nme': expected a field, or "attributes.custom"['nme'] for an attribute of your own; did you mean 'name'?
====
SELECT x.name FROM traces t
----
1:8 "x": no table is called 'x' here: expected t; an attribute of this name is written "x.name"; did you mean 't'?
====
SELECT service.name, foo.name FROM traces t
----
1:22 "foo": no table is called 'foo' here: expected t; an attribute of this name is written "foo.name"; did you mean 't'?
====
SELECT x.duration FROM traces WHERE x.error
----
1:8 "x": no table is called 'x' here: expected traces; an attribute of this name is written "x.duration"; did you mean 'traces'?
====
SELECT traces.name FROM traces t
----
1:8 "traces": no table is called 'traces' here: expected t; an attribute of this name is written "traces.name"; did you mean 't'?
====
SELECT a.name FROM traces a JOIN traces b ON a.trace_id = c.trace_id
----
1:59 "c": no table is called 'c' here: expected a or b; an attribute of this name is written "c.trace_id"
====
SELECT t.nme FROM traces t
----
1:10 "nme": unknown field 'nme' of 't'; did you mean 'name'?
====
SELECT x.* FROM traces t
----
1:8 "x": no table is called 'x' here: expected t; did you mean 't'?
====
SELECT t.name FROM (SELECT name FROM traces t)
----
1:8 "t": no table is called 't' here: expected a table's name after its query, as in FROM (SELECT …) AS t
====
SELECT q.nme FROM (SELECT name FROM traces) q
----
1:10 "nme": unknown field 'nme' of 'q'; did you mean 'name'?
====
SELECT a.name FROM traces a JOIN traces b USING (nme)
----
1:50 "nme": unknown field 'nme': expected a field, or "attributes.custom"['nme'] for an attribute of your own; did you mean 'name'?
====
SELECT a.name FROM traces a JOIN traces a ON a.trace_id = a.trace_id
----
1:8 "a": two tables are called 'a': expected another name for one of them, as in a AS t
====
SELECT name FROM traces ORDER BY nme
----
1:34 "nme": unknown field 'nme': expected a field, or "attributes.custom"['nme'] for an attribute of your own; did you mean 'name'?
====
SELECT servce.name FROM traces
----
1:8 "servce.name": unknown field 'servce.name': expected a field, or "attributes.custom"['servce.name'] for an attribute of your own; did you mean '"service.name"'?
====
SELECT count FROM traces
----
1:8 "count": unknown field 'count': expected a field, or "attributes.custom"['count'] for an attribute of your own; the function is written count(*)
====
SELECT now FROM traces
----
1:8 "now": unknown field 'now': expected a field, or "attributes.custom"['now'] for an attribute of your own; the function is written now()
====
SELECT cuont(*) FROM traces
----
1:8 "cuont": there is no function 'cuont' here; docs/sql.md lists those there are; did you mean 'count'?
====
SELECT dcount(name) FROM traces
----
1:8 "dcount": there is no function 'dcount' here: expected count(DISTINCT x)
====
SELECT strlen(name) FROM traces
----
1:8 "strlen": there is no function 'strlen' here: expected length
====
SELECT row_number() FROM traces
----
1:8 "row_number": row_number is a function over windows: expected row_number(…) OVER (ORDER BY _time)
====
SELECT array_agg(name) FROM traces
----
1:8 "array_agg": there is no function 'array_agg' here; docs/sql.md lists those there are
====
SELECT sum(flags) OVER w FROM traces
----
1:8 "sum(flags)": no window is called w here: expected WINDOW w AS (…) after the query's other parts
====
SELECT 1 AS a, 2 AS a
----
1:1 the query: two fields have the same name: expected another for one of them, with AS
====
SELECT name
FROM tracs
----
2:6 "tracs": unknown dataset 'tracs': the only one is 'traces'; did you mean 'traces'?
====
SELECT service.nmae FROM traces
----
1:8 "service.nmae": unknown field 'service.nmae': expected a field, or "attributes.custom"['service.nmae'] for an attribute of your own; did you mean '"service.name"'?
====
SELECT
  uper(name) FROM traces
----
2:3 "uper": there is no function 'uper' here; docs/sql.md lists those there are; did you mean 'upper'?
====
SELECT repeat(name, 1000000000) FROM traces
----
1:8 "repeat": there is no function 'repeat' here; docs/sql.md lists those there are
====
SELECT name FROM traces WHERE name = "GET"
----
1:38 "\"GET\"": unknown field 'GET': expected a field, or "attributes.custom"['GET'] for an attribute of your own; a text is written in single quotes, as in 'GET'
====
SELECT name FROM traces a JOIN traces b ON a.name = b.name
----
1:8 "name": field 'name' is in more than one table: expected the table before it, as in t.name
====
SELECT * FROM instainstru-prod
----
1:26 "-": expected the end of the query, found -; a name with a dash is written in double quotes
====
WITH traces AS (SELECT duration FROM traces) SELECT *, name FROM traces
----
1:56 "name": unknown field 'name': expected a field
====
WITH traces AS (SELECT *, nme FROM traces) SELECT * FROM traces
----
1:27 "nme": unknown field 'nme': expected a field, or "attributes.custom"['nme'] for an attribute of your own; did you mean 'name'?
====
SELECT *, q.name FROM (SELECT name FROM traces) q
----
1:1 the query: two fields have the same name: expected another for one of them, with AS
====
SELECT *, name FROM (SELECT duration FROM traces) q
----
1:11 "name": unknown field 'name': expected a field
====
SELECT *, nme FROM traces
----
1:11 "nme": unknown field 'nme': expected a field, or "attributes.custom"['nme'] for an attribute of your own; did you mean 'name'?
====
SELECT "a""c" FROM (SELECT 1 AS "a""b") q
----
1:8 "\"a\"\"c\"": unknown field 'a"c': expected a field; did you mean '"a""b"'?
====
SELECT 'traces' AS a FROM x JOIN traces y ON true -- x
----
1:27 "x": unknown dataset 'x': the only one is 'traces'
====
SELECT 'q.name' AS a, x.name FROM traces q -- x
----
1:23 "x": no table is called 'x' here: expected q; an attribute of this name is written "x.name"; did you mean 'q'?
