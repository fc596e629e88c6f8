// a table on the right of `in`, wherever a condition stands
| where has_parent(name in (traces | where kind == "server" | project name)) | project name
----
name:string
SELECT instructors
apply_async/send_confirmation
INSERT bookings
POST
====
| where has_child(name in (traces | where kind == "client" | project name)) | project name
----
name:string
GET /instructors/{id}
POST /bookings
====
| where has_ancestor(name in (traces | where kind == "server" | project name)) | project name
----
name:string
SELECT instructors
run/send_confirmation
apply_async/send_confirmation
INSERT bookings
POST
====
| where has_descendant(name in (traces | where kind == "consumer" | project name)) | project name
----
name:string
apply_async/send_confirmation
POST /bookings
====
| where has_sibling(name !in (traces | where kind == "client" | project name)) | project name
----
name:string
INSERT bookings
POST
====
| where has_root(name in (traces | where kind == "server" | project name)) | project name
----
name:string
100%_done
tools/call find_bookings
SELECT instructors
GET /instructors/{id}
run/send_confirmation
apply_async/send_confirmation
INSERT bookings
POST
POST /bookings
====
| extend parent = has_parent(name in (traces | where kind == "server" | project name)),
    child = has_child(name in (traces | where kind == "client" | project name)),
    ancestor = has_ancestor(name in (traces | where kind == "server" | project name)),
    descendant = has_descendant(name in (traces | where kind == "consumer" | project name)),
    sibling = has_sibling(name in (traces | where kind == "client" | project name)),
    root = has_root(name in (traces | where kind == "server" | project name))
| project name, parent, child, ancestor, descendant, sibling, root
----
name:string | parent:boolean | child:boolean | ancestor:boolean | descendant:boolean | sibling:boolean | root:boolean
100%_done | false | false | false | false | false | true
tools/call find_bookings | false | false | false | false | false | true
expire_holds | false | false | false | false | false | false
SELECT instructors | true | false | true | false | false | true
GET /instructors/{id} | false | true | false | false | false | true
run/send_confirmation | false | false | true | false | false | true
apply_async/send_confirmation | true | false | true | true | true | true
INSERT bookings | true | false | true | false | true | true
POST | true | false | true | false | true | true
POST /bookings | false | true | false | true | false | true
====
| compare has_child(name in (traces | where kind == "client" | project name)) with has_parent(name in (traces | project name)) on kind
| project field, value, selected, others
----
field:string | value:string | selected:integer | others:integer
kind | server | 2 | 0
kind | client | 0 | 3
kind | consumer | 0 | 1
kind | producer | 0 | 1
====
// one in another, and beside a list
| where has_descendant(has_parent(name in (traces | project name)) and kind in ("consumer", "client")) | project name
----
name:string
GET /instructors/{id}
apply_async/send_confirmation
POST /bookings
====
| summarize countif(has_parent(name in (traces | project name))), countif(name in (traces | where error | project name)), sumif(1, kind in (traces | where error | project kind))
----
countif_:integer | countif_1:integer | sumif_:integer
5 | 2 | 6
====
| summarize count() by failed = trace_id in (traces | where error | project trace_id) | sort by failed asc
----
failed:boolean | count_:integer
false | 8
true | 2
====
| project name, failed = iff(name in (traces | where error | project name), "yes", "no") | where failed == "yes"
----
name:string | failed:string
SELECT instructors | yes
GET /instructors/{id} | yes
====
| where iff(name in (traces | where error | project name), true, false) | project name
----
name:string
SELECT instructors
GET /instructors/{id}
====
| where case(name in (traces | where error | project name), kind == "server", false) | project name
----
name:string
GET /instructors/{id}
====
| where not(name in (traces | where error | project name)) or kind !in (traces | where error | project kind) | count
----
Count:integer
8
====
| where isnotnull(name in (traces | project name)) and (error or trace_id in (traces | where error | project trace_id)) | count
----
Count:integer
2
====
let failed = traces | where error | project trace_id;
traces | make-series n = countif(trace_id in (failed)) on _time from datetime(2026-11-22T09:57:00Z) to datetime(2026-11-22T10:00:00Z) step 1m | project n
----
n:array
[0, 0, 2]
====
spans_of(traces | where name in (traces | where error | project name)) | count
----
Count:integer
2
====
search "booking*" and kind in (traces | where name has "POST" | project kind) | project name
----
name:string
tools/call find_bookings
INSERT bookings
POST /bookings
====
| sort by iff(name in (traces | where error | project name), 0, 1) asc, name asc | take 3 | project name
----
name:string
GET /instructors/{id}
SELECT instructors
100%_done
====
| top 2 by iff(name in (traces | where error | project name), 1, 0) | project name | sort by name asc
----
name:string
GET /instructors/{id}
SELECT instructors
