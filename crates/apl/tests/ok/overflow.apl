// what does not fit into 64 bits is null; a mean is right anyway
datatable (d:timespan) [106751d, 106751d] | summarize sum(d), avg(d)
----
sum_d:timespan | avg_d:timespan
null | 2562024h0m0s
====
datatable (n:long) [9223372036854775807, 1] | summarize sum(n), sumif(n, n > 1), avg(n), m = sum(todouble(n))
----
sum_n:integer | sumif_n:integer | avg_n:float | m:float
null | 9223372036854775807 | 4.611686018427388e18 | 9.223372036854776e18
====
// by group; one that fits on the way back does
datatable (k:string, n:long, d:timespan) ["a", 9223372036854775807, 106751d, "a", 9223372036854775807, 106751d, "b", -9223372036854775807, -106751d, "b", -2, -1d,
  "c", 9223372036854775807, 106751d, "c", 5, 1d, "c", -5, -1d, "d", null, timespan(null)]
| summarize sum(n), sum(d), avg(d), avgif(d, n < 0) by k | sort by k asc
----
k:string | sum_n:integer | sum_d:timespan | avg_d:timespan | avgif_d:timespan
a | null | null | 2562024h0m0s | null
b | null | null | -1281024h0m0s | -1281024h0m0s
c | 9223372036854775807 | 2562024h0m0s | 854008h0m0s | -24h0m0s
d | null | null | null | null
====
datatable (n:long) [1, 2] | where n > 2 | summarize sum(n), avg(n), avg(n * 1s), sum(n * 1s)
----
sum_n:integer | avg_n:float | avg_:timespan | sum_:timespan
null | null | null | null
====
print a = 9223372036854775807 * 2, b = 300000h * 1000, c = datetime(2262-04-11 23:47:16.854775807) + 1ns, d = 9223372036854775807 + 1, e = -9223372036854775807 - 2
----
a:integer | b:timespan | c:datetime | d:integer | e:integer
null | null | null | null | null
====
print a = datetime(2262-04-11) - datetime(1677-09-22), b = 106751d + 106751d, c = -106751d - 106751d, d = 5 * 106751d, e = 1.5 * 106751d
----
a:timespan | b:timespan | c:timespan | d:timespan | e:timespan
null | null | null | null | null
====
print least = -9223372036854775807 - 1 | extend a = -least, b = least / -1, c = least % -1, d = abs(least), e = least / 0, f = least % 0
----
least:integer | a:integer | b:integer | c:integer | d:integer | e:integer | f:integer
-9223372036854775808 | null | null | 0 | null | null | null
====
// in a column, the others stay
datatable (n:long) [9223372036854775807, 3, null, -4] | extend a = n + 1, b = n * 4, c = -n - 2, d = 12 / n, e = 12 % n, f = n / 0
----
n:integer | a:integer | b:integer | c:integer | d:integer | e:integer | f:integer
9223372036854775807 | null | null | null | 0 | 12 | null
3 | 4 | 12 | -5 | 4 | 0 | null
null | null | null | null | null | null | null
-4 | -3 | -16 | 2 | -3 | 0 | null
