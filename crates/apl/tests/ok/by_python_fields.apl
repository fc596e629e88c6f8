| summarize x = make_bag(bag_pack(name, strlen(name))) by kind | sort by kind asc
----
kind:string | x:map
client | {"INSERT bookings":15,"POST":4,"SELECT instructors":18}
consumer | {"run/send_confirmation":21}
internal | {"expire_holds":12}
producer | {"apply_async/send_confirmation":29}
server | {"GET /instructors/{id}":21,"POST /bookings":14,"tools/call find_bookings":24}
unspecified | {"100%_done":9}
====
| summarize x = make_bag_if(bag_pack(kind, ['service.name']), duration > 5ms and kind != 'client')
----
x:map
{"consumer":"instainstru-worker","server":"instainstru-api"}
====
| summarize presence(name, service = ['service.name'], code = ['http.status_code'])
----
field:string | count_:integer
name | 10
service | 9
code | 4
====
| summarize spotlight(duration > 1ms, kind, service = ['service.name'], code = ['http.status_code'], took = duration, length = todouble(strlen(name))) | extend delta_score = round(delta_score, 6), p_value = round(p_value, 6), effect_size = round(effect_size, 6), median_relative_change = round(median_relative_change, 6), selected = round(selected, 6), baseline = round(baseline, 6)
----
field:string | delta_score:float | p_value:float | effect_size:float | median_relative_change:float | value:string | selected:float | baseline:float
took | 1.0 | 0.016703 | 1.0 | 270.00271 | null | 100000000.0 | 369000.0
kind | 0.714286 | 0.233953 | 0.82616 | null | client | 0.428571 | 0.0
length | 0.666667 | 0.303589 | -0.428571 | -0.375 | null | 15.0 | 24.0
service | 0.666667 | 0.266721 | 0.801784 | null | null | 0.0 | 0.333333
code | 0.571429 | 0.58201 | 0.534522 | null | null | 0.428571 | 1.0
====
| summarize spotlight(duration > 20ms, kind, service = ['service.name'], code = ['http.status_code'], took = duration, length = todouble(strlen(name))) | extend delta_score = round(delta_score, 6), p_value = round(p_value, 6), effect_size = round(effect_size, 6), median_relative_change = round(median_relative_change, 6), selected = round(selected, 6), baseline = round(baseline, 6)
----
field:string | delta_score:float | p_value:float | effect_size:float | median_relative_change:float | value:string | selected:float | baseline:float
took | 1.0 | 0.009023 | 1.0 | 119.0 | null | 120000000.0 | 1000000.0
code | 0.8 | 0.154587 | 0.816497 | null | null | 0.2 | 1.0
kind | 0.6 | 0.457898 | 0.68313 | null | client | 0.4 | 0.2
service | 0.6 | 0.306219 | 0.774597 | null | instainstru-preview-api | 0.4 | 0.0
length | 0.4 | 0.753298 | -0.12 | 0.2 | null | 18.0 | 15.0
====
| summarize spotlight(duration > 110ms, kind, service = ['service.name'], code = ['http.status_code'], took = duration, length = todouble(strlen(name))) | extend delta_score = round(delta_score, 6), p_value = round(p_value, 6), effect_size = round(effect_size, 6), median_relative_change = round(median_relative_change, 6), selected = round(selected, 6), baseline = round(baseline, 6)
----
field:string | delta_score:float | p_value:float | effect_size:float | median_relative_change:float | value:string | selected:float | baseline:float
code | 1.0 | 0.040428 | 1.0 | null | null | 0.0 | 0.857143
took | 1.0 | 0.016703 | 1.0 | 124.0 | null | 250000000.0 | 2000000.0
kind | 0.571429 | 0.600703 | 0.604218 | null | server | 0.666667 | 0.142857
service | 0.571429 | 0.721999 | 0.534522 | null | instainstru-api | 0.666667 | 0.285714
length | 0.380952 | 0.360475 | -0.380952 | -0.222222 | null | 14.0 | 18.0
====
| summarize phrases(name, 1)
----
name:string | count_:integer
100 done | 1
====
| summarize phrases(name, 4)
----
name:string | count_:integer
100 done | 1
apply async send confirmation | 1
expire holds | 1
insert bookings | 1
====
| summarize phrases(name, 30)
----
name:string | count_:integer
100 done | 1
apply async send confirmation | 1
expire holds | 1
insert bookings | 1
instructors id | 1
post | 1
run send confirmation | 1
select instructors | 1
tools call find bookings | 1
====
datatable (t:string) ["Could not charge the card: payment provider timed out", "payment provider timed out, again", "The payment provider timed out in /api/payments/charge", "card declined (do not honour)", "Card declined"] | summarize phrases(t, 50)
----
t:string | count_:integer
payment provider timed out | 3
card declined | 2
api payments charge | 1
====
| summarize count() by bin(_time, 1m), kind | limit 1
----
_time:datetime | kind:string | count_:integer
2026-11-22T09:58:00Z | client | 2
2026-11-22T09:59:00Z | client | 1
====
| summarize count() by bin(_time, 1m), kind | limit 2
----
_time:datetime | kind:string | count_:integer
2026-11-22T09:58:00Z | client | 2
2026-11-22T09:58:00Z | server | 1
2026-11-22T09:59:00Z | server | 2
2026-11-22T09:59:00Z | client | 1
====
| summarize count() by bin(_time, 1m), kind | limit 3
----
_time:datetime | kind:string | count_:integer
2026-11-22T09:58:00Z | client | 2
2026-11-22T09:58:00Z | consumer | 1
2026-11-22T09:58:00Z | server | 1
2026-11-22T09:59:00Z | server | 2
2026-11-22T09:59:00Z | client | 1
