SELECT count(*) FROM traces WHERE _time > 'yesterday'
----
1:43 "'yesterday'": could not read 'yesterday' as TIMESTAMP: expected one such as '2026-11-22T10:00:00Z', or now() - INTERVAL '1 hour'
====
SELECT count(*) FROM traces
WHERE error AND 'yesterday' < _time
----
2:17 "'yesterday'": could not read 'yesterday' as TIMESTAMP: expected one such as '2026-11-22T10:00:00Z', or now() - INTERVAL '1 hour'
====
SELECT count(*) FROM traces WHERE _time BETWEEN '2026-11-22' AND 'today'
----
1:66 "'today'": could not read 'today' as TIMESTAMP: expected one such as '2026-11-22T10:00:00Z', or now() - INTERVAL '1 hour'
====
SELECT count(*) FROM traces WHERE _time IN ('2026-11-22', 'today')
----
1:59 "'today'": could not read 'today' as TIMESTAMP: expected one such as '2026-11-22T10:00:00Z', or now() - INTERVAL '1 hour'
====
SELECT count(*) FROM traces WHERE _time > '2026-13-45'
----
1:43 "'2026-13-45'": could not read '2026-13-45' as TIMESTAMP: expected one such as '2026-11-22T10:00:00Z', or now() - INTERVAL '1 hour'
====
SELECT CASE _time WHEN 'x' THEN 1 END FROM traces
----
1:24 "'x'": could not read 'x' as TIMESTAMP: expected one such as '2026-11-22T10:00:00Z', or now() - INTERVAL '1 hour'
====
SELECT count(*) FROM traces WHERE _time > now() - INTERVAL '1 blah'
----
1:60 "'1 blah'": could not read '1 blah' as INTERVAL: expected one such as INTERVAL '90 seconds'
====
SELECT to_timestamp('xx')
----
1:21 "'xx'": could not read 'xx' as TIMESTAMP: expected one such as '2026-11-22T10:00:00Z'; TRY_CAST(… AS TIMESTAMP) gives null where there is none
====
SELECT to_date('xx')
----
1:8 "to_date('xx')": could not read a text as DATE: expected one such as '2026-11-22'
====
SELECT TIMESTAMP 'xx'
----
1:8 "TIMESTAMP 'xx'": could not read 'xx' as TIMESTAMP: expected one such as '2026-11-22T10:00:00Z', or now() - INTERVAL '1 hour'
====
SELECT DATE 'xx'
----
1:8 "DATE 'xx'": could not read 'xx' as DATE: expected one such as '2026-11-22'
====
SELECT CAST('xx' AS TIMESTAMP)
----
1:13 "'xx'": could not read 'xx' as TIMESTAMP: expected one such as '2026-11-22T10:00:00Z', or now() - INTERVAL '1 hour'
====
SELECT CAST('xx' AS BIGINT)
----
1:13 "'xx'": could not read 'xx' as BIGINT: expected one such as 5
====
SELECT CAST('maybe' AS BOOLEAN)
----
1:13 "'maybe'": could not read 'maybe' as BOOLEAN: expected one such as true or false
====
SELECT CAST(300 AS TINYINT)
----
1:8 "CAST(300 AS TINYINT)": 300 does not fit into TINYINT: expected a larger type, or TRY_CAST(… AS TINYINT), which gives null
====
SELECT name FROM traces WHERE flags > CAST(9999999999999 AS INT)
----
1:39 "CAST(9999999999999 AS INT)": 9999999999999 does not fit into INTEGER: expected a larger type, or TRY_CAST(… AS INTEGER), which gives null
====
SELECT CAST(1e300 AS BIGINT)
----
1:8 "CAST(1e300 AS BIGINT)": 1e300 does not fit into BIGINT: expected a larger type, or TRY_CAST(… AS BIGINT), which gives null
====
SELECT name FROM traces WHERE "http.status_code" = '5xx'
----
1:52 "'5xx'": could not read '5xx' as BIGINT: expected one such as 5
====
SELECT name FROM traces WHERE duration > 'soon'
----
1:42 "'soon'": expected a timespan such as '100ms', found 'soon'
====
SELECT name FROM traces WHERE duration > INTERVAL '1 month'
----
1:31 "duration > INTERVAL '1 month'": a month has no fixed length: expected days or less
====
SELECT 1 / 0
----
1:8 "1 / 0": a division by zero: expected a divisor that is never 0, such as nullif(x, 0)
====
SELECT name FROM traces WHERE flags = 1 % 0
----
1:39 "1 % 0": a division by zero: expected a divisor that is never 0, such as nullif(x, 0)
====
SELECT split_part(name, 'a', 0) FROM traces
----
1:8 "split_part(name, 'a', 0)": split_part counts parts from 1, and from the end with -1: expected no 0
====
SELECT substr(name, 1, -1) FROM traces
----
1:8 "substr(name, 1, -1)": substr takes a length of 0 or more, found -1
====
SELECT substring(name FROM 1 FOR -1) FROM traces
----
1:8 "substring(name FROM 1 FOR -1)": substr takes a length of 0 or more, found -1
====
SELECT chr(-1)
----
1:8 "chr(-1)": there is no character -1: expected a number from 1 to 1114111
====
SELECT date_trunc('fortnight', _time) FROM traces
----
1:19 "'fortnight'": date_trunc does not know 'fortnight': expected microsecond, millisecond, second, minute, hour, day, week, month, quarter or year
====
SELECT date_part('fortnight', _time) FROM traces
----
1:18 "'fortnight'": there is no part 'fortnight' of a time: expected year, quarter, month, week, day, hour, minute, second, millisecond, microsecond, dow, doy or epoch
====
SELECT extract(fortnight FROM _time) FROM traces
----
1:8 "extract(fortnight FROM _time)": there is no part 'fortnight' of a time: expected year, quarter, month, week, day, hour, minute, second, millisecond, microsecond, dow, doy or epoch
====
SELECT date_bin(INTERVAL '0 second', _time) FROM traces
----
1:8 "date_bin(INTERVAL '0 second', _time)": date_bin takes a width above 0, such as INTERVAL '1 minute'
====
SELECT to_char(_time, '%Q') FROM traces
----
1:8 "to_char(_time, '%Q')": this is no format of times: expected one such as '%Y-%m-%d %H:%M'
====
SELECT make_date(2026, 13, 1)
----
1:8 "make_date(2026, 13, 1)": there is no month 13: expected 1 to 12
====
SELECT regexp_like(name, '(') FROM traces
----
1:26 "'('": '(' is no regular expression, or one that is too large
====
SELECT name FROM traces WHERE name ~ '('
----
1:38 "'('": '(' is no regular expression, or one that is too large
====
SELECT regexp_like(name, 'a', 'q') FROM traces
----
1:31 "'q'": a regular expression has no flag 'q': expected i, s, m, x or g
====
SELECT _time AT TIME ZONE 'Mars/Phobos' FROM traces
----
1:27 "'Mars/Phobos'": there is no time zone 'Mars/Phobos': expected one such as 'UTC' or 'Europe/Berlin'
====
SELECT percentile(duration, 101) FROM traces
----
1:8 "percentile(duration, 101)": expected a percentage from 0 to 100, as a number
====
VALUES (1), ('a')
----
1:1 the query: could not read 'a' as BIGINT: expected one such as 5
====
SELECT count(*) FROM traces WHERE false AND CAST('x' AS BIGINT) = 1
----
1:50 "'x'": could not read 'x' as BIGINT: expected one such as 5
====
SELECT CASE WHEN error THEN date_trunc('foo', _time) ELSE _time END FROM traces
----
1:29 "date_trunc('foo', _time)": date_trunc does not know 'foo': expected microsecond, millisecond, second, minute, hour, day, week, month, quarter or year
