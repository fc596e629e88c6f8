datatable (k:long, a:string) [1, "x", 2, "y"]
| join kind=leftouter (datatable (k:long, b:string) [1, "z"]) on k
| sort by k asc
----
k:integer | a:string | k1:integer | b:string
1 | x | 1 | z
2 | y | null | null
====
// inner by default: a row for each pair
datatable (k:long, a:string) [1, "x", 1, "y", 2, "w"]
| join (datatable (k:long, b:string) [1, "p", 1, "q", 3, "r"]) on k
| sort by a asc, b asc
----
k:integer | a:string | k1:integer | b:string
1 | x | 1 | p
1 | x | 1 | q
1 | y | 1 | p
1 | y | 1 | q
====
datatable (k:long, a:string) [1, "x", 1, "x", 2, "w"]
| join kind=innerunique (datatable (k:long, b:string) [1, "p", 1, "q"]) on k
| sort by b asc
----
k:integer | a:string | k1:integer | b:string
1 | x | 1 | p
1 | x | 1 | q
====
// the first of each key in the order of the left side
datatable (k:long, a:string) [1, "x", 1, "y", 2, "w"] | sort by a desc
| join kind=innerunique (print k = 1) on k
----
k:integer | a:string | k1:integer
1 | y | 1
====
// null equals nothing
datatable (k:long, a:string) [1, "x", null, "y"]
| join kind=inner (datatable (k:long, b:string) [1, "p", null, "q"]) on k
----
k:integer | a:string | k1:integer | b:string
1 | x | 1 | p
====
datatable (k:long, a:string) [1, "x", null, "y"]
| join kind=leftouter (datatable (k:long, b:string) [1, "p", null, "q"]) on k
| sort by a asc
----
k:integer | a:string | k1:integer | b:string
1 | x | 1 | p
null | y | null | null
====
// several keys, of different names and types
datatable (a:long, b:string) [1, "x", 2, "y"]
| join kind=inner (datatable (c:real, d:string, e:long) [1.0, "x", 10, 2.0, "z", 20]) on $left.a == $right.c, $left.b == $right.d
----
a:integer | b:string | c:float | d:string | e:integer
1 | x | 1.0 | x | 10
====
datatable (a:long, b:string) [1, "x", 2, "y"]
| join kind=inner (datatable (a:long, b:string, c:long) [1, "x", 5, 2, "y", 6]) on a and $right.b == $left.b | sort by a asc
----
a:integer | b:string | a1:integer | b1:string | c:integer
1 | x | 1 | x | 5
2 | y | 2 | y | 6
====
// names that clash get the first number that is free
print a = 1, a1 = 2 | join kind=inner (print a = 1, a1 = 5) on a
----
a:integer | a1:integer | a2:integer | a11:integer
1 | 2 | 1 | 5
====
// parents and their children
traces
| join kind=inner (traces | project span_id, parent_name = name) on $left.parent_span_id == $right.span_id
| project _time, name, parent_name
----
_time:datetime | name:string | parent_name:string
2026-11-22T09:59:00.01Z | SELECT instructors | GET /instructors/{id}
2026-11-22T09:58:30Z | run/send_confirmation | apply_async/send_confirmation
2026-11-22T09:58:00.4Z | apply_async/send_confirmation | POST /bookings
2026-11-22T09:58:00.3Z | INSERT bookings | POST /bookings
2026-11-22T09:58:00.1Z | POST | POST /bookings
====
// both sides whole rows: attributes of the left are found as ever
traces | where kind == "server" | join kind=leftouter (traces | where kind == "client") on trace_id
| project name, name1, status = ['http.status_code'], order = ['order.id'] | sort by name asc, name1 asc
----
name:string | name1:string | status:integer | order:string
GET /instructors/{id} | SELECT instructors | 500 | null
POST /bookings | INSERT bookings | 201 | 17
POST /bookings | POST | 201 | 17
tools/call find_bookings | null | null | null
====
let owners = datatable (service:string, team:string) ["instainstru-api", "booking", "instainstru-mcp", "tools"];
traces | lookup owners on $left.['service.name'] == $right.service
| summarize count() by team | sort by team asc
----
team:string | count_:integer
null | 5
booking | 4
tools | 1
====
let owners = datatable (service:string, team:string) ["instainstru-api", "booking", "instainstru-mcp", "tools"];
traces | lookup kind=inner (owners) on $left.['service.name'] == $right.service | summarize count() by team | sort by team asc
----
team:string | count_:integer
booking | 4
tools | 1
====
// a lookup leaves the right side's key out
datatable (k:long, a:long) [1, 2] | lookup (datatable (k:long, a:long) [1, 3]) on k
----
k:integer | a:integer | a1:integer
1 | 2 | 3
====
// joined, and joined again with itself
let t = datatable (k:long) [1, 2];
t | join kind=inner t on k | join kind=inner (t | join kind=inner t on k) on k | sort by k asc
----
k:integer | k1:integer | k2:integer | k11:integer
1 | 1 | 1 | 1
2 | 2 | 2 | 2
====
// what is computed on both sides alike stays apart
print k = 1 | extend a = k + 1 | join kind=inner (print k = 1 | extend a = k + 2) on k | extend b = a + a1
----
k:integer | a:integer | k1:integer | a1:integer | b:integer
1 | 2 | 1 | 3 | 5
====
// plan
traces | summarize n = count() by kind | join kind=inner (traces | where error | summarize errors = count() by kind) on kind
----
kind:string | n:integer | kind1:string | errors:integer
client | 3 | client | 1
server | 3 | server | 1
order: n desc, kind asc
groups: 
aggregations: count, count
default limit: true
====
traces | join kind=inner (traces | where error | project trace_id) on trace_id | where error | count
----
Count:integer
4
====
// arrays are equal when their elements are, however they are held
traces | summarize kinds = make_set(kind) by error | join kind=inner (print kinds = dynamic(["client", "server"]), n = 1) on kinds | project error, n
----
error:boolean | n:integer
true | 1
====
// rows of a dataset have an order: a key may be what it is made of
traces | take 100 | join kind=innerunique (traces | take 100) on _time | count
----
Count:integer
10
====
traces | join kind=innerunique (traces) on _time, name | count
----
Count:integer
10
====
traces | sort by name asc | join kind=innerunique (traces | project name, kind) on name | project name, kind, kind1 | sort by name asc, kind1 asc
----
name:string | kind:string | kind1:string
100%_done | unspecified | unspecified
GET /instructors/{id} | server | server
INSERT bookings | client | client
POST | client | client
POST /bookings | server | server
SELECT instructors | client | client
apply_async/send_confirmation | producer | producer
expire_holds | internal | internal
run/send_confirmation | consumer | consumer
tools/call find_bookings | server | server
====
traces | distinct _time | join kind=innerunique (traces | project _time, name) on _time | summarize count(), dcount(name)
----
count_:integer | dcount_name:integer
10 | 10
====
// a field of one value, and the same field by another name
traces | where kind == "server" | extend other = kind | sort by kind asc, other asc, name desc
| join kind=innerunique (traces | where error) on kind | project name, kind1 = kind1, name1 | sort by name1 asc
----
name:string | kind1:string | name1:string
tools/call find_bookings | server | GET /instructors/{id}
====
// the newest of each, as the order by default has it
traces | join kind=innerunique (print kind = "client") on kind | project name, kind
----
name:string | kind:string
SELECT instructors | client
====
traces | sort by _time asc | join kind=innerunique (print kind = "client") on kind | project name, kind
----
name:string | kind:string
POST | client
====
traces | join kind=inner (traces) on _time, name | count
----
Count:integer
10
====
traces | sort by name asc | join kind=leftouter (traces | where error | project name, error) on name | where isnotnull(error1) | project name, error1 | sort by name asc
----
name:string | error1:boolean
GET /instructors/{id} | true
SELECT instructors | true
====
traces | sort by _time asc | lookup (traces | where error | project _time, failed = name) on _time | where isnotnull(failed) | project failed
----
failed:string
GET /instructors/{id}
SELECT instructors
