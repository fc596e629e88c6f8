traces | take 1 | project a = strcat("a", 1, "-", 1.5, true, null, 2ms), b = tolower("ÄB"), c = toupper("äß"), d = strlen("äöü"), e = substring("abcdef", 2), f = substring("äöüß", 1, 2), g = substring("abc", -1, 2)
----
a:string | b:string | c:string | d:integer | e:string | f:string | g:string
a1-1.5true2ms | äb | ÄSS | 3 | cdef | öü | ab
====
traces | take 1 | project a = iff(1 < 2, "y", "n"), b = iif(false, 1, 2.5), c = case(1 > 2, "a", 2 > 1, "b", "c"), d = coalesce(null, "x"), e = not(true)
----
a:string | b:float | c:string | d:string | e:boolean
y | 2.5 | b | x | false
====
traces | take 1 | project a = isnull(""), b = isempty(""), c = isnull(null), d = isempty(null), e = isempty(0), f = isnotempty("x")
----
a:boolean | b:boolean | c:boolean | d:boolean | e:boolean | f:boolean
false | true | true | true | false | true
====
traces | take 1 | project a = tostring(null), b = tostring(1.50), c = tostring(80s), d = tostring(datetime(2024-01-02)), e = tostring(true), f = tostring(-7), g = tostring(1e3)
----
a:string | b:string | c:string | d:string | e:string | f:string | g:string
"" | 1.5 | 1m20s | 2024-01-02T00:00:00Z | true | -7 | 1000
====
traces | take 1 | project a = toint("42"), b = toint("4.2"), c = toint(4.9), d = toint("x"), e = toint(true), f = todouble("1.5"), g = toreal("x"), h = long(7), i = real(2), j = int(null)
----
a:integer | b:integer | c:integer | d:integer | e:integer | f:float | g:float | h:integer | i:float | j:integer
42 | null | 4 | null | 1 | 1.5 | null | 7 | 2.0 | null
====
traces | take 1 | project a = tobool("T"), b = tobool("no"), c = tobool(1), d = tobool(0), e = bool(true), f = tobool("FALSE")
----
a:boolean | b:boolean | c:boolean | d:boolean | e:boolean | f:boolean
true | null | true | false | true | false
====
| extend s = coalesce(['http.status_code'], 0) | project name, s | sort by s, name asc | take 5
----
name:string | s:integer
run/send_confirmation | 503
GET /instructors/{id} | 500
POST /bookings | 201
POST | 200
100%_done | 0
====
| project slow = iff(duration > 1s, "slow", "fast") | summarize count() by slow
----
slow:string | count_:integer
fast | 9
slow | 1
====
| extend outcome = case(error, "error", ['http.status_code'] < 300, "ok", "other") | summarize count() by outcome
----
outcome:string | count_:integer
other | 6
error | 2
ok | 2
====
| extend missing = iff(error, name, dynamic(null)) | summarize dcount(missing)
----
dcount_missing:integer
2
====
| summarize names = make_set(name) by ['service.name'] | project ['service.name'], n = array_length(names)
----
service.name:string | n:integer
null | 1
instainstru-api | 4
instainstru-beat | 1
instainstru-mcp | 1
instainstru-preview-api | 2
instainstru-worker | 1
