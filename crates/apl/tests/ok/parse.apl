print line = "user 17 took 120ms" | parse line with * "user " user:long " took " took:timespan | project user, took
----
user:integer | took:timespan
17 | 120ms
====
datatable (s:string) ["a=1,b=2", "b=2", null, "xa=3,b=4"] | parse s with "a=" a:long ",b=" b:long | sort by s asc
----
s:string | a:integer | b:integer
null | null | null
a=1,b=2 | 1 | 2
b=2 | null | null
xa=3,b=4 | null | null
====
datatable (s:string) ["a=1,b=2", "xa=3,b=4"] | parse s with * "a=" a:long ",b=" b:long | sort by s asc
----
s:string | a:integer | b:integer
a=1,b=2 | 1 | 2
xa=3,b=4 | 3 | 4
====
// the last field takes the rest; one before a literal the shortest text
print s = "GET /a/b HTTP" | parse s with verb " " path
----
s:string | verb:string | path:string
GET /a/b HTTP | GET | /a/b HTTP
====
print s = "a-b-c" | parse s with x "-" y
----
s:string | x:string | y:string
a-b-c | a | b-c
====
// a number ends by itself
print s = "n=12, m=3.5e2 rest" | parse s with "n=" n:long * "m=" m:real * | project n, m
----
n:integer | m:float
12 | 350.0
====
// simple: all or nothing; relaxed: each for itself
datatable (s:string) ["1;true;x", "2;maybe;y"] | parse s with a:long ";" b:bool ";" c | sort by s asc
----
s:string | a:integer | b:boolean | c:string
1;true;x | 1 | true | x
2;maybe;y | null | null | null
====
datatable (s:string) ["1;true;x", "2;maybe;y", "no;true;z"] | parse kind=relaxed s with a:long ";" b:bool ";" c | sort by s asc
----
s:string | a:integer | b:boolean | c:string
1;true;x | 1 | true | x
2;maybe;y | 2 | null | y
no;true;z | null | true | z
====
print s = "took   15ms on 10.0.0.1" | parse kind=regex s with @"took\s+" t:timespan @"\s+on\s+" ip
----
s:string | t:timespan | ip:string
took   15ms on 10.0.0.1 | 15ms | 10.0.0.1
====
// signs that mean something to a regular expression
print s = "[x] (y) $1.0" | parse s with "[" a "] (" b ") $" c:real
----
s:string | a:string | b:string | c:float
[x] (y) $1.0 | x | y | 1.0
====
// a field that is there is replaced
print s = "a:b" | parse s with s ":" t
----
s:string | t:string
a | b
====
datatable (line:string) ["id=1", "none", "id=2", "id=x"] | parse-where line with "id=" id:long | project id | sort by id asc
----
id:integer
1
2
====
datatable (line:string) ["id=1", "none", "id=x"] | parse-where kind=relaxed line with "id=" id:long ";" * | count
----
Count:integer
0
====
datatable (line:string) ["id=1;", "none", "id=x;"] | parse-where kind=relaxed line with "id=" id:long ";" | sort by line asc
----
line:string | id:integer
id=1; | 1
id=x; | null
====
traces | where kind == "server" | parse name with verb " " path | project verb, path
----
verb:string | path:string
tools/call | find_bookings
GET | /instructors/{id}
POST | /bookings
====
// over lines
print s = "a\nb=1" | parse s with * "b=" b:long | project b
----
b:integer
1
====
print line = 'level=warn n=3 msg="no room"' | parse-kv line as (msg:string, n:long) | project msg, n
----
msg:string | n:integer
no room | 3
====
datatable (s:string) ["a:1; b:2", "b:x", "", null] | parse-kv s as (b:long, a:string) with (pair_delimiter="; ", kv_delimiter=":") | sort by s asc
----
s:string | b:integer | a:string
null | null | null
"" | null | null
a:1; b:2 | 2 | 1
b:x | null | null
====
print s = "k='a b',l=2,k=3" | parse-kv s as (k:string, l:long, m:string) with (pair_delimiter=",", quote="'")
----
s:string | k:string | l:integer | m:string
k='a b',l=2,k=3 | a b | 2 | null
====
// numbers and times as texts
print d = 90s | parse d with m:long "m" s
----
d:timespan | m:integer | s:string
1m30s | 1 | 30s
====
print s = 'got {"a": [1, 2]} and {"b": 1}' | parse s with "got " x:dynamic " and " y:dynamic | project a = x.a[1], b = y.b
----
a:unknown | b:unknown
2 | 1
