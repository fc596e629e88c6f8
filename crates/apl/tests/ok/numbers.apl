traces | take 1 | project a = 1 + 2 * 3, b = (1 + 2) * 3, c = 7 / 2, d = 7 / 2.0, e = 7 % 4, f = -3 - -2, g = 0x1f, h = 1e3
----
a:integer | b:integer | c:integer | d:float | e:integer | f:integer | g:integer | h:float
7 | 9 | 3 | 3.5 | 3 | -1 | 31 | 1000.0
====
// dividing by zero gives nothing
traces | take 1 | project a = 1 / 0, b = 1.0 / 0, c = 1 % 0
----
a:integer | b:float | c:integer
null | null | null
====
traces | take 1 | project a = abs(-3), b = abs(-1.5), c = floor(1.7), d = ceiling(1.2), e = round(2.5), f = round(1.2345, 2), g = abs(-5ms)
----
a:integer | b:float | c:integer | d:integer | e:float | f:float | g:timespan
3 | 1.5 | 1 | 2 | 3.0 | 1.23 | 5ms
====
traces | take 1 | project a = bin(17, 5), b = bin(-1, 5), c = bin(1.7, 0.5), d = bin(17ms, 5ms), e = bin(7, 0)
----
a:integer | b:integer | c:float | d:timespan | e:integer
15 | -5 | 1.5 | 15ms | null
====
traces | take 1 | project a = 1 == 1.0, b = 1 < 1.5, c = "5" > 4, e = 10 in ("10")
----
a:boolean | b:boolean | c:boolean | e:boolean
true | true | true | true
====
| extend status_code = ['http.status_code'] / 100 | summarize count() by status_code
----
status_code:integer | count_:integer
null | 6
2 | 2
5 | 2
====
| where ['attributes.custom'].amount_cents * 2 == 9000 | count
----
Count:integer
2
====
traces | take 1 | project a = null + 1, b = -null, c = iff(null, 1, 2)
----
a:string | b:string | c:integer
null | null | 2
====
// integers wrap around
traces | take 1 | project a = 9223372036854775807 + 1, b = toint("-9223372036854775808") - 1, c = 9223372036854775807 * 2.0
----
a:integer | b:integer | c:float
null | null | 1.8446744073709552e19
====
// a string that is a number is one
traces | take 1 | project a = "5" + 1, b = "5" * "1e2", c = ['attributes.custom'].nothing + ['attributes.custom'].there
----
a:float | b:float | c:float
6.0 | 500.0 | null
