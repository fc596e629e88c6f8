// two fields change their names
| project name, kind | project-rename name = kind, kind = name | top 1 by kind
----
kind:string | name:string
tools/call find_bookings | server
====
| project name, kind | project-rename k = kind | top 1 by name
----
name:string | k:string
tools/call find_bookings | server
====
| project name, kind | project-rename kind = name | top 1 by kind
----
kind:string
tools/call find_bookings
