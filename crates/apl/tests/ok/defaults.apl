// order duration desc
| take 3 | project name, duration
----
name:string | duration:timespan
GET /instructors/{id} | 1.2s
POST /bookings | 250ms
POST | 120ms
====
// rows 2
// order kind asc, name desc
| project kind, name
----
kind:string | name:string
client | SELECT instructors
client | POST
====
// the query's own order comes first
// order duration desc
| sort by name asc | take 2 | project name
----
name:string
100%_done
GET /instructors/{id}
====
// plan
// order duration desc
| summarize count() by kind
----
kind:string | count_:integer
client | 3
server | 3
consumer | 1
internal | 1
producer | 1
unspecified | 1
order: count_ desc, kind asc
groups: kind
aggregations: count
default limit: true
====
// bins 2
// start 2026-11-22T09:50:00Z
| summarize count() by bin_auto(_time)
----
_time:datetime | count_:integer
2026-11-22T09:55:00Z | 10
====
// bins 15
// start 2026-11-22T09:50:00Z
| summarize count() by bin_auto(_time)
----
_time:datetime | count_:integer
2026-11-22T09:58:00Z | 5
2026-11-22T09:59:00Z | 5
