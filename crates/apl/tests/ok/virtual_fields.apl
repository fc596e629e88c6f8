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
====
// a word in a string of its own is not itself
// virtual slow = iff(duration > 100ms, "slow", "fast")
| summarize count() by slow | sort by slow asc
----
slow:string | count_:integer
fast | 7
slow | 3
====
// in its own expression its name is the dataset's
// virtual http.route = toupper(['http.route'])
| where name == "GET /instructors/{id}" | project ['http.route']
----
http.route:string
/INSTRUCTORS/{ID}
====
// virtual order.id = strcat("no. ", ['attributes.custom']['order.id'])
| where isnotempty(['attributes.custom']['order.id']) | project ['order.id'] | take 1
----
order.id:string
no. 17
====
// a dataset's name is no field
// virtual traces = durration
traces | count
----
Count:integer
10
====
// virtual traces = durration
union (traces | where error), traces | where trace_id in (traces | project trace_id) | count
----
Count:integer
12
====
// a word in a comment adds no field
// virtual big = tostring(duration > 0ms)
| search "true" | count // big
----
Count:integer
2
====
// virtual big = tostring(duration > 0ms)
| search "true" | count
----
Count:integer
2
====
// virtual big = tostring(duration > 0ms)
| extend other = "big" | getschema | where ColumnName == "big" | count
----
Count:integer
0
====
// a broken one that the query makes itself
// virtual ms = durration
| extend ms = 1 | where ms == 1 | count
----
Count:integer
10
====
// named by a string, and where its name has dots
// virtual is.slow = duration > 100ms
| where column_ifexists("is.slow", false) and ensure_field("is.slow", typeof(bool)) and is.slow | count
----
Count:integer
3
====
// in patterns, joins and whole rows
// virtual slow = duration > 100ms
| join kind=inner (traces | where slow | distinct slow) on $left.slow == $right.slow | project-keep slow | summarize count() by slow
----
slow:boolean | count_:integer
true | 3
====
// virtual slow = duration > 100ms
| project-keep slow | where slow | count
----
Count:integer
3
====
// 16 of each other
// virtual v16 = v15 + 1
// virtual v15 = v14 + 1
// virtual v14 = v13 + 1
// virtual v13 = v12 + 1
// virtual v12 = v11 + 1
// virtual v11 = v10 + 1
// virtual v10 = v9 + 1
// virtual v9 = v8 + 1
// virtual v8 = v7 + 1
// virtual v7 = v6 + 1
// virtual v6 = v5 + 1
// virtual v5 = v4 + 1
// virtual v4 = v3 + 1
// virtual v3 = v2 + 1
// virtual v2 = v1 + 1
// virtual v1 = 1
| project v16 | take 1
----
v16:integer
16
