| where ['status.code'] == "OK" | project name
----
name:string
POST /bookings
====
// a row without the field differs from every value
| where ['status.code'] != "ERROR" | count
----
Count:integer
8
====
| where ['status.code'] <> "ERROR" | count
----
Count:integer
8
====
| where not(['status.code'] == "ERROR") | count
----
Count:integer
8
====
| where isnull(parent_span_id) | project name | sort by name asc
----
name:string
GET /instructors/{id}
POST /bookings
expire_holds
tools/call find_bookings
====
| where isempty(parent_span_id) | count
----
Count:integer
4
====
| where isnotempty(parent_span_id) and isnotnull(['service.name']) | count
----
Count:integer
5
====
| where ['service.name'] == null | count
----
Count:integer
0
====
| where ['service.name'] != null | count
----
Count:integer
10
====
| where ['status.code'] == ['status.message'] | count
----
Count:integer
0
====
| where not(['http.status_code'] < 300) | count
----
Count:integer
8
====
| where ['http.status_code'] < 300 or error | project name
----
name:string
SELECT instructors
GET /instructors/{id}
POST
POST /bookings
====
| where duration between (100ms .. 250ms) | project name
----
name:string
SELECT instructors
POST
POST /bookings
====
| where duration !between (100ms .. 250ms) | count
----
Count:integer
7
====
| where ['http.status_code'] !between (200 .. 299) | count
----
Count:integer
8
====
| where _time between (ago(1m) .. now()) | project name
----
name:string
100%_done
tools/call find_bookings
expire_holds
SELECT instructors
GET /instructors/{id}
====
| where _time > ago(30s) | count
----
Count:integer
2
====
| where _time >= datetime(2026-11-22 09:59:00) and _time < datetime("2026-11-22T09:59:30Z") | project name
----
name:string
SELECT instructors
GET /instructors/{id}
====
| where _time >= "2026-11-22T09:59:30Z" | count
----
Count:integer
3
====
| where kind in ("producer", "consumer") | project name
----
name:string
run/send_confirmation
apply_async/send_confirmation
====
| where kind !in ("producer", "consumer", "client") | count
----
Count:integer
5
====
| where ['status.code'] !in ("ERROR") | count
----
Count:integer
8
====
| where kind in~ ("PRODUCER", "Consumer") | count
----
Count:integer
2
====
| where kind in (dynamic(["producer", "server"])) | count
----
Count:integer
4
====
| where kind in dynamic(["producer"]) | count
----
Count:integer
1
====
| where kind !in~ ("PRODUCER") | count
----
Count:integer
9
====
| where ['http.status_code'] in (200, 500.0, "201") | project ['http.status_code']
----
http.status_code:integer
500
200
201
====
| where error | where duration > 1s | project name
----
name:string
GET /instructors/{id}
====
| where true | count
----
Count:integer
10
====
| where null | count
----
Count:integer
0
====
| filter error | count
----
Count:integer
2
