trace("aa0620e4acc5a6dd7ee5f837c9d17378") | project _time, name
----
_time:datetime | name:string
2026-11-22T09:59:00Z | GET /instructors/{id}
2026-11-22T09:59:00.01Z | SELECT instructors
====
// wherever it is, and however its id is written
// start 2026-11-22T09:59:50Z
trace("AA0620E4ACC5A6DD7EE5F837C9D17378") | count
----
Count:integer
2
====
trace("nothing") | count
----
Count:integer
0
====
let id = "bb0620e4acc5a6dd7ee5f837c9d17378"; trace(id) | project name
----
name:string
expire_holds
====
spans_of(traces | where error) | project name
----
name:string
SELECT instructors
GET /instructors/{id}
====
spans_of(traces | where kind == "consumer") | summarize count() by kind | sort by kind asc
----
kind:string | count_:integer
client | 2
consumer | 1
producer | 1
server | 1
====
// the traces of what was found in the range, whole
// start 2026-11-22T09:58:30Z
// end 2026-11-22T09:58:31Z
spans_of(traces) | count
----
Count:integer
5
====
let slow = traces | where duration > 200ms | project trace_id, duration;
spans_of(slow) | count
----
Count:integer
7
====
spans_of(trace("aa0620e4acc5a6dd7ee5f837c9d17378")) | where kind == "client" | project name
----
name:string
SELECT instructors
