| sort by span_id asc | project x = name matches regex "[a-z]+"
----
x:boolean
true
true
true
true
false
true
true
true
true
true
====
| sort by span_id asc | project x = countof_regex("[a-z]+", name)
----
x:integer
2
2
1
1
0
1
4
3
4
1
====
| sort by span_id asc | project x = extract("[a-z]+", 0, name)
----
x:string
expire
instructors
instructors
bookings
null
bookings
apply
run
tools
done
====
| sort by span_id asc | project x = indexof_regex(name, "[a-z]+")
----
x:integer
0
5
7
6
-1
7
0
0
0
5
====
| sort by span_id asc | project x = replace_regex("[a-z]+", '#', name)
----
x:string
#_#
GET /#/{#}
SELECT #
POST /#
POST
INSERT #
#_#/#_#
#/#_#
#/# #_#
100%_#
====
| sort by span_id asc | project x = trim_start_regex("[a-z]+", name)
----
x:string
_holds
GET /instructors/{id}
SELECT instructors
POST /bookings
POST
INSERT bookings
_async/send_confirmation
/send_confirmation
/call find_bookings
100%_done
====
| sort by span_id asc | project x = name matches regex "[A-Z]+ "
----
x:boolean
false
true
true
true
false
true
false
false
false
false
====
| sort by span_id asc | project x = countof_regex("[A-Z]+ ", name)
----
x:integer
0
1
1
1
0
1
0
0
0
0
====
| sort by span_id asc | project x = extract("[A-Z]+ ", 0, name)
----
x:string
null
GET 
SELECT 
POST 
null
INSERT 
null
null
null
null
====
| sort by span_id asc | project x = indexof_regex(name, "[A-Z]+ ")
----
x:integer
-1
0
0
0
-1
0
-1
-1
-1
-1
====
| sort by span_id asc | project x = replace_regex("[A-Z]+ ", '#', name)
----
x:string
expire_holds
#/instructors/{id}
#instructors
#/bookings
POST
#bookings
apply_async/send_confirmation
run/send_confirmation
tools/call find_bookings
100%_done
====
| sort by span_id asc | project x = trim_start_regex("[A-Z]+ ", name)
----
x:string
expire_holds
/instructors/{id}
instructors
/bookings
POST
bookings
apply_async/send_confirmation
run/send_confirmation
tools/call find_bookings
100%_done
====
| sort by span_id asc | project x = name matches regex "(in|se)[a-z]"
----
x:boolean
false
true
true
true
false
true
true
true
true
false
====
| sort by span_id asc | project x = countof_regex("(in|se)[a-z]", name)
----
x:integer
0
1
1
1
0
1
1
1
2
0
====
| sort by span_id asc | project x = extract("(in|se)[a-z]", 0, name)
----
x:string
null
ins
ins
ing
null
ing
sen
sen
ind
null
====
| sort by span_id asc | project x = indexof_regex(name, "(in|se)[a-z]")
----
x:integer
-1
5
7
10
-1
11
12
4
12
-1
====
| sort by span_id asc | project x = replace_regex("(in|se)[a-z]", '#', name)
----
x:string
expire_holds
GET /#tructors/{id}
SELECT #tructors
POST /book#s
POST
INSERT book#s
apply_async/#d_confirmation
run/#d_confirmation
tools/call f#_book#s
100%_done
====
| sort by span_id asc | project x = trim_start_regex("(in|se)[a-z]", name)
----
x:string
expire_holds
GET /instructors/{id}
SELECT instructors
POST /bookings
POST
INSERT bookings
apply_async/send_confirmation
run/send_confirmation
tools/call find_bookings
100%_done
====
| sort by span_id asc | project x = name matches regex "[^a-z]+$"
----
x:boolean
false
true
false
false
true
false
false
false
false
false
====
| sort by span_id asc | project x = countof_regex("[^a-z]+$", name)
----
x:integer
0
1
0
0
1
0
0
0
0
0
====
| sort by span_id asc | project x = extract("[^a-z]+$", 0, name)
----
x:string
null
}
null
null
POST
null
null
null
null
null
====
| sort by span_id asc | project x = indexof_regex(name, "[^a-z]+$")
----
x:integer
-1
20
-1
-1
0
-1
-1
-1
-1
-1
====
| sort by span_id asc | project x = replace_regex("[^a-z]+$", '#', name)
----
x:string
expire_holds
GET /instructors/{id#
SELECT instructors
POST /bookings
#
INSERT bookings
apply_async/send_confirmation
run/send_confirmation
tools/call find_bookings
100%_done
====
| sort by span_id asc | project x = trim_start_regex("[^a-z]+$", name)
----
x:string
expire_holds
GET /instructors/{id}
SELECT instructors
POST /bookings
""
INSERT bookings
apply_async/send_confirmation
run/send_confirmation
tools/call find_bookings
100%_done
====
| sort by span_id asc | project x = name matches regex "^[0-9]+"
----
x:boolean
false
false
false
false
false
false
false
false
false
true
====
| sort by span_id asc | project x = countof_regex("^[0-9]+", name)
----
x:integer
0
0
0
0
0
0
0
0
0
1
====
| sort by span_id asc | project x = extract("^[0-9]+", 0, name)
----
x:string
null
null
null
null
null
null
null
null
null
100
====
| sort by span_id asc | project x = indexof_regex(name, "^[0-9]+")
----
x:integer
-1
-1
-1
-1
-1
-1
-1
-1
-1
0
====
| sort by span_id asc | project x = replace_regex("^[0-9]+", '#', name)
----
x:string
expire_holds
GET /instructors/{id}
SELECT instructors
POST /bookings
POST
INSERT bookings
apply_async/send_confirmation
run/send_confirmation
tools/call find_bookings
#%_done
====
| sort by span_id asc | project x = trim_start_regex("^[0-9]+", name)
----
x:string
expire_holds
GET /instructors/{id}
SELECT instructors
POST /bookings
POST
INSERT bookings
apply_async/send_confirmation
run/send_confirmation
tools/call find_bookings
%_done
====
| sort by span_id asc | project x = name matches regex "o."
----
x:boolean
true
true
true
true
false
true
true
true
true
true
====
| sort by span_id asc | project x = countof_regex("o.", name)
----
x:integer
1
1
1
1
0
1
2
2
2
1
====
| sort by span_id asc | project x = extract("o.", 0, name)
----
x:string
ol
or
or
oo
null
oo
on
on
oo
on
====
| sort by span_id asc | project x = indexof_regex(name, "o.")
----
x:integer
8
13
15
7
-1
8
18
10
1
6
====
| sort by span_id asc | project x = replace_regex("o.", '#', name)
----
x:string
expire_h#ds
GET /instruct#s/{id}
SELECT instruct#s
POST /b#kings
POST
INSERT b#kings
apply_async/send_c#firmati#
run/send_c#firmati#
t#ls/call find_b#kings
100%_d#e
====
| sort by span_id asc | project x = trim_start_regex("o.", name)
----
x:string
expire_holds
GET /instructors/{id}
SELECT instructors
POST /bookings
POST
INSERT bookings
apply_async/send_confirmation
run/send_confirmation
tools/call find_bookings
100%_done
====
| sort by span_id asc | project x = name matches regex "zz"
----
x:boolean
false
false
false
false
false
false
false
false
false
false
====
| sort by span_id asc | project x = countof_regex("zz", name)
----
x:integer
0
0
0
0
0
0
0
0
0
0
====
| sort by span_id asc | project x = extract("zz", 0, name)
----
x:string
null
null
null
null
null
null
null
null
null
null
====
| sort by span_id asc | project x = indexof_regex(name, "zz")
----
x:integer
-1
-1
-1
-1
-1
-1
-1
-1
-1
-1
====
| sort by span_id asc | project x = replace_regex("zz", '#', name)
----
x:string
expire_holds
GET /instructors/{id}
SELECT instructors
POST /bookings
POST
INSERT bookings
apply_async/send_confirmation
run/send_confirmation
tools/call find_bookings
100%_done
====
| sort by span_id asc | project x = trim_start_regex("zz", name)
----
x:string
expire_holds
GET /instructors/{id}
SELECT instructors
POST /bookings
POST
INSERT bookings
apply_async/send_confirmation
run/send_confirmation
tools/call find_bookings
100%_done
====
| sort by span_id asc | project x = replace_regex("([a-z])([a-z])", "$2$1", name)
----
x:string
xeiper_ohdls
GET /nitsurtcros/{di}
SELECT nitsurtcros
POST /obkonisg
POST
INSERT obkonisg
palpy_sanyc/esdn_ocfnriamitno
urn/esdn_ocfnriamitno
otlos/acll ifdn_obkonisg
100%_oden
====
| sort by span_id asc | project x = replace_regex("([a-z])([a-z])", "\\1.", name)
----
x:string
e.p.r._h.l.s
GET /i.s.r.c.o.s/{i.}
SELECT i.s.r.c.o.s
POST /b.o.i.g.
POST
INSERT b.o.i.g.
a.p.y_a.y.c/s.n._c.n.i.m.t.o.
r.n/s.n._c.n.i.m.t.o.
t.o.s/c.l. f.n._b.o.i.g.
100%_d.n.
====
| sort by span_id asc | project x = extract_all("([a-z])([a-z])", dynamic([2]), name)
----
x:array
["x","i","e","o","d"]
["n","t","u","t","r","d"]
["n","t","u","t","r"]
["o","k","n","s"]
[]
["o","k","n","s"]
["p","l","s","n","e","d","o","f","r","a","i","n"]
["u","e","d","o","f","r","a","i","n"]
["o","l","a","l","i","d","o","k","n","s"]
["o","e"]
====
| sort by span_id asc | project x = extract_all("([a-z])([a-z])", name)
----
x:array
[["e","x"],["p","i"],["r","e"],["h","o"],["l","d"]]
[["i","n"],["s","t"],["r","u"],["c","t"],["o","r"],["i","d"]]
[["i","n"],["s","t"],["r","u"],["c","t"],["o","r"]]
[["b","o"],["o","k"],["i","n"],["g","s"]]
[]
[["b","o"],["o","k"],["i","n"],["g","s"]]
[["a","p"],["p","l"],["a","s"],["y","n"],["s","e"],["n","d"],["c","o"],["n","f"],["i","r"],["m","a"],["t","i"],["o","n"]]
[["r","u"],["s","e"],["n","d"],["c","o"],["n","f"],["i","r"],["m","a"],["t","i"],["o","n"]]
[["t","o"],["o","l"],["c","a"],["l","l"],["f","i"],["n","d"],["b","o"],["o","k"],["i","n"],["g","s"]]
[["d","o"],["n","e"]]
====
| sort by span_id asc | project x = extract("([a-z]+)/([a-z]+)", 2, name)
----
x:string
null
null
null
null
null
null
send
send
call
null
