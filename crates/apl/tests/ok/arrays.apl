datatable (k:string, n:long) ["a", 1, "a", 2, "b", 3]
| summarize ns = make_set(n) by k | mv-expand ns | sort by ns asc
----
k:string | ns:integer
a | 1
a | 2
b | 3
====
datatable (k:string, n:long) ["a", 5, "a", 6, "a", 7, "b", 3]
| summarize ns = make_set(n) by k | mv-expand with_itemindex=i ns limit 2 | project k, i, ns
----
k:string | i:integer | ns:integer
a | 0 | 5
a | 1 | 6
b | 0 | 3
====
// null stays a row
datatable (k:string, n:long) ["a", 5, "b", null]
| summarize ns = make_set(n) by k | mv-expand ns | sort by k asc
----
k:string | ns:integer
a | 5
b | null
====
// in step, and under a new name
datatable (k:string, n:long, t:string) ["a", 1, "x", "a", 2, "y", "a", 3, "y"]
| summarize ns = make_set(n), ts = make_set(t) by k | mv-expand with_itemindex=i n = ns, t = ts | project i, n, t | sort by i asc
----
i:integer | n:integer | t:string
0 | 1 | x
1 | 2 | y
2 | 3 | null
====
datatable (n:long) [1, 2] | summarize ns = make_set(n) | mv-expand ns to typeof(string) | extend s = strcat(ns, "!") | sort by s asc
----
ns:string | s:string
1 | 1!
2 | 2!
====
traces | summarize kinds = make_set(kind) by trace_id | mv-expand kinds | summarize traces = count() by kinds | sort by traces desc, kinds asc | take 3
----
kinds:string | traces:integer
server | 3
client | 2
consumer | 1
====
traces | make-series n = count() on _time from ago(3m) to now() step 1m
----
n:array | time:array
[0, 5, 5] | [1795341420000000000, 1795341480000000000, 1795341540000000000]
====
traces | make-series n = count(), slowest = max(duration) default=1ms on _time from ago(2m) to now() step 1m by kind | project-away time
----
kind:string | n:array | slowest:array
client | [2, 1] | [120000000, 100000000]
consumer | [1, 0] | [23330000, 1000000]
internal | [0, 1] | [1000000, 2000000]
producer | [1, 0] | [1000000, 1000000]
server | [1, 2] | [250000000, 1200000000]
unspecified | [0, 1] | [1000000, 0]
====
// a bin begins where the range does, and the last one ends with it or after it
traces | make-series count() on _time in range(datetime(2026-11-22T09:58:30Z), datetime(2026-11-22T09:59:45Z), 30s)
----
count_:array | time:array
[1, 2, 1] | [1795341510000000000, 1795341540000000000, 1795341570000000000]
====
// the range of the request
// start 2026-11-22T09:58:10Z
// end 2026-11-22T10:00:00Z
traces | make-series count() on _time step 1m
----
count_:array | time:array
[1, 5] | [1795341480000000000, 1795341540000000000]
====
// of nothing
traces | where name == "nothing" | make-series a = avg(duration) on _time from ago(2m) to now() step 1m | project a
----
a:array
[0, 0]
====
traces | make-series a = avg(duration) default=null on _time from ago(3m) to ago(1m) step 1m | project a
----
a:array
[null, 79760000]
====
traces | make-series n = count() on _time from ago(2m) to now() step 1m by error | mv-expand n, time | sort by error asc, time asc
----
error:boolean | n:integer | time:datetime
false | 5 | 2026-11-22T09:58:00Z
false | 3 | 2026-11-22T09:59:00Z
true | 0 | 2026-11-22T09:58:00Z
true | 2 | 2026-11-22T09:59:00Z
====
datatable (k:string, xs:dynamic) ["a", dynamic([1, "two", [3]]), "b", dynamic([]), "c", null, "d", dynamic(7)]
| mv-expand with_itemindex=i xs | sort by k asc, i asc
----
k:string | xs:unknown | i:integer
a | 1 | 0
a | "two" | 1
a | [3] | 2
b | null | null
c | null | null
d | 7 | 0
====
datatable (xs:dynamic) [dynamic([1, 2]), dynamic([40])] | mv-expand xs to typeof(long) | summarize sum(xs)
----
sum_xs:integer
43
====
print m = dynamic({"a": 1, "b": "x"}) | mv-expand m | extend v = coalesce(tostring(m.a), tostring(m.b)) | sort by v asc
----
m:unknown | v:string
{"a":1} | 1
{"b":"x"} | x
====
print m = dynamic({"a": 1, "b": "x"}) | mv-expand kind=array m | project k = tostring(m[0]), v = m[1] | sort by k asc
----
k:string | v:unknown
a | 1
b | "x"
====
// of the dataset's maps and records
traces | where name == "run/send_confirmation" | mv-expand c = ['attributes.custom'] | where isnotnull(c['code.lineno']) | project c
----
c:unknown
{"code.lineno":"12"}
====
traces | mv-expand events | where isnotnull(events) | project name, event = tostring(events.name)
----
name:string | event:string
GET /instructors/{id} | exception
====
print xs = split("a,b,c", ",") | mv-expand xs limit 2 | extend s = tostring(xs) | project s | sort by s asc
----
s:string
a
b
