SELECT name FORM traces
----
1:13 "FORM": 'FORM' is read as a name here, and traces cannot come after it; did you mean 'FROM'?
====
SELECT name FROM
----
1:17 "": expected identifier, found the end of the query
====
SELECT FROM traces
----
1:1 "SELECT": expected the fields to show after SELECT, or *
====
SELECT name FROM traces GROUP name
----
1:25 "GROUP": expected the end of the query, found GROUP; groups are written GROUP BY
====
SELECT name FROM traces WHERE (name = 'GET'
----
1:44 "": expected ), found the end of the query
====
SELECT name FROM traces WHERE name = 'it's'
----
1:43 "'": unterminated string literal
====
SELECT name FROM traces WHERE name = 'GET' AND
----
1:47 "": expected an expression, found the end of the query
====
SELECT * FROM traces | where name == 'GET'
----
1:22 "|": expected the end of the query, found |; a query with | is APL: ask without --sql, or by POST /v1/datasets/_apl
====
traces | take 10
----
1:1 "traces": expected SELECT or WITH; a query with | is APL: ask without --sql, or by POST /v1/datasets/_apl
====
| take 10
----
1:1 "|": expected SELECT; a query that starts with | is APL: ask without --sql, or by POST /v1/datasets/_apl
====
SELECT CAST(name AS BLAH) FROM traces
----
1:8 "CAST(name AS BLAH)": there is no type BLAH here: expected VARCHAR, BIGINT, DOUBLE, BOOLEAN, TIMESTAMP, DATE or INTERVAL
====
SELECT name COLLATE "C" FROM traces
----
1:8 "name COLLATE \"C\"": COLLATE is not here: expected a text alone, or lower(x) to order without case
====
SELECT ARRAY[1, 2]
----
1:8 "ARRAY[1, 2]": there is no function here for arrays and structs that are written out: expected VALUES, or single values
====
SELECT name FROM traces WHERE
----
1:30 "": expected an expression, found the end of the query
====
SELECT 'x
----
1:8 "'x": unterminated string literal
====
SELECT 1; SELECT 2
----
1:11 "SELECT": expected the end of the query, found SELECT; a second statement is not read
====
SELECT TOP 1 name FROM traces
----
1:8 "TOP": TOP is not here: expected LIMIT at the end of the query
