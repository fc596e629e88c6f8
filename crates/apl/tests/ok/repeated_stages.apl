// the same stage again is done again
| take 1 | extend a = 1 | extend a = a + a | extend a = a + a | project a
----
a:integer
4
====
| extend a = duration | extend a = a + 5 | extend a = a + 5 | where a >= 0s | extend a = a + 5 | summarize min(a)
----
min_a:timespan
15ns
====
| extend n = "x" | extend n = strcat(n, name) | extend n = strcat(n, name) | summarize max(strlen(n)) by kind | top 1 by kind
----
kind:string | max_strlen_n:integer
unspecified | 19
====
| project a = strlen(name) | project a = a * 2 | project a = a * 2 | top 1 by a
----
a:integer
116
