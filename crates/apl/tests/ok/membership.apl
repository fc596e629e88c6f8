// arrays of constants, however they are made
traces | take 1 | project a = 2 in (dynamic([1, 2])), b = "B" in~ (parse_json('["a", "b"]')), c = "x" !in (dynamic([])), d = 1 in (parse_json("[1.0]")), e = "2" in (dynamic([1, 2])), f = 5 in (dynamic([null])), g = 3 !in (dynamic([1, 2]), 4)
----
a:boolean | b:boolean | c:boolean | d:boolean | e:boolean | f:boolean | g:boolean
true | true | true | true | true | false | true
====
// arrays of the rows
| summarize kinds = make_set(kind), count() by ['service.name'] | extend is_server = "server" in (kinds), shouted = "SERVER" in~ (kinds), no_client = "client" !in (kinds) | project ['service.name'], is_server, shouted, no_client | sort by ['service.name'] asc
----
service.name:string | is_server:boolean | shouted:boolean | no_client:boolean
null | false | false | true
instainstru-api | true | true | false
instainstru-beat | false | false | true
instainstru-mcp | true | true | true
instainstru-preview-api | true | true | false
instainstru-worker | false | false | true
====
| extend wanted = split("POST,expire_holds", ",") | where name in (wanted) | project name | sort by name asc
----
name:string
POST
expire_holds
====
| extend wanted = split("POST,expire_holds", ",") | where name in wanted or kind == "producer" | project name | sort by name asc
----
name:string
POST
apply_async/send_confirmation
expire_holds
====
| extend codes = parse_csv("200,503") | where ['http.status_code'] in (codes) | project ['http.status_code'] | sort by ['http.status_code'] asc
----
http.status_code:integer
200
503
====
| where ['http.status_code'] in (codes.x, 201) | project ['http.status_code']
----
http.status_code:integer
201
====
// terms of arrays
traces | take 1 | project a = "GET /cart" has_any (dynamic(["cart", "x"])), b = "GET /cart" has_any (parse_json('["CART"]')), c = "GET /cart" has_any_cs (parse_json('["CART"]')), d = "GET /cart" has_any (dynamic(["car"])), e = "GET /cart" has_any (dynamic([]))
----
a:boolean | b:boolean | c:boolean | d:boolean | e:boolean
true | true | false | false | false
====
| extend words = split("bookings instructors", " ") | where name has_any (words) | project name | sort by name asc
----
name:string
GET /instructors/{id}
INSERT bookings
POST /bookings
SELECT instructors
tools/call find_bookings
====
| extend words = split("BOOKINGS", " ") | where name has_any_cs (words) | count
----
Count:integer
0
====
// between, over all kinds
traces | take 1 | project a = 5 between (1 .. 5), b = 5.5 between (1 .. 5), c = "m" between ("a" .. "z"), d = 90s between (1m .. 2m), e = datetime(2024-02-01) between (datetime(2024-01-01) .. datetime(2024-12-31)), f = 5 !between (6 .. 7), g = "5" between (1 .. 9), h = true between (false .. true)
----
a:boolean | b:boolean | c:boolean | d:boolean | e:boolean | f:boolean | g:boolean | h:boolean
true | false | true | true | true | true | true | true
====
traces | take 1 | extend m = parse_json('{"n": 5, "s": "m"}') | project a = m.n between (1 .. 5), b = m.s between ("a" .. "k"), c = m.nope between (1 .. 2), d = m.nope !between (1 .. 2), e = m.n !between (1.5 .. 4.5)
----
a:boolean | b:boolean | c:boolean | d:boolean | e:boolean
true | false | false | true | true
====
| where _time between (ago(95s) .. now()) | summarize count()
----
count_:integer
6
====
| where duration between (100000000 .. 250ms) | summarize count()
----
count_:integer
3
====
| where _time !between ("2026-11-22T09:58:00Z" .. "2026-11-22T09:58:00.4Z") | summarize count()
----
count_:integer
6
====
// a table, outside of where
traces | extend of_error = trace_id in (traces | where error | project trace_id) | summarize count() by of_error | sort by of_error asc
----
of_error:boolean | count_:integer
false | 8
true | 2
====
traces | summarize errors = countif(trace_id in (traces | where error | project trace_id)), others = countif(trace_id !in (traces | where error | project trace_id))
----
errors:integer | others:integer
2 | 8
====
traces | summarize count() by known = kind in~ (datatable (k:string) ["SERVER", "Client"]) | sort by known asc
----
known:boolean | count_:integer
false | 4
true | 6
====
traces | project name, listed = ['http.status_code'] in (datatable (code:real) [200.0, 503.0]), not_listed = ['http.status_code'] !in (datatable (code:real) [200.0, 503.0]) | where listed or name == "expire_holds" | sort by name asc
----
name:string | listed:boolean | not_listed:boolean
POST | true | false
expire_holds | false | true
run/send_confirmation | true | false
====
// of nothing
traces | take 1 | project a = name in (traces | where name == "nothing" | project name), b = name !in (traces | where name == "nothing" | project name)
----
a:boolean | b:boolean
false | true
====
traces | extend d = duration in (traces | summarize max(duration)), t = _time in (traces | summarize min(_time)), e = error in (datatable (e:bool) [true]) | where d or t or e | project name, d, t, e | sort by name asc
----
name:string | d:boolean | t:boolean | e:boolean
GET /instructors/{id} | true | false | true
POST /bookings | false | true | false
SELECT instructors | false | false | true
====
traces | sort by span_id asc | extend m = bag_pack("k", kind) | project x = m.k in (datatable (k:string) ["server"]), y = m in (traces | where kind == "client" | project bag_pack("k", kind)) | summarize count() by x, y | sort by x asc, y asc
----
x:boolean | y:boolean | count_:integer
false | false | 4
false | true | 3
true | false | 3
====
traces | sort by name in (datatable (n:string) ["expire_holds"]) desc, name asc | take 2 | project name
----
name:string
expire_holds
100%_done
====
traces | where name == "POST" or iff(kind == "client", trace_id in (traces | where error | project trace_id), false) | project name | sort by name asc
----
name:string
POST
SELECT instructors
