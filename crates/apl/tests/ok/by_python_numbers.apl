| sort by span_id asc | project x = round(sqrt(duration / 1ms), 6)
----
x:float
1.414214
34.641016
10.0
15.811388
10.954451
2.114237
1.0
4.830114
0.607454
0.0
====
| sort by span_id asc | project x = round(exp2(duration / 100ms), 6)
----
x:float
1.013959
4096.0
2.0
5.656854
2.297397
1.031469
1.006956
1.175521
1.002561
1.0
====
| sort by span_id asc | project x = round(sin(duration / 1ms), 6)
----
x:float
0.909297
-0.088279
-0.506366
-0.970528
0.580611
-0.970767
0.841471
-0.973221
0.360683
0.0
====
| sort by span_id asc | project x = round(cos(duration / 1ms), 6)
----
x:float
-0.416147
0.996096
0.862319
0.240988
0.814181
-0.240022
0.540302
-0.229871
0.932688
1.0
====
| sort by span_id asc | project x = round(atan(duration / 1ms), 6)
----
x:float
1.107149
1.569963
1.560797
1.566796
1.562463
1.350707
0.785398
1.527959
0.3535
0.0
====
| sort by span_id asc | project x = round(degrees(duration / 1ms), 6)
----
x:float
114.591559
68754.935416
5729.577951
14323.944878
6875.493542
256.112134
57.29578
1336.710536
21.142143
0.0
====
| sort by span_id asc | project x = round(radians(duration / 1ms), 6)
----
x:float
0.034907
20.943951
1.745329
4.363323
2.094395
0.078016
0.017453
0.407185
0.00644
0.0
====
| sort by span_id asc | project x = round(log(duration / 1ms), 6)
----
x:float
0.693147
7.090077
4.60517
5.521461
4.787492
1.497388
0.0
3.14974
-0.996959
null
====
| sort by span_id asc | project x = round(log2(duration / 1ms), 6)
----
x:float
1.0
10.228819
6.643856
7.965784
6.906891
2.160275
0.0
4.544114
-1.438307
null
====
| sort by span_id asc | project x = round(log10(duration / 1ms), 6)
----
x:float
0.30103
3.079181
2.0
2.39794
2.079181
0.650308
0.0
1.367915
-0.432974
null
====
| sort by span_id asc | project x = round(pow(strlen(kind), 3) / 7, 4)
----
x:float
73.1429
30.8571
30.8571
30.8571
30.8571
30.8571
73.1429
73.1429
30.8571
190.1429
====
| sort by span_id asc | project x = sign(strlen(kind) - 8)
----
x:integer
0
-1
-1
-1
-1
-1
0
0
-1
1
====
| sort by span_id asc | project x = abs(strlen(kind) - 8)
----
x:integer
0
2
2
2
2
2
0
0
2
3
====
| sort by span_id asc | project x = floor(duration / 7ms)
----
x:integer
0
171
14
35
17
0
0
3
0
0
====
| sort by span_id asc | project x = ceiling(duration / 7ms)
----
x:integer
1
172
15
36
18
1
1
4
1
0
====
| sort by span_id asc | project x = bin(strlen(name), 5)
----
x:integer
10
20
15
10
0
15
25
20
20
5
====
| sort by span_id asc | project x = bin(duration, 30ms)
----
x:timespan
0s
1.2s
90ms
240ms
120ms
0s
0s
0s
0s
0s
====
| sort by span_id asc | project x = max_of(strlen(name), strlen(kind), 10)
----
x:integer
12
21
18
14
10
15
29
21
24
11
====
| sort by span_id asc | project x = min_of(strlen(name), ['http.status_code'])
----
x:integer
12
21
18
14
4
15
29
21
24
9
====
| sort by span_id asc | project x = max_of(name, kind)
----
x:string
internal
server
client
server
client
client
producer
run/send_confirmation
tools/call find_bookings
unspecified
====
| sort by span_id asc | project x = min_of(duration, 5ms)
----
x:timespan
2ms
5ms
5ms
5ms
5ms
4.47ms
1ms
5ms
369µs
0s
====
| sort by span_id asc | project x = tohex(strlen(name) * 1000)
----
x:string
2ee0
5208
4650
36b0
fa0
3a98
7148
5208
5dc0
2328
====
| sort by span_id asc | project x = isint(duration / 1ms)
----
x:boolean
true
true
true
true
true
false
true
false
false
true
====
| sort by span_id asc | project x = strlen(name) % 7 + strlen(kind) * 2
----
x:integer
21
12
16
12
16
13
17
16
15
24
====
traces | take 1 | project x = round(gamma(1), 6)
----
x:float
1.0
====
traces | take 1 | project x = round(loggamma(1), 6)
----
x:float
0.0
====
traces | take 1 | project x = round(gamma(2.5), 6)
----
x:float
1.32934
====
traces | take 1 | project x = round(loggamma(2.5), 6)
----
x:float
0.284683
====
traces | take 1 | project x = round(gamma(5), 6)
----
x:float
24.0
====
traces | take 1 | project x = round(loggamma(5), 6)
----
x:float
3.178054
====
traces | take 1 | project x = round(gamma(0.5), 6)
----
x:float
1.772454
====
traces | take 1 | project x = round(loggamma(0.5), 6)
----
x:float
0.572365
====
traces | take 1 | project x = round(gamma(10.25), 6)
----
x:float
639232.59878
====
traces | take 1 | project x = round(loggamma(10.25), 6)
----
x:float
13.368024
====
traces | take 1 | project x = round(atan2(1, 1), 6)
----
x:float
0.785398
====
traces | take 1 | project x = round(atan2(-1, 2), 6)
----
x:float
-0.463648
====
traces | take 1 | project x = round(atan2(0, -1), 6)
----
x:float
3.141593
====
traces | take 1 | project x = round(atan2(3, -0.5), 6)
----
x:float
1.735945
====
traces | take 1 | project x = range(0, 10, 3)
----
x:array
[0,3,6,9]
====
traces | take 1 | project x = range(5, 5, 1)
----
x:array
[5]
====
traces | take 1 | project x = range(-4, 4, 2)
----
x:array
[-4,-2,0,2,4]
====
traces | take 1 | project x = range(10, 1, 1)
----
x:array
[]
