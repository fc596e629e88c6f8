// what else is tried over rows that the query holds, over a dataset: newest first, or as it was sorted
| where kind == "client" | extend-valid method = ['http.method'] | project name, method
----
name:string | method:string
SELECT instructors | null
INSERT bookings | null
POST | POST
====
| sort by name asc | extend-valid short = strlen(name) | take 2 | project name, short
----
name:string | short:integer
100%_done | 9
GET /instructors/{id} | 21
====
| parse-where name with verb " /" path | project verb, path
----
verb:string | path:string
GET | instructors/{id}
POST | bookings
====
| sort by duration desc | parse-where name with verb " /" path | project verb, path
----
verb:string | path:string
GET | instructors/{id}
POST | bookings
====
| extend pairs = strcat("name=", replace_string(name, " ", "_"), " kind=", kind) | parse-kv pairs as (kind:string) with (pair_delimiter=" ", kv_delimiter="=") | project kind1 = kind, name | take 2
----
kind1:string | name:string
unspecified | 100%_done
server | tools/call find_bookings
====
| sort by name asc | parse kind=simple name with verb " " rest | where isnotnull(rest) | project verb | take 3
----
verb:string
GET
INSERT
POST
====
| mv-expand events | project name, at = tostring(events.name) | where isnotempty(at)
----
name:string | at:string
GET /instructors/{id} | exception
====
| sort by _time asc | project-reorder kind, name | project kind | take 2
----
kind:string
server
client
====
| sort by name desc | union (traces | where error) | count
----
Count:integer
12
====
| where error | join kind=inner (traces | sort by duration asc) on trace_id | count
----
Count:integer
4
====
| sort by duration desc | lookup (traces | where error | project name, failed = true) on name | take 2 | project name, failed
----
name:string | failed:boolean
GET /instructors/{id} | true
POST /bookings | null
====
| sort by kind asc | compare error on kind | project value, selected, others | sort by value asc
----
value:string | selected:integer | others:integer
client | 1 | 2
consumer | 0 | 1
internal | 0 | 1
producer | 0 | 1
server | 1 | 2
unspecified | 0 | 1
====
| sort by _time asc | critical_path by kind | summarize sum(spans)
----
sum_spans:integer
6
====
| sort by kind asc, name asc | distinct kind | count
----
Count:integer
6
====
| sort by kind asc | make-series n = count() on _time from ago(3m) to now() step 1m | project n
----
n:array
[0, 5, 5]
