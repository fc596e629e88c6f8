SELECT lower(5)
----
1:8 "lower(5)": lower takes texts, found BIGINT: expected lower(str); a value becomes a text by CAST(x AS VARCHAR)
====
SELECT lower(_time) FROM traces
----
1:8 "lower(_time)": lower takes texts, found TIMESTAMP: expected lower(str); a value becomes a text by CAST(x AS VARCHAR)
====
SELECT upper() FROM traces
----
1:8 "upper()": upper takes texts, found nothing: expected upper(str)
====
SELECT upper(name, name) FROM traces
----
1:8 "upper(name, name)": upper does not take VARCHAR, VARCHAR: expected upper(str)
====
SELECT left(name, 'a') FROM traces
----
1:8 "left(name, 'a')": left does not take VARCHAR, VARCHAR: expected left(str, n)
====
SELECT replace(name, 'a') FROM traces
----
1:8 "replace(name, 'a')": replace does not take VARCHAR, VARCHAR: expected replace(text, from, to)
====
SELECT round(name) FROM traces
----
1:8 "round(name)": round takes numbers, found VARCHAR: expected round(x), or round(x, digits); a text becomes a number by TRY_CAST(x AS DOUBLE)
====
SELECT power(name, 2) FROM traces
----
1:8 "power(name, 2)": power does not take VARCHAR, BIGINT: expected power(x, exponent)
====
SELECT abs(duration) FROM traces
----
1:8 "abs(duration)": abs takes numbers, found timespan: expected abs(x); a timespan becomes a number by duration / INTERVAL '1 ms'
====
SELECT sum(name) FROM traces
----
1:8 "sum(name)": sum takes numbers and timespans, found VARCHAR: expected sum(expression); a text becomes a number by TRY_CAST(x AS DOUBLE)
====
SELECT sum(*) FROM traces
----
1:8 "sum(*)": expected a field, as in sum(duration)
====
SELECT avg(_time) FROM traces
----
1:8 "avg(_time)": avg takes numbers and timespans, found TIMESTAMP: expected avg(expression)
====
SELECT avg(duration, 5) FROM traces
----
1:8 "avg(duration, 5)": avg does not take timespan, BIGINT: expected avg(expression)
====
SELECT stddev(duration) FROM traces
----
1:8 "stddev(duration)": stddev takes numbers, found timespan: expected stddev(expression); a timespan becomes a number by duration / INTERVAL '1 ms'
====
SELECT bool_and(name) FROM traces
----
1:8 "bool_and(name)": bool_and takes conditions, found VARCHAR: expected bool_and(expression)
====
SELECT min(events) FROM traces
----
1:8 "min(events)": min takes values that have an order, such as numbers, texts and times, not array
====
SELECT max("attributes.custom") FROM traces
----
1:8 "max(\"attributes.custom\")": max takes values that have an order, such as numbers, texts and times, not MAP
====
SELECT percentile(duration) FROM traces
----
1:8 "percentile(duration)": expected percentile(field, percent)
====
SELECT percentile(name, 50) FROM traces
----
1:8 "percentile(name, 50)": percentile takes numbers or timespans, not VARCHAR
====
SELECT date_bin(60, _time) FROM traces
----
1:8 "date_bin(60, _time)": date_bin does not take BIGINT, TIMESTAMP: expected date_bin(interval, expression[, origin_timestamp])
====
SELECT date_bin(INTERVAL '1 minute', name) FROM traces
----
1:8 "date_bin(INTERVAL '1 minute', name)": name is VARCHAR, and TIMESTAMP is expected here: TRY_CAST(name AS TIMESTAMP) reads it, with null where it is none
====
SELECT date_trunc('hour', name) FROM traces
----
1:8 "date_trunc('hour', name)": name is VARCHAR, and TIMESTAMP is expected here: TRY_CAST(name AS TIMESTAMP) reads it, with null where it is none
====
SELECT extract(hour FROM name) FROM traces
----
1:8 "extract(hour FROM name)": name is VARCHAR, and TIMESTAMP is expected here: TRY_CAST(name AS TIMESTAMP) reads it, with null where it is none
====
SELECT from_unixtime('x')
----
1:8 "from_unixtime('x')": from_unixtime takes whole numbers, found VARCHAR: expected from_unixtime(expression[, timezone])
====
SELECT map_keys(name) FROM traces
----
1:8 "map_keys(name)": map_keys takes maps, found VARCHAR: expected map_keys(map)
====
SELECT array_length(name) FROM traces
----
1:8 "array_length(name)": array_length takes arrays, found VARCHAR: expected array_length(array[, dimension])
====
SELECT unnest(name) FROM traces
----
1:8 "unnest(name)": unnest takes an array, such as events or map_keys(m)
====
SELECT coalesce(name, 5) FROM traces
----
1:8 "coalesce(name, 5)": name is VARCHAR, and BIGINT is expected here: TRY_CAST(name AS BIGINT) reads it, with null where it is none
====
SELECT coalesce(duration, 0) FROM traces
----
1:8 "coalesce(duration, 0)": coalesce does not take timespan, BIGINT: expected coalesce(expression1[, ..., expression_n])
====
SELECT greatest(name, _time) FROM traces
----
1:8 "greatest(name, _time)": name is VARCHAR, and TIMESTAMP is expected here: TRY_CAST(name AS TIMESTAMP) reads it, with null where it is none
====
SELECT nullif(duration, '5ms') FROM traces
----
1:8 "nullif(duration, '5ms')": nullif does not take timespan, VARCHAR: expected nullif(expression1, expression2)
====
SELECT concat() FROM traces
----
1:8 "concat()": concat takes texts, found nothing: expected concat(text, …)
====
SELECT name FROM traces WHERE name LIKE name
----
1:31 "name LIKE name": a pattern of LIKE is written out: expected a text in quotes, or contains(field, …)
====
SELECT lag(name, error) OVER (ORDER BY _time) FROM traces
----
1:8 "lag(name, error)": a function over a window takes one field; what comes after it is written out: expected a number such as 1
====
SELECT nth_value(name, 'a') OVER (ORDER BY _time) FROM traces
----
1:8 "nth_value(name, 'a')": the second argument of lag, lead and nth_value is a number of rows: expected one such as 1
====
SELECT date_trunc(name, _time) FROM traces
----
1:8 "date_trunc(name, _time)": date_trunc takes the part of a time first, in quotes: expected date_trunc('hour', _time)
====
SELECT 'foo(' AS a, foo(1) FROM traces
----
1:21 "foo": there is no function 'foo' here; docs/sql.md lists those there are; did you mean 'floor'?
====
SELECT foo (1) FROM traces
----
1:8 "foo": there is no function 'foo' here; docs/sql.md lists those there are; did you mean 'floor'?
====
SELECT name FROM traces WHERE name = any(1)
----
1:31 "name = any(1)": array_has does not support type BIGINT.
