// old and new names of an attribute are one field
| where isnotnull(['http.status_code']) | project ['http.status_code'], name | sort by name asc
----
http.status_code:integer | name:string
500 | GET /instructors/{id}
200 | POST
201 | POST /bookings
503 | run/send_confirmation
====
| where isnotnull(['attributes.http.response.status_code']) | count
----
Count:integer
4
====
| summarize count() by ['db.system']
----
db.system:string | count_:integer
null | 8
postgresql | 1
sqlite | 1
====
| summarize count() by ['attributes.http.request.method']
----
attributes.http.request.method:string | count_:integer
null | 7
POST | 2
GET | 1
====
// an attribute of no column is a key of the custom map
| where ['order.id'] == "17" | project name, ['order.id']
----
name:string | order.id:string
POST /bookings | 17
====
| where ['attributes.custom']['order.id'] == "17" | project ['attributes.custom']['order.id']
----
attributes.custom.order.id:string
17
====
| where ['attributes.custom'].amount_cents > 1000 | project name | sort by name asc
----
name:string
POST
POST /bookings
====
| where attributes.custom.amount_cents >= 4500 | count
----
Count:integer
2
====
| where ['attributes.custom'].order.id == 17 | count
----
Count:integer
1
====
| extend team = ['resource.custom']['team'] | where isnotempty(team) | project team
----
team:string
booking
====
| project c = ['attributes.custom'] | where isnotnull(c) | project c.amount_cents | sort by ['c.amount_cents'] asc
----
c.amount_cents:string
4500
4500
n/a
====
// a dotted name needs no brackets
| where service.name == "instainstru-beat" | project service.name, name
----
service.name:string | name:string
instainstru-beat | expire_holds
====
| summarize count() by http.status_code
----
http.status_code:integer | count_:integer
null | 6
200 | 1
201 | 1
500 | 1
503 | 1
====
// a field of the query hides the dataset's
| extend kind = 1 | summarize sum(kind)
----
sum_kind:integer
10
====
| extend ['my field'] = strlen(name) | project ['my field'] | top 1 by ['my field']
----
my field:integer
29
====
| where ['no.such.attribute'] == "x" | count
----
Count:integer
0
====
| project ['attributes.http.route'] | where isnotnull(['http.route']) | count
----
Count:integer
2
