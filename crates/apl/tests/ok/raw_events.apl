// plan
// rows 2
| where error
----
_time:datetime | _sysTime:datetime | trace_id:string | span_id:string | parent_span_id:string | name:string | kind:string | duration:timespan | error:boolean | status.code:string | status.message:string | service.name:string | attributes.http.route:string | attributes.http.method:string | attributes.http.status_code:integer | attributes.db.system:string | events:array
2026-11-22T09:59:00.01Z | 2026-11-22T09:59:00.01Z | aa0620e4acc5a6dd7ee5f837c9d17378 | a000000000000002 | a000000000000001 | SELECT instructors | client | 100ms | true | ERROR | null | instainstru-preview-api | null | null | null | postgresql | null
2026-11-22T09:59:00Z | 2026-11-22T09:59:00Z | aa0620e4acc5a6dd7ee5f837c9d17378 | a000000000000001 | null | GET /instructors/{id} | server | 1.2s | true | ERROR | no such instructor | instainstru-preview-api | /instructors/{id} | GET | 500 | null | [{timestamp: 2026-11-22T09:59:00.500, name: exception, attributes: {exception.type: NoSuchInstructor}, dropped_attributes_count: }]
order: _time desc
groups: 
aggregations: 
default limit: true
====
| take 2 | project name
----
name:string
100%_done
tools/call find_bookings
====
| project-away attributes*, ['resource.']*, events, links | take 1
----
_time:datetime | _sysTime:datetime | trace_id:string | span_id:string | parent_span_id:string | name:string | kind:string | duration:timespan | error:boolean | status.code:string | status.message:string | service.name:string | service.namespace:string | service.version:string | service.instance.id:string | telemetry.sdk.name:string | telemetry.sdk.language:string | telemetry.sdk.version:string | scope.name:string | scope.version:string | scope.attributes:map | trace_state:string | flags:integer | dropped_attributes_count:integer | dropped_events_count:integer | dropped_links_count:integer | scope.schema_url:string | scope.dropped_attributes_count:integer
2026-11-22T09:59:55Z | 2026-11-22T09:59:55Z | cc0620e4acc5a6dd7ee5f837c9d17378 | c000000000000002 | c0000000000000ff | 100%_done | unspecified | 0s | false | null | null | null | null | null | null | null | null | null | null | null | null | null | null | null | null | null | null | null
====
| project-keep name, ['service.']*, *_id | take 1
----
trace_id:string | span_id:string | parent_span_id:string | name:string | service.name:string | service.namespace:string | service.version:string | service.instance.id:string | attributes.messaging.message_id:string
cc0620e4acc5a6dd7ee5f837c9d17378 | c000000000000002 | c0000000000000ff | 100%_done | null | null | null | null | null
====
| project name | take 3
----
name:string
100%_done
tools/call find_bookings
expire_holds
====
| extend _time = 5 | project name, _time | take 2
----
name:string | _time:integer
100%_done | 5
tools/call find_bookings | 5
====
| project-rename svc = ['service.name'], t = _time | project t, svc | take 2
----
t:datetime | svc:string
2026-11-22T09:59:55Z | null
2026-11-22T09:59:50Z | instainstru-mcp
====
| take 2 | sort by duration desc | project name, duration
----
name:string | duration:timespan
tools/call find_bookings | 369µs
100%_done | 0s
