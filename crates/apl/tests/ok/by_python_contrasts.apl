| compare kind == "server" with kind == "client" on name, kind, duration, ['service.name'], ['http.status_code']
| extend selected_share = round(selected_share, 6), others_share = round(others_share, 6), difference = round(difference, 6), effect = round(effect, 6), support = round(support, 6)
| sort by effect, field asc, value asc
----
field:string | value:string | selected:integer | others:integer | selected_share:float | others_share:float | difference:float | effect:float | support:float
kind | client | 0 | 3 | 0.0 | 1.0 | -1.0 | 3.141593 | 0.5
kind | server | 3 | 0 | 1.0 | 0.0 | 1.0 | 3.141593 | 0.5
duration | 1.2s | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
duration | 100ms | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
duration | 120ms | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
duration | 250ms | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
duration | 369µs | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
duration | 4.47ms | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
http.status_code | 200 | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
http.status_code | 201 | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
http.status_code | 500 | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
name | GET /instructors/{id} | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
name | INSERT bookings | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
name | POST | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
name | POST /bookings | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
name | SELECT instructors | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
name | tools/call find_bookings | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
service.name | instainstru-mcp | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
http.status_code | null | 1 | 2 | 0.333333 | 0.666667 | -0.333333 | 0.679674 | 0.5
service.name | instainstru-api | 1 | 2 | 0.333333 | 0.666667 | -0.333333 | 0.679674 | 0.5
service.name | instainstru-preview-api | 1 | 1 | 0.333333 | 0.333333 | 0.0 | 0.0 | 0.333333
====
| compare kind == "server" with kind in ("producer", "consumer") on name, kind, duration, ['service.name'], ['http.status_code']
| extend selected_share = round(selected_share, 6), others_share = round(others_share, 6), difference = round(difference, 6), effect = round(effect, 6), support = round(support, 6)
| sort by effect, field asc, value asc
----
field:string | value:string | selected:integer | others:integer | selected_share:float | others_share:float | difference:float | effect:float | support:float
kind | server | 3 | 0 | 1.0 | 0.0 | 1.0 | 3.141593 | 0.6
duration | 1ms | 0 | 1 | 0.0 | 0.5 | -0.5 | 1.570796 | 0.2
duration | 23.33ms | 0 | 1 | 0.0 | 0.5 | -0.5 | 1.570796 | 0.2
http.status_code | 503 | 0 | 1 | 0.0 | 0.5 | -0.5 | 1.570796 | 0.2
kind | consumer | 0 | 1 | 0.0 | 0.5 | -0.5 | 1.570796 | 0.2
kind | producer | 0 | 1 | 0.0 | 0.5 | -0.5 | 1.570796 | 0.2
name | apply_async/send_confirmation | 0 | 1 | 0.0 | 0.5 | -0.5 | 1.570796 | 0.2
name | run/send_confirmation | 0 | 1 | 0.0 | 0.5 | -0.5 | 1.570796 | 0.2
service.name | instainstru-worker | 0 | 1 | 0.0 | 0.5 | -0.5 | 1.570796 | 0.2
duration | 1.2s | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.2
duration | 250ms | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.2
duration | 369µs | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.2
http.status_code | 201 | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.2
http.status_code | 500 | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.2
name | GET /instructors/{id} | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.2
name | POST /bookings | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.2
name | tools/call find_bookings | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.2
service.name | instainstru-mcp | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.2
service.name | instainstru-preview-api | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.2
http.status_code | null | 1 | 1 | 0.333333 | 0.5 | -0.166667 | 0.339837 | 0.4
service.name | instainstru-api | 1 | 1 | 0.333333 | 0.5 | -0.166667 | 0.339837 | 0.4
====
| compare kind == "server" with duration > 100ms on name, kind, duration, ['service.name'], ['http.status_code']
| extend selected_share = round(selected_share, 6), others_share = round(others_share, 6), difference = round(difference, 6), effect = round(effect, 6), support = round(support, 6)
| sort by effect, field asc, value asc
----
field:string | value:string | selected:integer | others:integer | selected_share:float | others_share:float | difference:float | effect:float | support:float
duration | 120ms | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
duration | 369µs | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
http.status_code | null | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
http.status_code | 200 | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
kind | client | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
kind | server | 3 | 2 | 1.0 | 0.666667 | 0.333333 | 1.230959 | 0.833333
name | POST | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
name | tools/call find_bookings | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
service.name | instainstru-mcp | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
service.name | instainstru-api | 1 | 2 | 0.333333 | 0.666667 | -0.333333 | 0.679674 | 0.5
duration | 1.2s | 1 | 1 | 0.333333 | 0.333333 | 0.0 | 0.0 | 0.333333
duration | 250ms | 1 | 1 | 0.333333 | 0.333333 | 0.0 | 0.0 | 0.333333
http.status_code | 201 | 1 | 1 | 0.333333 | 0.333333 | 0.0 | 0.0 | 0.333333
http.status_code | 500 | 1 | 1 | 0.333333 | 0.333333 | 0.0 | 0.0 | 0.333333
name | GET /instructors/{id} | 1 | 1 | 0.333333 | 0.333333 | 0.0 | 0.0 | 0.333333
name | POST /bookings | 1 | 1 | 0.333333 | 0.333333 | 0.0 | 0.0 | 0.333333
service.name | instainstru-preview-api | 1 | 1 | 0.333333 | 0.333333 | 0.0 | 0.0 | 0.333333
====
| compare kind == "server" with duration < 2ms on name, kind, duration, ['service.name'], ['http.status_code']
| extend selected_share = round(selected_share, 6), others_share = round(others_share, 6), difference = round(difference, 6), effect = round(effect, 6), support = round(support, 6)
| sort by effect, field asc, value asc
----
field:string | value:string | selected:integer | others:integer | selected_share:float | others_share:float | difference:float | effect:float | support:float
http.status_code | null | 1 | 3 | 0.333333 | 1.0 | -0.666667 | 1.910633 | 0.666667
kind | server | 3 | 1 | 1.0 | 0.333333 | 0.666667 | 1.910633 | 0.666667
duration | 0s | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
duration | 1.2s | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
duration | 1ms | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
duration | 250ms | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
http.status_code | 201 | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
http.status_code | 500 | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
kind | producer | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
kind | unspecified | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
name | 100%_done | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
name | GET /instructors/{id} | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
name | POST /bookings | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
name | apply_async/send_confirmation | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
service.name | null | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
service.name | instainstru-preview-api | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
duration | 369µs | 1 | 1 | 0.333333 | 0.333333 | 0.0 | 0.0 | 0.333333
name | tools/call find_bookings | 1 | 1 | 0.333333 | 0.333333 | 0.0 | 0.0 | 0.333333
service.name | instainstru-api | 1 | 1 | 0.333333 | 0.333333 | 0.0 | 0.0 | 0.333333
service.name | instainstru-mcp | 1 | 1 | 0.333333 | 0.333333 | 0.0 | 0.0 | 0.333333
====
| compare kind == "server" with isnull(['service.name']) on name, kind, duration, ['service.name'], ['http.status_code']
| extend selected_share = round(selected_share, 6), others_share = round(others_share, 6), difference = round(difference, 6), effect = round(effect, 6), support = round(support, 6)
| sort by effect, field asc, value asc
----
field:string | value:string | selected:integer | others:integer | selected_share:float | others_share:float | difference:float | effect:float | support:float
duration | 0s | 0 | 1 | 0.0 | 1.0 | -1.0 | 3.141593 | 0.25
kind | server | 3 | 0 | 1.0 | 0.0 | 1.0 | 3.141593 | 0.75
kind | unspecified | 0 | 1 | 0.0 | 1.0 | -1.0 | 3.141593 | 0.25
name | 100%_done | 0 | 1 | 0.0 | 1.0 | -1.0 | 3.141593 | 0.25
service.name | null | 0 | 1 | 0.0 | 1.0 | -1.0 | 3.141593 | 0.25
http.status_code | null | 1 | 1 | 0.333333 | 1.0 | -0.666667 | 1.910633 | 0.5
duration | 1.2s | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
duration | 250ms | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
duration | 369µs | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
http.status_code | 201 | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
http.status_code | 500 | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
name | GET /instructors/{id} | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
name | POST /bookings | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
name | tools/call find_bookings | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
service.name | instainstru-api | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
service.name | instainstru-mcp | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
service.name | instainstru-preview-api | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
====
| compare kind == "server" with ['service.name'] == "instainstru-worker" on name, kind, duration, ['service.name'], ['http.status_code']
| extend selected_share = round(selected_share, 6), others_share = round(others_share, 6), difference = round(difference, 6), effect = round(effect, 6), support = round(support, 6)
| sort by effect, field asc, value asc
----
field:string | value:string | selected:integer | others:integer | selected_share:float | others_share:float | difference:float | effect:float | support:float
duration | 23.33ms | 0 | 1 | 0.0 | 1.0 | -1.0 | 3.141593 | 0.25
http.status_code | 503 | 0 | 1 | 0.0 | 1.0 | -1.0 | 3.141593 | 0.25
kind | consumer | 0 | 1 | 0.0 | 1.0 | -1.0 | 3.141593 | 0.25
kind | server | 3 | 0 | 1.0 | 0.0 | 1.0 | 3.141593 | 0.75
name | run/send_confirmation | 0 | 1 | 0.0 | 1.0 | -1.0 | 3.141593 | 0.25
service.name | instainstru-worker | 0 | 1 | 0.0 | 1.0 | -1.0 | 3.141593 | 0.25
duration | 1.2s | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
duration | 250ms | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
duration | 369µs | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
http.status_code | null | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
http.status_code | 201 | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
http.status_code | 500 | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
name | GET /instructors/{id} | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
name | POST /bookings | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
name | tools/call find_bookings | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
service.name | instainstru-api | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
service.name | instainstru-mcp | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
service.name | instainstru-preview-api | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
====
| compare kind == "server" with isnotnull(['http.status_code']) on name, kind, duration, ['service.name'], ['http.status_code']
| extend selected_share = round(selected_share, 6), others_share = round(others_share, 6), difference = round(difference, 6), effect = round(effect, 6), support = round(support, 6)
| sort by effect, field asc, value asc
----
field:string | value:string | selected:integer | others:integer | selected_share:float | others_share:float | difference:float | effect:float | support:float
kind | server | 3 | 2 | 1.0 | 0.5 | 0.5 | 1.570796 | 0.714286
duration | 369µs | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.142857
http.status_code | null | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.142857
name | tools/call find_bookings | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.142857
service.name | instainstru-mcp | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.142857
duration | 120ms | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.142857
duration | 23.33ms | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.142857
http.status_code | 200 | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.142857
http.status_code | 503 | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.142857
kind | client | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.142857
kind | consumer | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.142857
name | POST | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.142857
name | run/send_confirmation | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.142857
service.name | instainstru-worker | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.142857
service.name | instainstru-api | 1 | 2 | 0.333333 | 0.5 | -0.166667 | 0.339837 | 0.428571
duration | 1.2s | 1 | 1 | 0.333333 | 0.25 | 0.083333 | 0.183762 | 0.285714
duration | 250ms | 1 | 1 | 0.333333 | 0.25 | 0.083333 | 0.183762 | 0.285714
http.status_code | 201 | 1 | 1 | 0.333333 | 0.25 | 0.083333 | 0.183762 | 0.285714
http.status_code | 500 | 1 | 1 | 0.333333 | 0.25 | 0.083333 | 0.183762 | 0.285714
name | GET /instructors/{id} | 1 | 1 | 0.333333 | 0.25 | 0.083333 | 0.183762 | 0.285714
name | POST /bookings | 1 | 1 | 0.333333 | 0.25 | 0.083333 | 0.183762 | 0.285714
service.name | instainstru-preview-api | 1 | 1 | 0.333333 | 0.25 | 0.083333 | 0.183762 | 0.285714
====
| compare kind == "server" on name, kind, duration, ['service.name'], ['http.status_code']
| extend selected_share = round(selected_share, 6), others_share = round(others_share, 6), difference = round(difference, 6), effect = round(effect, 6), support = round(support, 6)
| sort by effect, field asc, value asc
----
field:string | value:string | selected:integer | others:integer | selected_share:float | others_share:float | difference:float | effect:float | support:float
kind | server | 3 | 0 | 1.0 | 0.0 | 1.0 | 3.141593 | 0.3
kind | client | 0 | 3 | 0.0 | 0.428571 | -0.428571 | 1.427449 | 0.3
duration | 1.2s | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.1
duration | 250ms | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.1
duration | 369µs | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.1
http.status_code | 201 | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.1
http.status_code | 500 | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.1
name | GET /instructors/{id} | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.1
name | POST /bookings | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.1
name | tools/call find_bookings | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.1
service.name | instainstru-mcp | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.1
http.status_code | null | 1 | 5 | 0.333333 | 0.714286 | -0.380952 | 0.782748 | 0.6
duration | 0s | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
duration | 100ms | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
duration | 120ms | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
duration | 1ms | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
duration | 23.33ms | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
duration | 2ms | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
duration | 4.47ms | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
http.status_code | 200 | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
http.status_code | 503 | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
kind | consumer | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
kind | internal | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
kind | producer | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
kind | unspecified | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
name | 100%_done | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
name | INSERT bookings | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
name | POST | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
name | SELECT instructors | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
name | apply_async/send_confirmation | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
name | expire_holds | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
name | run/send_confirmation | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
service.name | null | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
service.name | instainstru-beat | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
service.name | instainstru-worker | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
service.name | instainstru-preview-api | 1 | 1 | 0.333333 | 0.142857 | 0.190476 | 0.455766 | 0.2
service.name | instainstru-api | 1 | 3 | 0.333333 | 0.428571 | -0.095238 | 0.196489 | 0.4
====
| compare kind == "client" with kind == "server" on name, kind, duration, ['service.name'], ['http.status_code']
| extend selected_share = round(selected_share, 6), others_share = round(others_share, 6), difference = round(difference, 6), effect = round(effect, 6), support = round(support, 6)
| sort by effect, field asc, value asc
----
field:string | value:string | selected:integer | others:integer | selected_share:float | others_share:float | difference:float | effect:float | support:float
kind | client | 3 | 0 | 1.0 | 0.0 | 1.0 | 3.141593 | 0.5
kind | server | 0 | 3 | 0.0 | 1.0 | -1.0 | 3.141593 | 0.5
duration | 1.2s | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
duration | 100ms | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
duration | 120ms | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
duration | 250ms | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
duration | 369µs | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
duration | 4.47ms | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
http.status_code | 200 | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
http.status_code | 201 | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
http.status_code | 500 | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
name | GET /instructors/{id} | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
name | INSERT bookings | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
name | POST | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
name | POST /bookings | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
name | SELECT instructors | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
name | tools/call find_bookings | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
service.name | instainstru-mcp | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
http.status_code | null | 2 | 1 | 0.666667 | 0.333333 | 0.333333 | 0.679674 | 0.5
service.name | instainstru-api | 2 | 1 | 0.666667 | 0.333333 | 0.333333 | 0.679674 | 0.5
service.name | instainstru-preview-api | 1 | 1 | 0.333333 | 0.333333 | 0.0 | 0.0 | 0.333333
====
| compare kind == "client" with kind in ("producer", "consumer") on name, kind, duration, ['service.name'], ['http.status_code']
| extend selected_share = round(selected_share, 6), others_share = round(others_share, 6), difference = round(difference, 6), effect = round(effect, 6), support = round(support, 6)
| sort by effect, field asc, value asc
----
field:string | value:string | selected:integer | others:integer | selected_share:float | others_share:float | difference:float | effect:float | support:float
kind | client | 3 | 0 | 1.0 | 0.0 | 1.0 | 3.141593 | 0.6
duration | 1ms | 0 | 1 | 0.0 | 0.5 | -0.5 | 1.570796 | 0.2
duration | 23.33ms | 0 | 1 | 0.0 | 0.5 | -0.5 | 1.570796 | 0.2
http.status_code | 503 | 0 | 1 | 0.0 | 0.5 | -0.5 | 1.570796 | 0.2
kind | consumer | 0 | 1 | 0.0 | 0.5 | -0.5 | 1.570796 | 0.2
kind | producer | 0 | 1 | 0.0 | 0.5 | -0.5 | 1.570796 | 0.2
name | apply_async/send_confirmation | 0 | 1 | 0.0 | 0.5 | -0.5 | 1.570796 | 0.2
name | run/send_confirmation | 0 | 1 | 0.0 | 0.5 | -0.5 | 1.570796 | 0.2
service.name | instainstru-worker | 0 | 1 | 0.0 | 0.5 | -0.5 | 1.570796 | 0.2
duration | 100ms | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.2
duration | 120ms | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.2
duration | 4.47ms | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.2
http.status_code | 200 | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.2
name | INSERT bookings | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.2
name | POST | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.2
name | SELECT instructors | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.2
service.name | instainstru-preview-api | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.2
http.status_code | null | 2 | 1 | 0.666667 | 0.5 | 0.166667 | 0.339837 | 0.6
service.name | instainstru-api | 2 | 1 | 0.666667 | 0.5 | 0.166667 | 0.339837 | 0.6
====
| compare kind == "client" with duration > 100ms on name, kind, duration, ['service.name'], ['http.status_code']
| extend selected_share = round(selected_share, 6), others_share = round(others_share, 6), difference = round(difference, 6), effect = round(effect, 6), support = round(support, 6)
| sort by effect, field asc, value asc
----
field:string | value:string | selected:integer | others:integer | selected_share:float | others_share:float | difference:float | effect:float | support:float
http.status_code | null | 2 | 0 | 0.666667 | 0.0 | 0.666667 | 1.910633 | 0.333333
kind | client | 3 | 1 | 1.0 | 0.333333 | 0.666667 | 1.910633 | 0.666667
kind | server | 0 | 2 | 0.0 | 0.666667 | -0.666667 | 1.910633 | 0.333333
duration | 1.2s | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
duration | 100ms | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
duration | 250ms | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
duration | 4.47ms | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
http.status_code | 201 | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
http.status_code | 500 | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
name | GET /instructors/{id} | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
name | INSERT bookings | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
name | POST /bookings | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
name | SELECT instructors | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
duration | 120ms | 1 | 1 | 0.333333 | 0.333333 | 0.0 | 0.0 | 0.333333
http.status_code | 200 | 1 | 1 | 0.333333 | 0.333333 | 0.0 | 0.0 | 0.333333
name | POST | 1 | 1 | 0.333333 | 0.333333 | 0.0 | 0.0 | 0.333333
service.name | instainstru-api | 2 | 2 | 0.666667 | 0.666667 | 0.0 | 0.0 | 0.666667
service.name | instainstru-preview-api | 1 | 1 | 0.333333 | 0.333333 | 0.0 | 0.0 | 0.333333
====
| compare kind == "client" with duration < 2ms on name, kind, duration, ['service.name'], ['http.status_code']
| extend selected_share = round(selected_share, 6), others_share = round(others_share, 6), difference = round(difference, 6), effect = round(effect, 6), support = round(support, 6)
| sort by effect, field asc, value asc
----
field:string | value:string | selected:integer | others:integer | selected_share:float | others_share:float | difference:float | effect:float | support:float
kind | client | 3 | 0 | 1.0 | 0.0 | 1.0 | 3.141593 | 0.5
duration | 0s | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
duration | 100ms | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
duration | 120ms | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
duration | 1ms | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
duration | 369µs | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
duration | 4.47ms | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
http.status_code | null | 2 | 3 | 0.666667 | 1.0 | -0.333333 | 1.230959 | 0.833333
http.status_code | 200 | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
kind | producer | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
kind | server | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
kind | unspecified | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
name | 100%_done | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
name | INSERT bookings | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
name | POST | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
name | SELECT instructors | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
name | apply_async/send_confirmation | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
name | tools/call find_bookings | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
service.name | null | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
service.name | instainstru-mcp | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
service.name | instainstru-preview-api | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
service.name | instainstru-api | 2 | 1 | 0.666667 | 0.333333 | 0.333333 | 0.679674 | 0.5
====
| compare kind == "client" with isnull(['service.name']) on name, kind, duration, ['service.name'], ['http.status_code']
| extend selected_share = round(selected_share, 6), others_share = round(others_share, 6), difference = round(difference, 6), effect = round(effect, 6), support = round(support, 6)
| sort by effect, field asc, value asc
----
field:string | value:string | selected:integer | others:integer | selected_share:float | others_share:float | difference:float | effect:float | support:float
duration | 0s | 0 | 1 | 0.0 | 1.0 | -1.0 | 3.141593 | 0.25
kind | client | 3 | 0 | 1.0 | 0.0 | 1.0 | 3.141593 | 0.75
kind | unspecified | 0 | 1 | 0.0 | 1.0 | -1.0 | 3.141593 | 0.25
name | 100%_done | 0 | 1 | 0.0 | 1.0 | -1.0 | 3.141593 | 0.25
service.name | null | 0 | 1 | 0.0 | 1.0 | -1.0 | 3.141593 | 0.25
service.name | instainstru-api | 2 | 0 | 0.666667 | 0.0 | 0.666667 | 1.910633 | 0.5
duration | 100ms | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
duration | 120ms | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
duration | 4.47ms | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
http.status_code | null | 2 | 1 | 0.666667 | 1.0 | -0.333333 | 1.230959 | 0.75
http.status_code | 200 | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
name | INSERT bookings | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
name | POST | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
name | SELECT instructors | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
service.name | instainstru-preview-api | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
====
| compare kind == "client" with ['service.name'] == "instainstru-worker" on name, kind, duration, ['service.name'], ['http.status_code']
| extend selected_share = round(selected_share, 6), others_share = round(others_share, 6), difference = round(difference, 6), effect = round(effect, 6), support = round(support, 6)
| sort by effect, field asc, value asc
----
field:string | value:string | selected:integer | others:integer | selected_share:float | others_share:float | difference:float | effect:float | support:float
duration | 23.33ms | 0 | 1 | 0.0 | 1.0 | -1.0 | 3.141593 | 0.25
http.status_code | 503 | 0 | 1 | 0.0 | 1.0 | -1.0 | 3.141593 | 0.25
kind | client | 3 | 0 | 1.0 | 0.0 | 1.0 | 3.141593 | 0.75
kind | consumer | 0 | 1 | 0.0 | 1.0 | -1.0 | 3.141593 | 0.25
name | run/send_confirmation | 0 | 1 | 0.0 | 1.0 | -1.0 | 3.141593 | 0.25
service.name | instainstru-worker | 0 | 1 | 0.0 | 1.0 | -1.0 | 3.141593 | 0.25
http.status_code | null | 2 | 0 | 0.666667 | 0.0 | 0.666667 | 1.910633 | 0.5
service.name | instainstru-api | 2 | 0 | 0.666667 | 0.0 | 0.666667 | 1.910633 | 0.5
duration | 100ms | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
duration | 120ms | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
duration | 4.47ms | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
http.status_code | 200 | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
name | INSERT bookings | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
name | POST | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
name | SELECT instructors | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
service.name | instainstru-preview-api | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
====
| compare kind == "client" with isnotnull(['http.status_code']) on name, kind, duration, ['service.name'], ['http.status_code']
| extend selected_share = round(selected_share, 6), others_share = round(others_share, 6), difference = round(difference, 6), effect = round(effect, 6), support = round(support, 6)
| sort by effect, field asc, value asc
----
field:string | value:string | selected:integer | others:integer | selected_share:float | others_share:float | difference:float | effect:float | support:float
kind | client | 3 | 1 | 1.0 | 0.25 | 0.75 | 2.094395 | 0.571429
http.status_code | null | 2 | 0 | 0.666667 | 0.0 | 0.666667 | 1.910633 | 0.285714
kind | server | 0 | 2 | 0.0 | 0.5 | -0.5 | 1.570796 | 0.285714
duration | 100ms | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.142857
duration | 4.47ms | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.142857
name | INSERT bookings | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.142857
name | SELECT instructors | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.142857
duration | 1.2s | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.142857
duration | 23.33ms | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.142857
duration | 250ms | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.142857
http.status_code | 201 | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.142857
http.status_code | 500 | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.142857
http.status_code | 503 | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.142857
kind | consumer | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.142857
name | GET /instructors/{id} | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.142857
name | POST /bookings | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.142857
name | run/send_confirmation | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.142857
service.name | instainstru-worker | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.142857
service.name | instainstru-api | 2 | 2 | 0.666667 | 0.5 | 0.166667 | 0.339837 | 0.571429
duration | 120ms | 1 | 1 | 0.333333 | 0.25 | 0.083333 | 0.183762 | 0.285714
http.status_code | 200 | 1 | 1 | 0.333333 | 0.25 | 0.083333 | 0.183762 | 0.285714
name | POST | 1 | 1 | 0.333333 | 0.25 | 0.083333 | 0.183762 | 0.285714
service.name | instainstru-preview-api | 1 | 1 | 0.333333 | 0.25 | 0.083333 | 0.183762 | 0.285714
====
| compare kind == "client" on name, kind, duration, ['service.name'], ['http.status_code']
| extend selected_share = round(selected_share, 6), others_share = round(others_share, 6), difference = round(difference, 6), effect = round(effect, 6), support = round(support, 6)
| sort by effect, field asc, value asc
----
field:string | value:string | selected:integer | others:integer | selected_share:float | others_share:float | difference:float | effect:float | support:float
kind | client | 3 | 0 | 1.0 | 0.0 | 1.0 | 3.141593 | 0.3
kind | server | 0 | 3 | 0.0 | 0.428571 | -0.428571 | 1.427449 | 0.3
duration | 100ms | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.1
duration | 120ms | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.1
duration | 4.47ms | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.1
http.status_code | 200 | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.1
name | INSERT bookings | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.1
name | POST | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.1
name | SELECT instructors | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.1
service.name | instainstru-api | 2 | 2 | 0.666667 | 0.285714 | 0.380952 | 0.782748 | 0.4
duration | 0s | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
duration | 1.2s | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
duration | 1ms | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
duration | 23.33ms | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
duration | 250ms | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
duration | 2ms | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
duration | 369µs | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
http.status_code | 201 | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
http.status_code | 500 | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
http.status_code | 503 | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
kind | consumer | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
kind | internal | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
kind | producer | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
kind | unspecified | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
name | 100%_done | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
name | GET /instructors/{id} | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
name | POST /bookings | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
name | apply_async/send_confirmation | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
name | expire_holds | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
name | run/send_confirmation | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
name | tools/call find_bookings | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
service.name | null | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
service.name | instainstru-beat | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
service.name | instainstru-mcp | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
service.name | instainstru-worker | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
service.name | instainstru-preview-api | 1 | 1 | 0.333333 | 0.142857 | 0.190476 | 0.455766 | 0.2
http.status_code | null | 2 | 4 | 0.666667 | 0.571429 | 0.095238 | 0.196489 | 0.6
====
| compare kind in ("producer", "consumer") with kind == "server" on name, kind, duration, ['service.name'], ['http.status_code']
| extend selected_share = round(selected_share, 6), others_share = round(others_share, 6), difference = round(difference, 6), effect = round(effect, 6), support = round(support, 6)
| sort by effect, field asc, value asc
----
field:string | value:string | selected:integer | others:integer | selected_share:float | others_share:float | difference:float | effect:float | support:float
kind | server | 0 | 3 | 0.0 | 1.0 | -1.0 | 3.141593 | 0.6
duration | 1ms | 1 | 0 | 0.5 | 0.0 | 0.5 | 1.570796 | 0.2
duration | 23.33ms | 1 | 0 | 0.5 | 0.0 | 0.5 | 1.570796 | 0.2
http.status_code | 503 | 1 | 0 | 0.5 | 0.0 | 0.5 | 1.570796 | 0.2
kind | consumer | 1 | 0 | 0.5 | 0.0 | 0.5 | 1.570796 | 0.2
kind | producer | 1 | 0 | 0.5 | 0.0 | 0.5 | 1.570796 | 0.2
name | apply_async/send_confirmation | 1 | 0 | 0.5 | 0.0 | 0.5 | 1.570796 | 0.2
name | run/send_confirmation | 1 | 0 | 0.5 | 0.0 | 0.5 | 1.570796 | 0.2
service.name | instainstru-worker | 1 | 0 | 0.5 | 0.0 | 0.5 | 1.570796 | 0.2
duration | 1.2s | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.2
duration | 250ms | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.2
duration | 369µs | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.2
http.status_code | 201 | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.2
http.status_code | 500 | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.2
name | GET /instructors/{id} | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.2
name | POST /bookings | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.2
name | tools/call find_bookings | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.2
service.name | instainstru-mcp | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.2
service.name | instainstru-preview-api | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.2
http.status_code | null | 1 | 1 | 0.5 | 0.333333 | 0.166667 | 0.339837 | 0.4
service.name | instainstru-api | 1 | 1 | 0.5 | 0.333333 | 0.166667 | 0.339837 | 0.4
====
| compare kind in ("producer", "consumer") with kind == "client" on name, kind, duration, ['service.name'], ['http.status_code']
| extend selected_share = round(selected_share, 6), others_share = round(others_share, 6), difference = round(difference, 6), effect = round(effect, 6), support = round(support, 6)
| sort by effect, field asc, value asc
----
field:string | value:string | selected:integer | others:integer | selected_share:float | others_share:float | difference:float | effect:float | support:float
kind | client | 0 | 3 | 0.0 | 1.0 | -1.0 | 3.141593 | 0.6
duration | 1ms | 1 | 0 | 0.5 | 0.0 | 0.5 | 1.570796 | 0.2
duration | 23.33ms | 1 | 0 | 0.5 | 0.0 | 0.5 | 1.570796 | 0.2
http.status_code | 503 | 1 | 0 | 0.5 | 0.0 | 0.5 | 1.570796 | 0.2
kind | consumer | 1 | 0 | 0.5 | 0.0 | 0.5 | 1.570796 | 0.2
kind | producer | 1 | 0 | 0.5 | 0.0 | 0.5 | 1.570796 | 0.2
name | apply_async/send_confirmation | 1 | 0 | 0.5 | 0.0 | 0.5 | 1.570796 | 0.2
name | run/send_confirmation | 1 | 0 | 0.5 | 0.0 | 0.5 | 1.570796 | 0.2
service.name | instainstru-worker | 1 | 0 | 0.5 | 0.0 | 0.5 | 1.570796 | 0.2
duration | 100ms | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.2
duration | 120ms | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.2
duration | 4.47ms | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.2
http.status_code | 200 | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.2
name | INSERT bookings | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.2
name | POST | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.2
name | SELECT instructors | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.2
service.name | instainstru-preview-api | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.2
http.status_code | null | 1 | 2 | 0.5 | 0.666667 | -0.166667 | 0.339837 | 0.6
service.name | instainstru-api | 1 | 2 | 0.5 | 0.666667 | -0.166667 | 0.339837 | 0.6
====
| compare kind in ("producer", "consumer") with duration > 100ms on name, kind, duration, ['service.name'], ['http.status_code']
| extend selected_share = round(selected_share, 6), others_share = round(others_share, 6), difference = round(difference, 6), effect = round(effect, 6), support = round(support, 6)
| sort by effect, field asc, value asc
----
field:string | value:string | selected:integer | others:integer | selected_share:float | others_share:float | difference:float | effect:float | support:float
kind | server | 0 | 2 | 0.0 | 0.666667 | -0.666667 | 1.910633 | 0.4
duration | 1ms | 1 | 0 | 0.5 | 0.0 | 0.5 | 1.570796 | 0.2
duration | 23.33ms | 1 | 0 | 0.5 | 0.0 | 0.5 | 1.570796 | 0.2
http.status_code | null | 1 | 0 | 0.5 | 0.0 | 0.5 | 1.570796 | 0.2
http.status_code | 503 | 1 | 0 | 0.5 | 0.0 | 0.5 | 1.570796 | 0.2
kind | consumer | 1 | 0 | 0.5 | 0.0 | 0.5 | 1.570796 | 0.2
kind | producer | 1 | 0 | 0.5 | 0.0 | 0.5 | 1.570796 | 0.2
name | apply_async/send_confirmation | 1 | 0 | 0.5 | 0.0 | 0.5 | 1.570796 | 0.2
name | run/send_confirmation | 1 | 0 | 0.5 | 0.0 | 0.5 | 1.570796 | 0.2
service.name | instainstru-worker | 1 | 0 | 0.5 | 0.0 | 0.5 | 1.570796 | 0.2
duration | 1.2s | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.2
duration | 120ms | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.2
duration | 250ms | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.2
http.status_code | 200 | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.2
http.status_code | 201 | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.2
http.status_code | 500 | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.2
kind | client | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.2
name | GET /instructors/{id} | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.2
name | POST | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.2
name | POST /bookings | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.2
service.name | instainstru-preview-api | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.2
service.name | instainstru-api | 1 | 2 | 0.5 | 0.666667 | -0.166667 | 0.339837 | 0.6
====
| compare kind in ("producer", "consumer") with duration < 2ms on name, kind, duration, ['service.name'], ['http.status_code']
| extend selected_share = round(selected_share, 6), others_share = round(others_share, 6), difference = round(difference, 6), effect = round(effect, 6), support = round(support, 6)
| sort by effect, field asc, value asc
----
field:string | value:string | selected:integer | others:integer | selected_share:float | others_share:float | difference:float | effect:float | support:float
duration | 23.33ms | 1 | 0 | 0.5 | 0.0 | 0.5 | 1.570796 | 0.2
http.status_code | null | 1 | 3 | 0.5 | 1.0 | -0.5 | 1.570796 | 0.8
http.status_code | 503 | 1 | 0 | 0.5 | 0.0 | 0.5 | 1.570796 | 0.2
kind | consumer | 1 | 0 | 0.5 | 0.0 | 0.5 | 1.570796 | 0.2
name | run/send_confirmation | 1 | 0 | 0.5 | 0.0 | 0.5 | 1.570796 | 0.2
service.name | instainstru-worker | 1 | 0 | 0.5 | 0.0 | 0.5 | 1.570796 | 0.2
duration | 0s | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.2
duration | 369µs | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.2
kind | server | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.2
kind | unspecified | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.2
name | 100%_done | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.2
name | tools/call find_bookings | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.2
service.name | null | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.2
service.name | instainstru-mcp | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.2
duration | 1ms | 1 | 1 | 0.5 | 0.333333 | 0.166667 | 0.339837 | 0.4
kind | producer | 1 | 1 | 0.5 | 0.333333 | 0.166667 | 0.339837 | 0.4
name | apply_async/send_confirmation | 1 | 1 | 0.5 | 0.333333 | 0.166667 | 0.339837 | 0.4
service.name | instainstru-api | 1 | 1 | 0.5 | 0.333333 | 0.166667 | 0.339837 | 0.4
====
| compare kind in ("producer", "consumer") with isnull(['service.name']) on name, kind, duration, ['service.name'], ['http.status_code']
| extend selected_share = round(selected_share, 6), others_share = round(others_share, 6), difference = round(difference, 6), effect = round(effect, 6), support = round(support, 6)
| sort by effect, field asc, value asc
----
field:string | value:string | selected:integer | others:integer | selected_share:float | others_share:float | difference:float | effect:float | support:float
duration | 0s | 0 | 1 | 0.0 | 1.0 | -1.0 | 3.141593 | 0.333333
kind | unspecified | 0 | 1 | 0.0 | 1.0 | -1.0 | 3.141593 | 0.333333
name | 100%_done | 0 | 1 | 0.0 | 1.0 | -1.0 | 3.141593 | 0.333333
service.name | null | 0 | 1 | 0.0 | 1.0 | -1.0 | 3.141593 | 0.333333
duration | 1ms | 1 | 0 | 0.5 | 0.0 | 0.5 | 1.570796 | 0.333333
duration | 23.33ms | 1 | 0 | 0.5 | 0.0 | 0.5 | 1.570796 | 0.333333
http.status_code | null | 1 | 1 | 0.5 | 1.0 | -0.5 | 1.570796 | 0.666667
http.status_code | 503 | 1 | 0 | 0.5 | 0.0 | 0.5 | 1.570796 | 0.333333
kind | consumer | 1 | 0 | 0.5 | 0.0 | 0.5 | 1.570796 | 0.333333
kind | producer | 1 | 0 | 0.5 | 0.0 | 0.5 | 1.570796 | 0.333333
name | apply_async/send_confirmation | 1 | 0 | 0.5 | 0.0 | 0.5 | 1.570796 | 0.333333
name | run/send_confirmation | 1 | 0 | 0.5 | 0.0 | 0.5 | 1.570796 | 0.333333
service.name | instainstru-api | 1 | 0 | 0.5 | 0.0 | 0.5 | 1.570796 | 0.333333
service.name | instainstru-worker | 1 | 0 | 0.5 | 0.0 | 0.5 | 1.570796 | 0.333333
====
| compare kind in ("producer", "consumer") with ['service.name'] == "instainstru-worker" on name, kind, duration, ['service.name'], ['http.status_code']
| extend selected_share = round(selected_share, 6), others_share = round(others_share, 6), difference = round(difference, 6), effect = round(effect, 6), support = round(support, 6)
| sort by effect, field asc, value asc
----
field:string | value:string | selected:integer | others:integer | selected_share:float | others_share:float | difference:float | effect:float | support:float
duration | 1ms | 1 | 0 | 0.5 | 0.0 | 0.5 | 1.570796 | 0.333333
duration | 23.33ms | 1 | 1 | 0.5 | 1.0 | -0.5 | 1.570796 | 0.666667
http.status_code | null | 1 | 0 | 0.5 | 0.0 | 0.5 | 1.570796 | 0.333333
http.status_code | 503 | 1 | 1 | 0.5 | 1.0 | -0.5 | 1.570796 | 0.666667
kind | consumer | 1 | 1 | 0.5 | 1.0 | -0.5 | 1.570796 | 0.666667
kind | producer | 1 | 0 | 0.5 | 0.0 | 0.5 | 1.570796 | 0.333333
name | apply_async/send_confirmation | 1 | 0 | 0.5 | 0.0 | 0.5 | 1.570796 | 0.333333
name | run/send_confirmation | 1 | 1 | 0.5 | 1.0 | -0.5 | 1.570796 | 0.666667
service.name | instainstru-api | 1 | 0 | 0.5 | 0.0 | 0.5 | 1.570796 | 0.333333
service.name | instainstru-worker | 1 | 1 | 0.5 | 1.0 | -0.5 | 1.570796 | 0.666667
====
| compare kind in ("producer", "consumer") with isnotnull(['http.status_code']) on name, kind, duration, ['service.name'], ['http.status_code']
| extend selected_share = round(selected_share, 6), others_share = round(others_share, 6), difference = round(difference, 6), effect = round(effect, 6), support = round(support, 6)
| sort by effect, field asc, value asc
----
field:string | value:string | selected:integer | others:integer | selected_share:float | others_share:float | difference:float | effect:float | support:float
duration | 1ms | 1 | 0 | 0.5 | 0.0 | 0.5 | 1.570796 | 0.166667
http.status_code | null | 1 | 0 | 0.5 | 0.0 | 0.5 | 1.570796 | 0.166667
kind | producer | 1 | 0 | 0.5 | 0.0 | 0.5 | 1.570796 | 0.166667
kind | server | 0 | 2 | 0.0 | 0.5 | -0.5 | 1.570796 | 0.333333
name | apply_async/send_confirmation | 1 | 0 | 0.5 | 0.0 | 0.5 | 1.570796 | 0.166667
duration | 1.2s | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.166667
duration | 120ms | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.166667
duration | 250ms | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.166667
http.status_code | 200 | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.166667
http.status_code | 201 | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.166667
http.status_code | 500 | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.166667
kind | client | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.166667
name | GET /instructors/{id} | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.166667
name | POST | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.166667
name | POST /bookings | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.166667
service.name | instainstru-preview-api | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.166667
duration | 23.33ms | 1 | 1 | 0.5 | 0.25 | 0.25 | 0.523599 | 0.333333
http.status_code | 503 | 1 | 1 | 0.5 | 0.25 | 0.25 | 0.523599 | 0.333333
kind | consumer | 1 | 1 | 0.5 | 0.25 | 0.25 | 0.523599 | 0.333333
name | run/send_confirmation | 1 | 1 | 0.5 | 0.25 | 0.25 | 0.523599 | 0.333333
service.name | instainstru-worker | 1 | 1 | 0.5 | 0.25 | 0.25 | 0.523599 | 0.333333
service.name | instainstru-api | 1 | 2 | 0.5 | 0.5 | 0.0 | 0.0 | 0.5
====
| compare kind in ("producer", "consumer") on name, kind, duration, ['service.name'], ['http.status_code']
| extend selected_share = round(selected_share, 6), others_share = round(others_share, 6), difference = round(difference, 6), effect = round(effect, 6), support = round(support, 6)
| sort by effect, field asc, value asc
----
field:string | value:string | selected:integer | others:integer | selected_share:float | others_share:float | difference:float | effect:float | support:float
duration | 1ms | 1 | 0 | 0.5 | 0.0 | 0.5 | 1.570796 | 0.1
duration | 23.33ms | 1 | 0 | 0.5 | 0.0 | 0.5 | 1.570796 | 0.1
http.status_code | 503 | 1 | 0 | 0.5 | 0.0 | 0.5 | 1.570796 | 0.1
kind | consumer | 1 | 0 | 0.5 | 0.0 | 0.5 | 1.570796 | 0.1
kind | producer | 1 | 0 | 0.5 | 0.0 | 0.5 | 1.570796 | 0.1
name | apply_async/send_confirmation | 1 | 0 | 0.5 | 0.0 | 0.5 | 1.570796 | 0.1
name | run/send_confirmation | 1 | 0 | 0.5 | 0.0 | 0.5 | 1.570796 | 0.1
service.name | instainstru-worker | 1 | 0 | 0.5 | 0.0 | 0.5 | 1.570796 | 0.1
kind | client | 0 | 3 | 0.0 | 0.375 | -0.375 | 1.318116 | 0.3
kind | server | 0 | 3 | 0.0 | 0.375 | -0.375 | 1.318116 | 0.3
service.name | instainstru-preview-api | 0 | 2 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.2
duration | 0s | 0 | 1 | 0.0 | 0.125 | -0.125 | 0.722734 | 0.1
duration | 1.2s | 0 | 1 | 0.0 | 0.125 | -0.125 | 0.722734 | 0.1
duration | 100ms | 0 | 1 | 0.0 | 0.125 | -0.125 | 0.722734 | 0.1
duration | 120ms | 0 | 1 | 0.0 | 0.125 | -0.125 | 0.722734 | 0.1
duration | 250ms | 0 | 1 | 0.0 | 0.125 | -0.125 | 0.722734 | 0.1
duration | 2ms | 0 | 1 | 0.0 | 0.125 | -0.125 | 0.722734 | 0.1
duration | 369µs | 0 | 1 | 0.0 | 0.125 | -0.125 | 0.722734 | 0.1
duration | 4.47ms | 0 | 1 | 0.0 | 0.125 | -0.125 | 0.722734 | 0.1
http.status_code | 200 | 0 | 1 | 0.0 | 0.125 | -0.125 | 0.722734 | 0.1
http.status_code | 201 | 0 | 1 | 0.0 | 0.125 | -0.125 | 0.722734 | 0.1
http.status_code | 500 | 0 | 1 | 0.0 | 0.125 | -0.125 | 0.722734 | 0.1
kind | internal | 0 | 1 | 0.0 | 0.125 | -0.125 | 0.722734 | 0.1
kind | unspecified | 0 | 1 | 0.0 | 0.125 | -0.125 | 0.722734 | 0.1
name | 100%_done | 0 | 1 | 0.0 | 0.125 | -0.125 | 0.722734 | 0.1
name | GET /instructors/{id} | 0 | 1 | 0.0 | 0.125 | -0.125 | 0.722734 | 0.1
name | INSERT bookings | 0 | 1 | 0.0 | 0.125 | -0.125 | 0.722734 | 0.1
name | POST | 0 | 1 | 0.0 | 0.125 | -0.125 | 0.722734 | 0.1
name | POST /bookings | 0 | 1 | 0.0 | 0.125 | -0.125 | 0.722734 | 0.1
name | SELECT instructors | 0 | 1 | 0.0 | 0.125 | -0.125 | 0.722734 | 0.1
name | expire_holds | 0 | 1 | 0.0 | 0.125 | -0.125 | 0.722734 | 0.1
name | tools/call find_bookings | 0 | 1 | 0.0 | 0.125 | -0.125 | 0.722734 | 0.1
service.name | null | 0 | 1 | 0.0 | 0.125 | -0.125 | 0.722734 | 0.1
service.name | instainstru-beat | 0 | 1 | 0.0 | 0.125 | -0.125 | 0.722734 | 0.1
service.name | instainstru-mcp | 0 | 1 | 0.0 | 0.125 | -0.125 | 0.722734 | 0.1
http.status_code | null | 1 | 5 | 0.5 | 0.625 | -0.125 | 0.25268 | 0.6
service.name | instainstru-api | 1 | 3 | 0.5 | 0.375 | 0.125 | 0.25268 | 0.4
====
| compare duration > 100ms with kind == "server" on name, kind, duration, ['service.name'], ['http.status_code']
| extend selected_share = round(selected_share, 6), others_share = round(others_share, 6), difference = round(difference, 6), effect = round(effect, 6), support = round(support, 6)
| sort by effect, field asc, value asc
----
field:string | value:string | selected:integer | others:integer | selected_share:float | others_share:float | difference:float | effect:float | support:float
duration | 120ms | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
duration | 369µs | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
http.status_code | null | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
http.status_code | 200 | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
kind | client | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
kind | server | 2 | 3 | 0.666667 | 1.0 | -0.333333 | 1.230959 | 0.833333
name | POST | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
name | tools/call find_bookings | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
service.name | instainstru-mcp | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
service.name | instainstru-api | 2 | 1 | 0.666667 | 0.333333 | 0.333333 | 0.679674 | 0.5
duration | 1.2s | 1 | 1 | 0.333333 | 0.333333 | 0.0 | 0.0 | 0.333333
duration | 250ms | 1 | 1 | 0.333333 | 0.333333 | 0.0 | 0.0 | 0.333333
http.status_code | 201 | 1 | 1 | 0.333333 | 0.333333 | 0.0 | 0.0 | 0.333333
http.status_code | 500 | 1 | 1 | 0.333333 | 0.333333 | 0.0 | 0.0 | 0.333333
name | GET /instructors/{id} | 1 | 1 | 0.333333 | 0.333333 | 0.0 | 0.0 | 0.333333
name | POST /bookings | 1 | 1 | 0.333333 | 0.333333 | 0.0 | 0.0 | 0.333333
service.name | instainstru-preview-api | 1 | 1 | 0.333333 | 0.333333 | 0.0 | 0.0 | 0.333333
====
| compare duration > 100ms with kind == "client" on name, kind, duration, ['service.name'], ['http.status_code']
| extend selected_share = round(selected_share, 6), others_share = round(others_share, 6), difference = round(difference, 6), effect = round(effect, 6), support = round(support, 6)
| sort by effect, field asc, value asc
----
field:string | value:string | selected:integer | others:integer | selected_share:float | others_share:float | difference:float | effect:float | support:float
http.status_code | null | 0 | 2 | 0.0 | 0.666667 | -0.666667 | 1.910633 | 0.333333
kind | client | 1 | 3 | 0.333333 | 1.0 | -0.666667 | 1.910633 | 0.666667
kind | server | 2 | 0 | 0.666667 | 0.0 | 0.666667 | 1.910633 | 0.333333
duration | 1.2s | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
duration | 100ms | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
duration | 250ms | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
duration | 4.47ms | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
http.status_code | 201 | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
http.status_code | 500 | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
name | GET /instructors/{id} | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
name | INSERT bookings | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
name | POST /bookings | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
name | SELECT instructors | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
duration | 120ms | 1 | 1 | 0.333333 | 0.333333 | 0.0 | 0.0 | 0.333333
http.status_code | 200 | 1 | 1 | 0.333333 | 0.333333 | 0.0 | 0.0 | 0.333333
name | POST | 1 | 1 | 0.333333 | 0.333333 | 0.0 | 0.0 | 0.333333
service.name | instainstru-api | 2 | 2 | 0.666667 | 0.666667 | 0.0 | 0.0 | 0.666667
service.name | instainstru-preview-api | 1 | 1 | 0.333333 | 0.333333 | 0.0 | 0.0 | 0.333333
====
| compare duration > 100ms with kind in ("producer", "consumer") on name, kind, duration, ['service.name'], ['http.status_code']
| extend selected_share = round(selected_share, 6), others_share = round(others_share, 6), difference = round(difference, 6), effect = round(effect, 6), support = round(support, 6)
| sort by effect, field asc, value asc
----
field:string | value:string | selected:integer | others:integer | selected_share:float | others_share:float | difference:float | effect:float | support:float
kind | server | 2 | 0 | 0.666667 | 0.0 | 0.666667 | 1.910633 | 0.4
duration | 1ms | 0 | 1 | 0.0 | 0.5 | -0.5 | 1.570796 | 0.2
duration | 23.33ms | 0 | 1 | 0.0 | 0.5 | -0.5 | 1.570796 | 0.2
http.status_code | null | 0 | 1 | 0.0 | 0.5 | -0.5 | 1.570796 | 0.2
http.status_code | 503 | 0 | 1 | 0.0 | 0.5 | -0.5 | 1.570796 | 0.2
kind | consumer | 0 | 1 | 0.0 | 0.5 | -0.5 | 1.570796 | 0.2
kind | producer | 0 | 1 | 0.0 | 0.5 | -0.5 | 1.570796 | 0.2
name | apply_async/send_confirmation | 0 | 1 | 0.0 | 0.5 | -0.5 | 1.570796 | 0.2
name | run/send_confirmation | 0 | 1 | 0.0 | 0.5 | -0.5 | 1.570796 | 0.2
service.name | instainstru-worker | 0 | 1 | 0.0 | 0.5 | -0.5 | 1.570796 | 0.2
duration | 1.2s | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.2
duration | 120ms | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.2
duration | 250ms | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.2
http.status_code | 200 | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.2
http.status_code | 201 | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.2
http.status_code | 500 | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.2
kind | client | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.2
name | GET /instructors/{id} | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.2
name | POST | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.2
name | POST /bookings | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.2
service.name | instainstru-preview-api | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.2
service.name | instainstru-api | 2 | 1 | 0.666667 | 0.5 | 0.166667 | 0.339837 | 0.6
====
| compare duration > 100ms with duration < 2ms on name, kind, duration, ['service.name'], ['http.status_code']
| extend selected_share = round(selected_share, 6), others_share = round(others_share, 6), difference = round(difference, 6), effect = round(effect, 6), support = round(support, 6)
| sort by effect, field asc, value asc
----
field:string | value:string | selected:integer | others:integer | selected_share:float | others_share:float | difference:float | effect:float | support:float
http.status_code | null | 0 | 3 | 0.0 | 1.0 | -1.0 | 3.141593 | 0.5
duration | 0s | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
duration | 1.2s | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
duration | 120ms | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
duration | 1ms | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
duration | 250ms | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
duration | 369µs | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
http.status_code | 200 | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
http.status_code | 201 | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
http.status_code | 500 | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
kind | client | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
kind | producer | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
kind | unspecified | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
name | 100%_done | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
name | GET /instructors/{id} | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
name | POST | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
name | POST /bookings | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
name | apply_async/send_confirmation | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
name | tools/call find_bookings | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
service.name | null | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
service.name | instainstru-mcp | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
service.name | instainstru-preview-api | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
kind | server | 2 | 1 | 0.666667 | 0.333333 | 0.333333 | 0.679674 | 0.5
service.name | instainstru-api | 2 | 1 | 0.666667 | 0.333333 | 0.333333 | 0.679674 | 0.5
====
| compare duration > 100ms with isnull(['service.name']) on name, kind, duration, ['service.name'], ['http.status_code']
| extend selected_share = round(selected_share, 6), others_share = round(others_share, 6), difference = round(difference, 6), effect = round(effect, 6), support = round(support, 6)
| sort by effect, field asc, value asc
----
field:string | value:string | selected:integer | others:integer | selected_share:float | others_share:float | difference:float | effect:float | support:float
duration | 0s | 0 | 1 | 0.0 | 1.0 | -1.0 | 3.141593 | 0.25
http.status_code | null | 0 | 1 | 0.0 | 1.0 | -1.0 | 3.141593 | 0.25
kind | unspecified | 0 | 1 | 0.0 | 1.0 | -1.0 | 3.141593 | 0.25
name | 100%_done | 0 | 1 | 0.0 | 1.0 | -1.0 | 3.141593 | 0.25
service.name | null | 0 | 1 | 0.0 | 1.0 | -1.0 | 3.141593 | 0.25
kind | server | 2 | 0 | 0.666667 | 0.0 | 0.666667 | 1.910633 | 0.5
service.name | instainstru-api | 2 | 0 | 0.666667 | 0.0 | 0.666667 | 1.910633 | 0.5
duration | 1.2s | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
duration | 120ms | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
duration | 250ms | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
http.status_code | 200 | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
http.status_code | 201 | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
http.status_code | 500 | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
kind | client | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
name | GET /instructors/{id} | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
name | POST | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
name | POST /bookings | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
service.name | instainstru-preview-api | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
====
| compare duration > 100ms with ['service.name'] == "instainstru-worker" on name, kind, duration, ['service.name'], ['http.status_code']
| extend selected_share = round(selected_share, 6), others_share = round(others_share, 6), difference = round(difference, 6), effect = round(effect, 6), support = round(support, 6)
| sort by effect, field asc, value asc
----
field:string | value:string | selected:integer | others:integer | selected_share:float | others_share:float | difference:float | effect:float | support:float
duration | 23.33ms | 0 | 1 | 0.0 | 1.0 | -1.0 | 3.141593 | 0.25
http.status_code | 503 | 0 | 1 | 0.0 | 1.0 | -1.0 | 3.141593 | 0.25
kind | consumer | 0 | 1 | 0.0 | 1.0 | -1.0 | 3.141593 | 0.25
name | run/send_confirmation | 0 | 1 | 0.0 | 1.0 | -1.0 | 3.141593 | 0.25
service.name | instainstru-worker | 0 | 1 | 0.0 | 1.0 | -1.0 | 3.141593 | 0.25
kind | server | 2 | 0 | 0.666667 | 0.0 | 0.666667 | 1.910633 | 0.5
service.name | instainstru-api | 2 | 0 | 0.666667 | 0.0 | 0.666667 | 1.910633 | 0.5
duration | 1.2s | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
duration | 120ms | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
duration | 250ms | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
http.status_code | 200 | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
http.status_code | 201 | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
http.status_code | 500 | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
kind | client | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
name | GET /instructors/{id} | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
name | POST | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
name | POST /bookings | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
service.name | instainstru-preview-api | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
====
| compare duration > 100ms with isnotnull(['http.status_code']) on name, kind, duration, ['service.name'], ['http.status_code']
| extend selected_share = round(selected_share, 6), others_share = round(others_share, 6), difference = round(difference, 6), effect = round(effect, 6), support = round(support, 6)
| sort by effect, field asc, value asc
----
field:string | value:string | selected:integer | others:integer | selected_share:float | others_share:float | difference:float | effect:float | support:float
duration | 23.33ms | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.142857
http.status_code | 503 | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.142857
kind | consumer | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.142857
name | run/send_confirmation | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.142857
service.name | instainstru-worker | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.142857
kind | server | 2 | 2 | 0.666667 | 0.5 | 0.166667 | 0.339837 | 0.571429
service.name | instainstru-api | 2 | 2 | 0.666667 | 0.5 | 0.166667 | 0.339837 | 0.571429
duration | 1.2s | 1 | 1 | 0.333333 | 0.25 | 0.083333 | 0.183762 | 0.285714
duration | 120ms | 1 | 1 | 0.333333 | 0.25 | 0.083333 | 0.183762 | 0.285714
duration | 250ms | 1 | 1 | 0.333333 | 0.25 | 0.083333 | 0.183762 | 0.285714
http.status_code | 200 | 1 | 1 | 0.333333 | 0.25 | 0.083333 | 0.183762 | 0.285714
http.status_code | 201 | 1 | 1 | 0.333333 | 0.25 | 0.083333 | 0.183762 | 0.285714
http.status_code | 500 | 1 | 1 | 0.333333 | 0.25 | 0.083333 | 0.183762 | 0.285714
kind | client | 1 | 1 | 0.333333 | 0.25 | 0.083333 | 0.183762 | 0.285714
name | GET /instructors/{id} | 1 | 1 | 0.333333 | 0.25 | 0.083333 | 0.183762 | 0.285714
name | POST | 1 | 1 | 0.333333 | 0.25 | 0.083333 | 0.183762 | 0.285714
name | POST /bookings | 1 | 1 | 0.333333 | 0.25 | 0.083333 | 0.183762 | 0.285714
service.name | instainstru-preview-api | 1 | 1 | 0.333333 | 0.25 | 0.083333 | 0.183762 | 0.285714
====
| compare duration > 100ms on name, kind, duration, ['service.name'], ['http.status_code']
| extend selected_share = round(selected_share, 6), others_share = round(others_share, 6), difference = round(difference, 6), effect = round(effect, 6), support = round(support, 6)
| sort by effect, field asc, value asc
----
field:string | value:string | selected:integer | others:integer | selected_share:float | others_share:float | difference:float | effect:float | support:float
http.status_code | null | 0 | 6 | 0.0 | 0.857143 | -0.857143 | 2.366399 | 0.6
duration | 1.2s | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.1
duration | 120ms | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.1
duration | 250ms | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.1
http.status_code | 200 | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.1
http.status_code | 201 | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.1
http.status_code | 500 | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.1
name | GET /instructors/{id} | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.1
name | POST | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.1
name | POST /bookings | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.1
kind | server | 2 | 1 | 0.666667 | 0.142857 | 0.52381 | 1.13544 | 0.3
service.name | instainstru-api | 2 | 2 | 0.666667 | 0.285714 | 0.380952 | 0.782748 | 0.4
duration | 0s | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
duration | 100ms | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
duration | 1ms | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
duration | 23.33ms | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
duration | 2ms | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
duration | 369µs | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
duration | 4.47ms | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
http.status_code | 503 | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
kind | consumer | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
kind | internal | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
kind | producer | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
kind | unspecified | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
name | 100%_done | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
name | INSERT bookings | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
name | SELECT instructors | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
name | apply_async/send_confirmation | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
name | expire_holds | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
name | run/send_confirmation | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
name | tools/call find_bookings | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
service.name | null | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
service.name | instainstru-beat | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
service.name | instainstru-mcp | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
service.name | instainstru-worker | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
service.name | instainstru-preview-api | 1 | 1 | 0.333333 | 0.142857 | 0.190476 | 0.455766 | 0.2
kind | client | 1 | 2 | 0.333333 | 0.285714 | 0.047619 | 0.103074 | 0.3
====
| compare duration < 2ms with kind == "server" on name, kind, duration, ['service.name'], ['http.status_code']
| extend selected_share = round(selected_share, 6), others_share = round(others_share, 6), difference = round(difference, 6), effect = round(effect, 6), support = round(support, 6)
| sort by effect, field asc, value asc
----
field:string | value:string | selected:integer | others:integer | selected_share:float | others_share:float | difference:float | effect:float | support:float
http.status_code | null | 3 | 1 | 1.0 | 0.333333 | 0.666667 | 1.910633 | 0.666667
kind | server | 1 | 3 | 0.333333 | 1.0 | -0.666667 | 1.910633 | 0.666667
duration | 0s | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
duration | 1.2s | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
duration | 1ms | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
duration | 250ms | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
http.status_code | 201 | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
http.status_code | 500 | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
kind | producer | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
kind | unspecified | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
name | 100%_done | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
name | GET /instructors/{id} | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
name | POST /bookings | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
name | apply_async/send_confirmation | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
service.name | null | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
service.name | instainstru-preview-api | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
duration | 369µs | 1 | 1 | 0.333333 | 0.333333 | 0.0 | 0.0 | 0.333333
name | tools/call find_bookings | 1 | 1 | 0.333333 | 0.333333 | 0.0 | 0.0 | 0.333333
service.name | instainstru-api | 1 | 1 | 0.333333 | 0.333333 | 0.0 | 0.0 | 0.333333
service.name | instainstru-mcp | 1 | 1 | 0.333333 | 0.333333 | 0.0 | 0.0 | 0.333333
====
| compare duration < 2ms with kind == "client" on name, kind, duration, ['service.name'], ['http.status_code']
| extend selected_share = round(selected_share, 6), others_share = round(others_share, 6), difference = round(difference, 6), effect = round(effect, 6), support = round(support, 6)
| sort by effect, field asc, value asc
----
field:string | value:string | selected:integer | others:integer | selected_share:float | others_share:float | difference:float | effect:float | support:float
kind | client | 0 | 3 | 0.0 | 1.0 | -1.0 | 3.141593 | 0.5
duration | 0s | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
duration | 100ms | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
duration | 120ms | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
duration | 1ms | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
duration | 369µs | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
duration | 4.47ms | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
http.status_code | null | 3 | 2 | 1.0 | 0.666667 | 0.333333 | 1.230959 | 0.833333
http.status_code | 200 | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
kind | producer | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
kind | server | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
kind | unspecified | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
name | 100%_done | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
name | INSERT bookings | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
name | POST | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
name | SELECT instructors | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
name | apply_async/send_confirmation | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
name | tools/call find_bookings | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
service.name | null | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
service.name | instainstru-mcp | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
service.name | instainstru-preview-api | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
service.name | instainstru-api | 1 | 2 | 0.333333 | 0.666667 | -0.333333 | 0.679674 | 0.5
====
| compare duration < 2ms with kind in ("producer", "consumer") on name, kind, duration, ['service.name'], ['http.status_code']
| extend selected_share = round(selected_share, 6), others_share = round(others_share, 6), difference = round(difference, 6), effect = round(effect, 6), support = round(support, 6)
| sort by effect, field asc, value asc
----
field:string | value:string | selected:integer | others:integer | selected_share:float | others_share:float | difference:float | effect:float | support:float
duration | 23.33ms | 0 | 1 | 0.0 | 0.5 | -0.5 | 1.570796 | 0.2
http.status_code | null | 3 | 1 | 1.0 | 0.5 | 0.5 | 1.570796 | 0.8
http.status_code | 503 | 0 | 1 | 0.0 | 0.5 | -0.5 | 1.570796 | 0.2
kind | consumer | 0 | 1 | 0.0 | 0.5 | -0.5 | 1.570796 | 0.2
name | run/send_confirmation | 0 | 1 | 0.0 | 0.5 | -0.5 | 1.570796 | 0.2
service.name | instainstru-worker | 0 | 1 | 0.0 | 0.5 | -0.5 | 1.570796 | 0.2
duration | 0s | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.2
duration | 369µs | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.2
kind | server | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.2
kind | unspecified | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.2
name | 100%_done | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.2
name | tools/call find_bookings | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.2
service.name | null | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.2
service.name | instainstru-mcp | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.2
duration | 1ms | 1 | 1 | 0.333333 | 0.5 | -0.166667 | 0.339837 | 0.4
kind | producer | 1 | 1 | 0.333333 | 0.5 | -0.166667 | 0.339837 | 0.4
name | apply_async/send_confirmation | 1 | 1 | 0.333333 | 0.5 | -0.166667 | 0.339837 | 0.4
service.name | instainstru-api | 1 | 1 | 0.333333 | 0.5 | -0.166667 | 0.339837 | 0.4
====
| compare duration < 2ms with duration > 100ms on name, kind, duration, ['service.name'], ['http.status_code']
| extend selected_share = round(selected_share, 6), others_share = round(others_share, 6), difference = round(difference, 6), effect = round(effect, 6), support = round(support, 6)
| sort by effect, field asc, value asc
----
field:string | value:string | selected:integer | others:integer | selected_share:float | others_share:float | difference:float | effect:float | support:float
http.status_code | null | 3 | 0 | 1.0 | 0.0 | 1.0 | 3.141593 | 0.5
duration | 0s | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
duration | 1.2s | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
duration | 120ms | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
duration | 1ms | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
duration | 250ms | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
duration | 369µs | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
http.status_code | 200 | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
http.status_code | 201 | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
http.status_code | 500 | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
kind | client | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
kind | producer | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
kind | unspecified | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
name | 100%_done | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
name | GET /instructors/{id} | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
name | POST | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
name | POST /bookings | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
name | apply_async/send_confirmation | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
name | tools/call find_bookings | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
service.name | null | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
service.name | instainstru-mcp | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.166667
service.name | instainstru-preview-api | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.166667
kind | server | 1 | 2 | 0.333333 | 0.666667 | -0.333333 | 0.679674 | 0.5
service.name | instainstru-api | 1 | 2 | 0.333333 | 0.666667 | -0.333333 | 0.679674 | 0.5
====
| compare duration < 2ms with isnull(['service.name']) on name, kind, duration, ['service.name'], ['http.status_code']
| extend selected_share = round(selected_share, 6), others_share = round(others_share, 6), difference = round(difference, 6), effect = round(effect, 6), support = round(support, 6)
| sort by effect, field asc, value asc
----
field:string | value:string | selected:integer | others:integer | selected_share:float | others_share:float | difference:float | effect:float | support:float
duration | 0s | 1 | 1 | 0.333333 | 1.0 | -0.666667 | 1.910633 | 0.5
kind | unspecified | 1 | 1 | 0.333333 | 1.0 | -0.666667 | 1.910633 | 0.5
name | 100%_done | 1 | 1 | 0.333333 | 1.0 | -0.666667 | 1.910633 | 0.5
service.name | null | 1 | 1 | 0.333333 | 1.0 | -0.666667 | 1.910633 | 0.5
duration | 1ms | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
duration | 369µs | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
kind | producer | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
kind | server | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
name | apply_async/send_confirmation | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
name | tools/call find_bookings | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
service.name | instainstru-api | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
service.name | instainstru-mcp | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
====
| compare duration < 2ms with ['service.name'] == "instainstru-worker" on name, kind, duration, ['service.name'], ['http.status_code']
| extend selected_share = round(selected_share, 6), others_share = round(others_share, 6), difference = round(difference, 6), effect = round(effect, 6), support = round(support, 6)
| sort by effect, field asc, value asc
----
field:string | value:string | selected:integer | others:integer | selected_share:float | others_share:float | difference:float | effect:float | support:float
duration | 23.33ms | 0 | 1 | 0.0 | 1.0 | -1.0 | 3.141593 | 0.25
http.status_code | null | 3 | 0 | 1.0 | 0.0 | 1.0 | 3.141593 | 0.75
http.status_code | 503 | 0 | 1 | 0.0 | 1.0 | -1.0 | 3.141593 | 0.25
kind | consumer | 0 | 1 | 0.0 | 1.0 | -1.0 | 3.141593 | 0.25
name | run/send_confirmation | 0 | 1 | 0.0 | 1.0 | -1.0 | 3.141593 | 0.25
service.name | instainstru-worker | 0 | 1 | 0.0 | 1.0 | -1.0 | 3.141593 | 0.25
duration | 0s | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
duration | 1ms | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
duration | 369µs | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
kind | producer | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
kind | server | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
kind | unspecified | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
name | 100%_done | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
name | apply_async/send_confirmation | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
name | tools/call find_bookings | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
service.name | null | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
service.name | instainstru-api | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
service.name | instainstru-mcp | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.25
====
| compare duration < 2ms with isnotnull(['http.status_code']) on name, kind, duration, ['service.name'], ['http.status_code']
| extend selected_share = round(selected_share, 6), others_share = round(others_share, 6), difference = round(difference, 6), effect = round(effect, 6), support = round(support, 6)
| sort by effect, field asc, value asc
----
field:string | value:string | selected:integer | others:integer | selected_share:float | others_share:float | difference:float | effect:float | support:float
http.status_code | null | 3 | 0 | 1.0 | 0.0 | 1.0 | 3.141593 | 0.428571
duration | 0s | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.142857
duration | 1ms | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.142857
duration | 369µs | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.142857
kind | producer | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.142857
kind | unspecified | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.142857
name | 100%_done | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.142857
name | apply_async/send_confirmation | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.142857
name | tools/call find_bookings | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.142857
service.name | null | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.142857
service.name | instainstru-mcp | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.142857
duration | 1.2s | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.142857
duration | 120ms | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.142857
duration | 23.33ms | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.142857
duration | 250ms | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.142857
http.status_code | 200 | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.142857
http.status_code | 201 | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.142857
http.status_code | 500 | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.142857
http.status_code | 503 | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.142857
kind | client | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.142857
kind | consumer | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.142857
name | GET /instructors/{id} | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.142857
name | POST | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.142857
name | POST /bookings | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.142857
name | run/send_confirmation | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.142857
service.name | instainstru-preview-api | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.142857
service.name | instainstru-worker | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.142857
kind | server | 1 | 2 | 0.333333 | 0.5 | -0.166667 | 0.339837 | 0.428571
service.name | instainstru-api | 1 | 2 | 0.333333 | 0.5 | -0.166667 | 0.339837 | 0.428571
====
| compare duration < 2ms on name, kind, duration, ['service.name'], ['http.status_code']
| extend selected_share = round(selected_share, 6), others_share = round(others_share, 6), difference = round(difference, 6), effect = round(effect, 6), support = round(support, 6)
| sort by effect, field asc, value asc
----
field:string | value:string | selected:integer | others:integer | selected_share:float | others_share:float | difference:float | effect:float | support:float
http.status_code | null | 3 | 3 | 1.0 | 0.428571 | 0.571429 | 1.714144 | 0.6
kind | client | 0 | 3 | 0.0 | 0.428571 | -0.428571 | 1.427449 | 0.3
duration | 0s | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.1
duration | 1ms | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.1
duration | 369µs | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.1
kind | producer | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.1
kind | unspecified | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.1
name | 100%_done | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.1
name | apply_async/send_confirmation | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.1
name | tools/call find_bookings | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.1
service.name | null | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.1
service.name | instainstru-mcp | 1 | 0 | 0.333333 | 0.0 | 0.333333 | 1.230959 | 0.1
service.name | instainstru-preview-api | 0 | 2 | 0.0 | 0.285714 | -0.285714 | 1.127885 | 0.2
duration | 1.2s | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
duration | 100ms | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
duration | 120ms | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
duration | 23.33ms | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
duration | 250ms | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
duration | 2ms | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
duration | 4.47ms | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
http.status_code | 200 | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
http.status_code | 201 | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
http.status_code | 500 | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
http.status_code | 503 | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
kind | consumer | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
kind | internal | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
name | GET /instructors/{id} | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
name | INSERT bookings | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
name | POST | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
name | POST /bookings | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
name | SELECT instructors | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
name | expire_holds | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
name | run/send_confirmation | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
service.name | instainstru-beat | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
service.name | instainstru-worker | 0 | 1 | 0.0 | 0.142857 | -0.142857 | 0.775193 | 0.1
service.name | instainstru-api | 1 | 3 | 0.333333 | 0.428571 | -0.095238 | 0.196489 | 0.4
kind | server | 1 | 2 | 0.333333 | 0.285714 | 0.047619 | 0.103074 | 0.3
====
| compare isnull(['service.name']) with kind == "server" on name, kind, duration, ['service.name'], ['http.status_code']
| extend selected_share = round(selected_share, 6), others_share = round(others_share, 6), difference = round(difference, 6), effect = round(effect, 6), support = round(support, 6)
| sort by effect, field asc, value asc
----
field:string | value:string | selected:integer | others:integer | selected_share:float | others_share:float | difference:float | effect:float | support:float
duration | 0s | 1 | 0 | 1.0 | 0.0 | 1.0 | 3.141593 | 0.25
kind | server | 0 | 3 | 0.0 | 1.0 | -1.0 | 3.141593 | 0.75
kind | unspecified | 1 | 0 | 1.0 | 0.0 | 1.0 | 3.141593 | 0.25
name | 100%_done | 1 | 0 | 1.0 | 0.0 | 1.0 | 3.141593 | 0.25
service.name | null | 1 | 0 | 1.0 | 0.0 | 1.0 | 3.141593 | 0.25
http.status_code | null | 1 | 1 | 1.0 | 0.333333 | 0.666667 | 1.910633 | 0.5
duration | 1.2s | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
duration | 250ms | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
duration | 369µs | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
http.status_code | 201 | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
http.status_code | 500 | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
name | GET /instructors/{id} | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
name | POST /bookings | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
name | tools/call find_bookings | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
service.name | instainstru-api | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
service.name | instainstru-mcp | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
service.name | instainstru-preview-api | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
====
| compare isnull(['service.name']) with kind == "client" on name, kind, duration, ['service.name'], ['http.status_code']
| extend selected_share = round(selected_share, 6), others_share = round(others_share, 6), difference = round(difference, 6), effect = round(effect, 6), support = round(support, 6)
| sort by effect, field asc, value asc
----
field:string | value:string | selected:integer | others:integer | selected_share:float | others_share:float | difference:float | effect:float | support:float
duration | 0s | 1 | 0 | 1.0 | 0.0 | 1.0 | 3.141593 | 0.25
kind | client | 0 | 3 | 0.0 | 1.0 | -1.0 | 3.141593 | 0.75
kind | unspecified | 1 | 0 | 1.0 | 0.0 | 1.0 | 3.141593 | 0.25
name | 100%_done | 1 | 0 | 1.0 | 0.0 | 1.0 | 3.141593 | 0.25
service.name | null | 1 | 0 | 1.0 | 0.0 | 1.0 | 3.141593 | 0.25
service.name | instainstru-api | 0 | 2 | 0.0 | 0.666667 | -0.666667 | 1.910633 | 0.5
duration | 100ms | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
duration | 120ms | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
duration | 4.47ms | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
http.status_code | null | 1 | 2 | 1.0 | 0.666667 | 0.333333 | 1.230959 | 0.75
http.status_code | 200 | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
name | INSERT bookings | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
name | POST | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
name | SELECT instructors | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
service.name | instainstru-preview-api | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
====
| compare isnull(['service.name']) with kind in ("producer", "consumer") on name, kind, duration, ['service.name'], ['http.status_code']
| extend selected_share = round(selected_share, 6), others_share = round(others_share, 6), difference = round(difference, 6), effect = round(effect, 6), support = round(support, 6)
| sort by effect, field asc, value asc
----
field:string | value:string | selected:integer | others:integer | selected_share:float | others_share:float | difference:float | effect:float | support:float
duration | 0s | 1 | 0 | 1.0 | 0.0 | 1.0 | 3.141593 | 0.333333
kind | unspecified | 1 | 0 | 1.0 | 0.0 | 1.0 | 3.141593 | 0.333333
name | 100%_done | 1 | 0 | 1.0 | 0.0 | 1.0 | 3.141593 | 0.333333
service.name | null | 1 | 0 | 1.0 | 0.0 | 1.0 | 3.141593 | 0.333333
duration | 1ms | 0 | 1 | 0.0 | 0.5 | -0.5 | 1.570796 | 0.333333
duration | 23.33ms | 0 | 1 | 0.0 | 0.5 | -0.5 | 1.570796 | 0.333333
http.status_code | null | 1 | 1 | 1.0 | 0.5 | 0.5 | 1.570796 | 0.666667
http.status_code | 503 | 0 | 1 | 0.0 | 0.5 | -0.5 | 1.570796 | 0.333333
kind | consumer | 0 | 1 | 0.0 | 0.5 | -0.5 | 1.570796 | 0.333333
kind | producer | 0 | 1 | 0.0 | 0.5 | -0.5 | 1.570796 | 0.333333
name | apply_async/send_confirmation | 0 | 1 | 0.0 | 0.5 | -0.5 | 1.570796 | 0.333333
name | run/send_confirmation | 0 | 1 | 0.0 | 0.5 | -0.5 | 1.570796 | 0.333333
service.name | instainstru-api | 0 | 1 | 0.0 | 0.5 | -0.5 | 1.570796 | 0.333333
service.name | instainstru-worker | 0 | 1 | 0.0 | 0.5 | -0.5 | 1.570796 | 0.333333
====
| compare isnull(['service.name']) with duration > 100ms on name, kind, duration, ['service.name'], ['http.status_code']
| extend selected_share = round(selected_share, 6), others_share = round(others_share, 6), difference = round(difference, 6), effect = round(effect, 6), support = round(support, 6)
| sort by effect, field asc, value asc
----
field:string | value:string | selected:integer | others:integer | selected_share:float | others_share:float | difference:float | effect:float | support:float
duration | 0s | 1 | 0 | 1.0 | 0.0 | 1.0 | 3.141593 | 0.25
http.status_code | null | 1 | 0 | 1.0 | 0.0 | 1.0 | 3.141593 | 0.25
kind | unspecified | 1 | 0 | 1.0 | 0.0 | 1.0 | 3.141593 | 0.25
name | 100%_done | 1 | 0 | 1.0 | 0.0 | 1.0 | 3.141593 | 0.25
service.name | null | 1 | 0 | 1.0 | 0.0 | 1.0 | 3.141593 | 0.25
kind | server | 0 | 2 | 0.0 | 0.666667 | -0.666667 | 1.910633 | 0.5
service.name | instainstru-api | 0 | 2 | 0.0 | 0.666667 | -0.666667 | 1.910633 | 0.5
duration | 1.2s | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
duration | 120ms | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
duration | 250ms | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
http.status_code | 200 | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
http.status_code | 201 | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
http.status_code | 500 | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
kind | client | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
name | GET /instructors/{id} | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
name | POST | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
name | POST /bookings | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
service.name | instainstru-preview-api | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
====
| compare isnull(['service.name']) with duration < 2ms on name, kind, duration, ['service.name'], ['http.status_code']
| extend selected_share = round(selected_share, 6), others_share = round(others_share, 6), difference = round(difference, 6), effect = round(effect, 6), support = round(support, 6)
| sort by effect, field asc, value asc
----
field:string | value:string | selected:integer | others:integer | selected_share:float | others_share:float | difference:float | effect:float | support:float
duration | 0s | 1 | 1 | 1.0 | 0.333333 | 0.666667 | 1.910633 | 0.5
kind | unspecified | 1 | 1 | 1.0 | 0.333333 | 0.666667 | 1.910633 | 0.5
name | 100%_done | 1 | 1 | 1.0 | 0.333333 | 0.666667 | 1.910633 | 0.5
service.name | null | 1 | 1 | 1.0 | 0.333333 | 0.666667 | 1.910633 | 0.5
duration | 1ms | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
duration | 369µs | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
kind | producer | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
kind | server | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
name | apply_async/send_confirmation | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
name | tools/call find_bookings | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
service.name | instainstru-api | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
service.name | instainstru-mcp | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
====
| compare isnull(['service.name']) with ['service.name'] == "instainstru-worker" on name, kind, duration, ['service.name'], ['http.status_code']
| extend selected_share = round(selected_share, 6), others_share = round(others_share, 6), difference = round(difference, 6), effect = round(effect, 6), support = round(support, 6)
| sort by effect, field asc, value asc
----
field:string | value:string | selected:integer | others:integer | selected_share:float | others_share:float | difference:float | effect:float | support:float
duration | 0s | 1 | 0 | 1.0 | 0.0 | 1.0 | 3.141593 | 0.5
duration | 23.33ms | 0 | 1 | 0.0 | 1.0 | -1.0 | 3.141593 | 0.5
http.status_code | null | 1 | 0 | 1.0 | 0.0 | 1.0 | 3.141593 | 0.5
http.status_code | 503 | 0 | 1 | 0.0 | 1.0 | -1.0 | 3.141593 | 0.5
kind | consumer | 0 | 1 | 0.0 | 1.0 | -1.0 | 3.141593 | 0.5
kind | unspecified | 1 | 0 | 1.0 | 0.0 | 1.0 | 3.141593 | 0.5
name | 100%_done | 1 | 0 | 1.0 | 0.0 | 1.0 | 3.141593 | 0.5
name | run/send_confirmation | 0 | 1 | 0.0 | 1.0 | -1.0 | 3.141593 | 0.5
service.name | null | 1 | 0 | 1.0 | 0.0 | 1.0 | 3.141593 | 0.5
service.name | instainstru-worker | 0 | 1 | 0.0 | 1.0 | -1.0 | 3.141593 | 0.5
====
| compare isnull(['service.name']) with isnotnull(['http.status_code']) on name, kind, duration, ['service.name'], ['http.status_code']
| extend selected_share = round(selected_share, 6), others_share = round(others_share, 6), difference = round(difference, 6), effect = round(effect, 6), support = round(support, 6)
| sort by effect, field asc, value asc
----
field:string | value:string | selected:integer | others:integer | selected_share:float | others_share:float | difference:float | effect:float | support:float
duration | 0s | 1 | 0 | 1.0 | 0.0 | 1.0 | 3.141593 | 0.2
http.status_code | null | 1 | 0 | 1.0 | 0.0 | 1.0 | 3.141593 | 0.2
kind | unspecified | 1 | 0 | 1.0 | 0.0 | 1.0 | 3.141593 | 0.2
name | 100%_done | 1 | 0 | 1.0 | 0.0 | 1.0 | 3.141593 | 0.2
service.name | null | 1 | 0 | 1.0 | 0.0 | 1.0 | 3.141593 | 0.2
kind | server | 0 | 2 | 0.0 | 0.5 | -0.5 | 1.570796 | 0.4
service.name | instainstru-api | 0 | 2 | 0.0 | 0.5 | -0.5 | 1.570796 | 0.4
duration | 1.2s | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.2
duration | 120ms | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.2
duration | 23.33ms | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.2
duration | 250ms | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.2
http.status_code | 200 | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.2
http.status_code | 201 | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.2
http.status_code | 500 | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.2
http.status_code | 503 | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.2
kind | client | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.2
kind | consumer | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.2
name | GET /instructors/{id} | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.2
name | POST | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.2
name | POST /bookings | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.2
name | run/send_confirmation | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.2
service.name | instainstru-preview-api | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.2
service.name | instainstru-worker | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.2
====
| compare isnull(['service.name']) on name, kind, duration, ['service.name'], ['http.status_code']
| extend selected_share = round(selected_share, 6), others_share = round(others_share, 6), difference = round(difference, 6), effect = round(effect, 6), support = round(support, 6)
| sort by effect, field asc, value asc
----
field:string | value:string | selected:integer | others:integer | selected_share:float | others_share:float | difference:float | effect:float | support:float
duration | 0s | 1 | 0 | 1.0 | 0.0 | 1.0 | 3.141593 | 0.1
kind | unspecified | 1 | 0 | 1.0 | 0.0 | 1.0 | 3.141593 | 0.1
name | 100%_done | 1 | 0 | 1.0 | 0.0 | 1.0 | 3.141593 | 0.1
service.name | null | 1 | 0 | 1.0 | 0.0 | 1.0 | 3.141593 | 0.1
http.status_code | null | 1 | 5 | 1.0 | 0.555556 | 0.444444 | 1.459455 | 0.6
service.name | instainstru-api | 0 | 4 | 0.0 | 0.444444 | -0.444444 | 1.459455 | 0.4
kind | client | 0 | 3 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.3
kind | server | 0 | 3 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.3
service.name | instainstru-preview-api | 0 | 2 | 0.0 | 0.222222 | -0.222222 | 0.981765 | 0.2
duration | 1.2s | 0 | 1 | 0.0 | 0.111111 | -0.111111 | 0.679674 | 0.1
duration | 100ms | 0 | 1 | 0.0 | 0.111111 | -0.111111 | 0.679674 | 0.1
duration | 120ms | 0 | 1 | 0.0 | 0.111111 | -0.111111 | 0.679674 | 0.1
duration | 1ms | 0 | 1 | 0.0 | 0.111111 | -0.111111 | 0.679674 | 0.1
duration | 23.33ms | 0 | 1 | 0.0 | 0.111111 | -0.111111 | 0.679674 | 0.1
duration | 250ms | 0 | 1 | 0.0 | 0.111111 | -0.111111 | 0.679674 | 0.1
duration | 2ms | 0 | 1 | 0.0 | 0.111111 | -0.111111 | 0.679674 | 0.1
duration | 369µs | 0 | 1 | 0.0 | 0.111111 | -0.111111 | 0.679674 | 0.1
duration | 4.47ms | 0 | 1 | 0.0 | 0.111111 | -0.111111 | 0.679674 | 0.1
http.status_code | 200 | 0 | 1 | 0.0 | 0.111111 | -0.111111 | 0.679674 | 0.1
http.status_code | 201 | 0 | 1 | 0.0 | 0.111111 | -0.111111 | 0.679674 | 0.1
http.status_code | 500 | 0 | 1 | 0.0 | 0.111111 | -0.111111 | 0.679674 | 0.1
http.status_code | 503 | 0 | 1 | 0.0 | 0.111111 | -0.111111 | 0.679674 | 0.1
kind | consumer | 0 | 1 | 0.0 | 0.111111 | -0.111111 | 0.679674 | 0.1
kind | internal | 0 | 1 | 0.0 | 0.111111 | -0.111111 | 0.679674 | 0.1
kind | producer | 0 | 1 | 0.0 | 0.111111 | -0.111111 | 0.679674 | 0.1
name | GET /instructors/{id} | 0 | 1 | 0.0 | 0.111111 | -0.111111 | 0.679674 | 0.1
name | INSERT bookings | 0 | 1 | 0.0 | 0.111111 | -0.111111 | 0.679674 | 0.1
name | POST | 0 | 1 | 0.0 | 0.111111 | -0.111111 | 0.679674 | 0.1
name | POST /bookings | 0 | 1 | 0.0 | 0.111111 | -0.111111 | 0.679674 | 0.1
name | SELECT instructors | 0 | 1 | 0.0 | 0.111111 | -0.111111 | 0.679674 | 0.1
name | apply_async/send_confirmation | 0 | 1 | 0.0 | 0.111111 | -0.111111 | 0.679674 | 0.1
name | expire_holds | 0 | 1 | 0.0 | 0.111111 | -0.111111 | 0.679674 | 0.1
name | run/send_confirmation | 0 | 1 | 0.0 | 0.111111 | -0.111111 | 0.679674 | 0.1
name | tools/call find_bookings | 0 | 1 | 0.0 | 0.111111 | -0.111111 | 0.679674 | 0.1
service.name | instainstru-beat | 0 | 1 | 0.0 | 0.111111 | -0.111111 | 0.679674 | 0.1
service.name | instainstru-mcp | 0 | 1 | 0.0 | 0.111111 | -0.111111 | 0.679674 | 0.1
service.name | instainstru-worker | 0 | 1 | 0.0 | 0.111111 | -0.111111 | 0.679674 | 0.1
====
| compare ['service.name'] == "instainstru-worker" with kind == "server" on name, kind, duration, ['service.name'], ['http.status_code']
| extend selected_share = round(selected_share, 6), others_share = round(others_share, 6), difference = round(difference, 6), effect = round(effect, 6), support = round(support, 6)
| sort by effect, field asc, value asc
----
field:string | value:string | selected:integer | others:integer | selected_share:float | others_share:float | difference:float | effect:float | support:float
duration | 23.33ms | 1 | 0 | 1.0 | 0.0 | 1.0 | 3.141593 | 0.25
http.status_code | 503 | 1 | 0 | 1.0 | 0.0 | 1.0 | 3.141593 | 0.25
kind | consumer | 1 | 0 | 1.0 | 0.0 | 1.0 | 3.141593 | 0.25
kind | server | 0 | 3 | 0.0 | 1.0 | -1.0 | 3.141593 | 0.75
name | run/send_confirmation | 1 | 0 | 1.0 | 0.0 | 1.0 | 3.141593 | 0.25
service.name | instainstru-worker | 1 | 0 | 1.0 | 0.0 | 1.0 | 3.141593 | 0.25
duration | 1.2s | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
duration | 250ms | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
duration | 369µs | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
http.status_code | null | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
http.status_code | 201 | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
http.status_code | 500 | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
name | GET /instructors/{id} | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
name | POST /bookings | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
name | tools/call find_bookings | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
service.name | instainstru-api | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
service.name | instainstru-mcp | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
service.name | instainstru-preview-api | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
====
| compare ['service.name'] == "instainstru-worker" with kind == "client" on name, kind, duration, ['service.name'], ['http.status_code']
| extend selected_share = round(selected_share, 6), others_share = round(others_share, 6), difference = round(difference, 6), effect = round(effect, 6), support = round(support, 6)
| sort by effect, field asc, value asc
----
field:string | value:string | selected:integer | others:integer | selected_share:float | others_share:float | difference:float | effect:float | support:float
duration | 23.33ms | 1 | 0 | 1.0 | 0.0 | 1.0 | 3.141593 | 0.25
http.status_code | 503 | 1 | 0 | 1.0 | 0.0 | 1.0 | 3.141593 | 0.25
kind | client | 0 | 3 | 0.0 | 1.0 | -1.0 | 3.141593 | 0.75
kind | consumer | 1 | 0 | 1.0 | 0.0 | 1.0 | 3.141593 | 0.25
name | run/send_confirmation | 1 | 0 | 1.0 | 0.0 | 1.0 | 3.141593 | 0.25
service.name | instainstru-worker | 1 | 0 | 1.0 | 0.0 | 1.0 | 3.141593 | 0.25
http.status_code | null | 0 | 2 | 0.0 | 0.666667 | -0.666667 | 1.910633 | 0.5
service.name | instainstru-api | 0 | 2 | 0.0 | 0.666667 | -0.666667 | 1.910633 | 0.5
duration | 100ms | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
duration | 120ms | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
duration | 4.47ms | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
http.status_code | 200 | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
name | INSERT bookings | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
name | POST | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
name | SELECT instructors | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
service.name | instainstru-preview-api | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
====
| compare ['service.name'] == "instainstru-worker" with kind in ("producer", "consumer") on name, kind, duration, ['service.name'], ['http.status_code']
| extend selected_share = round(selected_share, 6), others_share = round(others_share, 6), difference = round(difference, 6), effect = round(effect, 6), support = round(support, 6)
| sort by effect, field asc, value asc
----
field:string | value:string | selected:integer | others:integer | selected_share:float | others_share:float | difference:float | effect:float | support:float
duration | 1ms | 0 | 1 | 0.0 | 0.5 | -0.5 | 1.570796 | 0.333333
duration | 23.33ms | 1 | 1 | 1.0 | 0.5 | 0.5 | 1.570796 | 0.666667
http.status_code | null | 0 | 1 | 0.0 | 0.5 | -0.5 | 1.570796 | 0.333333
http.status_code | 503 | 1 | 1 | 1.0 | 0.5 | 0.5 | 1.570796 | 0.666667
kind | consumer | 1 | 1 | 1.0 | 0.5 | 0.5 | 1.570796 | 0.666667
kind | producer | 0 | 1 | 0.0 | 0.5 | -0.5 | 1.570796 | 0.333333
name | apply_async/send_confirmation | 0 | 1 | 0.0 | 0.5 | -0.5 | 1.570796 | 0.333333
name | run/send_confirmation | 1 | 1 | 1.0 | 0.5 | 0.5 | 1.570796 | 0.666667
service.name | instainstru-api | 0 | 1 | 0.0 | 0.5 | -0.5 | 1.570796 | 0.333333
service.name | instainstru-worker | 1 | 1 | 1.0 | 0.5 | 0.5 | 1.570796 | 0.666667
====
| compare ['service.name'] == "instainstru-worker" with duration > 100ms on name, kind, duration, ['service.name'], ['http.status_code']
| extend selected_share = round(selected_share, 6), others_share = round(others_share, 6), difference = round(difference, 6), effect = round(effect, 6), support = round(support, 6)
| sort by effect, field asc, value asc
----
field:string | value:string | selected:integer | others:integer | selected_share:float | others_share:float | difference:float | effect:float | support:float
duration | 23.33ms | 1 | 0 | 1.0 | 0.0 | 1.0 | 3.141593 | 0.25
http.status_code | 503 | 1 | 0 | 1.0 | 0.0 | 1.0 | 3.141593 | 0.25
kind | consumer | 1 | 0 | 1.0 | 0.0 | 1.0 | 3.141593 | 0.25
name | run/send_confirmation | 1 | 0 | 1.0 | 0.0 | 1.0 | 3.141593 | 0.25
service.name | instainstru-worker | 1 | 0 | 1.0 | 0.0 | 1.0 | 3.141593 | 0.25
kind | server | 0 | 2 | 0.0 | 0.666667 | -0.666667 | 1.910633 | 0.5
service.name | instainstru-api | 0 | 2 | 0.0 | 0.666667 | -0.666667 | 1.910633 | 0.5
duration | 1.2s | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
duration | 120ms | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
duration | 250ms | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
http.status_code | 200 | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
http.status_code | 201 | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
http.status_code | 500 | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
kind | client | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
name | GET /instructors/{id} | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
name | POST | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
name | POST /bookings | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
service.name | instainstru-preview-api | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
====
| compare ['service.name'] == "instainstru-worker" with duration < 2ms on name, kind, duration, ['service.name'], ['http.status_code']
| extend selected_share = round(selected_share, 6), others_share = round(others_share, 6), difference = round(difference, 6), effect = round(effect, 6), support = round(support, 6)
| sort by effect, field asc, value asc
----
field:string | value:string | selected:integer | others:integer | selected_share:float | others_share:float | difference:float | effect:float | support:float
duration | 23.33ms | 1 | 0 | 1.0 | 0.0 | 1.0 | 3.141593 | 0.25
http.status_code | null | 0 | 3 | 0.0 | 1.0 | -1.0 | 3.141593 | 0.75
http.status_code | 503 | 1 | 0 | 1.0 | 0.0 | 1.0 | 3.141593 | 0.25
kind | consumer | 1 | 0 | 1.0 | 0.0 | 1.0 | 3.141593 | 0.25
name | run/send_confirmation | 1 | 0 | 1.0 | 0.0 | 1.0 | 3.141593 | 0.25
service.name | instainstru-worker | 1 | 0 | 1.0 | 0.0 | 1.0 | 3.141593 | 0.25
duration | 0s | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
duration | 1ms | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
duration | 369µs | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
kind | producer | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
kind | server | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
kind | unspecified | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
name | 100%_done | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
name | apply_async/send_confirmation | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
name | tools/call find_bookings | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
service.name | null | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
service.name | instainstru-api | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
service.name | instainstru-mcp | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.25
====
| compare ['service.name'] == "instainstru-worker" with isnull(['service.name']) on name, kind, duration, ['service.name'], ['http.status_code']
| extend selected_share = round(selected_share, 6), others_share = round(others_share, 6), difference = round(difference, 6), effect = round(effect, 6), support = round(support, 6)
| sort by effect, field asc, value asc
----
field:string | value:string | selected:integer | others:integer | selected_share:float | others_share:float | difference:float | effect:float | support:float
duration | 0s | 0 | 1 | 0.0 | 1.0 | -1.0 | 3.141593 | 0.5
duration | 23.33ms | 1 | 0 | 1.0 | 0.0 | 1.0 | 3.141593 | 0.5
http.status_code | null | 0 | 1 | 0.0 | 1.0 | -1.0 | 3.141593 | 0.5
http.status_code | 503 | 1 | 0 | 1.0 | 0.0 | 1.0 | 3.141593 | 0.5
kind | consumer | 1 | 0 | 1.0 | 0.0 | 1.0 | 3.141593 | 0.5
kind | unspecified | 0 | 1 | 0.0 | 1.0 | -1.0 | 3.141593 | 0.5
name | 100%_done | 0 | 1 | 0.0 | 1.0 | -1.0 | 3.141593 | 0.5
name | run/send_confirmation | 1 | 0 | 1.0 | 0.0 | 1.0 | 3.141593 | 0.5
service.name | null | 0 | 1 | 0.0 | 1.0 | -1.0 | 3.141593 | 0.5
service.name | instainstru-worker | 1 | 0 | 1.0 | 0.0 | 1.0 | 3.141593 | 0.5
====
| compare ['service.name'] == "instainstru-worker" with isnotnull(['http.status_code']) on name, kind, duration, ['service.name'], ['http.status_code']
| extend selected_share = round(selected_share, 6), others_share = round(others_share, 6), difference = round(difference, 6), effect = round(effect, 6), support = round(support, 6)
| sort by effect, field asc, value asc
----
field:string | value:string | selected:integer | others:integer | selected_share:float | others_share:float | difference:float | effect:float | support:float
duration | 23.33ms | 1 | 1 | 1.0 | 0.25 | 0.75 | 2.094395 | 0.4
http.status_code | 503 | 1 | 1 | 1.0 | 0.25 | 0.75 | 2.094395 | 0.4
kind | consumer | 1 | 1 | 1.0 | 0.25 | 0.75 | 2.094395 | 0.4
name | run/send_confirmation | 1 | 1 | 1.0 | 0.25 | 0.75 | 2.094395 | 0.4
service.name | instainstru-worker | 1 | 1 | 1.0 | 0.25 | 0.75 | 2.094395 | 0.4
kind | server | 0 | 2 | 0.0 | 0.5 | -0.5 | 1.570796 | 0.4
service.name | instainstru-api | 0 | 2 | 0.0 | 0.5 | -0.5 | 1.570796 | 0.4
duration | 1.2s | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.2
duration | 120ms | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.2
duration | 250ms | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.2
http.status_code | 200 | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.2
http.status_code | 201 | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.2
http.status_code | 500 | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.2
kind | client | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.2
name | GET /instructors/{id} | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.2
name | POST | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.2
name | POST /bookings | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.2
service.name | instainstru-preview-api | 0 | 1 | 0.0 | 0.25 | -0.25 | 1.047198 | 0.2
====
| compare ['service.name'] == "instainstru-worker" on name, kind, duration, ['service.name'], ['http.status_code']
| extend selected_share = round(selected_share, 6), others_share = round(others_share, 6), difference = round(difference, 6), effect = round(effect, 6), support = round(support, 6)
| sort by effect, field asc, value asc
----
field:string | value:string | selected:integer | others:integer | selected_share:float | others_share:float | difference:float | effect:float | support:float
duration | 23.33ms | 1 | 0 | 1.0 | 0.0 | 1.0 | 3.141593 | 0.1
http.status_code | 503 | 1 | 0 | 1.0 | 0.0 | 1.0 | 3.141593 | 0.1
kind | consumer | 1 | 0 | 1.0 | 0.0 | 1.0 | 3.141593 | 0.1
name | run/send_confirmation | 1 | 0 | 1.0 | 0.0 | 1.0 | 3.141593 | 0.1
service.name | instainstru-worker | 1 | 0 | 1.0 | 0.0 | 1.0 | 3.141593 | 0.1
http.status_code | null | 0 | 6 | 0.0 | 0.666667 | -0.666667 | 1.910633 | 0.6
service.name | instainstru-api | 0 | 4 | 0.0 | 0.444444 | -0.444444 | 1.459455 | 0.4
kind | client | 0 | 3 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.3
kind | server | 0 | 3 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.3
service.name | instainstru-preview-api | 0 | 2 | 0.0 | 0.222222 | -0.222222 | 0.981765 | 0.2
duration | 0s | 0 | 1 | 0.0 | 0.111111 | -0.111111 | 0.679674 | 0.1
duration | 1.2s | 0 | 1 | 0.0 | 0.111111 | -0.111111 | 0.679674 | 0.1
duration | 100ms | 0 | 1 | 0.0 | 0.111111 | -0.111111 | 0.679674 | 0.1
duration | 120ms | 0 | 1 | 0.0 | 0.111111 | -0.111111 | 0.679674 | 0.1
duration | 1ms | 0 | 1 | 0.0 | 0.111111 | -0.111111 | 0.679674 | 0.1
duration | 250ms | 0 | 1 | 0.0 | 0.111111 | -0.111111 | 0.679674 | 0.1
duration | 2ms | 0 | 1 | 0.0 | 0.111111 | -0.111111 | 0.679674 | 0.1
duration | 369µs | 0 | 1 | 0.0 | 0.111111 | -0.111111 | 0.679674 | 0.1
duration | 4.47ms | 0 | 1 | 0.0 | 0.111111 | -0.111111 | 0.679674 | 0.1
http.status_code | 200 | 0 | 1 | 0.0 | 0.111111 | -0.111111 | 0.679674 | 0.1
http.status_code | 201 | 0 | 1 | 0.0 | 0.111111 | -0.111111 | 0.679674 | 0.1
http.status_code | 500 | 0 | 1 | 0.0 | 0.111111 | -0.111111 | 0.679674 | 0.1
kind | internal | 0 | 1 | 0.0 | 0.111111 | -0.111111 | 0.679674 | 0.1
kind | producer | 0 | 1 | 0.0 | 0.111111 | -0.111111 | 0.679674 | 0.1
kind | unspecified | 0 | 1 | 0.0 | 0.111111 | -0.111111 | 0.679674 | 0.1
name | 100%_done | 0 | 1 | 0.0 | 0.111111 | -0.111111 | 0.679674 | 0.1
name | GET /instructors/{id} | 0 | 1 | 0.0 | 0.111111 | -0.111111 | 0.679674 | 0.1
name | INSERT bookings | 0 | 1 | 0.0 | 0.111111 | -0.111111 | 0.679674 | 0.1
name | POST | 0 | 1 | 0.0 | 0.111111 | -0.111111 | 0.679674 | 0.1
name | POST /bookings | 0 | 1 | 0.0 | 0.111111 | -0.111111 | 0.679674 | 0.1
name | SELECT instructors | 0 | 1 | 0.0 | 0.111111 | -0.111111 | 0.679674 | 0.1
name | apply_async/send_confirmation | 0 | 1 | 0.0 | 0.111111 | -0.111111 | 0.679674 | 0.1
name | expire_holds | 0 | 1 | 0.0 | 0.111111 | -0.111111 | 0.679674 | 0.1
name | tools/call find_bookings | 0 | 1 | 0.0 | 0.111111 | -0.111111 | 0.679674 | 0.1
service.name | null | 0 | 1 | 0.0 | 0.111111 | -0.111111 | 0.679674 | 0.1
service.name | instainstru-beat | 0 | 1 | 0.0 | 0.111111 | -0.111111 | 0.679674 | 0.1
service.name | instainstru-mcp | 0 | 1 | 0.0 | 0.111111 | -0.111111 | 0.679674 | 0.1
====
| compare isnotnull(['http.status_code']) with kind == "server" on name, kind, duration, ['service.name'], ['http.status_code']
| extend selected_share = round(selected_share, 6), others_share = round(others_share, 6), difference = round(difference, 6), effect = round(effect, 6), support = round(support, 6)
| sort by effect, field asc, value asc
----
field:string | value:string | selected:integer | others:integer | selected_share:float | others_share:float | difference:float | effect:float | support:float
kind | server | 2 | 3 | 0.5 | 1.0 | -0.5 | 1.570796 | 0.714286
duration | 369µs | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.142857
http.status_code | null | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.142857
name | tools/call find_bookings | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.142857
service.name | instainstru-mcp | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.142857
duration | 120ms | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.142857
duration | 23.33ms | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.142857
http.status_code | 200 | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.142857
http.status_code | 503 | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.142857
kind | client | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.142857
kind | consumer | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.142857
name | POST | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.142857
name | run/send_confirmation | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.142857
service.name | instainstru-worker | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.142857
service.name | instainstru-api | 2 | 1 | 0.5 | 0.333333 | 0.166667 | 0.339837 | 0.428571
duration | 1.2s | 1 | 1 | 0.25 | 0.333333 | -0.083333 | 0.183762 | 0.285714
duration | 250ms | 1 | 1 | 0.25 | 0.333333 | -0.083333 | 0.183762 | 0.285714
http.status_code | 201 | 1 | 1 | 0.25 | 0.333333 | -0.083333 | 0.183762 | 0.285714
http.status_code | 500 | 1 | 1 | 0.25 | 0.333333 | -0.083333 | 0.183762 | 0.285714
name | GET /instructors/{id} | 1 | 1 | 0.25 | 0.333333 | -0.083333 | 0.183762 | 0.285714
name | POST /bookings | 1 | 1 | 0.25 | 0.333333 | -0.083333 | 0.183762 | 0.285714
service.name | instainstru-preview-api | 1 | 1 | 0.25 | 0.333333 | -0.083333 | 0.183762 | 0.285714
====
| compare isnotnull(['http.status_code']) with kind == "client" on name, kind, duration, ['service.name'], ['http.status_code']
| extend selected_share = round(selected_share, 6), others_share = round(others_share, 6), difference = round(difference, 6), effect = round(effect, 6), support = round(support, 6)
| sort by effect, field asc, value asc
----
field:string | value:string | selected:integer | others:integer | selected_share:float | others_share:float | difference:float | effect:float | support:float
kind | client | 1 | 3 | 0.25 | 1.0 | -0.75 | 2.094395 | 0.571429
http.status_code | null | 0 | 2 | 0.0 | 0.666667 | -0.666667 | 1.910633 | 0.285714
kind | server | 2 | 0 | 0.5 | 0.0 | 0.5 | 1.570796 | 0.285714
duration | 100ms | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.142857
duration | 4.47ms | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.142857
name | INSERT bookings | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.142857
name | SELECT instructors | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.142857
duration | 1.2s | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.142857
duration | 23.33ms | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.142857
duration | 250ms | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.142857
http.status_code | 201 | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.142857
http.status_code | 500 | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.142857
http.status_code | 503 | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.142857
kind | consumer | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.142857
name | GET /instructors/{id} | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.142857
name | POST /bookings | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.142857
name | run/send_confirmation | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.142857
service.name | instainstru-worker | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.142857
service.name | instainstru-api | 2 | 2 | 0.5 | 0.666667 | -0.166667 | 0.339837 | 0.571429
duration | 120ms | 1 | 1 | 0.25 | 0.333333 | -0.083333 | 0.183762 | 0.285714
http.status_code | 200 | 1 | 1 | 0.25 | 0.333333 | -0.083333 | 0.183762 | 0.285714
name | POST | 1 | 1 | 0.25 | 0.333333 | -0.083333 | 0.183762 | 0.285714
service.name | instainstru-preview-api | 1 | 1 | 0.25 | 0.333333 | -0.083333 | 0.183762 | 0.285714
====
| compare isnotnull(['http.status_code']) with kind in ("producer", "consumer") on name, kind, duration, ['service.name'], ['http.status_code']
| extend selected_share = round(selected_share, 6), others_share = round(others_share, 6), difference = round(difference, 6), effect = round(effect, 6), support = round(support, 6)
| sort by effect, field asc, value asc
----
field:string | value:string | selected:integer | others:integer | selected_share:float | others_share:float | difference:float | effect:float | support:float
duration | 1ms | 0 | 1 | 0.0 | 0.5 | -0.5 | 1.570796 | 0.166667
http.status_code | null | 0 | 1 | 0.0 | 0.5 | -0.5 | 1.570796 | 0.166667
kind | producer | 0 | 1 | 0.0 | 0.5 | -0.5 | 1.570796 | 0.166667
kind | server | 2 | 0 | 0.5 | 0.0 | 0.5 | 1.570796 | 0.333333
name | apply_async/send_confirmation | 0 | 1 | 0.0 | 0.5 | -0.5 | 1.570796 | 0.166667
duration | 1.2s | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.166667
duration | 120ms | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.166667
duration | 250ms | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.166667
http.status_code | 200 | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.166667
http.status_code | 201 | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.166667
http.status_code | 500 | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.166667
kind | client | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.166667
name | GET /instructors/{id} | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.166667
name | POST | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.166667
name | POST /bookings | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.166667
service.name | instainstru-preview-api | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.166667
duration | 23.33ms | 1 | 1 | 0.25 | 0.5 | -0.25 | 0.523599 | 0.333333
http.status_code | 503 | 1 | 1 | 0.25 | 0.5 | -0.25 | 0.523599 | 0.333333
kind | consumer | 1 | 1 | 0.25 | 0.5 | -0.25 | 0.523599 | 0.333333
name | run/send_confirmation | 1 | 1 | 0.25 | 0.5 | -0.25 | 0.523599 | 0.333333
service.name | instainstru-worker | 1 | 1 | 0.25 | 0.5 | -0.25 | 0.523599 | 0.333333
service.name | instainstru-api | 2 | 1 | 0.5 | 0.5 | 0.0 | 0.0 | 0.5
====
| compare isnotnull(['http.status_code']) with duration > 100ms on name, kind, duration, ['service.name'], ['http.status_code']
| extend selected_share = round(selected_share, 6), others_share = round(others_share, 6), difference = round(difference, 6), effect = round(effect, 6), support = round(support, 6)
| sort by effect, field asc, value asc
----
field:string | value:string | selected:integer | others:integer | selected_share:float | others_share:float | difference:float | effect:float | support:float
duration | 23.33ms | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.142857
http.status_code | 503 | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.142857
kind | consumer | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.142857
name | run/send_confirmation | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.142857
service.name | instainstru-worker | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.142857
kind | server | 2 | 2 | 0.5 | 0.666667 | -0.166667 | 0.339837 | 0.571429
service.name | instainstru-api | 2 | 2 | 0.5 | 0.666667 | -0.166667 | 0.339837 | 0.571429
duration | 1.2s | 1 | 1 | 0.25 | 0.333333 | -0.083333 | 0.183762 | 0.285714
duration | 120ms | 1 | 1 | 0.25 | 0.333333 | -0.083333 | 0.183762 | 0.285714
duration | 250ms | 1 | 1 | 0.25 | 0.333333 | -0.083333 | 0.183762 | 0.285714
http.status_code | 200 | 1 | 1 | 0.25 | 0.333333 | -0.083333 | 0.183762 | 0.285714
http.status_code | 201 | 1 | 1 | 0.25 | 0.333333 | -0.083333 | 0.183762 | 0.285714
http.status_code | 500 | 1 | 1 | 0.25 | 0.333333 | -0.083333 | 0.183762 | 0.285714
kind | client | 1 | 1 | 0.25 | 0.333333 | -0.083333 | 0.183762 | 0.285714
name | GET /instructors/{id} | 1 | 1 | 0.25 | 0.333333 | -0.083333 | 0.183762 | 0.285714
name | POST | 1 | 1 | 0.25 | 0.333333 | -0.083333 | 0.183762 | 0.285714
name | POST /bookings | 1 | 1 | 0.25 | 0.333333 | -0.083333 | 0.183762 | 0.285714
service.name | instainstru-preview-api | 1 | 1 | 0.25 | 0.333333 | -0.083333 | 0.183762 | 0.285714
====
| compare isnotnull(['http.status_code']) with duration < 2ms on name, kind, duration, ['service.name'], ['http.status_code']
| extend selected_share = round(selected_share, 6), others_share = round(others_share, 6), difference = round(difference, 6), effect = round(effect, 6), support = round(support, 6)
| sort by effect, field asc, value asc
----
field:string | value:string | selected:integer | others:integer | selected_share:float | others_share:float | difference:float | effect:float | support:float
http.status_code | null | 0 | 3 | 0.0 | 1.0 | -1.0 | 3.141593 | 0.428571
duration | 0s | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.142857
duration | 1ms | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.142857
duration | 369µs | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.142857
kind | producer | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.142857
kind | unspecified | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.142857
name | 100%_done | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.142857
name | apply_async/send_confirmation | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.142857
name | tools/call find_bookings | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.142857
service.name | null | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.142857
service.name | instainstru-mcp | 0 | 1 | 0.0 | 0.333333 | -0.333333 | 1.230959 | 0.142857
duration | 1.2s | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.142857
duration | 120ms | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.142857
duration | 23.33ms | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.142857
duration | 250ms | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.142857
http.status_code | 200 | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.142857
http.status_code | 201 | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.142857
http.status_code | 500 | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.142857
http.status_code | 503 | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.142857
kind | client | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.142857
kind | consumer | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.142857
name | GET /instructors/{id} | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.142857
name | POST | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.142857
name | POST /bookings | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.142857
name | run/send_confirmation | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.142857
service.name | instainstru-preview-api | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.142857
service.name | instainstru-worker | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.142857
kind | server | 2 | 1 | 0.5 | 0.333333 | 0.166667 | 0.339837 | 0.428571
service.name | instainstru-api | 2 | 1 | 0.5 | 0.333333 | 0.166667 | 0.339837 | 0.428571
====
| compare isnotnull(['http.status_code']) with isnull(['service.name']) on name, kind, duration, ['service.name'], ['http.status_code']
| extend selected_share = round(selected_share, 6), others_share = round(others_share, 6), difference = round(difference, 6), effect = round(effect, 6), support = round(support, 6)
| sort by effect, field asc, value asc
----
field:string | value:string | selected:integer | others:integer | selected_share:float | others_share:float | difference:float | effect:float | support:float
duration | 0s | 0 | 1 | 0.0 | 1.0 | -1.0 | 3.141593 | 0.2
http.status_code | null | 0 | 1 | 0.0 | 1.0 | -1.0 | 3.141593 | 0.2
kind | unspecified | 0 | 1 | 0.0 | 1.0 | -1.0 | 3.141593 | 0.2
name | 100%_done | 0 | 1 | 0.0 | 1.0 | -1.0 | 3.141593 | 0.2
service.name | null | 0 | 1 | 0.0 | 1.0 | -1.0 | 3.141593 | 0.2
kind | server | 2 | 0 | 0.5 | 0.0 | 0.5 | 1.570796 | 0.4
service.name | instainstru-api | 2 | 0 | 0.5 | 0.0 | 0.5 | 1.570796 | 0.4
duration | 1.2s | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.2
duration | 120ms | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.2
duration | 23.33ms | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.2
duration | 250ms | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.2
http.status_code | 200 | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.2
http.status_code | 201 | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.2
http.status_code | 500 | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.2
http.status_code | 503 | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.2
kind | client | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.2
kind | consumer | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.2
name | GET /instructors/{id} | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.2
name | POST | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.2
name | POST /bookings | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.2
name | run/send_confirmation | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.2
service.name | instainstru-preview-api | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.2
service.name | instainstru-worker | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.2
====
| compare isnotnull(['http.status_code']) with ['service.name'] == "instainstru-worker" on name, kind, duration, ['service.name'], ['http.status_code']
| extend selected_share = round(selected_share, 6), others_share = round(others_share, 6), difference = round(difference, 6), effect = round(effect, 6), support = round(support, 6)
| sort by effect, field asc, value asc
----
field:string | value:string | selected:integer | others:integer | selected_share:float | others_share:float | difference:float | effect:float | support:float
duration | 23.33ms | 1 | 1 | 0.25 | 1.0 | -0.75 | 2.094395 | 0.4
http.status_code | 503 | 1 | 1 | 0.25 | 1.0 | -0.75 | 2.094395 | 0.4
kind | consumer | 1 | 1 | 0.25 | 1.0 | -0.75 | 2.094395 | 0.4
name | run/send_confirmation | 1 | 1 | 0.25 | 1.0 | -0.75 | 2.094395 | 0.4
service.name | instainstru-worker | 1 | 1 | 0.25 | 1.0 | -0.75 | 2.094395 | 0.4
kind | server | 2 | 0 | 0.5 | 0.0 | 0.5 | 1.570796 | 0.4
service.name | instainstru-api | 2 | 0 | 0.5 | 0.0 | 0.5 | 1.570796 | 0.4
duration | 1.2s | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.2
duration | 120ms | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.2
duration | 250ms | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.2
http.status_code | 200 | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.2
http.status_code | 201 | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.2
http.status_code | 500 | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.2
kind | client | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.2
name | GET /instructors/{id} | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.2
name | POST | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.2
name | POST /bookings | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.2
service.name | instainstru-preview-api | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.2
====
| compare isnotnull(['http.status_code']) on name, kind, duration, ['service.name'], ['http.status_code']
| extend selected_share = round(selected_share, 6), others_share = round(others_share, 6), difference = round(difference, 6), effect = round(effect, 6), support = round(support, 6)
| sort by effect, field asc, value asc
----
field:string | value:string | selected:integer | others:integer | selected_share:float | others_share:float | difference:float | effect:float | support:float
http.status_code | null | 0 | 6 | 0.0 | 1.0 | -1.0 | 3.141593 | 0.6
duration | 1.2s | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.1
duration | 120ms | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.1
duration | 23.33ms | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.1
duration | 250ms | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.1
http.status_code | 200 | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.1
http.status_code | 201 | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.1
http.status_code | 500 | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.1
http.status_code | 503 | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.1
kind | consumer | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.1
name | GET /instructors/{id} | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.1
name | POST | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.1
name | POST /bookings | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.1
name | run/send_confirmation | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.1
service.name | instainstru-worker | 1 | 0 | 0.25 | 0.0 | 0.25 | 1.047198 | 0.1
duration | 0s | 0 | 1 | 0.0 | 0.166667 | -0.166667 | 0.841069 | 0.1
duration | 100ms | 0 | 1 | 0.0 | 0.166667 | -0.166667 | 0.841069 | 0.1
duration | 1ms | 0 | 1 | 0.0 | 0.166667 | -0.166667 | 0.841069 | 0.1
duration | 2ms | 0 | 1 | 0.0 | 0.166667 | -0.166667 | 0.841069 | 0.1
duration | 369µs | 0 | 1 | 0.0 | 0.166667 | -0.166667 | 0.841069 | 0.1
duration | 4.47ms | 0 | 1 | 0.0 | 0.166667 | -0.166667 | 0.841069 | 0.1
kind | internal | 0 | 1 | 0.0 | 0.166667 | -0.166667 | 0.841069 | 0.1
kind | producer | 0 | 1 | 0.0 | 0.166667 | -0.166667 | 0.841069 | 0.1
kind | unspecified | 0 | 1 | 0.0 | 0.166667 | -0.166667 | 0.841069 | 0.1
name | 100%_done | 0 | 1 | 0.0 | 0.166667 | -0.166667 | 0.841069 | 0.1
name | INSERT bookings | 0 | 1 | 0.0 | 0.166667 | -0.166667 | 0.841069 | 0.1
name | SELECT instructors | 0 | 1 | 0.0 | 0.166667 | -0.166667 | 0.841069 | 0.1
name | apply_async/send_confirmation | 0 | 1 | 0.0 | 0.166667 | -0.166667 | 0.841069 | 0.1
name | expire_holds | 0 | 1 | 0.0 | 0.166667 | -0.166667 | 0.841069 | 0.1
name | tools/call find_bookings | 0 | 1 | 0.0 | 0.166667 | -0.166667 | 0.841069 | 0.1
service.name | null | 0 | 1 | 0.0 | 0.166667 | -0.166667 | 0.841069 | 0.1
service.name | instainstru-beat | 0 | 1 | 0.0 | 0.166667 | -0.166667 | 0.841069 | 0.1
service.name | instainstru-mcp | 0 | 1 | 0.0 | 0.166667 | -0.166667 | 0.841069 | 0.1
kind | server | 2 | 1 | 0.5 | 0.166667 | 0.333333 | 0.729728 | 0.3
service.name | instainstru-api | 2 | 2 | 0.5 | 0.333333 | 0.166667 | 0.339837 | 0.4
service.name | instainstru-preview-api | 1 | 1 | 0.25 | 0.166667 | 0.083333 | 0.206129 | 0.2
kind | client | 1 | 2 | 0.25 | 0.333333 | -0.083333 | 0.183762 | 0.3
