datatable (a:long, b:string) [1, "x", 2, "y"] | sort by a asc
----
a:integer | b:string
1 | x
2 | y
====
datatable (a:long) []
----
a:integer
====
datatable (a:real, t:datetime, d:timespan, b:bool, ['a b']:string)
[
  1, datetime(2024-01-02), 1h, true, "x",
  1.5, null, -2s, false, null,
]
| sort by a asc
----
a:float | t:datetime | d:timespan | b:boolean | a b:string
1.0 | 2024-01-02T00:00:00Z | 1h0m0s | true | x
1.5 | null | -2s | false | null
====
datatable (a:long, b:long) [1, 2, 3, 4] | summarize sum(a), sum(b)
----
sum_a:integer | sum_b:integer
4 | 6
====
print a = 1 + 2, strcat("x", "y"), c = 1h
----
a:integer | print_1:string | c:timespan
3 | xy | 1h0m0s
====
print x = now() | extend y = x - 1h
----
x:datetime | y:datetime
2026-11-22T10:00:00Z | 2026-11-22T09:00:00Z
====
table("traces") | count
----
Count:integer
10
====
(table('traces')) | count
----
Count:integer
10
====
union (traces), traces | count
----
Count:integer
20
====
union traces
| count
----
Count:integer
10
====
union tr* | count
----
Count:integer
10
====
// columns by name, missing ones null, integers and floats to floats
union withsource=from (print a = 1), (print a = 2.5, b = "x") | sort by a asc
----
from:string | a:float | b:string
union_arg0 | 1.0 | null
union_arg1 | 2.5 | x
====
union withsource=src traces, (traces | where error) | summarize count() by src | sort by src asc
----
src:string | count_:integer
traces | 10
union_arg1 | 2
====
// other types that differ become texts, and null stays null
union (datatable (a:long) [7, null]), (print a = "x"), (print a = 1.5), (print a = true), (print a = 2s)
| summarize n = count() by a | sort by a asc
----
a:string | n:integer
null | 1
1.5 | 1
2s | 1
7 | 1
true | 1
x | 1
====
union (print a = real(1)), (datatable (a:real) [null]), (print a = "x") | where isnull(a) | count
----
Count:integer
1
====
traces | where error | union (traces | where kind == "internal") | project name, error
----
name:string | error:boolean
expire_holds | false
SELECT instructors | true
GET /instructors/{id} | true
====
// rows of the pipe are the first
print a = 1 | union withsource=t (print a = 2) | sort by a asc
----
t:string | a:integer
union_arg0 | 1
union_arg1 | 2
====
// raw events of two tables are the newest first
union (traces | where kind == "server"), (traces | where kind == "client") | project name | take 3
----
name:string
tools/call find_bookings
SELECT instructors
GET /instructors/{id}
====
// attributes of both are found under all their names, and in the maps
union (traces | where error), (traces | where kind == "consumer")
| project name, status = ['http.status_code'], order = ['attributes.custom']['os.name']
----
name:string | status:integer | order:string
SELECT instructors | null | null
GET /instructors/{id} | 500 | null
run/send_confirmation | 503 | linux
====
let t = datatable (k:string, n:long) ["a", 1, "b", 2];
let u = union t, t, (t | where k == "a");
u | summarize sum(n) by k | sort by k asc
----
k:string | sum_n:integer
a | 3
b | 4
====
union (union (print a = 1), (print a = 2)), (print b = 3) | summarize count(), sum(a), sum(b)
----
count_:integer | sum_a:integer | sum_b:integer
3 | 3 | 3
====
// lists of one type
union (traces | summarize kinds = make_set(kind) by error), (print error = true) | where isnotnull(kinds) | project error, kinds | sort by error asc
----
error:boolean | kinds:array
false | [client, consumer, internal, producer, server, unspecified]
true | [client, server]
====
union withsource=t tr*, (print x = 1) | summarize count() by t | sort by t asc
----
t:string | count_:integer
traces | 10
union_arg1 | 1
====
print a = 1, b = "x" | getschema
----
ColumnName:string | ColumnOrdinal:integer | ColumnType:string | DataType:string
a | 0 | integer | long
b | 1 | string | string
====
traces | getschema | where ColumnName in ("_time", "duration", "error", "events", "attributes.custom") | project ColumnName, ColumnType
----
ColumnName:string | ColumnType:string
_time | datetime
duration | timespan
error | boolean
attributes.custom | map
events | array
====
traces | getschema | take 3
----
ColumnName:string | ColumnOrdinal:integer | ColumnType:string | DataType:string
_time | 0 | datetime | datetime
_sysTime | 1 | datetime | datetime
trace_id | 2 | string | string
====
print a = 1, b = 2, c = 3 | project-reorder c
----
c:integer | a:integer | b:integer
3 | 1 | 2
====
print b10 = 1, b9 = 2, a = 3 | project-reorder b* granny-asc
----
b9:integer | b10:integer | a:integer
2 | 1 | 3
====
print b10 = 1, b9 = 2, a = 3 | project-reorder b* asc, a
----
b10:integer | b9:integer | a:integer
1 | 2 | 3
====
print x2 = 1, x10 = 2, x1 = 3, y = 4 | project-reorder y, x* granny-desc
----
y:integer | x10:integer | x2:integer | x1:integer
4 | 2 | 1 | 3
====
print x2 = 1, x10 = 2, y = 4 | project-reorder * desc
----
y:integer | x2:integer | x10:integer
4 | 1 | 2
====
traces | project a = 1, name | project-reorder name | take 1
----
name:string | a:integer
100%_done | 1
====
datatable (host:string, ip:string) ["a", "", "b", "10.0.0.1", "c", null] | extend-valid host = ip | sort by host asc
----
host:string | ip:string
10.0.0.1 | 10.0.0.1
a | ""
c | null
====
datatable (n:long, x:real, b:bool) [0, 0.0, false, 5, 1.5, true]
| extend-valid n2 = n, x2 = x, b2 = b, i = x / 0.0, t = 1s
| sort by n asc
----
n:integer | x:float | b:boolean | n2:integer | x2:float | b2:boolean | i:float | t:timespan
0 | 0.0 | false | null | null | null | null | 1s
5 | 1.5 | true | 5 | 1.5 | true | null | 1s
====
traces | sample 1 | count
----
Count:integer
10
====
traces | sample 0.0 | count
----
Count:integer
0
====
// rows that nothing was sent of are none
traces | sample 0.5 | where duration > 1h | count
----
Count:integer
0
====
// with an array or a map among them, values become dynamic
union (print a = dynamic([1, 2])), (print a = 3), (print a = "x"), (print a = dynamic({"k": null})) | summarize n = count() by t = tostring(a) | sort by t asc
----
t:string | n:integer
3 | 1
[1,2] | 1
x | 1
{"k":null} | 1
====
// arrays that are held in different ways stay arrays
union (traces | summarize a = make_set(kind)), (print a = dynamic(["x"])) | extend n = array_length(a) | project n | sort by n asc
----
n:integer
1
6
====
datatable (d:dynamic) [dynamic({"a": [1, 2]}), 5, "x", null] | extend t = tostring(d), first = d.a[0] | project t, first | sort by t asc
----
t:string | first:unknown
"" | null
5 | null
x | null
{"a":[1,2]} | 1
====
datatable (xs:dynamic, m:dynamic) [dynamic([]), dynamic({}), dynamic([1]), dynamic({"a": 1})] | extend-valid a = xs, b = m | project a, b | sort by tostring(a) asc
----
a:unknown | b:unknown
null | null
[1] | {"a":1}
