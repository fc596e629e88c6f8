let slow = 100ms; traces | where duration > slow | project name | sort by name
----
name:string
POST /bookings
POST
GET /instructors/{id}
====
// one let uses another
let base = 50ms;
let slow = base * 2;
let slow_spans = traces | where duration > slow; // a table
slow_spans | summarize n = count()
----
n:integer
3
====
let services = traces | distinct ['service.name'] | where isnotempty(['service.name']);
services | count
----
Count:integer
5
====
// a table used twice, each time with operators of its own
let t = (traces | where kind == "server");
union (t | where error), (t | where not(error)) | summarize count()
----
count_:integer
3
====
let t = traces;
let u = t;
u | where error | count
----
Count:integer
2
====
// a field of the rows comes before a let of the same name
let name = "x"; traces | where name == "expire_holds" | project n = name
----
n:string
expire_holds
====
let limit_of = 2; print a = limit_of, b = limit_of / 4.0
----
a:integer | b:float
2 | 0.5
====
let none = dynamic(null); print isnull(none)
----
print_0:boolean
true
====
let day = datetime(2026-11-22); let end = day + 12h;
traces | where _time between (day .. end) | count
----
Count:integer
10
====
let traces = traces | where error; traces | count
----
Count:integer
2
====
// a quoted name is a dataset's
let traces = print a = 1; ['traces'] | count
----
Count:integer
10
====
let a = | where error; a | count
----
Count:integer
2
====
// no range of time is lost
// start 2026-11-22T09:59:00Z
// end 2026-11-22T09:59:50Z
let a = traces; a | count
----
Count:integer
3
====
declare query_parameters (who:string = "instainstru-mcp", slow:timespan = 1ms);
traces | where ['service.name'] == who and duration < slow | project name
----
name:string
tools/call find_bookings
====
// variable slow 100ms
// variable share 0.5
// variable since 2026-11-22T09:59:00Z
// variable flag true
// variable n 3
declare query_parameters (slow:timespan, share:real, since:datetime, flag:bool, n:long, who:string = "x");
print slow, share, since, flag, n, who
----
slow:timespan | share:float | since:datetime | flag:boolean | n:integer | who:string
100ms | 0.5 | 2026-11-22T09:59:00Z | true | 3 | x
====
declare query_parameters (share:real = 1); print share
----
share:float
1.0
====
// an unused table is looked at as well, and harmless
let unused = traces | where error; traces | count
----
Count:integer
10
====
let a = traces | where error | summarize n = count() by bin(_time, 1m);
a
----
_time:datetime | n:integer
2026-11-22T09:59:00Z | 2
====
let n = 1 + 2 * 3; let m = -n; print m
----
m:integer
-7
====
let f = (1 + 2) * 3; print f
----
f:integer
9
====
let kinds = dynamic(["server", "client"]); traces | where kind in (kinds) | count
----
Count:integer
6
====
// variable kinds ["server", "internal"]
declare query_parameters (kinds:dynamic = dynamic(["client"])); traces | where kind in (kinds) | count
----
Count:integer
4
====
declare query_parameters (kinds:dynamic = dynamic(["client"])); traces | where kind in (kinds) | count
----
Count:integer
3
