| where name has_any ("get", "bookings") | project name | sort by name asc
----
name:string
GET /instructors/{id}
INSERT bookings
POST /bookings
tools/call find_bookings
====
| where name has_any_cs ("get", "bookings") | project name | sort by name asc
----
name:string
INSERT bookings
POST /bookings
tools/call find_bookings
====
| where name has_any (dynamic(["instructors", "tick"])) | project name | sort by name asc
----
name:string
GET /instructors/{id}
SELECT instructors
====
| where ['http.status_code'] has_any (500, 201) and not(name has_any ("post")) | project name
----
name:string
GET /instructors/{id}
====
| where ['no.such'] has_any ("x") | count
----
Count:integer
0
