// an attribute sent with another type than its column has
| where ['http.status_code'] >= 500 | project name, ['http.status_code'] | sort by name asc
----
name:string | http.status_code:integer
GET /instructors/{id} | 500
run/send_confirmation | 503
====
| where isnotnull(['http.response.status_code']) | summarize count() by ['http.response.status_code']
----
http.response.status_code:integer | count_:integer
200 | 1
201 | 1
500 | 1
503 | 1
====
// plan
| where ['client.address'] == 7 | project name, ['client.address']
----
name:string | client.address:string
run/send_confirmation | 7
order: 
groups: 
aggregations: 
default limit: true
====
// an older name that has no column
| where ['code.filepath'] endswith "mod.rs" | project ['code.file.path'], ['code.lineno']
----
code.file.path:string | code.lineno:integer
src/mod.rs | 12
====
// a custom attribute whose name is near that of a column
// plan
| where ['os.name'] == "linux" | project name
----
name:string
run/send_confirmation
order: 
groups: 
aggregations: 
default limit: true
warning: 3:9: 'os.name' is read as a custom attribute; did you mean 'db.name'?
====
| summarize count() by ['lesson.id']
----
lesson.id:string | count_:integer
null | 10
