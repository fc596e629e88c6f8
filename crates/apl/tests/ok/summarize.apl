// plan
| summarize count(), avg(duration), percentile(duration, 95), dcount(trace_id), countif(error), max(duration) by ['service.name']
----
service.name:string | count_:integer | avg_duration:timespan | percentile_duration_95:timespan | dcount_trace_id:integer | countif_error:integer | max_duration:timespan
instainstru-api | 4 | 93.8675ms | 230.5ms | 1 | 0 | 250ms
instainstru-preview-api | 2 | 650ms | 1.145s | 1 | 2 | 1.2s
null | 1 | 0s | 0s | 1 | 0 | 0s
instainstru-beat | 1 | 2ms | 2ms | 1 | 0 | 2ms
instainstru-mcp | 1 | 369µs | 369µs | 1 | 0 | 369µs
instainstru-worker | 1 | 23.33ms | 23.33ms | 1 | 0 | 23.33ms
order: count_ desc, service.name asc
groups: service.name
aggregations: count, avg, percentiles, distinct, countif, max
default limit: true
====
| summarize total = count(), share = 100.0 * countif(error) / count()
----
total:integer | share:float
10 | 20.0
====
// plan
| summarize count(), errors = countif(error) by bin(_time, 1m), ['service.name']
----
_time:datetime | service.name:string | count_:integer | errors:integer
2026-11-22T09:58:00Z | instainstru-api | 4 | 0
2026-11-22T09:58:00Z | instainstru-worker | 1 | 0
2026-11-22T09:59:00Z | instainstru-preview-api | 2 | 2
2026-11-22T09:59:00Z | null | 1 | 0
2026-11-22T09:59:00Z | instainstru-beat | 1 | 0
2026-11-22T09:59:00Z | instainstru-mcp | 1 | 0
order: _time asc, count_ desc, service.name asc
groups: _time, service.name
aggregations: count, countif
default limit: true
bucket: _time 1m0s
totals, groups: service.name, order: count_ desc, service.name asc
service.name:string | count_:integer | errors:integer
instainstru-api | 4 | 0
instainstru-preview-api | 2 | 2
null | 1 | 0
instainstru-beat | 1 | 0
instainstru-mcp | 1 | 0
instainstru-worker | 1 | 0
====
// start 2026-11-22T09:00:00Z
// end 2026-11-22T10:00:00Z
// plan
| summarize count() by bin_auto(_time)
----
_time:datetime | count_:integer
2026-11-22T09:58:00Z | 5
2026-11-22T09:59:00Z | 5
order: _time asc, count_ desc
groups: _time
aggregations: count
default limit: true
bucket: _time 1m0s
totals, groups: , order: 
count_:integer
10
====
// plan
| summarize spans = count() by minute = bin(_time, 1m) | where spans > 1 | sort by minute desc
----
minute:datetime | spans:integer
2026-11-22T09:59:00Z | 5
2026-11-22T09:58:00Z | 5
order: minute desc
groups: minute
aggregations: count
default limit: true
bucket: minute 1m0s
totals, groups: , order: 
spans:integer
10
====
// plan
| summarize count() by bin(_time, 1m), kind | extend double = count_ * 2 | project-away kind
----
_time:datetime | count_:integer | double:integer
2026-11-22T09:58:00Z | 2 | 4
2026-11-22T09:58:00Z | 1 | 2
2026-11-22T09:58:00Z | 1 | 2
2026-11-22T09:58:00Z | 1 | 2
2026-11-22T09:59:00Z | 2 | 4
2026-11-22T09:59:00Z | 1 | 2
2026-11-22T09:59:00Z | 1 | 2
2026-11-22T09:59:00Z | 1 | 2
order: _time asc, count_ desc
groups: _time
aggregations: count
default limit: true
bucket: _time 1m0s
totals, groups: , order: count_ desc
count_:integer | double:integer
3 | 6
3 | 6
1 | 2
1 | 2
1 | 2
1 | 2
====
| summarize by kind
----
kind:string
client
consumer
internal
producer
server
unspecified
====
| summarize count() by bin(duration, 100ms)
----
duration:timespan | count_:integer
0s | 6
100ms | 2
200ms | 1
1.2s | 1
====
| summarize count() by strlen(kind), upper = toupper(kind)
----
strlen_kind:integer | upper:string | count_:integer
6 | CLIENT | 3
6 | SERVER | 3
8 | CONSUMER | 1
8 | INTERNAL | 1
8 | PRODUCER | 1
11 | UNSPECIFIED | 1
====
| summarize count(), count() by kind | take 2
----
kind:string | count_:integer | count_1:integer
client | 3 | 3
server | 3 | 3
====
| summarize count() by kind, kind | take 1
----
kind:string | kind1:string | count_:integer
client | client | 3
====
| summarize avg(['http.status_code']), sum(['http.status_code']), min(name), max(['http.status_code'])
----
avg_http.status_code:float | sum_http.status_code:integer | min_name:string | max_http.status_code:integer
351.0 | 1404 | 100%_done | 503
====
| summarize sumif(duration, error), avgif(duration, error), minif(duration, error), maxif(duration, error), dcountif(name, error), percentileif(duration, 50, error)
----
sumif_duration:timespan | avgif_duration:timespan | minif_duration:timespan | maxif_duration:timespan | dcountif_name:integer | percentile_duration_50:timespan
1.3s | 650ms | 100ms | 1.2s | 2 | 650ms
====
| where name == "nothing" | summarize count(), sum(duration), avg(duration), dcount(name), percentile(duration, 50), make_set(name)
----
count_:integer | sum_duration:timespan | avg_duration:timespan | dcount_name:integer | percentile_duration_50:timespan | set_name:array
0 | null | null | 0 | null | null
====
| where name == "nothing" | summarize count() by name
----
name:string | count_:integer
====
| summarize percentile(duration, 0), percentile(duration, 100), percentile(duration, 99.9), percentile(['http.status_code'], 50)
----
percentile_duration_0:timespan | percentile_duration_100:timespan | percentile_duration_99_9:timespan | percentile_http.status_code_50:integer
0s | 1.2s | 1.19145s | 351
====
| summarize make_set(kind), make_set(kind, 2), make_set(['status.code'])
----
set_kind:array | set_kind1:array | set_status.code:array
[client, consumer, internal, producer, server, unspecified] | [client, consumer] | [ERROR, OK]
====
| where error | sort by _time asc | summarize make_list(duration)
----
list_duration:array
[1200000000, 100000000]
====
| summarize arg_max(duration, name), fastest = arg_min(duration, name) by trace_id
----
trace_id:string | duration:timespan | name:string | fastest:string
aa0620e4acc5a6dd7ee5f837c9d17378 | 1.2s | GET /instructors/{id} | SELECT instructors
1e0620e4acc5a6dd7ee5f837c9d17378 | 250ms | POST /bookings | apply_async/send_confirmation
bb0620e4acc5a6dd7ee5f837c9d17378 | 2ms | expire_holds | expire_holds
cc0620e4acc5a6dd7ee5f837c9d17378 | 369µs | tools/call find_bookings | 100%_done
====
| summarize arg_max(duration, name) by trace_id
----
trace_id:string | duration:timespan | name:string
aa0620e4acc5a6dd7ee5f837c9d17378 | 1.2s | GET /instructors/{id}
1e0620e4acc5a6dd7ee5f837c9d17378 | 250ms | POST /bookings
bb0620e4acc5a6dd7ee5f837c9d17378 | 2ms | expire_holds
cc0620e4acc5a6dd7ee5f837c9d17378 | 369µs | tools/call find_bookings
====
| summarize sum(['attributes.custom'].amount_cents)
----
sum_attributes.custom.amount_cents:float
9000.0
====
| summarize s = countif(['service.name'] has "api") by error
----
error:boolean | s:integer
false | 4
true | 2
====
| summarize count() by kind | summarize max(count_)
----
max_count_:integer
3
====
| summarize count() by kind | sort by count_ asc, kind asc | take 2
----
kind:string | count_:integer
consumer | 1
internal | 1
====
| summarize c = count() by kind | where c == 4 | project kind
----
kind:string
====
// a limit keeps series, with all their bins
| summarize count() by bin(_time, 1m), ['service.name'] | take 2
----
_time:datetime | service.name:string | count_:integer
2026-11-22T09:58:00Z | instainstru-api | 4
2026-11-22T09:59:00Z | instainstru-preview-api | 2
====
// plan
| summarize avg(duration), count() by bin(_time, 1m), kind | limit 2 | project _time, kind, count_
----
_time:datetime | kind:string | count_:integer
2026-11-22T09:58:00Z | server | 1
2026-11-22T09:58:00Z | client | 2
2026-11-22T09:59:00Z | server | 2
2026-11-22T09:59:00Z | client | 1
order: _time asc
groups: _time, kind
aggregations: count
default limit: true
bucket: _time 1m0s
totals, groups: kind, order: avg_duration desc, kind asc
kind:string | avg_duration:timespan | count_:integer
server | 483.456333ms | 3
client | 74.823333ms | 3
====
// the sum over the bins decides: client has 3 rows, in two bins
| where kind in ("client", "server", "producer") | summarize sum(duration) by bin(_time, 1m), kind | limit 1
----
_time:datetime | kind:string | sum_duration:timespan
2026-11-22T09:58:00Z | server | 250ms
2026-11-22T09:59:00Z | server | 1.200369s
====
// without an aggregation
| summarize by bin(_time, 1m), kind | take 2
----
_time:datetime | kind:string
2026-11-22T09:58:00Z | client
2026-11-22T09:58:00Z | consumer
2026-11-22T09:59:00Z | client
====
// an order of its own makes it rows again
| summarize count() by bin(_time, 1m), kind | sort by _time desc, kind asc | take 2
----
_time:datetime | kind:string | count_:integer
2026-11-22T09:59:00Z | client | 1
2026-11-22T09:59:00Z | internal | 1
====
// one series only
| summarize count() by bin(_time, 1m) | take 1
----
_time:datetime | count_:integer
2026-11-22T09:58:00Z | 5
====
// a condition that may be null, as a field to group by
| extend failed = ['http.status_code'] >= 500 | summarize count() by failed | sort by failed asc
----
failed:boolean | count_:integer
false | 8
true | 2
====
| extend slow = ['http.status_code'] > 100 and duration > 100ms | summarize countif(slow), make_set(slow)
----
countif_slow:integer | set_slow:array
3 | [false, true]
