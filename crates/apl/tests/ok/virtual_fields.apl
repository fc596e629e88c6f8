// virtual slow = duration > 100ms
| where slow | project name | sort by name asc
----
name:string
GET /instructors/{id}
POST
POST /bookings
====
// made where it is named, at the end of the fields
// virtual ms = duration / 1ms
| where ms > 200 | project name, ms | sort by ms asc
----
name:string | ms:float
POST /bookings | 250.0
GET /instructors/{id} | 1200.0
====
// one of another, whatever their order
// virtual slow_ms = iff(slow, ms, 0.0)
// virtual ms = duration / 1ms
// virtual slow = ms > 100
| summarize total = sum(slow_ms), slow_rows = countif(slow)
----
total:float | slow_rows:integer
1570.0 | 3
====
// of no other field
// virtual ms = duration / 1ms
| project-keep * | getschema | where ColumnName == "m" | count
----
Count:integer
0
====
// not among all fields unless it is named
// virtual ms = duration / 1ms
| getschema | where ColumnName startswith "m" | count
----
Count:integer
0
====
// a name that is no plain word
// virtual http.is_error = ['http.status_code'] >= 500
| summarize count() by ['http.is_error'] | sort by ['http.is_error'] asc
----
http.is_error:boolean | count_:integer
false | 8
true | 2
====
// virtual http.is_error = ['http.status_code'] >= 500
| where http.is_error | project name
----
name:string
GET /instructors/{id}
run/send_confirmation
====
// a field of the dataset hides it
// virtual name = "hidden"
| where name == "POST" | project name
----
name:string
POST
====
// a field that the query makes stands
// virtual ms = duration / 1ms
| where name == "POST" | extend ms = 1 | project ms
----
ms:integer
1
====
// in each of several tables
// virtual slow = duration > 100ms
union (traces | where slow), (traces | where not(slow)) | count
----
Count:integer
10
====
// virtual slow = duration > 100ms
| where trace_id in (traces | where slow | project trace_id) | summarize count() by slow | sort by slow asc
----
slow:boolean | count_:integer
false | 4
true | 3
