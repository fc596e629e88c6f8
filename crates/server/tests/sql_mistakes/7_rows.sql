SELECT CAST(trace_state AS BIGINT), CAST(name AS BIGINT) FROM traces WHERE "service.name" = 'beat'
----
1:1 the query: could not read 'GET /lessons/3' as BIGINT; TRY_CAST(… AS BIGINT) gives null where there is none
====
SELECT name FROM traces WHERE CAST(kind AS BIGINT) > 1
----
1:31 "CAST(kind AS BIGINT)": could not read 'server' as BIGINT; TRY_CAST(… AS BIGINT) gives null where there is none
====
SELECT CAST(name AS TIMESTAMP) FROM traces WHERE "service.name" = 'beat'
----
1:8 "CAST(name AS TIMESTAMP)": could not read 'GET /lessons/3' as TIMESTAMP: expected one such as '2026-11-22T10:00:00Z'; TRY_CAST(… AS TIMESTAMP) gives null where there is none
====
SELECT to_timestamp(name) FROM traces WHERE "service.name" = 'beat'
----
1:8 "to_timestamp(name)": could not read 'GET /lessons/3' as TIMESTAMP: expected one such as '2026-11-22T10:00:00Z'; TRY_CAST(… AS TIMESTAMP) gives null where there is none
====
SELECT to_date(name) FROM traces WHERE "service.name" = 'beat'
----
1:8 "to_date(name)": could not read a text as DATE: expected one such as '2026-11-22'
====
SELECT CAST(name AS INTERVAL) FROM traces WHERE "service.name" = 'beat'
----
1:8 "CAST(name AS INTERVAL)": could not read 'GET /lessons/3' as INTERVAL: expected one such as INTERVAL '90 seconds'
====
SELECT name::INT FROM traces WHERE "service.name" = 'beat'
----
1:8 "name": could not read 'GET /lessons/3' as INTEGER; TRY_CAST(… AS INTEGER) gives null where there is none
====
SELECT CAST(CAST(_time AS BIGINT) AS INT) FROM traces WHERE "service.name" = 'beat'
----
1:1 the query: 1795341690000000000 does not fit into INTEGER: expected a larger type, or TRY_CAST(… AS INTEGER), which gives null
====
SELECT 1 / (length(name) - length(name)) FROM traces
----
1:8 "1 / (length(name) - length(name))": a division by zero: expected a divisor that is never 0, such as nullif(x, 0)
====
SELECT name FROM traces WHERE 1 / (length(name) - 14) > 0
----
1:31 "1 / (length(name) - 14)": a division by zero: expected a divisor that is never 0, such as nullif(x, 0)
====
SELECT split_part(name, 'a', length(name) - length(name)) FROM traces
----
1:8 "split_part(name, 'a', length(name) - length(name))": split_part counts parts from 1, and from the end with -1: expected no 0
====
SELECT name FROM traces WHERE split_part(name, 'a', length(name) - 14) = 'x'
----
1:31 "split_part(name, 'a', length(name) - 14)": split_part counts parts from 1, and from the end with -1: expected no 0
====
SELECT substr(name, 1, 1 - length(name)) FROM traces WHERE "service.name" = 'beat'
----
1:8 "substr(name, 1, 1 - length(name))": substr takes a length of 0 or more, found -13
====
SELECT chr(0 - length(name)) FROM traces WHERE "service.name" = 'beat'
----
1:8 "chr(0 - length(name))": there is no character -14: expected a number from 1 to 1114111
====
SELECT name FROM traces WHERE duration > (SELECT duration FROM traces)
----
1:42 "(SELECT duration FROM traces)": a query that stands for one value gave more than one row: expected LIMIT 1, or an aggregation such as max(x)
====
SELECT ntile(0) OVER (ORDER BY _time) FROM traces
----
1:8 "ntile(0)": ntile takes a number above 0
====
SELECT lag(name, 'x') OVER (ORDER BY _time) FROM traces
----
1:8 "lag(name, 'x')": the second argument of lag, lead and nth_value is a number of rows: expected one such as 1
====
SELECT any_value(regexp_like(name, lower(name))) FROM traces
----
1:18 "regexp_like(name, lower(name))": a regular expression is written out: expected a text in quotes
