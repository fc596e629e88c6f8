| sort by duration | project name, duration | take 3
----
name:string | duration:timespan
GET /instructors/{id} | 1.2s
POST /bookings | 250ms
POST | 120ms
====
| order by duration asc | take 2 | project name
----
name:string
100%_done
tools/call find_bookings
====
// nulls are smallest: last when descending, first when ascending
| sort by ['http.status_code'], name asc | project name, ['http.status_code'] | take 5
----
name:string | http.status_code:integer
run/send_confirmation | 503
GET /instructors/{id} | 500
POST /bookings | 201
POST | 200
100%_done | null
====
| sort by ['http.status_code'] asc, name asc | project name, ['http.status_code'] | limit 1
----
name:string | http.status_code:integer
100%_done | null
====
| sort by ['http.status_code'] asc nulls last, name asc | project ['http.status_code'] | limit 1
----
http.status_code:integer
200
====
| sort by ['http.status_code'] desc nulls first, name asc | project name | limit 1
----
name:string
100%_done
====
| sort by tolower(name) asc | project name | take 2
----
name:string
100%_done
apply_async/send_confirmation
====
// plan
| top 2 by duration | project name, duration
----
name:string | duration:timespan
GET /instructors/{id} | 1.2s
POST /bookings | 250ms
order: duration desc
groups: 
aggregations: 
default limit: false
====
| top 1 by duration asc | project name
----
name:string
100%_done
====
| summarize count() by ['service.name'] | top 1 by count_
----
service.name:string | count_:integer
instainstru-api | 4
====
| distinct kind
----
kind:string
client
consumer
internal
producer
server
unspecified
====
| distinct ['service.name'], error | sort by ['service.name'] asc
----
service.name:string | error:boolean
null | false
instainstru-api | false
instainstru-beat | false
instainstru-mcp | false
instainstru-preview-api | true
instainstru-worker | false
====
| project kind, error | distinct *
----
kind:string | error:boolean
client | false
client | true
consumer | false
internal | false
producer | false
server | false
server | true
unspecified | false
====
// plan
| where error | count
----
Count:integer
2
order: 
groups: 
aggregations: count
default limit: false
====
| take 0 | count
----
Count:integer
0
====
// plan
| sort by kind asc, duration desc | take 2 | project duration, kind
----
duration:timespan | kind:string
120ms | client
100ms | client
order: kind asc, duration desc
groups: 
aggregations: 
default limit: false
====
// plan
// an order by fields is kept through later stages
| sort by duration asc | where duration > 0s | extend d = duration / 1ms | project name, d | take 3
----
name:string | d:float
tools/call find_bookings | 0.369
apply_async/send_confirmation | 1.0
expire_holds | 2.0
order: 
groups: 
aggregations: 
default limit: false
====
// plan
| top 3 by duration | where not(error) | project duration
----
duration:timespan
250ms
120ms
order: duration desc
groups: 
aggregations: 
default limit: false
====
| sort by strlen(name) asc, name asc | where error | project name
----
name:string
SELECT instructors
GET /instructors/{id}
====
// an order by default costs nothing when it is not seen
| project name, kind | summarize count() by kind | take 1
----
kind:string | count_:integer
client | 3
