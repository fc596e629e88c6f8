| summarize count() by ['service.name']
----
service.name:string | count_:integer
instainstru-api | 4
instainstru-preview-api | 2
null | 1
instainstru-beat | 1
instainstru-mcp | 1
instainstru-worker | 1
====
| where trace_id == "1e0620e4acc5a6dd7ee5f837c9d17378"
----
_time:datetime | _sysTime:datetime | trace_id:string | span_id:string | parent_span_id:string | name:string | kind:string | duration:timespan | error:boolean | status.code:string | service.name:string | attributes.http.request.method:string | attributes.http.response.status_code:integer | attributes.http.route:string | attributes.server.address:string | attributes.db.system.name:string | attributes.custom:map | resource.custom:map
2026-11-22T09:58:30Z | 2026-11-22T09:58:30Z | 1e0620e4acc5a6dd7ee5f837c9d17378 | b000000000000005 | b000000000000004 | run/send_confirmation | consumer | 23.33ms | false | null | instainstru-worker | null | null | null | null | null | {amount_cents: n/a, http.status_code: 503, client.address: 7, code.filepath: src/mod.rs, code.lineno: 12, os.name: linux, marks.set: ["a","b"]} | null
2026-11-22T09:58:00.4Z | 2026-11-22T09:58:00.4Z | 1e0620e4acc5a6dd7ee5f837c9d17378 | b000000000000004 | b000000000000001 | apply_async/send_confirmation | producer | 1ms | false | null | instainstru-api | null | null | null | null | null | null | null
2026-11-22T09:58:00.3Z | 2026-11-22T09:58:00.3Z | 1e0620e4acc5a6dd7ee5f837c9d17378 | b000000000000003 | b000000000000001 | INSERT bookings | client | 4.47ms | false | null | instainstru-api | null | null | null | null | sqlite | null | null
2026-11-22T09:58:00.1Z | 2026-11-22T09:58:00.1Z | 1e0620e4acc5a6dd7ee5f837c9d17378 | b000000000000002 | b000000000000001 | POST | client | 120ms | false | null | instainstru-api | POST | 200 | null | payments | null | {amount_cents: 4500} | null
2026-11-22T09:58:00Z | 2026-11-22T09:58:00Z | 1e0620e4acc5a6dd7ee5f837c9d17378 | b000000000000001 | null | POST /bookings | server | 250ms | false | OK | instainstru-api | POST | 201 | /bookings | null | null | {order.id: 17, amount_cents: 4500} | {team: booking}
====
| where duration > 100ms
| sort by duration desc
| limit 20
----
_time:datetime | _sysTime:datetime | trace_id:string | span_id:string | parent_span_id:string | name:string | kind:string | duration:timespan | error:boolean | status.code:string | status.message:string | service.name:string | attributes.http.request.method:string | attributes.http.response.status_code:integer | attributes.http.route:string | attributes.server.address:string | attributes.http.method:string | attributes.http.status_code:integer | attributes.custom:map | resource.custom:map | events:array
2026-11-22T09:59:00Z | 2026-11-22T09:59:00Z | aa0620e4acc5a6dd7ee5f837c9d17378 | a000000000000001 | null | GET /instructors/{id} | server | 1.2s | true | ERROR | no such instructor | instainstru-preview-api | null | null | /instructors/{id} | null | GET | 500 | null | null | [{timestamp: 2026-11-22T09:59:00.500, name: exception, attributes: {exception.type: NoSuchInstructor}, dropped_attributes_count: }]
2026-11-22T09:58:00Z | 2026-11-22T09:58:00Z | 1e0620e4acc5a6dd7ee5f837c9d17378 | b000000000000001 | null | POST /bookings | server | 250ms | false | OK | null | instainstru-api | POST | 201 | /bookings | null | null | null | {order.id: 17, amount_cents: 4500} | {team: booking} | null
2026-11-22T09:58:00.1Z | 2026-11-22T09:58:00.1Z | 1e0620e4acc5a6dd7ee5f837c9d17378 | b000000000000002 | b000000000000001 | POST | client | 120ms | false | null | null | instainstru-api | POST | 200 | null | payments | null | null | {amount_cents: 4500} | null | null
====
| where ['http.status_code'] >= 500
----
_time:datetime | _sysTime:datetime | trace_id:string | span_id:string | parent_span_id:string | name:string | kind:string | duration:timespan | error:boolean | status.code:string | status.message:string | service.name:string | attributes.http.route:string | attributes.http.method:string | attributes.http.status_code:integer | attributes.custom:map | events:array
2026-11-22T09:59:00Z | 2026-11-22T09:59:00Z | aa0620e4acc5a6dd7ee5f837c9d17378 | a000000000000001 | null | GET /instructors/{id} | server | 1.2s | true | ERROR | no such instructor | instainstru-preview-api | /instructors/{id} | GET | 500 | null | [{timestamp: 2026-11-22T09:59:00.500, name: exception, attributes: {exception.type: NoSuchInstructor}, dropped_attributes_count: }]
2026-11-22T09:58:30Z | 2026-11-22T09:58:30Z | 1e0620e4acc5a6dd7ee5f837c9d17378 | b000000000000005 | b000000000000004 | run/send_confirmation | consumer | 23.33ms | false | null | null | instainstru-worker | null | null | null | {amount_cents: n/a, http.status_code: 503, client.address: 7, code.filepath: src/mod.rs, code.lineno: 12, os.name: linux, marks.set: ["a","b"]} | null
====
// the two pieces of the list above, and all of it at once
| where trace_id == "1e0620e4acc5a6dd7ee5f837c9d17378"
| where duration > 100ms
| sort by duration desc
| limit 20
| where ['http.status_code'] >= 500
----

