traces | take 1 | project a = dynamic([1, "x", 2.5, true, null, [2]]), b = dynamic({"z": 1, "a": {"k": [1, 2]}}), c = dynamic([]), d = dynamic({}), e = dynamic(5), f = dynamic("t")
----
a:array | b:map | c:array | d:map | e:integer | f:string
[1,"x",2.5,true,null,[2]] | {"a":{"k":[1,2]},"z":1} | [] | {} | 5 | t
====
traces | take 1 | extend a = dynamic([10, 20, 30]), m = dynamic({"k": "v", "n": {"x": [7, 8]}, "a.b": 1}) | project a0 = a[0], last = a[-1], out = a[3], under = a[-4], k = m.k, q = m['k'], deep = m.n.x[1], dotted = m['a.b'], none = m.nope, wrong = m[0]
----
a0:unknown | last:unknown | out:unknown | under:unknown | k:unknown | q:unknown | deep:unknown | dotted:unknown | none:unknown | wrong:unknown
10 | 30 | null | null | "v" | "v" | 8 | 1 | null | null
====
// the place may be computed, and a name may be
traces | take 1 | extend a = dynamic([10, 20, 30]), i = 1, m = dynamic({"x": 5}), key = "x" | project a[i], last = a[array_length(a) - 1], m[key]
----
Column1:unknown | last:unknown | Column2:unknown
20 | 30 | 5
====
traces | take 1 | extend m = parse_json('{"s": "5", "n": 5, "f": 1.5, "t": true, "big": 9007199254740993}') | project a = m.s == "5", b = m.n == 5, c = m.f == 1.5, d = m.t == true, e = m.n > 4, f = m.n < 4.5, g = m.s == 5, h = m.f == 1, i = m.nope == 5, j = m.nope != 5, k = toint(m.big)
----
a:boolean | b:boolean | c:boolean | d:boolean | e:boolean | f:boolean | g:boolean | h:boolean | i:boolean | j:boolean | k:integer
true | true | true | true | true | false | true | false | false | true | 9007199254740993
====
traces | take 1 | project a = parse_json("[1,2]") == dynamic([1, 2]), b = dynamic([1]) == dynamic([2]), c = dynamic({"a": 1, "b": 2}) == parse_json('{"b":2, "a":1}'), d = dynamic([1]) != dynamic([2])
----
a:boolean | b:boolean | c:boolean | d:boolean
true | false | true | true
====
traces | take 1 | extend v = parse_json('{"i": 7, "f": 7.9, "s": "8", "t": false, "z": "1h30m", "d": "2024-01-02T03:04:05Z", "ns": 1500000000}') | project a = toint(v.i), b = toint(v.f), c = toint(v.s), d = todouble(v.i), e = tobool(v.t), f = totimespan(v.z), g = todatetime(v.d), h = totimespan(v.ns), i = tostring(v.s), j = tostring(v.i), k = tostring(v), l = toint(v.z)
----
a:integer | b:integer | c:integer | d:float | e:boolean | f:timespan | g:datetime | h:timespan | i:string | j:string | k:string | l:integer
7 | 7 | 8 | 7.0 | false | 1h30m0s | 2024-01-02T03:04:05Z | 1.5s | 8 | 7 | {"d":"2024-01-02T03:04:05Z","f":7.9,"i":7,"ns":1500000000,"s":"8","t":false,"z":"1h30m"} | null
====
// what is no JSON stays the string, null is null
traces | take 1 | extend a = parse_json("not json"), b = parse_json("null"), c = parse_json("") | project a, b, c, x = isnull(a), y = isnull(b), z = isempty(c), w = tostring(b), v = isnull(dynamic(null))
----
a:unknown | b:unknown | c:unknown | x:boolean | y:boolean | z:boolean | w:string | v:boolean
"not json" | null | "" | false | true | true | "" | true
====
traces | take 1 | extend m = parse_json('{"n": 3, "s": "4"}') | project a = m.n + 1, b = m.n * m.s, c = m.n / 2, d = -m.n, e = m.nope + 1
----
a:float | b:float | c:float | d:float | e:float
4.0 | 12.0 | 1.5 | -3.0 | null
====
traces | take 1 | extend m = parse_json('{"s": "GET /cart"}') | project a = m.s has "cart", b = m.s startswith "get", c = m.s matches regex "^G.T", d = strcat(m.s, "!"), e = strlen(m.s), f = tolower(m.s), g = m.s in ("x", "GET /cart"), h = m.nope has "x"
----
a:boolean | b:boolean | c:boolean | d:string | e:integer | f:string | g:boolean | h:boolean
true | true | true | GET /cart! | 9 | get /cart | true | false
====
traces | take 1 | extend m = parse_json('{"a": 1, "l": [1]}') | project a = iff(true, m.a, "none"), b = coalesce(m.nope, "other"), c = iff(false, dynamic([1]), m.l), d = case(false, 1, true, m.l, 2), e = iff(true, dynamic([1, 2]), dynamic(null))
----
a:unknown | b:unknown | c:unknown | d:unknown | e:array
1 | "other" | [1] | [1] | [1,2]
====
// an attribute that was no string is its JSON text, and is walked into
| extend m = parse_json('{"a": [{"b": "x"}, {"b": "y"}]}') | project m.a[1].b | take 1
----
m.a[1].b:unknown
"y"
====
| extend k = parse_json(strcat('{"kind": "', kind, '"}')).kind | summarize count() by k | sort by count_, tostring(k) asc
----
k:unknown | count_:integer
"client" | 3
"server" | 3
"consumer" | 1
"internal" | 1
"producer" | 1
"unspecified" | 1
====
| extend n = parse_json(strcat('{"n": ', strlen(kind), '}')).n | summarize total = sum(n), mean = avg(n), big = countif(n > 8), values = make_set(n), kinds = dcount(n)
----
total:float | mean:float | big:integer | values:array | kinds:integer
71.0 | 7.1 | 1 | [11,6,8] | 3
====
// lists that an aggregation collected
| summarize names = make_set(name) by ['service.name'] | extend first = names[0], n = array_length(names), t = tostring(names) | where n > 1 | project ['service.name'], first, n, t
----
service.name:string | first:unknown | n:integer | t:string
instainstru-api | "INSERT bookings" | 4 | ["INSERT bookings","POST","POST /bookings","apply_async/send_confirmation"]
instainstru-preview-api | "GET /instructors/{id}" | 2 | ["GET /instructors/{id}","SELECT instructors"]
====
// events of a span
| where array_length(events) > 0 | project name, e = events[0].name, kind = events[-1].attributes['exception.type'], plain = events[0].attributes.exception.type, none = events[5].name, at = todatetime(events[0].timestamp), n = array_length(events)
----
name:string | e:unknown | kind:unknown | plain:unknown | none:unknown | at:datetime | n:integer
GET /instructors/{id} | "exception" | "NoSuchInstructor" | "NoSuchInstructor" | null | 2026-11-22T09:59:00.5Z | 1
====
| where events[0].name == "exception" | summarize count() by what = tostring(events[0].attributes['exception.type'])
----
what:string | count_:integer
NoSuchInstructor | 1
====
| where name == "POST /bookings" | project m = ['attributes.custom'] | project m['order.id'], m.order.id, m.nope, t = tostring(m)
----
m.order.id:string | m.order.id1:string | m.nope:string | t:string
17 | 17 | null | {"amount_cents":"4500","order.id":"17"}
====
| where ['attributes.custom']['marks.set'][1] == "b" | project a = ['attributes.custom']['marks.set'][0], b = marks.set[-1], c = ['attributes.custom'].marks.set
----
a:unknown | b:unknown | c:string
"a" | "b" | ["a","b"]
