traces | count
----
Count:integer
10
====
['traces'] | count
----
Count:integer
10
====
["traces"] | count
----
Count:integer
10
====
| count
----
Count:integer
10
====
  // a comment first
  | where error // and one here
  | count;
----
Count:integer
2
====
// start 2026-11-22T09:59:00Z
// end 2026-11-22T09:59:50Z
// plan
| project _time, name
----
_time:datetime | name:string
2026-11-22T09:59:30Z | expire_holds
2026-11-22T09:59:00.01Z | SELECT instructors
2026-11-22T09:59:00Z | GET /instructors/{id}
order: _time desc
groups: 
aggregations: 
default limit: true
====
// rows 2
// plan
| project name
----
name:string
100%_done
tools/call find_bookings
order: 
groups: 
aggregations: 
default limit: true
