SELECT name + 1 FROM traces
----
1:8 "name + 1": cannot compute VARCHAR + BIGINT: expected numbers, which texts become by CAST(x AS DOUBLE), or TRY_CAST
====
SELECT name, flags * (name + name) FROM traces
----
1:23 "name + name": cannot compute VARCHAR + VARCHAR: expected numbers; texts are joined by ||
====
SELECT -name FROM traces
----
1:8 "-name": - takes a number, found VARCHAR
====
SELECT duration * 2 FROM traces
----
1:8 "duration * 2": cannot compute timespan * BIGINT: expected a number, which a timespan becomes by duration / INTERVAL '1 ms'
====
SELECT duration + 5 FROM traces
----
1:8 "duration + 5": cannot compute timespan + BIGINT: expected a timespan or an interval beside a timespan, such as INTERVAL '5 ms'
====
SELECT duration / 0 FROM traces
----
1:8 "duration / 0": a timespan is divided by a timespan: duration / INTERVAL '1 ms'
====
SELECT name FROM traces WHERE _time > 5
----
1:31 "_time > 5": cannot compare TIMESTAMP with BIGINT: expected one such as '2026-11-22T10:00:00Z', or now() - INTERVAL '1 hour'
====
SELECT name FROM traces WHERE _time > now() - '1h'
----
1:39 "now() - '1h'": cannot compute TIMESTAMP - VARCHAR: expected a time and an interval, as in now() - INTERVAL '1 hour'
====
SELECT name FROM traces WHERE _time > now() - 3600
----
1:39 "now() - 3600": cannot compute TIMESTAMP - BIGINT: expected a time and an interval, as in now() - INTERVAL '1 hour'
====
SELECT name FROM traces WHERE name
----
1:31 "name": WHERE takes a condition, which is true or false, found VARCHAR: expected one such as name = 'GET'
====
SELECT name FROM traces WHERE NOT name
----
1:31 "NOT name": NOT takes a condition, which is true or false, found VARCHAR: expected one such as name = 'GET'
====
SELECT name FROM traces WHERE error AND name
----
1:31 "error AND name": AND takes a condition, which is true or false, found VARCHAR: expected one such as name = 'GET'
====
SELECT name FROM traces WHERE error = 1
----
1:31 "error = 1": cannot compare BOOLEAN with BIGINT: expected one such as true or false
====
SELECT name FROM traces WHERE error = 'yes'
----
1:31 "error = 'yes'": cannot compare BOOLEAN with VARCHAR: expected one such as true or false
====
SELECT count(*) FILTER (WHERE name) FROM traces
----
1:8 "count(*) FILTER (WHERE name)": name is VARCHAR, and BOOLEAN is expected here: TRY_CAST(name AS BOOLEAN) reads it, with null where it is none
====
SELECT name FROM traces WHERE name IS TRUE
----
1:31 "name": IS TRUE takes a condition, which is true or false, found VARCHAR: expected one such as name = 'GET'
====
SELECT name FROM traces WHERE duration > 5
----
1:31 "duration > 5": a timespan is compared with a timespan such as '5ms', not with a number
====
SELECT name FROM traces WHERE "http.status_code" LIKE '5%'
----
1:31 "\"http.status_code\" LIKE '5%'": LIKE compares texts, found BIGINT: expected a text, such as CAST(x AS VARCHAR)
====
SELECT name FROM traces WHERE events = links
----
1:31 "events = links": cannot compare array with array: expected a value in it, such as m['key'] or events[1]['name']
====
SELECT name FROM traces WHERE "attributes.custom" = 'a'
----
1:31 "\"attributes.custom\" = 'a'": cannot compare MAP with VARCHAR: expected a value in it, such as m['key'] or events[1]['name']
====
SELECT "attributes.custom"[1] FROM traces
----
1:8 "\"attributes.custom\"[1]": a value of a map is read by its key, a text: expected m['key']
====
SELECT events['name'] FROM traces
----
1:8 "events['name']": nothing can be read in brackets from array: expected a map and its key, as in m['key'], or an array and a place, as in events[1]
====
SELECT events[1]['nme'] FROM traces
----
1:18 "'nme'": there is no 'nme' in this value: expected one of its parts, such as events[1]['name']
====
SELECT name['a'] FROM traces
----
1:8 "name['a']": nothing can be read in brackets from VARCHAR: expected a map and its key, as in m['key'], or an array and a place, as in events[1]
====
SELECT CASE WHEN name THEN 1 END FROM traces
----
1:8 "CASE WHEN name THEN 1 END": name is VARCHAR, and BOOLEAN is expected here: TRY_CAST(name AS BOOLEAN) reads it, with null where it is none
====
SELECT CASE WHEN error THEN name ELSE _time END FROM traces
----
1:8 "CASE WHEN error THEN name ELSE _time END": name is VARCHAR, and TIMESTAMP is expected here: TRY_CAST(name AS TIMESTAMP) reads it, with null where it is none
====
SELECT CASE WHEN error THEN duration ELSE 'a' END FROM traces
----
1:8 "CASE WHEN error THEN duration ELSE 'a' END": the values of CASE have no type in common: expected values of one type, by CAST(x AS …)
====
SELECT name FROM traces UNION ALL SELECT _time FROM traces
----
1:1 the query: name is VARCHAR, and TIMESTAMP is expected here: TRY_CAST(name AS TIMESTAMP) reads it, with null where it is none
====
SELECT name FROM (SELECT name, lower(duration / INTERVAL '1 ms') FROM traces)
----
1:32 "lower(duration / INTERVAL '1 ms')": lower takes texts, found DOUBLE: expected lower(str); a value becomes a text by CAST(x AS VARCHAR)
====
WITH a AS (SELECT name FROM traces), b AS (SELECT sum(name) FROM a) SELECT * FROM b
----
1:51 "sum(name)": sum takes numbers and timespans, found VARCHAR: expected sum(expression); a text becomes a number by TRY_CAST(x AS DOUBLE)
====
SELECT a.name FROM traces a JOIN traces b ON a._time = b.flags
----
1:46 "a._time = b.flags": cannot compare TIMESTAMP with BIGINT: expected one such as '2026-11-22T10:00:00Z', or now() - INTERVAL '1 hour'
====
SELECT CAST(duration AS TIMESTAMP) FROM traces
----
1:8 "CAST(duration AS TIMESTAMP)": timespan cannot be cast to TIMESTAMP
====
SELECT CAST(events AS VARCHAR) FROM traces
----
1:8 "CAST(events AS VARCHAR)": array cannot be cast to VARCHAR
====
SELECT CAST(_time AS BOOLEAN) FROM traces
----
1:8 "CAST(_time AS BOOLEAN)": TIMESTAMP cannot be cast to BOOLEAN
====
SELECT count(*) FROM traces HAVING name
----
1:36 "name": 'name' is neither in GROUP BY nor in an aggregation: expected it in GROUP BY, or any_value(name)
====
SELECT name FROM traces WHERE name ~ name
----
1:31 "name ~ name": a regular expression is written out: expected a text in quotes
====
SELECT name FROM traces WHERE duration IN ('soon')
----
1:44 "'soon'": expected a timespan such as '100ms', found 'soon'
====
SELECT name FROM traces WHERE (duration) BETWEEN 1 AND 5
----
1:31 "(duration) BETWEEN 1 AND 5": a timespan is compared with a timespan such as '5ms', not with a number
====
SELECT CASE duration WHEN 5 THEN 1 END FROM traces
----
1:8 "CASE duration WHEN 5 THEN 1 END": a timespan is compared with a timespan such as '5ms', not with a number
====
SELECT name FROM traces WHERE duration BETWEEN name AND '5s'
----
1:31 "duration BETWEEN name AND '5s'": these values have no type in common: timespan, VARCHAR, VARCHAR; expected values of one type, by CAST(x AS …)
====
SELECT date_bin(INTERVAL '1 s' - INTERVAL '1 s', _time) FROM traces
----
1:8 "date_bin(INTERVAL '1 s' - INTERVAL '1 s', _time)": date_bin takes a width above 0, such as INTERVAL '1 minute'
====
SELECT "attributes.custom" || 'a' FROM traces
----
1:8 "\"attributes.custom\" || 'a'": || joins texts, found MAP: expected a value in it, such as m['key'] or events[1]['name']
====
SELECT concat("attributes.custom", 'a') FROM traces
----
1:8 "concat(\"attributes.custom\", 'a')": concat joins texts, found MAP: expected a value in it, such as m['key'] or events[1]['name']
====
SELECT count(*) FROM traces WHERE kind IN (SELECT duration FROM traces)
----
1:35 "kind IN (SELECT duration FROM traces)": VARCHAR is compared with timespan here: expected a query that gives values of the same type, by CAST(x AS …)
====
SELECT CAST('a' AS BOOLEAN) ILIKE 1 OR events FROM traces
----
1:8 "CAST('a' AS BOOLEAN) ILIKE 1 OR events": AND and OR take conditions, which are true or false: expected one such as name = 'GET'
====
SELECT error OR events FROM traces
----
1:8 "error OR events": OR takes a condition, which is true or false, found array: expected one such as name = 'GET'
====
SELECT 1 FROM traces AS a JOIN traces AS b ON EXTRACT(hour FROM a.events)
----
1:47 "EXTRACT(hour FROM a.events)": expected a time, such as _time, found array
====
SELECT 1 FROM traces AS a JOIN traces AS b ON date_bin(-1)
----
1:47 "date_bin(-1)": date_bin takes times, found BIGINT: expected date_bin(interval, expression[, origin_timestamp])
====
SELECT 1 FROM traces AS a JOIN traces AS b ON avg('1h', 'x')
----
1:47 "avg('1h', 'x')": avg takes numbers and timespans, found VARCHAR, VARCHAR: expected avg(expression); a text becomes a number by TRY_CAST(x AS DOUBLE)
====
SELECT 1 FROM traces AS a JOIN traces AS b ON coalesce()
----
1:47 "coalesce()": coalesce takes more than nothing: expected coalesce(expression1[, ..., expression_n])
====
SELECT 1 FROM traces AS a JOIN traces AS b ON power(a.name, b.error)
----
1:47 "power(a.name, b.error)": power takes numbers, found VARCHAR, BOOLEAN: expected power(x, exponent); a text becomes a number by TRY_CAST(x AS DOUBLE)
====
SELECT count(*) FROM traces WHERE error AND _time > 'yesterday'
----
1:53 "'yesterday'": could not read 'yesterday' as TIMESTAMP: expected one such as '2026-11-22T10:00:00Z', or now() - INTERVAL '1 hour'
====
SELECT count(*) FROM traces WHERE CAST(X'00' AS INT)
----
1:1 the query: a condition is true or false: expected one such as name = 'GET'
