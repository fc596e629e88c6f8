
----
1:1: expected a dataset such as ['traces'], or '|', found the end of the query   <>
====
where error
----
1:1: where comes after a '|': expected a dataset such as ['traces'], or '|'; did you mean '| where'?   <where>
====
| where
----
1:8: expected a value, found the end of the query   <>
====
| where name == | take 5
----
1:17: expected a value, found '|'   <|>
====
| where name = "x"
----
1:14: expected a comparison, found '='; did you mean '=='?   <=>
====
// each stage is looked at
| where name == | project | sort duration | tak 5
----
2:17: expected a value, found '|'   <|>
2:27: expected a value, found '|'   <|>
2:34: expected 'by', found 'duration'   <duration>
2:45: unknown operator 'tak': expected where, summarize, project or another; did you mean 'take'?   <tak>
====
| wher error
----
1:3: unknown operator 'wher': expected where, summarize, project or another; did you mean 'where'?   <wher>
====
| sumarize count()
----
1:3: unknown operator 'sumarize': expected where, summarize, project or another; did you mean 'summarize'?   <sumarize>
====
['traces'
----
1:10: expected ']', found the end of the query   <>
====
[traces]
----
1:1: expected quotes around a name in brackets; did you mean '['traces']'?   <[traces]>
====
| where name == "unfinished
| take 5
----
1:17: this string does not end: expected a closing quote   <"unfinished>
====
| where duration > 100mx
----
1:20: unknown unit 'mx' after 100: expected ns, us, ms, s, m, h, d or w   <100mx>
====
| where duration > 99999999999h
----
1:20: timespan 99999999999h is too large: the most is 292 years   <99999999999h>
====
| extend x = 99999999999999999999999
----
1:14: number 99999999999999999999999 is too large   <99999999999999999999999>
====
| where (error
----
1:9: this '(' is not closed: expected a ')'   <(>
====
| where error)
----
1:14: no '(' is open: expected no ')'   <)>
====
| where error error
----
1:15: expected '|' or the end of the query, found 'error'   <error>
====
| summarize count() kind
----
1:21: expected '|' or the end of the query, found 'kind'   <kind>
====
| sort duration
----
1:8: expected 'by', found 'duration'   <duration>
====
| sort by duration nulls
----
1:25: expected 'first' or 'last', found the end of the query   <>
====
| top 5
----
1:8: expected 'by', found the end of the query   <>
====
| take many
----
1:8: expected a number of rows, found 'many'   <many>
====
| take -1
----
1:8: expected a number of rows, found '-'   <->
====
| where kind in "server"
----
1:17: expected '(' and a list of values, found a string   <"server">
====
| where kind in ()
----
1:18: expected a value, found ')'   <)>
====
| where duration between (1ms, 5ms)
----
1:30: expected '..', found ','   <,>
====
| where name ! "x"
----
1:16: expected an operator such as contains or in, found a string   <"x">
====
| where name matches "x"
----
1:22: expected 'regex', found a string   <"x">
====
| where name !like "x"
----
1:15: expected an operator such as contains or in, found 'like'   <like>
====
| where # == 1
----
1:9: unexpected character '#'   <#>
====
| extend t = datetime(2024-13-45)
----
1:14: expected a datetime such as 2024-01-02 or 2024-01-02T03:04:05Z   <datetime(2024-13-45)>
====
| project-away
----
1:15: expected a field name or a pattern such as attributes*, found the end of the query   <>
====
(traces | where error
----
1:1: this '(' is not closed: expected a ')'   <(>
====
| where name == "ä" and and
----
1:25: expected a value, found 'and'   <and>
====
| where name !has_any ("a")
----
1:15: expected an operator such as contains or in, found 'has_any'   <has_any>
====
| render timechart
----
1:3: not supported yet: render; leave it out: who shows the answer chooses the chart   <render>
