▮
----
====
tra▮
----
====
['oth▮
----
====
let slow = 5m; let bad = traces | where error; b▮
----
====
traces | ▮
----
====
traces | whe▮
----
====
| project-a▮
----
====
| project-▮ name
----
====
| where ▮
----
====
| where dur▮
----
====
| where status▮
----
====
| where http.status▮
----
====
| where ['service.na▮
----
====
| where ['service.na▮me'] == "x"
----
====
| where db.statem▮
----
====
| where attributes.http.r▮
----
====
| where order▮
----
====
| where te▮
----
====
| where ['attributes.custom']['am▮
----
====
| where attributes.custom.se▮
----
====
| where ['attributes.custom'].▮
----
====
| where name ▮
----
====
| where duration ▮
----
====
| where error ▮
----
====
| where error == true ▮
----
====
| where name !con▮
----
====
| where kind in (▮
----
====
| where iff(▮
----
====
| where strle▮
----
====
| where strle▮(name) > 1
----
====
| where name == "dur▮
----
====
| where duration > 10▮
----
====
| where error // dur▮
----
====
| summarize ▮
----
====
| summarize count() ▮
----
====
| summarize per▮
----
====
| summarize avg(du▮
----
====
| summarize round(av▮
----
====
| summarize n = count() by ▮kind
----
====
| summarize total = count(), p95 = percentile(duration, 95) by kind | where ▮
----
====
| project name, span = duration | sort by ▮
----
====
| extend speed = 1, ['my field'] = 2 | where ▮
----
====
| project-away ▮
----
====
| sort by duration ▮
----
====
| top 5 ▮
----
====
| join ▮
----
====
| join kind=▮
----
====
| join kind=inner (traces | where ▮
----
====
| join (traces | summarize n = count() by trace_id) on ▮
----
====
| join (traces | summarize n = count() by trace_id) on $▮
----
====
| join (traces | summarize n = count() by trace_id) on $left.trace_id == $right.▮
----
====
| lookup kind=▮
----
====
union ▮
----
====
union traces, oth▮
----
====
traces | union (other-team | project k▮
----
====
let slow = 500ms; let t = traces | extend mine = 1; t | where ▮
----
====
datatable (a:▮
----
====
| mv-expand e = events to typeof(▮
----
====
| make-series count() ▮
----
====
print x = 1 | where x === 2 and ▮
----
====
| where foo(▮ | take 5
----
====
declare query_parameters (p:string); traces | where p▮
----
====
| extend x = tosca▮
----
====
| extend n = toscalar(▮
----
====
search "x" ▮
----
====
| where trace_id == "x" | count | ▮
----
