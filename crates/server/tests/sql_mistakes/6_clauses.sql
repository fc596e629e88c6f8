SELECT name, count(*) FROM traces
----
1:8 "name": 'name' is neither in GROUP BY nor in an aggregation: expected it in GROUP BY, or any_value(name)
====
SELECT name FROM traces HAVING count(*) > 1
----
1:8 "name": 'name' is neither in GROUP BY nor in an aggregation: expected it in GROUP BY, or any_value(name)
====
SELECT name FROM traces GROUP BY 5
----
1:34 "5": GROUP BY 5: SELECT has no field of that number, expected 1 to 1
====
SELECT name FROM traces ORDER BY 5
----
1:34 "5": ORDER BY 5: SELECT has no field of that number, expected 1 to 1
====
SELECT DISTINCT name FROM traces ORDER BY duration
----
1:1 the query: with DISTINCT rows are ordered by fields that are shown: expected duration after SELECT, or another order
====
SELECT count(*) FROM traces WHERE count(*) > 5
----
1:35 "count(*)": WHERE looks at single rows, and count(*) at many: expected it after HAVING, behind GROUP BY
====
SELECT sum(count(*)) FROM traces
----
1:12 "count(*)": an aggregation cannot be inside another: expected count(*) in a query inside FROM
====
SELECT name FROM traces WHERE row_number() OVER (ORDER BY _time) = 1
----
1:31 "row_number()": a function over a window stands in SELECT and ORDER BY: expected it in a query inside FROM, and the condition outside of that
====
SELECT name FROM traces LIMIT 'x'
----
1:31 "'x'": LIMIT takes a number of rows, 0 or more: expected one such as LIMIT 10
====
SELECT name FROM traces LIMIT -1
----
1:31 "-1": LIMIT takes a number of rows, 0 or more: expected one such as LIMIT 10
====
SELECT name FROM traces LIMIT name
----
1:31 "name": LIMIT takes a number of rows, 0 or more: expected one such as LIMIT 10
====
SELECT name FROM traces OFFSET -1
----
1:32 "-1": OFFSET takes a number of rows, 0 or more: expected one such as OFFSET 10
====
SELECT name FROM traces UNION ALL SELECT name, _time FROM traces
----
1:1 the query: the queries of a UNION have as many fields as each other: expected the same number in each
====
SELECT name FROM traces WHERE trace_id IN (SELECT trace_id, name FROM traces)
----
1:31 "trace_id IN (SELECT trace_id, name FROM traces)": a query that stands for a value or after IN has one field: expected one after its SELECT
====
SELECT name FROM traces WHERE duration > (SELECT duration, name FROM traces)
----
1:42 "(SELECT duration, name FROM traces)": a query that stands for a value or after IN has one field: expected one after its SELECT
====
SELECT (SELECT b.name FROM traces b WHERE b.trace_id = traces.trace_id) FROM traces
----
1:1 the query: a query that stands for one value of each row must give one: expected an aggregation in it, such as max(x)
====
VALUES (1, 'a'), (2)
----
1:1 the query: the rows of VALUES have as many values as the first: expected 2, found 1
====
SELECT sum(flags) OVER (ORDER BY _time ROWS BETWEEN 1 FOLLOWING AND 1 PRECEDING) FROM traces
----
1:8 "sum(flags)": a window starts before it ends: expected ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING
====
SELECT EXISTS (SELECT 1)
----
1:8 "EXISTS (SELECT 1)": EXISTS and IN with a query stand in WHERE and HAVING: expected a join, or a query in FROM
====
SELECT name FROM traces WHERE unnest(events) IS NULL
----
1:31 "unnest(events)": unnest stands in SELECT: expected it in a query inside FROM, and the condition outside of that
====
SELECT name, count(*) FROM traces GROUP BY 1, 2
----
1:47 "2": GROUP BY 2: count(*) is computed of each group, so that no group is made by it; expected fields such as name
====
SELECT count(*) FROM traces GROUP BY 1
----
1:38 "1": GROUP BY 1: count(*) is computed of each group, so that no group is made by it; expected fields such as name
====
SELECT name FROM traces GROUP BY count(*)
----
1:34 "count(*)": GROUP BY count(*): count(*) is computed of each group, so that no group is made by it; expected fields such as name
====
SELECT name, sum(duration) AS total FROM traces GROUP BY total
----
1:8 "name": 'name' is neither in GROUP BY nor in an aggregation: expected it in GROUP BY, or any_value(name)
====
SELECT name, count(*) AS total FROM traces GROUP BY name, total
----
1:59 "total": GROUP BY total: count(*) is computed of each group, so that no group is made by it; expected fields such as name
====
SELECT name, 1 + count(*) AS "Total" FROM traces GROUP BY name, "Total"
----
1:65 "\"Total\"": GROUP BY "Total": count(*) is computed of each group, so that no group is made by it; expected fields such as name
====
SELECT * FROM (SELECT count(*) AS n FROM traces GROUP BY n) q
----
1:58 "n": GROUP BY n: count(*) is computed of each group, so that no group is made by it; expected fields such as name
====
SELECT name FROM traces LIMIT 1+'a'
----
1:31 "1+'a'": LIMIT takes a number of rows, 0 or more: expected one such as LIMIT 10
====
SELECT name FROM traces WHERE (name, kind) IN (('a', 'b'))
----
1:32 "name, kind": several values in parentheses are no value here: expected one, as in name IN ('a', 'b')
====
SELECT name FROM traces ORDER BY name COLLATE "de"
----
1:34 "name COLLATE \"de\"": COLLATE is not here: expected a text alone, or lower(x) to order without case
====
SELECT name FROM traces GROUP BY (name, kind)
----
1:35 "name, kind": several values in parentheses are no value here: expected one, as in name IN ('a', 'b')
====
SELECT * EXCLUDE (name) FROM traces WHERE EXISTS (SELECT vf FROM traces)
----
1:58 "vf": unknown field 'vf': expected a field, or "attributes.custom"['vf'] for an attribute of your own
====
SELECT error, sum(flags) AS duration FROM traces GROUP BY error, sum(flags)
----
1:66 "sum(flags)": GROUP BY sum(flags): sum(flags) is computed of each group, so that no group is made by it; expected fields such as name
====
SELECT row_number() OVER (ORDER BY _time) FROM traces GROUP BY 1
----
1:1 the query: a window function stands in SELECT and ORDER BY: expected it in a query inside FROM, and its condition outside
====
SELECT * FROM traces GROUP BY ROLLUP(count(*))
----
1:38 "count": ROLLUP is not here: expected fields to group by
====
SELECT name FROM traces WHERE name > ALL(SELECT duration FROM traces)
----
1:31 "name > ALL(SELECT duration FROM traces)": VARCHAR is compared with timespan here: expected a query that gives values of the same type, by CAST(x AS …)
