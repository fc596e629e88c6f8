let x = 5 traces | count
----
1:11: expected ';', found 'traces'   <traces>
====
let x 5; traces | where name == | count
----
1:7: expected '=', found a number   <5>
1:33: expected a value, found '|'   <|>
====
let = 5; traces
----
1:5: expected a name, found '='   <=>
====
let x = ; traces
----
1:9: expected a value, found ';'   <;>
====
let x = 5;
----
1:11: expected a query after the statements, such as ['traces'], found the end of the query   <>
====
let x = traces | wher error; x | tak 5
----
1:18: unknown operator 'wher': expected where, summarize, project or another; did you mean 'where'?   <wher>
1:34: unknown operator 'tak': expected where, summarize, project or another; did you mean 'take'?   <tak>
====
let x = 5; let y = (traces | where name ==); traces | sort duration
----
1:43: expected a value, found ')'   <)>
1:60: expected 'by', found 'duration'   <duration>
====
set stricttypes; traces
----
1:1: not supported yet: set; leave it out   <set>
====
declare query_parameters (a); traces
----
1:28: expected ':', found ')'   <)>
====
declare query_parameters (a:number = 1); traces
----
1:29: expected a type: string, long, real, bool, datetime, timespan or dynamic, found 'number'; did you mean 'long'?   <number>
====
declare parameters (a:long = 1); traces
----
1:9: expected 'query_parameters', found 'parameters'   <parameters>
====
union
----
1:6: expected a table or a query in parentheses, found the end of the query   <>
====
union traces,
----
1:14: expected a table or a query in parentheses, found the end of the query   <>
====
union kind=inner traces, traces
----
1:7: expected withsource=name or a table: union has no other options here   <kind>
====
union (traces | where error | count
----
1:7: this '(' is not closed: expected a ')'   <(>
====
datatable (a) [1]
----
1:13: expected ':', found ')'   <)>
====
datatable (a:long) [1, 2
----
1:25: expected ',' or ']', found the end of the query   <>
====
datatable (a:long) (1, 2)
----
1:20: expected '[', found '('   <(>
====
print
----
1:6: expected a value, found the end of the query   <>
====
print a =
----
1:10: expected a value, found the end of the query   <>
====
range x from 1 to 10 step 1
----
1:1: not supported yet: range; write the rows with datatable   <range>
====
externaldata (a:string) ['http://x']
----
1:1: not supported yet: externaldata; write the rows with datatable, or send them to a dataset   <externaldata>
====
table(traces)
----
1:7: expected the name of a dataset as a string, found 'traces'   <traces>
====
traces | datatable (a:long) [1]
----
1:10: datatable starts a query: expected it before the first '|'   <datatable>
====
traces | let x = 5
----
1:10: let starts a query: expected it before the first '|'   <let>
====
search
----
1:7: expected a value, found the end of the query   <>
====
search kind=loud "x"
----
1:13: expected case_sensitive or case_insensitive, found 'loud'   <loud>
====
search "x" and
----
1:15: expected a value, found the end of the query   <>
====
search name: | count
----
1:14: expected a term in quotes, such as "timeout", found '|'   <|>
====
traces | where kind in (traces | project
----
1:24: this '(' is not closed: expected a ')'   <(>
1:41: expected a value, found the end of the query   <>
====
traces | where kind in (traces | where a == | take 2) | tak 5
----
1:45: expected a value, found '|'   <|>
1:57: unknown operator 'tak': expected where, summarize, project or another; did you mean 'take'?   <tak>
====
traces | extend a = toscalar(traces | cont)
----
1:39: unknown operator 'cont': expected where, summarize, project or another; did you mean 'count'?   <cont>
====
traces | extend a = toscalar(1 + 2)
----
1:30: expected a dataset such as ['traces'], or '|', found a number   <1>
====
traces | extend a = toscalar()
----
1:30: expected a dataset such as ['traces'], or '|', found ')'   <)>
====
traces | join kind=fullouter (traces) on trace_id
----
1:20: expected inner, innerunique or leftouter, found 'fullouter'   <fullouter>
====
traces | join kind=leftanti (traces) on trace_id
----
1:20: not supported yet: kind=leftanti; use where k in (table), or !in   <leftanti>
====
traces | join (traces)
----
1:23: expected 'on', found the end of the query   <>
====
traces | join (traces) on
----
1:26: expected a value, found the end of the query   <>
====
traces | join (traces) on $left.trace_id
----
1:41: expected '==', found the end of the query   <>
====
traces | join (traces) on $left.trace_id == $left.span_id
----
1:45: expected $right and a field   <$>
====
traces | join (traces) on $middle.trace_id == $right.span_id
----
1:28: expected 'left' or 'right', found 'middle'   <middle>
====
traces | join (traces) on 5
----
1:27: expected a field to join on   <5>
====
traces | join kind=inner (traces | where error == | take 5) on trace_id | tak 3
----
1:51: expected a value, found '|'   <|>
1:75: unknown operator 'tak': expected where, summarize, project or another; did you mean 'take'?   <tak>
====
traces | lookup kind=innerunique (traces) on trace_id
----
1:22: expected leftouter or inner, found 'innerunique'   <innerunique>
====
traces | sample
----
1:16: expected a share from 0 to 1, such as 0.1, found the end of the query   <>
====
traces | sample 1.5
----
1:17: expected a share from 0 to 1, such as 0.1, found a number   <1.5>
====
traces | project-reorder
----
1:25: expected a field name or a pattern such as attributes*, found the end of the query   <>
====
traces | project-reorder name granny
----
1:37: expected '-', found the end of the query   <>
====
traces | parse name "x"
----
1:21: expected 'with', found a string   <"x">
====
traces | parse name with
----
1:25: expected a string, '*' or a field, found the end of the query   <>
====
traces | parse kind=fuzzy name with a
----
1:21: expected simple, regex or relaxed, found 'fuzzy'   <fuzzy>
====
traces | parse name with a b
----
1:28: expected a string after the field 'a', to know where it ends   <b>
====
traces | parse name with a * "x"
----
1:28: expected a string after the field 'a', to know where it ends   <*>
====
traces | parse name with "only"
----
1:32: expected a string, '*' or a field, found the end of the query   <>
====
traces | parse-kv name (a:string)
----
1:26: expected ')', found ':'   <:>
====
traces | parse-kv name as ()
----
1:28: expected a name, found ')'   <)>
====
traces | parse-kv name as (a:string) with (pair=";")
----
1:44: unknown option 'pair': expected pair_delimiter, kv_delimiter or quote   <pair>
====
traces | parse-kv name as (a:string) with (quote="")
----
1:50: expected a string that is not empty   <"">
====
traces | parse-kv name as (a:string) with (greedy=true)
----
1:44: not supported yet: greedy; use parse kind=regex   <greedy>
====
traces | mv-expand
----
1:19: expected a value, found the end of the query   <>
====
traces | mv-expand events to long
----
1:30: expected 'typeof', found 'long'   <long>
====
traces | mv-expand events limit
----
1:32: expected a number of rows, found the end of the query   <>
====
traces | make-series count()
----
1:29: expected 'on', found the end of the query   <>
====
traces | make-series count() on _time
----
1:38: expected 'step', found the end of the query   <>
====
traces | make-series count() on _time from ago(1h) step 1m to now()
----
1:60: expected '|' or the end of the query, found 'to'   <to>
====
traces | make-series count() default on _time step 1m
----
1:38: expected '=', found 'on'   <on>
====
traces | as x
----
1:10: not supported yet: as; name a table with let before the query   <as>
====
traces | mv-apply events on (take 1)
----
1:10: not supported yet: mv-apply; use mv-expand, then summarize   <mv-apply>
====
traces | top-nested 3 of name by count()
----
1:10: not supported yet: top-nested; use summarize, then top   <top-nested>
====
traces | evaluate pivot(name)
----
1:10: not supported yet: evaluate; leave it out   <evaluate>
====
traces | fork (take 1) (take 2)
----
1:10: not supported yet: fork; send a query for each branch   <fork>
====
traces | facet by name
----
1:10: not supported yet: facet; send a query with summarize for each field   <facet>
====
traces | serialize
----
1:10: not supported yet: serialize; leave it out: rows keep the order of a sort   <serialize>
====
traces | sample-distinct 3 of name
----
1:10: not supported yet: sample-distinct; use distinct, then take   <sample-distinct>
====
traces | redact 'x'
----
1:10: not supported yet: redact; leave the field out with project-away   <redact>
====
traces | where * > 5
----
1:20: expected 'has' or another operator of strings after '*', found a number   <5>
====
traces | where * in ("x")
----
1:21: expected 'has' or another operator of strings after '*', found '('   <(>
====
trace()
----
1:7: expected a value, found ')'   <)>
====
spans_of()
----
1:10: expected a dataset such as ['traces'], or '|', found ')'   <)>
====
spans_of(traces | tak 5)
----
1:19: unknown operator 'tak': expected where, summarize, project or another; did you mean 'take'?   <tak>
====
let a = 1; let b = traces | where x ==; let c = (2 +; a
----
1:39: expected a value, found ';'   <;>
1:53: expected a value, found ';'   <;>
1:55: 'a' is a value: expected a table   <a>
====
datatable (a:int64) [1]
----
1:14: expected a type: string, long, real, bool, datetime, timespan or dynamic, found 'int64'; did you mean 'long'?   <int64>
====
traces | parse name with a:decimal
----
1:28: expected a type: string, long, real, bool, datetime, timespan or dynamic, found 'decimal'; did you mean 'real'?   <decimal>
====
traces | mv-expand kind=both events
----
1:25: expected bag or array, found 'both'   <both>
