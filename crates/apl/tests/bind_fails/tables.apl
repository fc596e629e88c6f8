let x = 5; x | count
----
1:12: 'x' is a value: expected a table   <x>
====
let t = traces; traces | where name == t
----
1:40: 't' is a table: expected a value, such as toscalar(t)   <t>
====
let x = 5; let x = 6; traces | count
----
1:16: 'x' is defined twice: expected different names   <x>
====
let x = nope; traces | where name == x
----
1:9: unknown dataset 'nope': the only one is 'traces'   <nope>
1:38: 'x' is a table: expected a value, such as toscalar(x)   <x>
====
let x = name; traces
----
1:9: unknown dataset 'name': the only one is 'traces'   <name>
====
let t = traces | where nope == 1; traces | count
----
1:24: unknown field 'nope': expected a field, or ['attributes.custom']['nope'] for an attribute of your own   <nope>
====
let t = traces | where nope == 1; t | where neither == 2 | project alsonot
----
1:24: unknown field 'nope': expected a field, or ['attributes.custom']['nope'] for an attribute of your own   <nope>
1:45: unknown field 'neither': expected a field, or ['attributes.custom']['neither'] for an attribute of your own   <neither>
1:68: unknown field 'alsonot': expected a field, or ['attributes.custom']['alsonot'] for an attribute of your own   <alsonot>
====
let t = traces | project name; t | where duration > 1s
----
1:42: unknown field 'duration': expected name, the only field at this stage   <duration>
====
let x = y; let y = 5; traces
----
1:9: unknown dataset 'y': the only one is 'traces'   <y>
====
let a = b | count; let b = traces; a
----
1:9: unknown dataset 'b': the only one is 'traces'   <b>
====
let slow = 1s; traces | where duration > slw
----
1:42: unknown field 'slw': expected a field, or ['attributes.custom']['slw'] for an attribute of your own; did you mean 'slow'?   <slw>
====
declare query_parameters (a:long); traces
----
1:27: parameter 'a' has no value: expected one in the request's variables, or a default   <a>
====
// variable a soon
declare query_parameters (a:timespan = 1s); traces | where duration > a
----
2:27: the request's variable 'a' cannot be read as a timespan: "soon"   <a>
====
declare query_parameters (a:long = "x"); traces
----
1:36: expected an integer as default, found a string   <"x">
====
declare query_parameters (a:long = nope); traces | where nope2 == 1
----
1:36: unknown name 'nope': expected a constant or a name of let   <nope>
1:58: unknown field 'nope2': expected a field, or ['attributes.custom']['nope2'] for an attribute of your own   <nope2>
====
union traces, tracs
----
1:15: unknown dataset 'tracs': the only one is 'traces'; did you mean 'traces'?   <tracs>
====
union traces, x*
----
1:15: no dataset is called 'x*'   <x*>
====
union traces, (traces | where nope == 1), (traces | where neither == 2)
----
1:31: unknown field 'nope': expected a field, or ['attributes.custom']['nope'] for an attribute of your own   <nope>
1:59: unknown field 'neither': expected a field, or ['attributes.custom']['neither'] for an attribute of your own   <neither>
====
datatable (a:long, a:string) [1, "x"]
----
1:1: 'a' is made twice: expected different names   <datatable (a:long, a:string) [1, "x"]>
====
datatable (a:long, b:long) [1, 2, 3]
----
1:1: expected 2 values in each row, found 3 in all   <datatable (a:long, b:long) [1, 2, 3]>
====
datatable (a:long) ["x"]
----
1:21: expected an integer, found a string   <"x">
====
datatable (a:datetime, b:string) [datetime(2024-01-01), 5, "x", nope]
----
1:57: expected a string, found an integer   <5>
1:60: expected a datetime, found a string   <"x">
1:65: unknown name 'nope': expected a constant or a name of let   <nope>
====
datatable (a:long) [toscalar(traces | count)]
----
1:21: expected a constant   <toscalar(traces | count)>
====
print a = 1, a = 2
----
1:18: 'a' is made twice: expected different names   <2>
====
print a = name
----
1:11: unknown name 'name': expected a constant or a name of let   <name>
====
print count()
----
1:7: count is an aggregation: expected it in summarize only   <count()>
====
search timeout
----
1:8: expected a term in quotes or a condition; did you mean '"timeout"'?   <timeout>
====
search error:"x" and nope:"y"
----
1:22: unknown field 'nope': expected a field, or ['attributes.custom']['nope'] for an attribute of your own   <nope>
====
search "x" and (duration > "soon" or name)
----
1:17: cannot compare a timespan with "soon": expected one such as 100ms   <duration > "soon">
1:38: expected a term in quotes or a condition; did you mean '"name"'?   <name>
====
search in (nope) "x"
----
1:12: unknown dataset 'nope': the only one is 'traces'   <nope>
====
traces | search in (traces) "x"
----
1:10: a search after a pipe is over its rows: expected no tables   <search in (traces) "x">
====
traces | where * has kind
----
1:22: expected a string literal   <kind>
====
traces | where * matches regex "("
----
1:32: this is not a regular expression (RE2 syntax), or a very large one   <"(">
====
traces | extend a = toscalar(traces | where nope == 1)
----
1:45: unknown field 'nope': expected a field, or ['attributes.custom']['nope'] for an attribute of your own   <nope>
====
traces | extend a = toscalar(tracs | count)
----
1:30: unknown dataset 'tracs': the only one is 'traces'; did you mean 'traces'?   <tracs>
====
traces | extend a = toscalar(traces | project events) + 1
----
1:21: cannot apply '+' to an array and an integer: expected numbers, timespans, or a datetime and a timespan   <toscalar(traces | project events) + 1>
====
traces | extend a = duration in (traces | project error)
----
1:21: cannot compare a timespan with a boolean: expected two of a kind   <duration in (traces | project error)>
====
traces | where duration in (traces | project error)
----
1:16: cannot compare a timespan with a boolean: expected two of a kind   <duration in (traces | project error)>
====
traces | where nope in (traces | where neither == 1)
----
1:16: unknown field 'nope': expected a field, or ['attributes.custom']['nope'] for an attribute of your own   <nope>
1:40: unknown field 'neither': expected a field, or ['attributes.custom']['neither'] for an attribute of your own   <neither>
====
traces | where trace_id in (traces | summarize count() | project nope)
----
1:66: unknown field 'nope': expected count_, the only field at this stage   <nope>
====
traces | join (traces) on nope
----
1:27: unknown field 'nope': expected a field, or ['attributes.custom']['nope'] for an attribute of your own   <nope>
====
traces | join (traces | project trace_id) on trace_id, name
----
1:56: unknown field 'name': expected trace_id, the only field at this stage   <name>
====
traces | join (traces | project trace_id, e = error) on $left.duration == $right.e
----
1:57: cannot compare a timespan with a boolean: expected two of a kind   <$left.duration == $right.e>
====
traces | join (tracs) on trace_id
----
1:16: unknown dataset 'tracs': the only one is 'traces'; did you mean 'traces'?   <tracs>
====
traces | lookup (traces | where nope == 1) on trace_id | where neither == 2
----
1:33: unknown field 'nope': expected a field, or ['attributes.custom']['nope'] for an attribute of your own   <nope>
1:64: unknown field 'neither': expected a field, or ['attributes.custom']['neither'] for an attribute of your own   <neither>
====
traces | extend-valid name = 5
----
1:30: 'name' is a string: expected the same type, found an integer   <5>
====
traces | extend-valid a = nope, b = neither
----
1:27: unknown field 'nope': expected a field, or ['attributes.custom']['nope'] for an attribute of your own   <nope>
1:37: unknown field 'neither': expected a field, or ['attributes.custom']['neither'] for an attribute of your own   <neither>
====
traces | project-reorder nam, durration
----
1:26: unknown field 'nam': expected the full name; did you mean 'name'?   <nam>
1:31: unknown field 'durration': expected the full name; did you mean 'duration'?   <durration>
====
traces | parse name with a "x" a
----
1:10: 'a' is made twice: expected different names   <parse name with a "x" a>
====
traces | parse kind=regex name with "(" a
----
1:37: expected a regular expression (RE2 syntax) without capturing groups; write (?:…)   <"(">
====
traces | parse kind=regex name with "(x)" a
----
1:37: expected a regular expression (RE2 syntax) without capturing groups; write (?:…)   <"(x)">
====
traces | parse-kv name as (a:long, a:string)
----
1:10: 'a' is made twice: expected different names   <parse-kv name as (a:long, a:string)>
====
traces | mv-expand name
----
1:20: expected an array, found a string   <name>
====
traces | mv-expand nope
----
1:20: unknown field 'nope': expected a field, or ['attributes.custom']['nope'] for an attribute of your own   <nope>
====
traces | make-series count() on name step 1m
----
1:10: expected 'from' and 'to', since the request has no range of time   <make-series count() on name step 1m>
1:33: expected a datetime such as _time, found a string   <name>
====
traces | make-series count() on _time step 1m
----
1:10: expected 'from' and 'to', since the request has no range of time   <make-series count() on _time step 1m>
====
traces | make-series count() on _time from now() to ago(1h) step 1m
----
1:10: expected 'from' before 'to'   <make-series count() on _time from now() >
====
traces | make-series count() on _time from ago(1h) to now() step 0s
----
1:66: expected a step above 0, such as 1m   <0s>
====
traces | make-series count() on _time from ago(1h) to now() step 5
----
1:66: expected a timespan that is a constant   <5>
====
traces | make-series count() on _time from ago(300d) to now() step 1s
----
1:68: too many bins: expected at most 10000, found 25920000   <1s>
====
traces | make-series count() default="x" on _time from ago(1h) to now() step 1m
----
1:38: expected an integer that is a constant, found a string   <"x">
====
traces | make-series count() on _time from _time to now() step 1m
----
1:44: unknown name '_time': expected a constant or a name of let   <_time>
====
traces | make-series make_set(name) on _time from ago(1h) to now() step 1m
----
1:22: expected an aggregation of one value, found an array   <make_set(name)>
====
traces | make-series time = count() on _time from ago(1h) to now() step 1m
----
1:10: 'time' is the field of the bins: expected another name   <make-series time = count() on _time from>
====
trace(5)
----
1:7: expected the id of a trace as a string   <5>
====
trace(nope)
----
1:7: unknown name 'nope': expected a constant or a name of let   <nope>
====
// no dataset
trace("x")
----
2:1: trace(…) is of the dataset in hand: expected one in the request   <trace("x")>
====
spans_of(traces | where nope == 1)
----
1:25: unknown field 'nope': expected a field, or ['attributes.custom']['nope'] for an attribute of your own   <nope>
====
spans_of(traces | project name)
----
1:1: the query of spans_of has no field trace_id: expected it to keep that field   <spans_of(traces | project name)>
====
spans_of(print trace_id = "x")
----
1:1: the query of spans_of reads several datasets or none: expected one   <spans_of(print trace_id = "x")>
====
traces | getschema | where name == "x"
----
1:28: unknown field 'name': expected one of the fields at this stage: ColumnName, ColumnOrdinal, ColumnType, DataType   <name>
====
let slow = 1s; print slw
----
1:22: unknown name 'slw': expected a constant or a name of let; did you mean 'slow'?   <slw>
====
traces | where nope == 1 | union (traces | where neither == 2)
----
1:16: unknown field 'nope': expected a field, or ['attributes.custom']['nope'] for an attribute of your own   <nope>
1:50: unknown field 'neither': expected a field, or ['attributes.custom']['neither'] for an attribute of your own   <neither>
