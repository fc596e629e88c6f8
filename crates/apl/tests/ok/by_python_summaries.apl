| summarize x = count() by kind | sort by kind asc
----
kind:string | x:integer
client | 3
consumer | 1
internal | 1
producer | 1
server | 3
unspecified | 1
====
| summarize x = sum(duration) by kind | sort by kind asc
----
kind:string | x:timespan
client | 224.47ms
consumer | 23.33ms
internal | 2ms
producer | 1ms
server | 1.450369s
unspecified | 0s
====
| summarize x = min(duration) by kind | sort by kind asc
----
kind:string | x:timespan
client | 4.47ms
consumer | 23.33ms
internal | 2ms
producer | 1ms
server | 369µs
unspecified | 0s
====
| summarize x = max(name) by kind | sort by kind asc
----
kind:string | x:string
client | SELECT instructors
consumer | run/send_confirmation
internal | expire_holds
producer | apply_async/send_confirmation
server | tools/call find_bookings
unspecified | 100%_done
====
| summarize x = avg(strlen(name)) by kind | sort by kind asc
----
kind:string | x:float
client | 12.333333333333334
consumer | 21.0
internal | 12.0
producer | 29.0
server | 19.666666666666668
unspecified | 9.0
====
| summarize x = dcount(['service.name']) by kind | sort by kind asc
----
kind:string | x:integer
client | 2
consumer | 1
internal | 1
producer | 1
server | 3
unspecified | 0
====
| summarize x = countif(duration > 50ms) by kind | sort by kind asc
----
kind:string | x:integer
client | 2
consumer | 0
internal | 0
producer | 0
server | 2
unspecified | 0
====
| summarize x = sum(['http.status_code']) by kind | sort by kind asc
----
kind:string | x:integer
client | 200
consumer | 503
internal | null
producer | null
server | 701
unspecified | null
====
| summarize x = round(stdev(strlen(name)), 6) by kind | sort by kind asc
----
kind:string | x:float
client | 7.371115
consumer | null
internal | null
producer | null
server | 5.131601
unspecified | null
====
| summarize x = round(variance(strlen(name)), 6) by kind | sort by kind asc
----
kind:string | x:float
client | 54.333333
consumer | null
internal | null
producer | null
server | 26.333333
unspecified | null
====
| summarize x = make_set(name) by kind | sort by kind asc
----
kind:string | x:array
client | [INSERT bookings, POST, SELECT instructors]
consumer | [run/send_confirmation]
internal | [expire_holds]
producer | [apply_async/send_confirmation]
server | [GET /instructors/{id}, POST /bookings, tools/call find_bookings]
unspecified | [100%_done]
====
| summarize x = make_set(strlen(kind)) by kind | sort by kind asc
----
kind:string | x:array
client | [6]
consumer | [8]
internal | [8]
producer | [8]
server | [6]
unspecified | [11]
====
| summarize x = percentile(duration, 0) by kind | sort by kind asc
----
kind:string | x:timespan
client | 4.47ms
consumer | 23.33ms
internal | 2ms
producer | 1ms
server | 369µs
unspecified | 0s
====
| summarize x = percentile(duration, 25) by kind | sort by kind asc
----
kind:string | x:timespan
client | 52.235ms
consumer | 23.33ms
internal | 2ms
producer | 1ms
server | 125.1845ms
unspecified | 0s
====
| summarize x = percentile(duration, 50) by kind | sort by kind asc
----
kind:string | x:timespan
client | 100ms
consumer | 23.33ms
internal | 2ms
producer | 1ms
server | 250ms
unspecified | 0s
====
| summarize x = percentile(duration, 90) by kind | sort by kind asc
----
kind:string | x:timespan
client | 116ms
consumer | 23.33ms
internal | 2ms
producer | 1ms
server | 1.01s
unspecified | 0s
====
| summarize x = percentile(duration, 100) by kind | sort by kind asc
----
kind:string | x:timespan
client | 120ms
consumer | 23.33ms
internal | 2ms
producer | 1ms
server | 1.2s
unspecified | 0s
====
| summarize x = arg_max(duration, name) by kind | sort by kind asc
----
kind:string | x:string
client | POST
consumer | run/send_confirmation
internal | expire_holds
producer | apply_async/send_confirmation
server | GET /instructors/{id}
unspecified | 100%_done
====
| summarize x = arg_min(duration, name) by kind | sort by kind asc
----
kind:string | x:string
client | INSERT bookings
consumer | run/send_confirmation
internal | expire_holds
producer | apply_async/send_confirmation
server | tools/call find_bookings
unspecified | 100%_done
====
| summarize x = round(100.0 * countif(duration > 5ms) / count(), 2) by kind | sort by kind asc
----
kind:string | x:float
client | 66.67
consumer | 100.0
internal | 0.0
producer | 0.0
server | 66.67
unspecified | 0.0
====
| summarize x = topk(kind, 1)
----
x:string | count_:integer
client | 3
====
| summarize x = topk(kind, 3)
----
x:string | count_:integer
client | 3
server | 3
consumer | 1
====
| summarize x = topk(kind, 20)
----
x:string | count_:integer
client | 3
server | 3
consumer | 1
internal | 1
producer | 1
unspecified | 1
====
| summarize x = topk(['service.name'], 1)
----
x:string | count_:integer
instainstru-api | 4
====
| summarize x = topk(['service.name'], 3)
----
x:string | count_:integer
instainstru-api | 4
instainstru-preview-api | 2
instainstru-beat | 1
====
| summarize x = topk(['service.name'], 20)
----
x:string | count_:integer
instainstru-api | 4
instainstru-preview-api | 2
instainstru-beat | 1
instainstru-mcp | 1
instainstru-worker | 1
====
| summarize x = topk(strlen(kind), 1)
----
x:integer | count_:integer
6 | 6
====
| summarize x = topk(strlen(kind), 3)
----
x:integer | count_:integer
6 | 6
8 | 3
11 | 1
====
| summarize x = topk(strlen(kind), 20)
----
x:integer | count_:integer
6 | 6
8 | 3
11 | 1
====
| summarize x = histogram(strlen(name), 1) | extend x = round(x, 9)
----
x:float | count_:integer
4.0 | 10
====
| summarize x = histogram(strlen(name), 2) | extend x = round(x, 9)
----
x:float | count_:integer
4.0 | 5
16.5 | 5
====
| summarize x = histogram(strlen(name), 5) | extend x = round(x, 9)
----
x:float | count_:integer
4.0 | 1
9.0 | 2
14.0 | 3
19.0 | 2
24.0 | 2
====
| summarize x = histogram(strlen(name), 7) | extend x = round(x, 9)
----
x:float | count_:integer
4.0 | 1
7.571428571 | 1
11.142857143 | 2
14.714285714 | 2
18.285714286 | 2
21.857142857 | 1
25.428571429 | 1
