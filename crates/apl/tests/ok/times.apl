// a number beside a timespan is nanoseconds
| where duration > 100ms | count
----
Count:integer
3
====
| where duration > 100000000 | count
----
Count:integer
3
====
| where duration > 1e8 | count
----
Count:integer
3
====
| where duration > "100ms" | count
----
Count:integer
3
====
| where duration == 0.25s | project duration
----
duration:timespan
250ms
====
traces | take 1 | project a = 1h + 30m, b = 1d - 1h, c = 2 * 1.5s, d = 10s / 4, e = 1m / 1s, f = 1s / 2.5, g = 90s % 1m, h = -5us, i = 1w, j = 3min + 1sec, k = 1ms + 5
----
a:timespan | b:timespan | c:timespan | d:timespan | e:float | f:float | g:timespan | h:timespan | i:timespan | j:timespan | k:timespan
1h30m0s | 23h0m0s | 3s | 2.5s | 60.0 | 400000000.0 | 30s | -5µs | 168h0m0s | 3m1s | 1.000005ms
====
traces | take 1 | project a = datetime(2024-01-02) + 1d, b = datetime(2024-01-02 03:04:05.678) - datetime(2024-01-02), c = now() - 1h, d = now(-1d), e = ago(2d), f = todatetime("2024-02-29T12:00:00+02:00")
----
a:datetime | b:timespan | c:datetime | d:datetime | e:datetime | f:datetime
2024-01-03T00:00:00Z | 3h4m5.678s | 2026-11-22T09:00:00Z | 2026-11-21T10:00:00Z | 2026-11-20T10:00:00Z | 2024-02-29T10:00:00Z
====
traces | take 1 | project a = bin(datetime(2024-01-02 03:04:05), 1h), b = datetime(1969-12-31 23:59:59), c = bin(datetime(1969-12-31 23:59:59), 1d), d = datetime(null)
----
a:datetime | b:datetime | c:datetime | d:datetime
2024-01-02T03:00:00Z | 1969-12-31T23:59:59Z | 1969-12-31T00:00:00Z | null
====
| summarize sum(duration), avg(duration), min(duration), max(duration), percentile(duration, 50)
----
sum_duration:timespan | avg_duration:timespan | min_duration:timespan | max_duration:timespan | percentile_duration_50:timespan
1.701169s | 170.1169ms | 0s | 1.2s | 13.9ms
====
| summarize first = min(_time), last = max(_time) | extend took = last - first | project took, seconds = took / 1s
----
took:timespan | seconds:float
1m55s | 115.0
====
| project end = _time + duration | take 1
----
end:datetime
2026-11-22T09:59:55Z
====
| summarize a = sum(duration) / 2, b = max(duration) - min(duration), c = avg(duration) > 100ms
----
a:timespan | b:timespan | c:boolean
850.5845ms | 1.2s | true
====
| where duration * 2 > 200ms | count
----
Count:integer
3
====
traces | take 1 | project a = toint(5us), b = todouble(5us), c = totimespan(1500000), d = totimespan("1m30s"), e = totimespan("x"), f = tolong(datetime(1970-01-02)), g = todatetime(1000000000), h = timespan(15s)
----
a:integer | b:float | c:timespan | d:timespan | e:timespan | f:integer | g:datetime | h:timespan
5000 | 5000.0 | 1.5ms | 1m30s | null | 86400000000000 | 1970-01-01T00:00:01Z | 15s
