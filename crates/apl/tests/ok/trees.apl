// the parent is outside of the range, by less than an hour
// start 2026-11-22T09:58:30Z
// end 2026-11-22T09:58:31Z
| where has_parent(kind == "producer") and has_ancestor(name == "POST /bookings") and has_root(kind == "server") | project name
----
name:string
run/send_confirmation
====
// the children are outside of the range, by less than an hour
// start 2026-11-22T09:58:00Z
// end 2026-11-22T09:58:00.001Z
| where has_child(kind == "producer") and has_descendant(kind == "consumer") | project name
----
name:string
POST /bookings
====
// by more than an hour
// start 2026-11-22T11:00:00Z
// end 2026-11-22T12:00:00Z
union (spans_of(traces | where error)), (traces | where has_child(error)) | count
----
Count:integer
0
====
// what the query filtered out before may be a relative
| where kind == "server" | where has_child(kind == "client") | project name
----
name:string
GET /instructors/{id}
POST /bookings
====
// orphans, and leaves
| where isnotnull(parent_span_id) and not(has_parent()) | project name
----
name:string
100%_done
====
| where not(has_child()) | summarize count() by kind | sort by kind asc
----
kind:string | count_:integer
client | 3
consumer | 1
internal | 1
server | 1
unspecified | 1
====
// values and tables that let named
let slow = 100ms; let t = traces | where kind == "server";
t | where has_child(duration >= slow) | project name
----
name:string
GET /instructors/{id}
POST /bookings
====
// in a condition with a table, and attributes of the other side
| where kind in ((traces | project kind)) and has_descendant(['os.name'] == "linux" or ['db.system'] == "postgresql") | project name
----
name:string
GET /instructors/{id}
apply_async/send_confirmation
POST /bookings
====
// twice, and after a limit
| sort by duration | take 3 | where has_child(kind == "client") and not(has_child(kind == "producer")) | project name
----
name:string
GET /instructors/{id}
====
spans_of(traces | where has_child(kind == "producer")) | count
----
Count:integer
5
====
trace("1e0620e4acc5a6dd7ee5f837c9d17378") | where has_sibling(name == "POST") | project name
----
name:string
INSERT bookings
apply_async/send_confirmation
====
traces | where has_child(has_child(kind == "consumer")) | project name
----
name:string
POST /bookings
====
// rows stay whole, and keep their order
// plan
| where has_root(error) | project-keep trace_id, name, _time
----
_time:datetime | trace_id:string | name:string
2026-11-22T09:59:00.01Z | aa0620e4acc5a6dd7ee5f837c9d17378 | SELECT instructors
2026-11-22T09:59:00Z | aa0620e4acc5a6dd7ee5f837c9d17378 | GET /instructors/{id}
order: _time desc
groups: 
aggregations: 
default limit: true
====
// of each trace: the root and what it waits for
// plan
| critical_path
----
service.name:string | name:string | self_time:timespan | share:float | spans:integer | traces:integer
instainstru-preview-api | GET /instructors/{id} | 1.1s | 0.7573832820722557 | 1 | 1
instainstru-api | POST /bookings | 130ms | 0.08950893333581204 | 1 | 1
instainstru-api | POST | 120ms | 0.08262363077151881 | 1 | 1
instainstru-preview-api | SELECT instructors | 100ms | 0.06885302564293234 | 1 | 1
instainstru-beat | expire_holds | 2ms | 0.0013770605128586469 | 1 | 1
instainstru-mcp | tools/call find_bookings | 369µs | 0.0002540676646224203 | 1 | 1
order: self_time desc, service.name asc, name asc
groups: 
aggregations: 
default limit: true
====
| critical_path by kind = case(kind == "server", "in", "out") | extend share = round(share, 3)
----
kind:string | self_time:timespan | share:float | spans:integer | traces:integer
in | 1.230369s | 0.847 | 3 | 3
out | 222ms | 0.153 | 3 | 3
====
// the producer's consumer starts when the producer is done: nobody waits for it
spans_of(traces | where kind == "consumer") | critical_path by name | project name, self_time
----
name:string | self_time:timespan
POST /bookings | 130ms
POST | 120ms
====
// whole traces are as long as their roots
spans_of(traces | where error) | critical_path | summarize sum(self_time), sum(share)
----
sum_self_time:timespan | sum_share:float
1.2s | 1.0
====
// nothing at all
| where name == "nothing" | critical_path
----
service.name:string | name:string | self_time:timespan | share:float | spans:integer | traces:integer
====
// of two spans with one id the first counts; of spans of no length, none
datatable (trace_id:string, span_id:string, parent_span_id:string, name:string, _time:datetime, duration:timespan) [
  "t", "a", "", "root", datetime(2026-11-22T09:00:00Z), 10s,
  "t", "b", "a", "first", datetime(2026-11-22T09:00:01Z), 4s,
  "t", "b", "a", "second", datetime(2026-11-22T09:00:06Z), 4s,
  "t", "c", "a", "short", datetime(2026-11-22T09:00:07Z), 0s,
  "t", null, "a", "no id", datetime(2026-11-22T09:00:08Z), 1s,
  null, "d", "a", "no trace", datetime(2026-11-22T09:00:08Z), 1s,
  "t", "e", "a", "no time", null, 1s,
]
| critical_path
----
name:string | self_time:timespan | share:float | spans:integer | traces:integer
root | 6s | 0.6 | 1 | 1
first | 4s | 0.4 | 1 | 1
====
// a child that goes on after its parent's end counts up to it, and what starts after it does not count
datatable (trace_id:string, span_id:string, parent_span_id:string, name:string, _time:datetime, duration:timespan) [
  "t", "a", null, "root", datetime(2026-11-22T09:00:00Z), 10s,
  "t", "b", "a", "goes on", datetime(2026-11-22T09:00:06Z), 40s,
  "t", "c", "a", "too late", datetime(2026-11-22T09:00:10Z), 5s,
  "t", "d", "a", "too early", datetime(2026-11-22T08:59:58Z), 3s,
  "t", "e", "b", "inside", datetime(2026-11-22T09:00:07Z), 1s,
]
| critical_path
----
name:string | self_time:timespan | share:float | spans:integer | traces:integer
root | 5s | 0.5 | 1 | 1
goes on | 3s | 0.3 | 1 | 1
inside | 1s | 0.1 | 1 | 1
too early | 1s | 0.1 | 1 | 1
====
// plan
| compare error on kind
----
field:string | value:string | selected:integer | others:integer | selected_share:float | others_share:float | difference:float | effect:float | support:float
kind | consumer | 0 | 1 | 0.0 | 0.125 | -0.125 | 0.7227342478134157 | 0.1
kind | internal | 0 | 1 | 0.0 | 0.125 | -0.125 | 0.7227342478134157 | 0.1
kind | producer | 0 | 1 | 0.0 | 0.125 | -0.125 | 0.7227342478134157 | 0.1
kind | unspecified | 0 | 1 | 0.0 | 0.125 | -0.125 | 0.7227342478134157 | 0.1
kind | client | 1 | 2 | 0.5 | 0.25 | 0.25 | 0.5235987755982989 | 0.3
kind | server | 1 | 2 | 0.5 | 0.25 | 0.25 | 0.5235987755982989 | 0.3
order: effect desc, field asc, value asc
groups: 
aggregations: 
default limit: true
====
// the fields that the conditions read are left out, and ids
| compare duration > 100ms | where field in ("duration", "trace_id", "span_id", "_time") | count
----
Count:integer
0
====
// keys of maps, by themselves and with their map
| compare ['service.name'] == "instainstru-api" on ['order.id'], ['attributes.custom'] | where effect > 0.9
| project field, value, selected, others
----
field:string | value:string | selected:integer | others:integer
attributes.amount_cents | 4500 | 2 | 0
attributes.order.id | null | 3 | 6
attributes.order.id | 17 | 1 | 0
order.id | null | 3 | 6
order.id | 17 | 1 | 0
====
// what one set has and the other has not
| compare kind == "server" with kind == "client" on ['http.status_code'] | project value, selected, others, selected_share, others_share
----
value:string | selected:integer | others:integer | selected_share:float | others_share:float
200 | 0 | 1 | 0.0 | 0.3333333333333333
201 | 1 | 0 | 0.3333333333333333 | 0.0
500 | 1 | 0 | 0.3333333333333333 | 0.0
null | 1 | 2 | 0.3333333333333333 | 0.6666666666666666
====
| compare has_child(kind == "client") on kind, name | take 2 | project field, value, selected, others
----
field:string | value:string | selected:integer | others:integer
kind | server | 2 | 1
name | GET /instructors/{id} | 1 | 0
====
// one of the sets is empty
| compare name == "nothing" on kind | project value, selected, others, selected_share, others_share, effect
----
value:string | selected:integer | others:integer | selected_share:float | others_share:float | effect:float
client | 0 | 3 | null | null | null
consumer | 0 | 1 | null | null | null
internal | 0 | 1 | null | null | null
producer | 0 | 1 | null | null | null
server | 0 | 3 | null | null | null
unspecified | 0 | 1 | null | null | null
====
// numbers by ranges when there are many, of both signs
print n = range(1, 200) | mv-expand n to typeof(long) | compare n > 100 on n | sort by others, value asc | project value, selected, others
----
value:string | selected:integer | others:integer
50..100 | 0 | 50
20..50 | 0 | 30
10..20 | 0 | 10
5..10 | 0 | 5
2..5 | 0 | 3
1..2 | 0 | 1
100..200 | 99 | 1
200..500 | 1 | 0
====
print n = range(1, 200) | mv-expand n to typeof(long) | extend n = iff(n <= 100, n, -n) | compare n > 0 on n | project value, selected, others, effect | take 4
----
value:string | selected:integer | others:integer | effect:float
-200..-100 | 0 | 99 | 2.941257811266674
50..100 | 50 | 0 | 1.5707963267948968
20..50 | 30 | 0 | 1.1592794807274085
10..20 | 10 | 0 | 0.6435011087932844
====
print n = range(1, 300) | mv-expand n to typeof(long) | extend d = n * 1ms, f = n / 1000.0
| compare n > 150 on d, f | where selected > 40 | project field, value, selected, others
----
field:string | value:string | selected:integer | others:integer
d | 200ms..500ms | 101 | 0
f | 0.2..0.5 | 101 | 0
d | 100ms..200ms | 49 | 51
f | 0.1..0.2 | 49 | 51
====
// a hundred are few
print n = range(1, 100) | mv-expand n to typeof(long) | compare n > 50 on n | summarize count(), sum(selected), sum(others)
----
count_:integer | sum_selected:integer | sum_others:integer
20 | 1 | 19
====
// a trace is found wherever it is, and the relatives of its spans
// start 2026-11-22T14:00:00Z
// end 2026-11-22T15:00:00Z
trace("1e0620e4acc5a6dd7ee5f837c9d17378") | where has_child(kind == "client") or has_ancestor(has_child(kind == "producer")) | project name
----
name:string
POST /bookings
POST
INSERT bookings
apply_async/send_confirmation
run/send_confirmation
