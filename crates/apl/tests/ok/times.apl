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
====
// in the forms that people and logs write
datatable (text:string) ["May 8, 2009 5:57:51 PM", "oct 7, 1970", "7 oct 1970", "3 February 2013", "Mon Jan  2 15:04:05 2006",
  "Mon Jan 02 15:04:05 -0700 2006", "Mon, 02 Jan 2006 15:04:05 GMT", "Thu, 4 Jan 2018 17:53:36 +0000", "Tuesday, September 19, 2017",
  "02/Jan/2006:15:04:05 -0700", "3/31/2014", "03/31/2014 08:09:05 AM", "4/8/14 22:05", "2014/3/31", "2014/04/02 03:00:51.5",
  "2014.03.30", "2006-01-02T15:04:05+0000", "2009-08-12T22:15:09-07:00", "2014-04-26 05:24:37 PM", "2012-08-03 18:31:59 +0000 UTC",
  "12 am", "12:00 AM", "1/2/2006 12:30 AM", "20140722105203", "20140722", "1332151919", "1384216367111", "1384216367111222",
  "1384216367111222333", "2014", "13/31/2014", "2/30/2014", "May 8, 2009 25:00", "May 8, 2009 5:57 CEST", "5", "7 Oct", "Monday", "1.5", "1:2:3:4", "::", "+0000", ""]
| project text, time = todatetime(text)
----
text:string | time:datetime
May 8, 2009 5:57:51 PM | 2009-05-08T17:57:51Z
oct 7, 1970 | 1970-10-07T00:00:00Z
7 oct 1970 | 1970-10-07T00:00:00Z
3 February 2013 | 2013-02-03T00:00:00Z
Mon Jan  2 15:04:05 2006 | 2006-01-02T15:04:05Z
Mon Jan 02 15:04:05 -0700 2006 | 2006-01-02T22:04:05Z
Mon, 02 Jan 2006 15:04:05 GMT | 2006-01-02T15:04:05Z
Thu, 4 Jan 2018 17:53:36 +0000 | 2018-01-04T17:53:36Z
Tuesday, September 19, 2017 | 2017-09-19T00:00:00Z
02/Jan/2006:15:04:05 -0700 | 2006-01-02T22:04:05Z
3/31/2014 | 2014-03-31T00:00:00Z
03/31/2014 08:09:05 AM | 2014-03-31T08:09:05Z
4/8/14 22:05 | 2014-04-08T22:05:00Z
2014/3/31 | 2014-03-31T00:00:00Z
2014/04/02 03:00:51.5 | 2014-04-02T03:00:51.5Z
2014.03.30 | 2014-03-30T00:00:00Z
2006-01-02T15:04:05+0000 | 2006-01-02T15:04:05Z
2009-08-12T22:15:09-07:00 | 2009-08-13T05:15:09Z
2014-04-26 05:24:37 PM | 2014-04-26T17:24:37Z
2012-08-03 18:31:59 +0000 UTC | 2012-08-03T18:31:59Z
12 am | null
12:00 AM | null
1/2/2006 12:30 AM | 2006-01-02T00:30:00Z
20140722105203 | 2014-07-22T10:52:03Z
20140722 | 2014-07-22T00:00:00Z
1332151919 | 2012-03-19T10:11:59Z
1384216367111 | 2013-11-12T00:32:47.111Z
1384216367111222 | 2013-11-12T00:32:47.111222Z
1384216367111222333 | 2013-11-12T00:32:47.111222333Z
2014 | 2014-01-01T00:00:00Z
13/31/2014 | null
2/30/2014 | null
May 8, 2009 25:00 | null
May 8, 2009 5:57 CEST | null
5 | null
7 Oct | null
Monday | null
1.5 | null
1:2:3:4 | null
:: | null
+0000 | null
"" | null
====
print a = datetime("May 8, 2009 5:57:51 PM"), b = todatetime("1332151919"), c = todatetime(dynamic("3/31/2014")), d = datetime("2014-04-26T17:24:37+0000") < datetime(2014-04-26 17:25)
----
a:datetime | b:datetime | c:datetime | d:boolean
2009-05-08T17:57:51Z | 2012-03-19T10:11:59Z | 2014-03-31T00:00:00Z | true
====
print a = todatetime("2012/03/19 10:11:59 +9999"), b = todatetime("2012/03/19 10:11:59 +1300")
----
a:datetime | b:datetime
null | 2012-03-18T21:11:59Z
