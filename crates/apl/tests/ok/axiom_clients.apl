// what Axiom's MCP server and Grafana plug-in send
['traces'] | where trace_id == "1e0620e4acc5a6dd7ee5f837c9d17378" | sort by _time asc | limit 3 | project _time, name
----
_time:datetime | name:string
2026-11-22T09:58:00Z | POST /bookings
2026-11-22T09:58:00.1Z | POST
2026-11-22T09:58:00.3Z | INSERT bookings
====
['traces']
| summarize start_time = min(_time), total_duration = max(duration), span_count = count(), error_count = countif(error),
   services = make_set(['service.name']), root_operation = arg_min(_time, name) by trace_id
| sort by start_time asc
| limit 10
----
trace_id:string | start_time:datetime | total_duration:timespan | span_count:integer | error_count:integer | services:array | root_operation:string
1e0620e4acc5a6dd7ee5f837c9d17378 | 2026-11-22T09:58:00Z | 250ms | 5 | 0 | [instainstru-api, instainstru-worker] | POST /bookings
aa0620e4acc5a6dd7ee5f837c9d17378 | 2026-11-22T09:59:00Z | 1.2s | 2 | 2 | [instainstru-preview-api] | GET /instructors/{id}
bb0620e4acc5a6dd7ee5f837c9d17378 | 2026-11-22T09:59:30Z | 2ms | 1 | 0 | [instainstru-beat] | expire_holds
cc0620e4acc5a6dd7ee5f837c9d17378 | 2026-11-22T09:59:50Z | 369µs | 2 | 0 | [instainstru-mcp] | tools/call find_bookings
====
['traces'] | where ['status.code'] == "ERROR" | project name, ['status.code']
----
name:string | status.code:string
SELECT instructors | ERROR
GET /instructors/{id} | ERROR
====
['traces'] | where duration >= 100000000 | project name, duration
----
name:string | duration:timespan
SELECT instructors | 100ms
GET /instructors/{id} | 1.2s
POST | 120ms
POST /bookings | 250ms
====
['traces'] | extend ms = duration / 1000000.0 | project name, ms | take 3
----
name:string | ms:float
100%_done | 0.0
tools/call find_bookings | 0.369
expire_holds | 2.0
====
(["traces"] | where kind == "server" // only these
)
| project name, duration | sort by duration
----
name:string | duration:timespan
GET /instructors/{id} | 1.2s
POST /bookings | 250ms
tools/call find_bookings | 369µs
====
((traces | where error) | project name)
----
name:string
SELECT instructors
GET /instructors/{id}
====
traces | project last_seen = _time | summarize spread = todouble(max(last_seen) - min(last_seen))
----
spread:float
115000000000.0
