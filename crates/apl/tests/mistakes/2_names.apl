A misspelt dataset
++++
['tracs'] | count
++++
['traces'] | count
----
1:1: unknown dataset 'tracs': the only one is 'traces'; did you mean 'traces'?
  ['tracs'] | count
  ^^^^^^^^^
====
A misspelt field
++++
| where durration > 1s
++++
| where duration > 1s
----
1:9: unknown field 'durration': expected a field, or ['attributes.custom']['durration'] for an attribute of your own; did you mean 'duration'?
  | where durration > 1s
          ^^^^^^^^^
====
A field with an underscore for a dot
++++
| summarize count() by service_name
++++
| summarize count() by ['service.name']
----
1:24: unknown field 'service_name': expected a field, or ['attributes.custom']['service_name'] for an attribute of your own; did you mean 'service.name'?
  | summarize count() by service_name
                         ^^^^^^^^^^^^
====
Another product's name of a field
++++
| where timestamp > ago(1h) and status == "error"
++++
| where _time > ago(1h) and ['status.code'] == "error"
----
1:9: unknown field 'timestamp': expected a field, or ['attributes.custom']['timestamp'] for an attribute of your own; did you mean '_time'?
  | where timestamp > ago(1h) and status == "error"
          ^^^^^^^^^
1:33: unknown field 'status': expected a field, or ['attributes.custom']['status'] for an attribute of your own; did you mean 'status.code'?
  | where timestamp > ago(1h) and status == "error"
                                  ^^^^^^
====
A text without quotes
++++
| where kind == server
++++
| where kind == "server"
----
1:17: unknown field 'server': a text is written in quotes; did you mean '"server"'?
  | where kind == server
                  ^^^^^^
====
A text in brackets
++++
| where kind in ['server']
++++
| where kind in ("server")
----
1:17: unknown field 'server': a text is written in quotes; did you mean '("server")'?
  | where kind in ['server']
                  ^^^^^^^^^^
====
An attribute of your own
++++
| where tenant == "acme"
++++
| where ['attributes.custom']['tenant'] == "acme"
----
1:9: unknown field 'tenant': expected a field, or ['attributes.custom']['tenant'] for an attribute of your own
  | where tenant == "acme"
          ^^^^^^
====
A field that summarize has left out
++++
| summarize count() by kind | where error
++++
| where error | summarize count() by kind
----
1:37: unknown field 'error': expected one of the fields at this stage: kind, count_
  | summarize count() by kind | where error
                                      ^^^^^
====
A field that project has left out
++++
| project name | sort by duration
++++
| sort by duration | project name
----
1:26: unknown field 'duration': expected name, the only field at this stage
  | project name | sort by duration
                           ^^^^^^^^
====
A field of the same stage
++++
| extend ms = duration / 1ms, s = ms / 1000
++++
| extend ms = duration / 1ms | extend s = ms / 1000
----
1:35: unknown field 'ms': expected a field, or ['attributes.custom']['ms'] for an attribute of your own
  | extend ms = duration / 1ms, s = ms / 1000
                                    ^^
====
A misspelt function
++++
| extend n = strlenght(name)
++++
| extend n = strlen(name)
----
1:14: unknown function 'strlenght'; did you mean 'strlen'?
  | extend n = strlenght(name)
               ^^^^^^^^^
====
Another language's function
++++
| extend n = length(name)
++++
| extend n = strlen(name)
----
1:14: unknown function 'length'; did you mean 'strlen'?
  | extend n = length(name)
               ^^^^^^
====
A misspelt aggregation
++++
| summarize averge(duration)
++++
| summarize avg(duration)
----
1:13: unknown function 'averge'; did you mean 'avg'?
  | summarize averge(duration)
              ^^^^^^
====
A function without parentheses
++++
| where _time > now - 1h
++++
| where _time > now() - 1h
----
1:17: unknown field 'now': it is a function, written now(offset); did you mean 'now()'?
  | where _time > now - 1h
                  ^^^
====
An aggregation outside of summarize
++++
| where count() > 5
++++
| summarize n = count() by name | where n > 5
----
1:9: count is an aggregation: expected it in summarize only
  | where count() > 5
          ^^^^^^^
====
An aggregation in an aggregation
++++
| summarize max(count()) by name
++++
| summarize n = count() by name | summarize max(n)
----
1:17: an aggregation cannot be inside another: found count in one
  | summarize max(count()) by name
                  ^^^^^^^
====
A field where an aggregation belongs
++++
| summarize name
++++
| summarize by name
----
1:13: expected an aggregation such as count() or avg(duration)
  | summarize name
              ^^^^
====
A name given twice
++++
| extend a = 1, a = 2
++++
| extend a = 1, b = 2
----
1:21: 'a' is made twice: expected different names
  | extend a = 1, a = 2
                      ^
====
A name of let that is misspelt
++++
let slow = 1s; traces | where duration > slwo
++++
let slow = 1s; traces | where duration > slow
----
1:42: unknown field 'slwo': expected a field, or ['attributes.custom']['slwo'] for an attribute of your own; did you mean 'slow'?
  let slow = 1s; traces | where duration > slwo
                                           ^^^^
====
A table where a value belongs
++++
let t = traces | count; traces | where duration > t
++++
let t = toscalar(traces | count); traces | where duration > t
----
1:51: 't' is a table: expected a value, such as toscalar(t)
  let t = traces | count; traces | where duration > t
                                                    ^
