// the slowest
let longest = toscalar(traces | summarize max(duration));
traces | where duration == longest | project name, duration
----
name:string | duration:timespan
GET /instructors/{id} | 1.2s
====
print a = toscalar(traces | count), b = toscalar(traces | where error | count)
----
a:integer | b:integer
10 | 2
====
// the first row in its order, and its first field
print toscalar(traces | sort by duration asc | project name, kind)
----
print_0:string
100%_done
====
// of nothing it is null
print isnull(toscalar(traces | where name == "nothing" | project name))
----
print_0:boolean
true
====
traces | summarize above = countif(duration > toscalar(traces | summarize avg(duration))), below = countif(duration < toscalar(traces | summarize max(duration)))
----
above:integer | below:integer
2 | 9
====
traces | extend share = 100.0 * duration / toscalar(traces | summarize sum(duration)) | top 1 by share | project name, r = round(share)
----
name:string | r:float
GET /instructors/{id} | 71.0
====
let n = toscalar(traces | count); let twice = n + n; print twice
----
twice:integer
20
====
traces | summarize count() by big = duration > toscalar(traces | summarize percentile(duration, 50)) | sort by big asc
----
big:boolean | count_:integer
false | 5
true | 5
====
traces | where trace_id in (traces | where error | project trace_id) | count
----
Count:integer
2
====
traces | where trace_id in (traces | where name == "run/send_confirmation" | distinct trace_id) | count
----
Count:integer
5
====
// only the first field of it
traces | where kind in (traces | project kind, name | where name == "expire_holds") | project name
----
name:string
expire_holds
====
// null is in nothing
traces | where ['service.name'] !in (traces | where kind == "client" | project ['service.name']) | project name
----
name:string
100%_done
tools/call find_bookings
expire_holds
run/send_confirmation
====
traces | where ['service.name'] in (traces | project ['service.name']) | count
----
Count:integer
9
====
traces | where name in~ (print n = "EXPIRE_holds") | project name
----
name:string
expire_holds
====
traces | where name !in~ (print n = "EXPIRE_holds") | count
----
Count:integer
9
====
traces | where kind == "internal" or trace_id in (traces | where error | project trace_id) | project name
----
name:string
expire_holds
SELECT instructors
GET /instructors/{id}
====
traces | where not(trace_id in (traces | where error | project trace_id)) and kind == "client" | project name
----
name:string
INSERT bookings
POST
====
let bad = traces | where error | distinct trace_id;
traces | where trace_id in (bad) | summarize count() by name | sort by name asc
----
name:string | count_:integer
GET /instructors/{id} | 1
SELECT instructors | 1
====
let bad = traces | where error | distinct trace_id;
traces | where trace_id !in (bad | where trace_id != "x") | count
----
Count:integer
8
====
let bad = traces | where error | distinct trace_id; traces | where trace_id in bad | count
----
Count:integer
2
====
// kinds meet as in a list
traces | where duration in (print d = 2000000) | project name
----
name:string
expire_holds
====
traces | where ['http.status_code'] in (datatable (c:string) ["500", "201"]) | project name
----
name:string
GET /instructors/{id}
POST /bookings
====
// children of slow spans
traces | where parent_span_id in (traces | where duration > 1s | project span_id) | project name
----
name:string
SELECT instructors
====
traces | where trace_id in (traces | where span_id in (traces | where error | project span_id) | project trace_id) | count
----
Count:integer
2
