// plan
| summarize topk(kind, 2), count() by error
----
error:boolean | kind:string | count_:integer | count_1:integer
false | client | 2 | 8
false | server | 2 | 8
true | client | 1 | 2
true | server | 1 | 2
order: error asc, count_ desc, kind asc
groups: error
aggregations: topk, topk, count
default limit: true
====
// plan
| summarize most = topk(['service.name'], 3)
----
most:string | count_:integer
instainstru-api | 4
instainstru-preview-api | 2
instainstru-beat | 1
order: count_ desc, most asc
groups: 
aggregations: topk, topk
default limit: false
====
| summarize topk(name, 1) by bin(_time, 1m)
----
_time:datetime | name:string | count_:integer
2026-11-22T09:58:00Z | INSERT bookings | 1
2026-11-22T09:59:00Z | 100%_done | 1
====
| summarize topk(['http.status_code'], 9)
----
http.status_code:integer | count_:integer
200 | 1
201 | 1
500 | 1
503 | 1
====
| summarize topkif(name, 3, duration > 100ms and kind == "server")
----
name:string | count_:integer
GET /instructors/{id} | 1
POST /bookings | 1
====
// a group without values has no row, unless something else is known of it
| summarize topk(['http.status_code'], 1) by kind
----
kind:string | http.status_code:integer | count_:integer
client | 200 | 1
consumer | 503 | 1
server | 201 | 1
====
| summarize count(), topk(['http.status_code'], 1) by kind
----
kind:string | count_:integer | http.status_code:integer | count_1:integer
client | 3 | 200 | 1
consumer | 1 | 503 | 1
internal | 1 | null | null
producer | 1 | null | null
server | 3 | 201 | 1
unspecified | 1 | null | null
====
| summarize histogram(['http.status_code'], 2)
----
http.status_code:float | count_:integer
200.0 | 2
351.5 | 2
====
| summarize histogram(duration, 4) by kind | where kind in ("client", "producer")
----
kind:string | duration:timespan | count_:integer
client | 4.47ms | 1
client | 33.3525ms | 0
client | 62.235ms | 0
client | 91.1175ms | 2
producer | 1ms | 1
====
| summarize histogramif(duration, 2, error), n = count()
----
duration:timespan | count_:integer | n:integer
100ms | 1 | 10
650ms | 1 | 10
====
| where kind == "nothing" | summarize topk(name, 3)
----
name:string | count_:integer
====
| summarize arg_max(duration, *) by error | project error, duration, name, kind, ['service.name'], ['http.route']
----
error:boolean | duration:timespan | name:string | kind:string | service.name:string | http.route:string
true | 1.2s | GET /instructors/{id} | server | instainstru-preview-api | /instructors/{id}
false | 250ms | POST /bookings | server | instainstru-api | /bookings
====
// plan
| summarize arg_min(_time, name, what = kind), arg_max(duration, slowest = name)
----
_time:datetime | name:string | what:string | duration:timespan | slowest:string
2026-11-22T09:58:00Z | POST /bookings | server | 1.2s | GET /instructors/{id}
order: 
groups: 
aggregations: argmin, argmin, argmin, argmax, argmax
default limit: false
====
| summarize arg_max(n = strlen(name), events) | project n, e = events[0].name
----
n:integer | e:unknown
29 | null
====
// Axiom's MCP server asks this
traces | extend error = coalesce(ensure_field("error", typeof(bool)), false)
| summarize start_time = min(_time), total_duration = max(duration), span_count = count(), error_count = countif(error), services = make_set(['service.name']), root_operation = arg_min(_time, name) by trace_id
| sort by start_time asc | take 2
----
trace_id:string | start_time:datetime | total_duration:timespan | span_count:integer | error_count:integer | services:array | root_operation:string
1e0620e4acc5a6dd7ee5f837c9d17378 | 2026-11-22T09:58:00Z | 250ms | 5 | 0 | [instainstru-api, instainstru-worker] | POST /bookings
aa0620e4acc5a6dd7ee5f837c9d17378 | 2026-11-22T09:59:00Z | 1.2s | 2 | 2 | [instainstru-preview-api] | GET /instructors/{id}
====
| summarize services = make_set(['service.name']) by trace_id | where array_length(set_intersect(services, dynamic(["instainstru-worker", "other"]))) > 0 | project trace_id
----
trace_id:string
1e0620e4acc5a6dd7ee5f837c9d17378
====
| summarize make_list(pack("name", name, "error", error)) by kind | where kind == "producer" | extend names = array_extract(list_, "$[*].name")
----
kind:string | list_:array | names:array
producer | [{"error":false,"name":"apply_async/send_confirmation"}] | ["apply_async/send_confirmation"]
====
| summarize make_set_if(name, error), make_list_if(kind, duration > 200ms, 1), make_set_if(kind, false)
----
set_name:array | list_kind:array | set_kind:array
[GET /instructors/{id}, SELECT instructors] | [server] | null
====
// plan
| summarize percentiles_array(duration, 50, 100), percentiles_arrayif(['http.status_code'], dynamic([0, 100]), kind == "client"), percentiles(strlen(kind), 0)
----
percentiles_duration:array | percentiles_http.status_code:array | percentiles_strlen_kind:array
[13900000, 1200000000] | [200, 200] | [6]
order: 
groups: 
aggregations: percentiles, percentilesif, percentiles
default limit: false
====
// start 2026-11-22T09:58:00Z
// end 2026-11-22T10:00:00Z
// plan
| summarize rate(duration), r = rate(1) by kind | where kind == "server"
----
kind:string | rate_duration:timespan | r:float
server | 12.086408ms | 0.025
order: rate_duration desc, kind asc
groups: kind
aggregations: rate, rate
default limit: true
====
| extend n = 6 | summarize rate(n)
----
rate_n:float
0.5217391304347826
====
| summarize s = stdev(duration), v = varianceif(['http.status_code'], error), w = round(stdevif(strlen(kind), kind in ("client", "producer")), 6)
----
s:timespan | v:float | w:float
370.895584ms | null | 1.0
====
| summarize percentileif(duration, 50, parse_json("true")), sumif(strlen(name), parse_json("false")), countif(dynamic(null))
----
percentile_duration_50:timespan | sumif_strlen_name:integer | countif_:integer
13.9ms | null | 0
====
// a histogram as a group
| summarize count() by histogram(strlen(name), 2)
----
strlen_name:float | count_:integer
4.0 | 5
16.5 | 5
====
| summarize n = count() by histogram(duration, 3), slow = duration > 1s
----
duration:timespan | slow:boolean | n:integer
0s | false | 9
800ms | true | 1
====
| where kind == "nothing" | summarize count() by histogram(duration, 3)
----
duration:timespan | count_:integer
====
// rows of fields
| summarize presence(*) | where field in ("name", "parent_span_id", "service.name", "status.message", "links") | sort by field asc
----
field:string | count_:integer
name | 10
parent_span_id | 6
service.name | 9
status.message | 1
====
| summarize presence(parent_span_id, code = ['http.status_code']) by kind | sort by kind asc, field asc
----
kind:string | field:string | count_:integer
client | code | 1
client | parent_span_id | 3
consumer | code | 1
consumer | parent_span_id | 1
internal | code | 0
internal | parent_span_id | 0
producer | code | 0
producer | parent_span_id | 1
server | code | 2
server | parent_span_id | 0
unspecified | code | 0
unspecified | parent_span_id | 1
====
// plan
| summarize spotlight(error, kind, ['service.name']) | project-keep field, value
----
field:string | value:string
service.name | instainstru-preview-api
kind | client
order: 
groups: 
aggregations: spotlight, spotlight
default limit: false
====
// nothing to compare with
| summarize spotlight(true, kind, duration)
----
field:string | delta_score:float | p_value:float | effect_size:float | median_relative_change:float | value:string | selected:float | baseline:float
====
// a group for each, and the wildcard
| summarize spotlight(duration > 10ms, *) by error | where error == false and field in ("kind", "trace_id", "duration", "http.request.method") | project error, field, value
----
error:boolean | field:string | value:string
false | kind | consumer
====
| summarize make_bag(['attributes.custom']) by ['service.name'] | where isnotnull(['bag_attributes.custom']) | sort by ['service.name'] asc
----
service.name:string | bag_attributes.custom:map
instainstru-api | {"amount_cents":"4500","order.id":"17"}
instainstru-worker | {"amount_cents":"n/a","client.address":"7","code.filepath":"src/mod.rs","code.lineno":"12","http.status_code":"503","marks.set":"[\"a\",\"b\"]","os.name":"linux"}
====
// plan
| summarize phrases(name, 3), count() by error
----
error:boolean | name:string | count_:integer | count_1:integer
false | 100 done | 1 | 8
false | apply async send confirmation | 1 | 8
false | expire holds | 1 | 8
true | instructors id | 1 | 2
true | select instructors | 1 | 2
order: error asc, count_ desc, name asc
groups: error
aggregations: computed, computed, count
default limit: true
====
datatable (t:string) ["the order was paid", "the order was lost", "Order paid", "order: paid", "order paid"] | summarize phrases(t)
----
t:string | count_:integer
order paid | 2
====
// a table of nothing
| where name == "nothing" | summarize phrases(name), make_bag(['attributes.custom'])
----
name:string | count_:integer | bag_attributes.custom:map
null | null | null
