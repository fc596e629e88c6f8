| where name contains "BOOKINGS" | project name | sort by name asc
----
name:string
INSERT bookings
POST /bookings
tools/call find_bookings
====
| where name !contains "bookings" | count
----
Count:integer
7
====
| where name contains_cs "BOOKINGS" | count
----
Count:integer
0
====
| where name !contains_cs "bookings" | count
----
Count:integer
7
====
// per cent and underscore stand for themselves
| where name contains "0%_D" | project name
----
name:string
100%_done
====
| where name contains "%o%" | count
----
Count:integer
0
====
| where name startswith "post" | project name | sort by name asc
----
name:string
POST
POST /bookings
====
| where name startswith_cs "post" | count
----
Count:integer
0
====
| where name !startswith "post" | count
----
Count:integer
8
====
| where name !startswith_cs "POST" | count
----
Count:integer
8
====
| where name endswith "BOOKINGS" | count
----
Count:integer
3
====
| where name endswith_cs "bookings" | count
----
Count:integer
3
====
| where name !endswith "bookings" | count
----
Count:integer
7
====
| where name !endswith_cs "BOOKINGS" | count
----
Count:integer
10
====
| where name has "get" | project name
----
name:string
GET /instructors/{id}
====
// a term ends at a slash, an underscore or a space, not inside a word
| where name has "booking" | count
----
Count:integer
0
====
| where name has "confirmation" | project name | sort by name asc
----
name:string
apply_async/send_confirmation
run/send_confirmation
====
| where name has "send_confirmation" | count
----
Count:integer
2
====
| where name !has "confirmation" | count
----
Count:integer
8
====
| where name has_cs "get" | count
----
Count:integer
0
====
| where name !has_cs "GET" | count
----
Count:integer
9
====
| where name hasprefix "book" | count
----
Count:integer
3
====
| where name hasprefix "ook" | count
----
Count:integer
0
====
| where name hasprefix_cs "Book" | count
----
Count:integer
0
====
| where name !hasprefix "book" | count
----
Count:integer
7
====
| where name hassuffix "INGS" | count
----
Count:integer
3
====
| where name hassuffix_cs "INGS" | count
----
Count:integer
0
====
| where name !hassuffix "ings" | count
----
Count:integer
7
====
| where name matches regex "^(GET|POST) /" | project name | sort by name asc
----
name:string
GET /instructors/{id}
POST /bookings
====
| where name matches regex @"\d+%" | project name
----
name:string
100%_done
====
| where name !matches regex "[a-z]" | project name
----
name:string
POST
====
| where name =~ "post /BOOKINGS" | project name
----
name:string
POST /bookings
====
| where name !~ "post" | count
----
Count:integer
9
====
// against another field
| where name contains ["http.route"] | project name
----
name:string
GET /instructors/{id}
POST /bookings
====
| where name !contains ['service.name'] | count
----
Count:integer
10
====
| where ['status.message'] contains "instructor" | project ['status.message']
----
status.message:string
no such instructor
====
| where ['status.message'] !has "instructor" | count
----
Count:integer
9
====
// a number is matched as its text
| where ['http.status_code'] startswith "20" | count
----
Count:integer
2
====
| where name == 'POST /bookings' or name == "it's \"quoted\"\t" | count
----
Count:integer
1
