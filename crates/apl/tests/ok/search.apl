search "bookings" | project name
----
name:string
tools/call find_bookings
INSERT bookings
POST /bookings
====
// one term is a part of no other
search "booking" | project name
----
name:string
POST /bookings
====
search kind=case_sensitive "POST" | project name
----
name:string
POST
POST /bookings
====
search kind=case_sensitive "post" | project name
----
name:string
====
search "inst*" and error | project name
----
name:string
SELECT instructors
GET /instructors/{id}
====
search "*ructors" | project name
----
name:string
SELECT instructors
GET /instructors/{id}
====
search "*irmatio*" | project name
----
name:string
run/send_confirmation
apply_async/send_confirmation
====
search "f*d" and not "POST" | project name
----
name:string
tools/call find_bookings
====
search "f??d" | project name
----
name:string
tools/call find_bookings
====
// in the values of maps, and in numbers
search "n/a" or "201" | project name
----
name:string
run/send_confirmation
POST /bookings
====
search name:"post" and duration > 200ms | project name
----
name:string
POST /bookings
====
search ['service.name']:"mcp" or kind == "internal" | project name
----
name:string
tools/call find_bookings
expire_holds
====
search service.name:"work*" | project name
----
name:string
run/send_confirmation
====
search in (traces) "expire" | project name
----
name:string
expire_holds
====
let t = print a = "needle in hay"; search in (t, (print a = "hay")) "needle"
----
a:string
needle in hay
====
traces | where kind == "client" | search "post" or "insert" | project name
----
name:string
INSERT bookings
POST
====
traces | search not ("server" or "client" or kind:"internal") | project name
----
name:string
100%_done
run/send_confirmation
apply_async/send_confirmation
====
datatable (a:string, b:string) ["x y", null, "y", "z", null, null] | search "y" and "z"
----
a:string | b:string
y | z
====
traces | where * has "payments" | project name
----
name:string
POST
====
traces | where * contains "bOOk" and kind == "server" | project name
----
name:string
tools/call find_bookings
POST /bookings
====
traces | where * == "internal" | project name
----
name:string
expire_holds
====
traces | where not(* has "instainstru") | project name
----
name:string
100%_done
====
traces | where * !has "instainstru" | project name
----
name:string
100%_done
====
traces | where * matches regex "^exp.*s$" | project name
----
name:string
expire_holds
====
traces | where * hasprefix_cs "Inst" or * endswith "_done" or * =~ "insert BOOKINGS" | project name
----
name:string
100%_done
INSERT bookings
====
traces | extend found = * has "find" | where found | project name
----
name:string
tools/call find_bookings
====
// in what an event says
search "exception" | project name
----
name:string
GET /instructors/{id}
